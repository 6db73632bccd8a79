"""To whom a report of risk belongs, and who may close one that was made by mistake (S3, S4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from engine.calendar import london
from engine.dispute import (
    Actor,
    Child,
    Dispute,
    Party,
    Person,
    Referral,
    Task,
    may_do,
    may_say_risk_over,
    reporting_side,
    who_may,
)
from engine.dispute.access import closers, holders_of_report, is_party
from engine.pathway import read_folder, usual_offices

BPMN = Path(__file__).parents[2] / "bpmn"
PATHWAY = read_folder(BPMN / "birmingham", demo=True)
AT = london("2026-03-02T10:00")
AWAY = date(2026, 3, 20)
SIDES = {"school": "raising", "council": "receiving", "office": "partnership", "police": "partnership"}


def somebody(id_: str, agency: str, *roles: str, away: bool = False) -> Person:
    """A person of an agency."""
    return Person(
        id=id_, partnership="birmingham", name=id_.title(), agency=agency, agency_name=agency, agency_kind="other",
        roles=roles, absent_until=AWAY if away else None,
    )  # fmt: skip


TEACHER = somebody("teacher", "school", "practitioner")
OTHER = somebody("other teacher", "school", "practitioner")
LEAD = somebody("lead", "school", "safeguarding_lead")
DEPUTY = somebody("deputy", "school", "safeguarding_lead")
HEAD = somebody("head", "school", "head_teacher", "senior_manager")
DIRECTOR = somebody("director", "school", "director")
WORKER = somebody("worker", "council", "practitioner", "safeguarding_lead", "line_manager")
MANAGER = somebody("manager", "office", "business_manager")
CHAIR = somebody("chair", "office", "chair")
OFFICES = usual_offices()
AUDITOR = somebody("auditor", "office", "auditor")
REPORT = Referral(key="Risk.1", opened=AT, by="teacher", side="raising", children=(0,))
DISPUTE = Dispute(
    ref="BIR-1",
    raised=AT,
    counted_from=AT,
    raised_by="raiser",
    calendar={},
    parties=(
        Party(side="raising", agency="school", name="School", kind="school"),
        Party(side="receiving", agency="council", name="Council", kind="local_authority"),
    ),
    children=(Child(case_reference="C", initials="AB"),),
    referrals=(REPORT,),
)


def away(person: Person) -> Person:
    """The same person, absent."""
    return replace(person, absent_until=AWAY)


def names(people: Sequence[Person]) -> set[str]:
    """Who they are."""
    return {person.id for person in people}


EVERYBODY = [TEACHER, OTHER, LEAD, DEPUTY, HEAD, DIRECTOR, WORKER, MANAGER, CHAIR, AUDITOR]


@pytest.mark.parametrize(
    ("people", "hold"),
    [
        (EVERYBODY, {"teacher", "lead", "deputy"}),
        ([OTHER, LEAD, HEAD, WORKER, MANAGER], {"lead"}),  # the reporter is gone
        ([TEACHER, away(LEAD), HEAD, DIRECTOR, WORKER, MANAGER], {"teacher", "lead", "head"}),
        ([TEACHER, away(LEAD), away(HEAD), DIRECTOR, MANAGER], {"teacher", "lead", "director"}),
        ([TEACHER, OTHER, WORKER, MANAGER, CHAIR], {"teacher", "manager"}),  # nobody above them
        ([OTHER, WORKER, MANAGER, AUDITOR], {"manager"}),
        ([OTHER, WORKER, away(MANAGER), CHAIR, AUDITOR], {"manager", "chair"}),
        ([replace(TEACHER, agency="council"), LEAD, MANAGER], {"lead"}),  # gone to the other side
        ([replace(TEACHER, agency="council"), WORKER, MANAGER], {"manager"}),
    ],
)
def test_a_report_is_held_by_the_reporter_and_their_lead_else_the_next_above(
    people: list[Person], hold: set[str]
) -> None:
    """S3: their agency's next senior where no lead is there, then the business manager; never the other side."""
    assert names(holders_of_report(DISPUTE, REPORT, people, OFFICES)) == hold


def test_whoever_is_barred_reports_and_does_not_hold_it() -> None:
    """W, S3: barred from one tier for a conflict of interest, they hold no report; their lead does."""
    barred = replace(DISPUTE, barred=(("teacher", "practitioners"), ("deputy", "safeguarding_leads")))
    assert names(holders_of_report(barred, REPORT, EVERYBODY, OFFICES)) == {"lead"}
    none_left = replace(DISPUTE, barred=tuple((p.id, "any") for p in EVERYBODY))
    assert names(holders_of_report(none_left, REPORT, EVERYBODY, OFFICES)) == {"manager", "chair"}


@pytest.mark.parametrize(
    ("by", "hold"), [(MANAGER, {"manager"}), (CHAIR, {"manager", "chair"}), (AUDITOR, {"manager"})]
)
def test_what_the_partnerships_own_people_report_the_business_manager_holds(by: Person, hold: set[str]) -> None:
    """S3: an auditor looks and does nothing more."""
    side = reporting_side(by.actor, DISPUTE, OFFICES)
    report = replace(REPORT, by=by.id, side=side)
    assert side == "partnership"
    assert names(holders_of_report(DISPUTE, report, EVERYBODY, OFFICES)) == hold


def test_a_report_is_of_the_side_on_which_its_reporter_acts() -> None:
    """S3: who acts for the partnership acts for it in each dispute, whatever agency employs them."""
    for role, (agency, side) in product(OFFICES.roles, SIDES.items()):
        own = Actor(id="x", name="X", agency=agency, role=role)
        assert reporting_side(own, DISPUTE, OFFICES) == ("partnership" if role in OFFICES.of_office else side)
    both = somebody("x", "council", "line_manager", "business_manager")
    assert both.actor.role == "business_manager"
    assert reporting_side(both.actor, DISPUTE, OFFICES) == "partnership"


@pytest.mark.parametrize(
    ("dispute", "people", "close"),
    [
        (DISPUTE, EVERYBODY, {"lead", "deputy"}),
        (replace(DISPUTE, raised_by="lead"), EVERYBODY, {"deputy"}),
        (replace(DISPUTE, acted=(("lead", "safeguarding_leads"),)), EVERYBODY, {"deputy"}),
        (replace(DISPUTE, barred=(("lead", "practitioners"),)), EVERYBODY, {"deputy"}),
        (replace(DISPUTE, raised_by="lead"), [TEACHER, LEAD, HEAD, WORKER, MANAGER], {"manager"}),
        (DISPUTE, [TEACHER, away(LEAD), HEAD, WORKER, MANAGER, CHAIR], {"lead", "manager"}),
        (DISPUTE, [TEACHER, HEAD, WORKER, away(MANAGER), CHAIR], {"manager", "chair"}),
    ],
)
def test_a_mistaken_report_is_closed_by_another_lead_of_its_agency_who_is_no_party(
    dispute: Dispute, people: list[Person], close: set[str]
) -> None:
    """S4: else by the business manager; never by the other side's lead."""
    assert names(closers(dispute, REPORT, people)) == close


def test_neither_the_reporter_nor_who_called_it_a_mistake_closes_it() -> None:
    """S4: it takes a second person, be it in the partnership's office."""
    report = replace(REPORT, by="lead", answered_by=("deputy",))
    assert names(closers(DISPUTE, report, EVERYBODY)) == {"manager"}
    own = replace(REPORT, by="manager", side="partnership", answered_by=("manager",))
    assert names(closers(DISPUTE, own, EVERYBODY)) == {"chair"}
    assert names(closers(DISPUTE, own, [MANAGER, LEAD, WORKER])) == {"manager"}, "a report is never nobody's to close"


def test_a_party_raised_it_or_did_a_task_of_a_stage() -> None:
    """S4: whoever merely sees it is none."""
    dispute = replace(DISPUTE, raised_by="teacher", acted=(("worker", "practitioners"),))
    assert [p.id for p in EVERYBODY if is_party(p, dispute)] == ["teacher", "worker"]


def test_every_task_of_every_shipped_risk_branch_is_the_reporters_sides_alone() -> None:
    """S3, S4: whatever tier, side or role it is drawn with, for a reporter of either side; always somebody's."""
    reporters = {"raising": TEACHER, "receiving": WORKER}
    for file in sorted(BPMN.glob("*/*.bpmn")):
        pathway = read_folder(file.parent, file.stem, demo=True)
        elements = [e for e in pathway.diagram.elements.values() if e.parent in pathway.risk_branches]
        asked = [e for e in elements if e.kind == "userTask"]
        assert len(asked) == 3, f"{file}: {[e.id for e in asked]}"
        assert len(pathway.countersigned) == 1
        for element, (side, by) in product(asked, reporters.items()):
            report = replace(REPORT, by=by.id, side=side)
            task = Task(
                key=f"{element.id}.1", element=element.id, tier="any", side="both", opened=AT, group=report.key,
                role=element.properties.get("role"),
            )  # fmt: skip
            dispute = replace(DISPUTE, referrals=(report,))
            may = who_may(dispute, task, pathway, EVERYBODY)
            assert may, f"{element.id} is nobody's"
            assert all(may_do(p, dispute, task, pathway, EVERYBODY) is (p in may) for p in EVERYBODY)
            others = {"school": "receiving", "council": "raising"}
            assert not any(others.get(p.agency) == side for p in may), f"{file.stem} {element.id} {side}: {names(may)}"


def test_that_a_child_is_safe_again_is_not_said_over_the_head_of_who_reported() -> None:
    """HAR-R1, S3: the side of every report says so, or the partnership; with reports of both sides neither alone."""
    theirs = replace(REPORT, by="worker", side="receiving")
    for referrals, may in (
        ((), {"teacher", "worker", "manager"}),
        ((REPORT,), {"teacher", "manager"}),
        ((theirs,), {"worker", "manager"}),
        ((REPORT, theirs), {"manager"}),
    ):
        dispute = replace(DISPUTE, referrals=referrals)
        asked = (TEACHER, WORKER, MANAGER, AUDITOR)
        assert {p.id for p in asked if may_say_risk_over(p, dispute)} == may
