"""A pathway: one protocol made executable, read from its files. Knows no engine, database or clock."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from engine import feel
from engine.calendar import CLOSES, OPENS, Calendar, calendar_for
from engine.dmn import DecisionTable
from engine.errors import ConcordError
from engine.forms import Form
from engine.pathway.diagram import Diagram, Element
from engine.pathway.duties import REGISTER, Duty, Register
from engine.pathway.ends import ends_ahead
from engine.pathway.facts import FACTS
from engine.pathway.offices import Offices, offices_of
from engine.pathway.properties import FIRST_PART
from engine.pathway.risk_branch import branches, countersigned
from engine.pathway.signals import WITHDRAWAL_ASKED
from engine.pathway.stage import ORDINARY, Stage, stage_of

READER = 4
"""The reader of what is published now. Reader 1 read loosely; of what 1 and 2 read, joins go on as they did; up to 3
properties of Camunda's were decoration."""
LINK_FIELDS = ("main_reference", "main_raised_at")  # of the form of a task by which another dispute is raised
RISK = "risk"
"""Whether a risk was reported as the dispute was raised: a name that diagrams and forms may read."""
FORM_NAMES = frozenset({RISK, "raising_agency", "receiving_agency"})
"""What the conditions of a task's form may read beside its own questions; as a dispute is raised only the risk."""
ENGINE_NAMES = frozenset({"children", RISK, "stage", "receiving_kind", "raising_kind", *FACTS})
RETENTION_YEARS = 25
USUAL_HOURS = {"start": OPENS, "end": CLOSES}


class PathwayUnreadable(ConcordError):
    """{file} cannot be read: {why}"""


@dataclass(frozen=True, kw_only=True)
class Pathway:
    """One executable protocol with everything it is made of; immutable, named by the hash of its files.

    `reader` is the one that read the files, and reads them for as long as a dispute runs on it.
    """

    partnership: str
    name: str
    files: Mapping[str, bytes]
    diagram: Diagram
    forms: Mapping[str, Form]
    tables: Mapping[str, DecisionTable]
    settings: Mapping[str, Any]
    register: Register
    reader: int
    unproven: str = ""  # why it was published without a proof; said on every page of that version

    @cached_property
    def version(self) -> str:
        """SHA-256 over the names and bytes of the files, in the order of their names."""
        return version_of(self.files)

    @cached_property
    def meaning(self) -> tuple[object, ...]:
        """What the files say, drawing included; that they were formatted otherwise makes no difference."""
        return self.diagram, self.forms, self.tables, self.settings, self.register, self.plain_files

    @cached_property
    def plain_files(self) -> Mapping[str, bytes]:
        """The files that no reader makes anything of, such as lists of contacts: they mean what their bytes are."""
        read = (".bpmn", ".form", ".dmn", "/partnership.toml", REGISTER)
        return {path: data for path, data in self.files.items() if not path.endswith(read)}

    @cached_property
    def title(self) -> str:
        """The partnership's name in full."""
        return str(self.settings.get("partnership", {}).get("title", self.partnership.title()))

    @cached_property
    def reference_prefix(self) -> str:
        """How references of its disputes begin, where the settings say so: BIR of BIR-2026-0001."""
        return str(self.settings.get("partnership", {}).get("reference", ""))

    @cached_property
    def offices(self) -> Offices:
        """The roles and kinds of agencies of its partnership."""
        return offices_of(self.settings)

    @cached_property
    def moves_up_under_risk(self) -> bool:
        """Whether, while risk is believed, stages end sooner than they would (HAR-R1)."""
        same_day = self.settings.get("risk", {}).get("move_up") == "same_working_day"
        return same_day or self.moves_up_after is not None

    @cached_property
    def moves_up_after(self) -> int | None:
        """After so many working hours an ordinary stage then moves on; none where it is the same working day's end."""
        hours = self.settings.get("risk", {}).get("move_up_after_working_hours")
        return hours if isinstance(hours, int) else None

    @cached_property
    def hours(self) -> tuple[time, time]:
        """When working days begin and end in London (T2): the usual hours where none that can be read are set.

        Those of a version that was published before settings were checked may be unreadable: a number to call at
        once is shown all the same.
        """
        given = self.settings.get("hours", {})
        try:
            opens, closes = (time.fromisoformat(str(given.get(key, usual))) for key, usual in USUAL_HOURS.items())
        except (ValueError, AttributeError):
            return OPENS, CLOSES
        return (opens, closes) if opens < closes else (OPENS, CLOSES)

    def calendar(self, at: datetime, closures: Iterable[date] = ()) -> Calendar:
        """The working calendar for what is counted from an instant, with this pathway's hours (T2)."""
        opens, closes = self.hours
        return calendar_for(at, closures, opens, closes)

    @cached_property
    def retention_years(self) -> int:
        """For how many years after a dispute has closed what was typed in it is kept."""
        return int(self.settings.get("retention", {}).get("years", RETENTION_YEARS))

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in the order of their numbers."""
        return tuple(
            sorted(
                (stage_of(e, self.diagram) for e in self.diagram.elements.values() if "stage" in e.properties),
                key=lambda stage: (stage.kind != ORDINARY, stage.number),
            )
        )

    @cached_property
    def ordinary_stages(self) -> tuple[Stage, ...]:
        """Those that the clock leads through, in their order: not the exceptional ones."""
        return tuple(stage for stage in self.stages if stage.kind == ORDINARY)

    @cached_property
    def ends_ahead(self) -> Mapping[str, frozenset[str]]:
        """The ends to which each user task may lead."""
        return ends_ahead(self.diagram)

    def stage(self, element: str) -> Stage | None:
        """The stage of that id, or none."""
        return next((stage for stage in self.stages if stage.id == element), None)

    def stage_of(self, element: str) -> Stage | None:
        """The stage that the element stands in or on the edge of."""
        at: str | None = element
        while at is not None and at in self.diagram.elements:
            if found := self.stage(at):
                return found
            here = self.diagram.elements[at]
            at = here.attached_to or here.parent
        return None

    @cached_property
    def risk_branches(self) -> frozenset[str]:
        """The subprocesses that a report of risk starts (S3)."""
        return branches(self.diagram)

    @cached_property
    def _begun_by(self) -> Mapping[str, frozenset[str]]:
        """The signals that begin what is in each subprocess."""
        found: dict[str, set[str]] = {}
        for element in self.diagram.elements.values():
            if element.kind == "startEvent" and element.signal:
                found.setdefault(element.parent, set()).add(element.signal)
        return {parent: frozenset(signals) for parent, signals in found.items()}

    def begun_by(self, element: str) -> frozenset[str]:
        """The signals that begin the branch in which an element stands; none for what is of the main flow."""
        return self._begun_by.get(self.diagram.branches.get(element) or "", frozenset())

    def in_risk_branch(self, element: str | None) -> bool:
        """Whether an element stands in a branch that a report of risk starts."""
        return self.diagram.branches.get(element or "") in self.risk_branches

    @cached_property
    def countersigned(self) -> Mapping[str, frozenset[str]]:
        """The tasks that close a report of risk without a call, each with those whose answers it countersigns (S4)."""
        return countersigned(self.diagram)

    def duties_of(self, element: str) -> tuple[Duty, ...]:
        """The duties that an element answers, as the register has them."""
        return self.register.of(clause.id for clause in self.diagram.elements[element].clauses)

    @cached_property
    def waits_to_end(self) -> bool:
        """Whether a dispute that is withdrawn, or not pursued, goes on until that is countersigned (C1)."""
        return any(e.signal == WITHDRAWAL_ASKED for e in self.diagram.elements.values())

    @cached_property
    def facts_read(self) -> frozenset[str]:
        """What its gateways ask of Concord beside what was answered."""
        return self.names_read & FACTS.keys()

    def asks(self, element: str, name: str) -> bool:
        """Whether the form of an element has a closed question of that name."""
        form = self.form_of(element)
        return form is not None and name in form.closed_names

    @cached_property
    def parts(self) -> frozenset[str]:
        """The parts of stages that have a limit of their own: what stands in a stage with a timer on its edge."""
        elements = self.diagram.elements
        hosts = {elements[timer].attached_to or "" for timer in self.limits_within}
        return frozenset(host for host in hosts if elements[host].kind == "subProcess")

    @cached_property
    def ending_first_part(self) -> frozenset[str]:
        """The tasks that end the first part of their stage by being done, where that is no box of its own (WOL-1.1)."""
        return frozenset(e.id for e in self.diagram.elements.values() if e.properties.get(FIRST_PART) == "ends")

    @cached_property
    def limits_within(self) -> frozenset[str]:
        """The timers that end a part of a stage, or a task within one, and not the stage."""
        elements = self.diagram.elements.values()
        return frozenset(e.id for e in elements if e.timer and e.attached_to and self.stage(e.attached_to) is None)

    @cached_property
    def limits_before(self) -> frozenset[str]:
        """Those of them that end it before their stage where both are due at one instant, so that what follows is told.

        What a side has not answered by the stage's last moment is then an event of its own (BRO-3.3).
        """
        elements = self.diagram.elements
        return frozenset(each for each in self.limits_within if elements[each].properties.get("before") == "stage")

    def form_of(self, element: str) -> Form | None:
        """The form that a user task or the start event shows."""
        name = self.diagram.elements[element].properties.get("form")
        return self.forms.get(name) if name else None

    @cached_property
    def start(self) -> Element:
        """The start event of the main flow."""
        return next(
            e for e in self.diagram.elements.values() if e.kind == "startEvent" and e.parent == self.diagram.process
        )

    @cached_property
    def closed_names(self) -> frozenset[str]:
        """Every name that an expression of the diagram may read: closed fields of its forms, and the engine's own."""
        names = {name for form in self.forms.values() for name in form.closed_names}
        return frozenset(names | ENGINE_NAMES)

    @cached_property
    def names_read(self) -> frozenset[str]:
        """The names that gateways and other expressions of this diagram do read: all that goes into workflow data."""
        found: set[str] = {"children", "risk"}
        for text in self.diagram.expressions:
            found |= feel.parse(text).names
        for element in self.diagram.elements.values():
            table = self.tables.get(element.properties.get("contacts", ""))
            found |= {column.name for column in table.inputs} & self.closed_names if table else set()
        return frozenset(found)


def version_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the names and bytes of the files, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return digest.hexdigest()
