"""What moves a stage on while a child is believed to be at risk, and who says that none is any more (HAR-R1)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_reports import BPMN, CHAIR, DEPUTY, DISPUTE, LEAD, MANAGER, OTHER, REPORT, TEACHER, WORKER, away, names
from test_working_days import ENGLAND, calendars, instants

from engine.calendar.working_days import Calendar, after_working_time, london, show, working_time
from engine.composition import executable
from engine.dispute import Actor, Dispute, Input, Kind, calming
from engine.pathway import collect, read_pathway
from engine.proof.simulation import Simulation

EVERYBODY = [TEACHER, OTHER, LEAD, DEPUTY, WORKER, MANAGER, CHAIR]


@pytest.mark.parametrize(
    ("at", "hours", "ends"),
    [
        ("2026-03-02T10:00", 2, "2026-03-02T12:00:00+00:00"),
        ("2026-03-02T15:00", 2, "2026-03-02T17:00:00+00:00"),
        ("2026-03-02T16:00", 2, "2026-03-03T10:00:00+00:00"),
        ("2026-03-07T23:30", 2, "2026-03-09T11:00:00+00:00"),
        ("2026-03-02T07:00", 2, "2026-03-02T11:00:00+00:00"),
        ("2026-04-02T16:00", 2, "2026-04-07T10:00:00+01:00"),
        ("2026-03-02T10:00", 12, "2026-03-03T14:00:00+00:00"),
    ],
)
def test_working_hours_pass_only_while_people_are_at_work(at: str, hours: int, ends: str) -> None:
    """Nights, weekends and Easter are jumped over."""
    assert show(after_working_time(london(at), timedelta(hours=hours), ENGLAND)) == ends


@given(at=instants, hours=st.integers(min_value=1, max_value=40), calendar=calendars)
def test_law_so_many_working_hours_lie_between(at: object, hours: int, calendar: Calendar) -> None:
    """No more and no fewer, whatever the day, the hours and the closures."""
    end = after_working_time(at, timedelta(hours=hours), calendar)  # type: ignore[arg-type]
    assert working_time(at, end, calendar) == timedelta(hours=hours)  # type: ignore[arg-type]


def test_whoever_reported_or_a_lead_of_theirs_who_is_no_party_says_that_it_is_over() -> None:
    """Not a colleague, not the other side, and not the partnership over their heads."""
    assert {p.id for p in EVERYBODY if calming(p, DISPUTE, EVERYBODY)} == {"teacher", "lead", "deputy"}
    acted = replace(DISPUTE, acted=(("lead", "safeguarding_leads"),))
    assert {p.id for p in EVERYBODY if calming(p, acted, EVERYBODY)} == {"teacher", "deputy"}
    here = [TEACHER, OTHER, away(LEAD), WORKER, MANAGER]
    assert {p.id for p in here if calming(p, DISPUTE, here)} == {"teacher", "lead", "manager"}
    both = replace(DISPUTE, referrals=(REPORT, replace(REPORT, key="Risk.2", by="worker", side="receiving")))
    assert calming(LEAD, both, EVERYBODY) == ("raising",)
    assert calming(WORKER, both, EVERYBODY) == ("receiving",)
    assert names([p for p in EVERYBODY if calming(p, replace(both, calm=("raising",)), EVERYBODY)]) == {"worker"}


def moving_up() -> Simulation:
    """Birmingham's pathway as it would be with the setting; raised on a Monday at 10:00."""
    files = dict(collect(BPMN / "birmingham", demo=True))
    files["bpmn/birmingham/partnership.toml"] += b"\n[risk]\nmove_up_after_working_hours = 2\n"
    version = executable(read_pathway(files, "birmingham", "escalation"))
    return Simulation(version, london("2026-03-02T10:00"), {})


def said(simulation: Simulation, kind: Kind, side: str, **data: object) -> Dispute:
    """Somebody of a side says something now."""
    actor = Actor(id=side, name=side, agency=side, role="")
    simulation.apply(Input(kind=kind, at=simulation.at, actor=actor, data=data))
    return simulation.course.dispute


def deadline(dispute: Dispute) -> str:
    """When the running stage ends."""
    assert dispute.visit is not None
    assert dispute.visit.deadline is not None
    return show(dispute.visit.deadline)[:16]


def seen(simulation: Simulation) -> Iterable[tuple[str, str]]:
    """Each stage with when it was entered."""
    return [(v.stage, show(v.entered)[:16]) for v in simulation.course.dispute.visits]


def test_each_stage_moves_on_after_two_working_hours_from_the_report_on() -> None:
    """Also the one that runs when risk is reported, and the ones after it; the second report does not start it anew."""
    simulation = moving_up()
    simulation.move_to(london("2026-03-03T15:30"))
    assert deadline(said(simulation, Kind.RISK_REPORTED, "raising", children=[0])) == "2026-03-04T09:30"
    simulation.move_to(london("2026-03-03T16:30"))
    assert deadline(said(simulation, Kind.RISK_REPORTED, "raising", children=[0])) == "2026-03-04T09:30"
    simulation.move_to(london("2026-03-04T15:00"))
    entered = ["2026-03-02T10:00", "2026-03-04T09:30", "2026-03-04T11:30", "2026-03-04T13:30"]
    assert list(seen(simulation)) == list(zip(("Stage1", "Stage2", "Stage3", "Stage4"), entered, strict=True))


def test_it_stops_when_each_side_that_reported_has_said_why() -> None:
    """One side's word does not end what the other has reported; what is reported anew is believed anew."""
    simulation = moving_up()
    for side in ("raising", "receiving"):
        said(simulation, Kind.RISK_REPORTED, side, children=[0])
    assert deadline(said(simulation, Kind.RISK_OVER, "raising", sides=["raising"])) == "2026-03-02T12:00"
    assert deadline(said(simulation, Kind.RISK_OVER, "receiving", sides=["receiving"])) == "2026-03-09T17:00"
    assert deadline(said(simulation, Kind.RISK_REPORTED, "raising", children=[0])) == "2026-03-02T12:00"


def test_what_no_timer_ends_is_due_the_same_working_day() -> None:
    """The last stage: no clock moves it on, and its parts end with it."""
    simulation = moving_up()
    said(simulation, Kind.RISK_REPORTED, "raising", children=[0])
    for _ in range(4):
        said(simulation, Kind.ESCALATED_EARLY, "raising")
    simulation.complete("Stage5_ConcernsPersist", None, {"persists": "yes"}, check=False)
    assert deadline(simulation.course.dispute) == "2026-03-02T17:00"
    simulation.move_to(london("2026-03-06T10:00"))
    assert simulation.course.dispute.visit is not None
    assert simulation.course.dispute.visit.stage == "Stage5"
