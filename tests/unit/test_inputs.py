"""What people do beside the diagram's tasks: what each input brings about, and at which point it is refused."""

from datetime import timedelta
from typing import Any

import pytest
from town import BPMN, MONDAY

from engine import NotNow, TaskGone, version_from
from engine.course.refusals import InputUnknown
from engine.dispute import Actor, Input, Kind
from engine.proof.simulation import Simulation

VERSION = version_from(BPMN, "birmingham")
MANAGER = Actor(id="manager", name="Manager", agency="office", role="business_manager")


def given(kind: str, element: str | None = None, **data: Any) -> Input:
    """An input of the business manager, an hour after the raising."""
    return Input(kind=kind, at=MONDAY + timedelta(hours=1), actor=MANAGER, element=element, data=data)


@pytest.fixture
def dispute() -> Simulation:
    """A dispute that was raised on a Monday."""
    return Simulation(VERSION, MONDAY)


def test_e8_a_tier_that_nobody_holds_is_told_to_the_business_manager(dispute: Simulation) -> None:
    """E8: which side lacks somebody, and where."""
    effects = dispute.apply(given(Kind.TIER_UNHELD, "Stage2", side="receiving"))
    assert [(e.kind, e.element, dict(e.data)) for e in effects] == [
        (
            Kind.NOTICE_QUEUED,
            "Stage2",
            {"message": "Nobody holds the next tier for the receiving side", "to": "business_manager"},
        )
    ]


def test_har_c6_another_dispute_is_linked(dispute: Simulation) -> None:
    """HAR-C6: the link is told, and the dispute knows it."""
    effects = dispute.apply(given(Kind.LINKED, "Start", to="BIR-2026-0002"))
    assert [(e.kind, e.element, dict(e.data)) for e in effects] == [(Kind.LINK_MADE, "Start", {"to": "BIR-2026-0002"})]
    assert dispute.course.dispute.links == ("BIR-2026-0002",)


def test_a_legal_hold_is_placed_once_and_lifted_once(dispute: Simulation) -> None:
    """R2: nothing that was typed is erased while it stands; a second word for it is refused."""
    with pytest.raises(NotNow, match="no legal hold stands"):
        dispute.apply(given(Kind.HOLD_LIFTED))
    dispute.apply(given(Kind.HOLD_PLACED))
    assert dispute.course.dispute.held
    with pytest.raises(NotNow, match="a legal hold stands already"):
        dispute.apply(given(Kind.HOLD_PLACED))
    dispute.apply(given(Kind.HOLD_LIFTED))
    assert not dispute.course.dispute.held


@pytest.mark.parametrize("kind", [Kind.TASK_CLAIMED, Kind.TASK_ATTEMPTED, Kind.TASK_COMPLETED])
def test_a_task_that_is_over_is_neither_taken_on_nor_tried_nor_completed(dispute: Simulation, kind: Kind) -> None:
    """E4: whoever comes late reads which task it was, and nothing is written."""
    written, before = len(dispute.entries), dispute.course.dispute
    with pytest.raises(TaskGone, match=r"Stage9\.1 has been completed or was interrupted"):
        dispute.apply(given(kind, "Stage9", task="Stage9.1", answers={}))
    assert (len(dispute.entries), dispute.course.dispute) == (written, before)


def test_a_kind_that_this_version_does_not_know_is_named(dispute: Simulation) -> None:
    """Decision 1: a journal of tomorrow is not guessed at."""
    with pytest.raises(InputUnknown, match="Foreseen"):
        dispute.apply(given("Foreseen"))


def test_c1_what_was_withdrawn_from_cannot_be_withdrawn_from_or_escalated_again(dispute: Simulation) -> None:
    """C1: it waits to be countersigned; then no stage runs any more, and each refusal says so."""
    dispute.apply(given(Kind.WITHDRAWN))
    with pytest.raises(NotNow, match="waits to be countersigned already"):
        dispute.apply(given(Kind.WITHDRAWN))
    dispute.complete("Withdrawal_Countersign", "raising", {"countersigned": "yes", "risk_now": "None"})
    for kind, why in (
        (Kind.WITHDRAWN, "no stage is running that could be withdrawn from"),
        (Kind.ESCALATED_EARLY, "no stage is running that could be escalated"),
        (Kind.RESOLUTION_SAID, "no stage is running that could be resolved"),
    ):
        with pytest.raises(NotNow, match=why):
            dispute.apply(given(kind))


def test_t10_a_protective_timescale_moves_deadlines_and_is_told_once_it_has_passed(dispute: Simulation) -> None:
    """T10: the running stage ends sooner, and the next tier and the business manager hear of it."""
    before = dispute.course.dispute.visit
    until = MONDAY + timedelta(days=1)
    dispute.apply(given(Kind.PROTECTIVE_TIMESCALE_SET, until=until.isoformat()))
    after = dispute.course.dispute.visit
    assert before is not None
    assert after is not None
    assert after.deadline is not None
    assert before.deadline is not None
    assert after.deadline < before.deadline
    assert dispute.course.dispute.protective == until
    dispute.move_to(until + timedelta(hours=1))
    passed = next(e for e in dispute.entries if e.kind == Kind.PROTECTIVE_TIMESCALE_PASSED)
    assert dict(passed.data) == {"until": passed.at}
    assert dispute.course.dispute.protective_passed
    told = next(e for e in dispute.entries if e.data.get("message") == "Protective timescale has passed")
    assert told.data["to"] == "next_tier,business_manager"
