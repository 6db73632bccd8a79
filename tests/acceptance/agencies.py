"""A partnership at work: its pathway published to a database in memory, with people of agencies and an office."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from play import Play, at, place

import engine
from engine import Agency, Concord, Person, SetClock
from engine.commands.publishing import publish_files
from engine.dispute import Actor, Child, Dispute

CLERK = Actor(id="clerk", name="Clerk", agency="", role="operator")
ROLES = ("practitioner", "safeguarding_lead", "line_manager", "senior_manager", "delegated_partner", "director")


class Agencies:
    """The agencies of a partnership at work: use cases as their people carry them out; the clock is moved by hand."""

    def __init__(self, play: Play, when: str) -> None:
        self.play = play
        self.clock = SetClock(at(when))
        self.concord: Concord = engine.open_concord("sqlite://", self.clock)
        self.commands = (f"command-{n}" for n in count())
        self.partnership, name = place(play.partnership)
        publish_files(self.concord, CLERK, play.files(demo=True), self.partnership, name)
        self.people = {side: self._person(side, *ROLES) for side in ("raising", "receiving", "third")}
        self.people["manager"] = self._person("office", "business_manager", kind="partnership")

    def _person(self, agency: str, *roles: str, kind: str = "health") -> Person:
        name = self.partnership
        engine.add_agency(self.concord, CLERK, Agency(id=agency, partnership=name, name=agency.title(), kind=kind))
        person = Person(
            id=f"{agency} person", partnership=name, name=f"{agency.title()} Person", agency=agency,
            agency_name=agency.title(), agency_kind=kind, roles=roles,
        )  # fmt: skip
        engine.add_person(self.concord, CLERK, person)
        return person

    def joins(self, who: str, agency: str, *roles: str) -> None:
        """Let a further person join an agency."""
        found = self.people["manager" if agency == "office" else agency]
        self.people[who] = replace(found, id=who, name=who.title(), roles=roles)
        engine.add_person(self.concord, CLERK, self.people[who])

    def raised(self, start: Mapping[str, Any] | None = None, **more: Any) -> str:
        """Raise a dispute by the raising agency against the receiving one; gives its reference."""
        asked = self.play.raised(f"{self.clock.now():%a %-d %b %Y %H:%M}", **(start or {}))
        outcome = engine.raise_dispute(
            self.concord, self.people["raising"], next(self.commands), pathway=self.play.pathway.name,
            receiving="receiving", answers=asked.filled("Raised", **(start or {})), risk=False,
            children=[Child(case_reference="CASE-1", initials="AB")], **more,
        )  # fmt: skip
        return outcome.ref

    def does(self, who: str, use_case: Any, ref: str, *given: Any, **named: Any) -> None:
        """Let somebody carry out a use case."""
        use_case(self.concord, self.people[who], ref, next(self.commands), *given, **named)

    def completes(self, who: str, ref: str, key: str, answers: Mapping[str, Any]) -> None:
        """Let somebody complete a task."""
        engine.complete_task(self.concord, self.people[who], ref, key, next(self.commands), answers)

    def dispute(self, ref: str, who: str = "raising") -> Dispute:
        """The dispute as it is."""
        return engine.dispute_page(self.concord, self.people[who], ref).dispute
