"""What of a journal speaks of erasing and of holding: a request that waits, a legal hold. Knows no store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.dispute.events import Kind
from engine.dispute.journal import INPUT, Entry, Text
from engine.dispute.model import Actor

REASONED = frozenset(
    {Kind.TEXT_ERASED, Kind.ERASURE_ASKED, Kind.ERASURE_CALLED_OFF, Kind.HOLD_PLACED, Kind.HOLD_LIFTED}
)
"""Why something was erased or held is kept when text is erased: else the second erasure took the first one's reason."""
ALL_WENT = 1
"""Up to this format of an entry an erasure took such reasons as well."""
A_DAY = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who asked for an erasure that nobody has confirmed, or who put on a hold that stands; when, and why."""

    seq: int
    at: datetime
    by: str
    name: str
    reason: str

    @property
    def ripe(self) -> datetime:
        """From when on an erasure can be confirmed."""
        return self.at + A_DAY

    def is_of(self, actor: Actor) -> bool:
        """Whether somebody asked for it themselves: operators are known by their names alone."""
        return actor.id == self.by or actor.name.casefold() == self.name.casefold()


def pending(entries: Iterable[Entry], texts: Mapping[tuple[int, str], Text]) -> Standing | None:
    """The request to erase that waits for somebody else's confirmation, or none."""
    return _standing(entries, texts, Kind.ERASURE_ASKED, {Kind.ERASURE_CALLED_OFF, Kind.TEXT_ERASED})


def hold(entries: Iterable[Entry], texts: Mapping[tuple[int, str], Text]) -> Standing | None:
    """The legal hold that stands, or none."""
    return _standing(entries, texts, Kind.HOLD_PLACED, {Kind.HOLD_LIFTED})


def kept(entries: Iterable[Entry]) -> list[int]:
    """The entries of which the reason stays when what was typed is erased."""
    return [entry.seq for entry in entries if entry.role == INPUT and entry.kind in REASONED]


def _standing(
    entries: Iterable[Entry], texts: Mapping[tuple[int, str], Text], begins: str, ends: set[str]
) -> Standing | None:
    found: Entry | None = None
    for entry in entries:
        if entry.role == INPUT and entry.kind in {begins, *ends}:
            found = entry if entry.kind == begins else None
    if found is None:
        return None
    reason = texts.get((found.seq, "reason"))
    return Standing(
        seq=found.seq, at=datetime.fromisoformat(found.at), by=found.actor["id"], name=found.actor["name"],
        reason=reason.text if reason else "",
    )  # fmt: skip
