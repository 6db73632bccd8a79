"""What a journal says of itself that its entries need to be told in words: children, names, who was told. No store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from engine.dispute.events import Kind
from engine.dispute.journal import Entry

NAMED = frozenset({"person", "to"})
"""Under these an entry speaks of somebody by id, beside their name."""
MOST_NAMES = 12
"""So many people are named in a sentence; the entry that addressed the notice names all of them."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """Somebody whom a notice went to, as they were then; `away` until that day, where they were."""

    id: str
    name: str
    agency: str
    role: str
    away: str = ""

    @property
    def words(self) -> str:
        """Who it is, in words."""
        role = self.role.replace("_", " ")
        return f"{self.name} ({f'{role}, ' if role else ''}away until {self.away})" if self.away else (
            f"{self.name} ({role})" if role else self.name
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """To whom a notice went: the people, the roles that nobody held with their agency, and the number to be rung."""

    by: int
    people: tuple[Told, ...]
    nobody: tuple[tuple[str, str], ...] = ()
    ring: str = ""


class About:
    """One journal, as far as the words of its entries need it.

    `known` are people's names as they are today, for entries from before the journal named whom it speaks of.
    """

    def __init__(self, entries: Sequence[Entry] = (), known: Mapping[str, str] | None = None) -> None:
        self.entries = entries
        self.known = known or {}
        first = entries[0] if entries and entries[0].kind == Kind.RAISED else None
        raised = first.data if first else {}
        self.raised = datetime.fromisoformat(first.at) if first else None
        self.children = [str(child.get("initials", "")) for child in raised.get("children", ())]
        self.parties = {str(p.get("side")): str(p.get("name", "")) for p in raised.get("parties", ())}

    @cached_property
    def told(self) -> Mapping[int, Addressed]:
        """To whom each notice went, by the number of its entry."""
        return {
            number: found
            for entry in self.entries
            if entry.kind == Kind.NOTICES_ADDRESSED
            for number, found in _read(entry)
        }

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The people whom the journal names, by id."""
        told = {each.id: each.name for found in self.told.values() for each in found.people}
        acted = {str(e.actor.get("id")): str(e.actor.get("name")) for e in self.entries}
        named = [e.data for e in self.entries if "name" in e.data and NAMED & e.data.keys()]
        spoken_of = {str(each.get("person") or each.get("to")): str(each["name"]) for each in named}
        return {**self.known, **told, **acted, **spoken_of}

    def of_children(self, numbers: Iterable[Any]) -> str:
        """Children by their initials (R4); how many they are where the journal does not say who."""
        wanted = list(numbers)
        if not all(isinstance(n, int) and 0 <= n < len(self.children) for n in wanted):
            return "1 child" if len(wanted) == 1 else f"{len(wanted)} children"
        return listed([self.children[n] for n in wanted])


def _read(entry: Entry) -> Iterable[tuple[int, Addressed]]:
    for notice in entry.data.get("notices", ()):
        yield (
            int(notice["entry"]),
            Addressed(
                by=entry.seq,
                people=tuple(Told(**{k: str(v) for k, v in each.items()}) for each in notice["people"]),
                nobody=tuple((str(role), str(agency)) for role, agency in notice.get("nobody", ())),
                ring=str(notice.get("ring", "")),
            ),
        )


def listed(names: Sequence[str]) -> str:
    """Names in a row: A, B and C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"
