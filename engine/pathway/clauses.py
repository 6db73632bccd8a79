"""Which elements of a pathway answer each clause of its protocol, and what is set locally. Knows no engine."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from engine.pathway.definition import Pathway
from engine.pathway.diagram import Element
from engine.pathway.duties import Duty

_NONE: Mapping[str, Iterable[str]] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """A clause: the elements that answer it, which of them set a point locally, what else does, and its tests.

    `listed` says whether the settings list it as a clause of the protocol; `elsewhere` names what answers it beside
    the diagram, the settings or the directory. `duty` is what the register says of it, where there is one.
    """

    clause: str
    elements: tuple[Element, ...]
    local: tuple[Element, ...]
    elsewhere: str = ""
    listed: bool = False
    tests: tuple[str, ...] = ()
    duty: Duty | None = None

    @property
    def answered(self) -> bool:
        """Whether an element or something beside the diagram answers it."""
        return bool(self.elements or self.elsewhere)


def named(elements: Iterable[Element]) -> list[str]:
    """Elements as people call them, each name once with its number; those without a name only where none has one."""
    found = list(elements)
    names = Counter(e.name for e in found if e.name) or Counter(e.id.replace("_", " ") for e in found)
    return [name if times == 1 else f"{name} (at {times} places)" for name, times in names.items()]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The clauses that the settings list: this pathway's own, all of the partnership's, and what is answered beside."""

    own: tuple[str, ...]
    known: frozenset[str]
    elsewhere: Mapping[str, str]


def listed(pathway: Pathway) -> Listed:
    """The register's own duties; without one, [clauses] of the settings, with a section for each side pathway."""
    if pathway.register.duties:
        own = tuple(duty.id for duty in pathway.register.own)
        beside = {duty.id: duty.kept_by for duty in pathway.register.own if duty.kept_by}
        return Listed(own=own, known=frozenset(pathway.register.by_id), elsewhere=beside)
    section = pathway.settings.get("clauses")
    section = section if isinstance(section, Mapping) else {}
    parts = {pathway.partnership: section}
    sides = {name: part for name, part in section.items() if name != "elsewhere" and isinstance(part, Mapping)}
    parts |= {f"{pathway.partnership}/{name}": part for name, part in sides.items()}
    elsewhere = {name: _words(part.get("elsewhere")) for name, part in parts.items()}
    known = {clause for part in parts.values() for clause in _ids(part)}
    known |= {clause for words in elsewhere.values() for clause in words}
    ids = _ids(parts.get(pathway.name, {}))
    return Listed(own=ids, known=frozenset(known), elsewhere=elsewhere.get(pathway.name, {}))


def matrix(pathway: Pathway, tests: Mapping[str, Iterable[str]] = _NONE) -> list[Coverage]:
    """A row for each clause that the settings list or an element names: the protocol's own first, in order."""
    claimed = listed(pathway)
    answers: dict[str, list[Element]] = defaultdict(list)
    local: dict[str, list[Element]] = defaultdict(list)
    for element in pathway.diagram.elements.values():
        for clause in element.clauses:
            if element not in answers[clause.id]:
                answers[clause.id].append(element)
            if clause.local and element not in local[clause.id]:
                local[clause.id].append(element)
    wanted = {*claimed.own, *claimed.elsewhere}
    return [
        Coverage(
            clause=clause,
            elements=tuple(answers.get(clause, ())),
            local=tuple(local.get(clause, ())),
            elsewhere=claimed.elsewhere.get(clause, ""),
            listed=clause in wanted,
            tests=tuple(tests.get(clause, ())),
            duty=pathway.register.by_id.get(clause),
        )
        for clause in sorted(wanted | answers.keys(), key=_order)
    ]


def _ids(part: Mapping[str, Any]) -> tuple[str, ...]:
    given = part.get("ids", [])
    return tuple(str(clause) for clause in given) if isinstance(given, list) else ()


def _words(part: Any) -> dict[str, str]:
    return {str(clause): str(words) for clause, words in part.items()} if isinstance(part, Mapping) else {}


def _order(clause: str) -> tuple[bool, list[tuple[bool, int, str]]]:
    parts = re.findall(r"\d+|\D+", clause)
    return "-" not in clause, [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]
