"""Nobody answers: every duty of Birmingham's register ends as it says, and nothing ends falsely or waits for ever.

For each task that answers a duty, everybody acts until it is open; then whoever is bound by it never acts again.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest
from play import Play, Played, told

from engine.dispute import RAISING, RECEIVING, Entry, Task
from engine.pathway import STAYS, Duty, Element

DAY_0 = "Mon 2 Mar 2026 10:00"
STEPS = 60
BOTH, PARTNERSHIP = "both", "partnership"
EVERYBODY = frozenset({RAISING, RECEIVING, PARTNERSHIP})
PLAY = Play("birmingham")
ELEMENTS = PLAY.pathway.diagram.elements
TASKS = [e for e in ELEMENTS.values() if e.kind == "userTask"]
PERSIST = "Stage5_ConcernsPersist"


class Way(NamedTuple):
    """How a dispute comes to a task: what is answered, how it is raised, and what somebody does by themselves first."""

    answers: Mapping[str, Any]
    raised: Mapping[str, Any]
    first: Callable[[Played], object] | None = None


def nobody_in_time(dispute: Played) -> None:
    """After stage 4 all questions about risk are answered; then the time passes by which the child must be safe."""
    dispute.escalate().escalate().escalate().escalate()
    dispute.all_done("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving")
    dispute.protect("Tue 3 Mar 2026 12:00").at("Tue 3 Mar 2026 12:00")


def agreed(dispute: Played) -> None:
    """The receiving side says that there is an agreement, and the raising side confirms it."""
    dispute.say_resolved().done("Resolution_Confirm")


WAYS: Mapping[str, Way] = {
    "Begun_TellLeadRaising": Way({}, {"lead_told": "no"}),
    "Stage1_TellManager": Way({"result": "could_not_talk"}, {}),
    "Stage1_Arrange": Way({"meeting": "yes"}, {}),
    "Stage5_Meeting": Way({"hold_meeting": "yes"}, {}),
    "NotPursued": Way({"persists": "no"}, {}),
    "Resolution_Confirm": Way({}, {}, lambda dispute: dispute.say_resolved(RECEIVING)),
    "Resolution_Object": Way({}, {}, lambda dispute: dispute.say_resolved(RAISING)),
    "Resolved": Way({}, {}, agreed),
    "Withdrawal": Way({}, {}, lambda dispute: dispute.withdraw()),
    "Risk_CloseByLead": Way({"outcome": ["mistake"]}, {}, lambda dispute: dispute.report_risk()),
    "Risk": Way({}, {}, lambda dispute: dispute.report_risk()),
    "Protective": Way({}, {}, nobody_in_time),
}  # fmt: skip
"""By how an element's id begins; all others are come to where nobody agrees and concerns persist."""


def way_to(element: str) -> Way:
    """How to come to a task."""
    return next((way for begins, way in WAYS.items() if element.startswith(begins)), Way({}, {}))


def acts(task: Task, acting: frozenset[str]) -> str | None:
    """Who of those who act does a task; of both sides either may."""
    if task.side == BOTH:
        return next((side for side in (RAISING, RECEIVING) if side in acting), None)
    return task.side if task.side in acting else None


def one_thing(dispute: Played, acting: frozenset[str], answers: Mapping[str, Any]) -> bool:
    """Somebody of those who act does the first thing that they have to do."""
    for task in dispute.dispute.tasks:
        if (side := acts(task, acting)) is not None and dispute.task(task.element) == task:
            asked = {field.key for field in PLAY.form(task.element).inputs}
            dispute.done(task.element, side=side, **{k: v for k, v in answers.items() if k in asked})
            return True
    return False


def next_deadline(dispute: Played) -> bool:
    """Time passes to the next deadline, unless there is none."""
    due = told(dispute.dispute.next_due)
    if due is not None:
        dispute.at(due)
    return due is not None


def reached(element: str) -> Played:
    """A dispute in which everybody acts, up to where a task of that element is open."""
    way = way_to(element)
    dispute = PLAY.raised(DAY_0, **way.raised)
    if way.first is not None:
        way.first(dispute)
    for _ in range(STEPS):
        if dispute.open(element):
            return dispute
        if not one_thing(dispute, EVERYBODY, way.answers):
            assert next_deadline(dispute), f"{element} was never open"
    raise AssertionError(element)


def let_be(dispute: Played, acting: frozenset[str], answers: Mapping[str, Any]) -> Played:
    """Those who act do all that they can, and time passes, up to sixty deadlines."""
    for _ in range(STEPS):
        while not dispute.dispute.closed and one_thing(dispute, acting, answers):
            pass
        if dispute.dispute.closed or not next_deadline(dispute):
            break
    return dispute


def bound(task: Element) -> Iterator[frozenset[str]]:
    """Who may be silent of those whom a task binds: its side; of both, both or the one."""
    side = task.properties["side"]
    if side == BOTH:
        yield frozenset({RAISING, RECEIVING})
        yield frozenset({RECEIVING})
    else:
        yield frozenset({RAISING if side == "reporter" else side})


def acting_beside(silent: frozenset[str]) -> Iterator[frozenset[str]]:
    """Everybody else; and where one agency is silent, the other alone."""
    yield EVERYBODY - silent
    if len(silent) == 1 and PARTNERSHIP not in silent:
        yield EVERYBODY - silent - {PARTNERSHIP}


CASES = [
    (duty, task, silent, acting)
    for duty in PLAY.pathway.register.duties
    for task in TASKS
    if duty in PLAY.pathway.duties_of(task.id) and duty.unanswered is not None
    for silent in bound(task)
    for acting in acting_beside(silent)
]
IDS = [f"{d.id}, {t.id}, {' and '.join(sorted(s))} silent, {' and '.join(sorted(a))} acting" for d, t, s, a in CASES]
"""Duties such as R5, that say only what is recorded, hold nobody to anything of their own."""


@cache
def silence(element: str, silent: frozenset[str], acting: frozenset[str]) -> tuple[Played, str]:
    """What becomes of a dispute in which they are silent from when that task is open, and the key of the task."""
    dispute = reached(element)
    key = dispute.task(element).key
    return let_be(dispute, acting, way_to(element).answers), key


def stays(element: str) -> bool:
    """Whether a duty of a task's stays open: then the task does."""
    return any(duty.unanswered == STAYS for duty in PLAY.pathway.duties_of(element))


def of_task(dispute: Played, kind: str, key: str) -> list[Entry]:
    """The entries of a kind about one task."""
    return [entry for entry in dispute.effects(kind) if entry.data.get("task") == key]


def ends(dispute: Played) -> list[str]:
    """The ends that were come to."""
    return [str(entry.data["end"]) for entry in dispute.effects("EndReached")]


def answered(dispute: Played, element: str, **answers: str) -> bool:
    """Whether a task of that element was completed with these answers."""
    given = [entry.data["answers"] for entry in dispute.effects("TaskCompleted", element)]
    return any(answers.items() <= each.items() for each in given)


def is_true(dispute: Played, end: str) -> bool:
    """Whether what an end says has happened."""
    if end == "resolved":
        said = dispute.effects("ResolutionSaid")
        unopposed = any(e.actor.id == RAISING for e in said) and not answered(
            dispute, "Resolution_Object", was_agreed="no"
        )
        return answered(dispute, "Resolution_Confirm", confirmed="yes") or unopposed
    if end == "not_pursued":
        return answered(dispute, PERSIST, persists="no") and answered(
            dispute, "NotPursued_Countersign", countersigned="yes"
        )
    if end == "withdrawn":
        return bool(dispute.effects("Withdrawn")) and answered(dispute, "Withdrawal_Countersign")
    return end == "decided" and answered(dispute, "Stage5_Decide")


def theirs(dispute: Played, task: Task, acting: frozenset[str]) -> bool:
    """Whether a task waits for those who do not act, and is of a duty that stays open."""
    return acts(task, acting) is None and stays(task.element)


@pytest.mark.parametrize(("duty", "task", "silent", "acting"), CASES, ids=IDS)
def test_E4a_a_duty_that_is_not_done_ends_as_the_register_says(
    duty: Duty, task: Element, silent: frozenset[str], acting: frozenset[str]
) -> None:
    """It stays open; or its time ends it, or others did it, and whoever goes on is told of it."""
    dispute, key = silence(task.id, silent, acting)
    still_open = any(t.key == key for t in dispute.dispute.tasks)
    if task.properties["side"] == BOTH and acting & {RAISING, RECEIVING}:
        assert of_task(dispute, "TaskCompleted", key)
    elif stays(task.id):
        assert still_open
        assert of_task(dispute, "TaskOverdue", key)
    else:
        assert not still_open
        assert [entry.data["why"] for entry in of_task(dispute, "TaskInterrupted", key)] == ["deadline"]
        if duty.who and not duty.may:
            assert all(on_it_goes(told) for told in not_done(dispute, task.name))
            assert not_done(dispute, task.name)


def not_done(dispute: Played, name: str = "") -> list[frozenset[str]]:
    """To whom it was told that something was not done in time."""
    told = [e.data for e in dispute.effects("NoticeQueued") if str(e.data["message"]).startswith("Not done in time")]
    return [frozenset(str(data["to"]).split(",")) for data in told if name in data["message"]]


def on_it_goes(told: frozenset[str]) -> bool:
    """Whether a tier is told, the one that goes on; after the last ordinary stage, the business manager (E4)."""
    return bool(told & {tier.key for tier in PLAY.pathway.diagram.tiers}) or told == {"business_manager"}


@pytest.mark.parametrize(("duty", "task", "silent", "acting"), CASES, ids=IDS)
def test_E4a_silence_ends_nothing_and_stops_nothing(
    duty: Duty, task: Element, silent: frozenset[str], acting: frozenset[str]
) -> None:
    """No end says what has not happened; and what is left open waits for the silent alone, and stays open."""
    dispute, _ = silence(task.id, silent, acting)
    assert all(is_true(dispute, end) for end in ends(dispute))
    assert bool(dispute.dispute.closed) == (not dispute.dispute.tasks)
    assert [t.element for t in dispute.dispute.tasks if not theirs(dispute, t, acting)] == []
    gone_on = dispute.dispute.visits[-1].stage == "Stage5" or dispute.effects("TaskOpened", PERSIST)
    assert gone_on or ends(dispute) or any(theirs(dispute, t, acting) for t in dispute.dispute.tasks)
    if dispute.dispute.visit is not None:
        assert dispute.stage == "Stage5"


def test_every_task_of_the_diagram_answers_a_duty_that_was_tried() -> None:
    """So that none is left out by how it is come to."""
    assert {task.id for _, task, _, _ in CASES} == {task.id for task in TASKS}


@pytest.mark.parametrize("duty", PLAY.pathway.register.duties, ids=lambda duty: duty.id)
def test_what_goes_on_unanswered_has_a_task_that_does(duty: Duty) -> None:
    """A duty that goes on has at least one task of no other duty that stays open; else its word is never kept."""
    tasks = [task.id for task in TASKS if duty in PLAY.pathway.duties_of(task.id)]
    if tasks and duty.unanswered is not None and duty.unanswered != STAYS:
        assert not all(stays(task) for task in tasks)


@cache
def nobody() -> Played:
    """A dispute in which nobody ever acts once it is raised."""
    return let_be(PLAY.raised(DAY_0), frozenset(), {})


def test_E4_where_nobody_ever_acts_it_comes_to_the_question_and_no_further() -> None:
    """On day 14 the raising side is asked whether its concerns persist; it stays open, and nothing has ended."""
    dispute = nobody()
    assert [v.stage for v in dispute.dispute.visits] == ["Stage1", "Stage2", "Stage3", "Stage4"]
    assert dispute.left("Stage4") == ("deadline", "Fri 20 Mar 2026 17:00")
    assert dispute.open(PERSIST)
    assert not dispute.dispute.closed
    assert ends(dispute) == []
    assert not dispute.effects("DisputeEnded")


def test_E4_where_nobody_ever_acts_the_business_manager_hears_of_it_every_working_day() -> None:
    """Two working days after the question, and again each day."""
    when = [when for when, to in nobody().notices(PERSIST) if "business_manager" in to]
    assert when[:3] == ["Tue 24 Mar 2026 17:00", "Wed 25 Mar 2026 09:00", "Thu 26 Mar 2026 09:00"]


def test_E4a_where_nobody_ever_acts_each_stage_says_to_the_next_tier_what_was_not_done() -> None:
    """The tier of the stage that begins is told what the one before left undone."""
    tiers = {"safeguarding_leads", "senior_managers", "delegated_partners"}
    assert tiers <= set().union(*not_done(nobody()))


def test_E4b_a_dispute_in_which_nobody_acted_does_not_end_as_resolved() -> None:
    """Nor as anything else: after a hundred more deadlines it is open."""
    dispute = let_be(let_be(PLAY.raised(DAY_0), frozenset(), {}), frozenset(), {})
    assert not dispute.dispute.closed
    assert "resolved" not in ends(dispute)
    assert not dispute.open("Resolved_Confirmation")


@pytest.mark.parametrize("silent", [RAISING, RECEIVING])
def test_BIR_5_2_an_agency_that_never_sends_representations_does_not_keep_the_co_chairs_from_deciding(
    silent: str,
) -> None:
    """Two working days after it was brought to them they go on, and the dispute ends as decided."""
    dispute = reached("Stage5_RepresentationRaising")
    let_be(dispute, EVERYBODY - {silent}, {})
    element = f"Stage5_Representation{silent.title()}"
    assert dispute.effect("TaskInterrupted", element).data["why"] == "deadline"
    assert answered(dispute, "Stage5_Decide")
    assert ends(dispute) == ["decided"]
    assert dispute.left("Stage5")[0] == "completed"


def test_BIR_5_4_co_chairs_who_never_decide_leave_it_open_and_everybody_hears() -> None:
    """Their limit interrupts nothing: no decision is made by time."""
    dispute = let_be(reached("Stage5_Decide"), EVERYBODY - {PARTNERSHIP}, {})
    assert dispute.open("Stage5_Decide")
    assert ends(dispute) == []
    assert "business_manager" in dispute.told("Stage5_Overdue")


def test_E4b_a_lead_who_refuses_to_countersign_has_the_question_asked_again() -> None:
    """And a referral is still open to the raising side."""
    dispute = reached("NotPursued_Countersign")
    dispute.done("NotPursued_Countersign", countersigned="no")
    assert ends(dispute) == []
    assert dispute.open(PERSIST)
    dispute.done(PERSIST, persists="yes")
    assert dispute.stage == "Stage5"


def test_E4b_concerns_that_are_not_pursued_end_as_that_and_both_sides_hear() -> None:
    """Nothing is confirmed in writing that was never agreed."""
    dispute = let_be(reached("NotPursued_Countersign"), EVERYBODY, {"persists": "no"})
    assert ends(dispute) == ["not_pursued"]
    assert dispute.told("NotPursued_Told") == frozenset({BOTH})
    assert not dispute.effects("TaskOpened", "Resolved_Confirmation")


def test_BIR_1_4_agreed_at_the_first_talk_the_actions_are_still_to_be_recorded_by_each() -> None:
    """They agree at once, and it is confirmed: the record of each agency stays open, and with it the dispute."""
    dispute = PLAY.raised(DAY_0).at("Mon 2 Mar 2026 14:00").done("Stage1_Discuss", side=RECEIVING, result="agreed")
    dispute.done("Resolution_Confirm")
    assert dispute.left("Stage1")[0] == "resolved"
    for side in ("Raising", "Receiving"):
        assert dispute.due(f"Begun_Actions{side}") == "Wed 4 Mar 2026 17:00"
    let_be(dispute, EVERYBODY - {RECEIVING}, {})
    assert dispute.open("Begun_ActionsReceiving")
    assert not dispute.dispute.closed


def test_E5_what_the_raising_side_says_was_agreed_goes_on_if_the_other_side_says_that_it_was_not() -> None:
    """One word of the other side's is enough: the talk is open, and the stage's clock runs."""
    dispute = PLAY.raised(DAY_0).at("Mon 2 Mar 2026 14:00").done("Stage1_Discuss", side=RAISING, result="agreed")
    assert not dispute.open("Resolution_Confirm")
    dispute.done("Resolution_Object", was_agreed="no")
    assert (dispute.stage, dispute.deadline) == ("Stage1", "Mon 9 Mar 2026 17:00")
    assert dispute.open("Stage1_Discuss")
    let_be(dispute, frozenset(), {})
    assert "resolved" not in ends(dispute)
    assert dispute.open(PERSIST)


def test_E5_a_side_that_does_not_object_has_missed_nothing() -> None:
    """It may say that this was not agreed: that it does not is no duty that was not done."""
    dispute = let_be(PLAY.raised(DAY_0).say_resolved(RAISING), EVERYBODY - {RECEIVING}, {})
    assert not dispute.effects("TaskCompleted", "Resolution_Object")
    assert dispute.left("Stage1")[0] == "resolved"
    assert not not_done(dispute, ELEMENTS["Resolution_Object"].name)


def test_E5_what_the_receiving_side_says_was_agreed_is_never_confirmed_by_silence() -> None:
    """The raising side says nothing: every stage runs out, and the confirmation is still asked for."""
    dispute = PLAY.raised(DAY_0).at("Mon 2 Mar 2026 14:00").done("Stage1_Discuss", side=RECEIVING, result="agreed")
    let_be(dispute, EVERYBODY - {RAISING}, {})
    assert ends(dispute) == []
    assert dispute.open("Resolution_Confirm")
    assert dispute.open(PERSIST)


def test_C1_a_withdrawal_that_no_lead_countersigns_does_not_end_it() -> None:
    """It stays to be countersigned, and whoever holds the office hears of it."""
    dispute = let_be(reached("Withdrawal_Countersign"), EVERYBODY - {RAISING}, {})
    assert ends(dispute) == []
    assert dispute.open("Withdrawal_Countersign")
    assert dispute.notices("Withdrawal_Countersign")


@pytest.mark.parametrize("silent", [RAISING, RECEIVING])
def test_S2_one_sides_silence_about_risk_is_not_answered_by_the_others_no(silent: str) -> None:
    """Its own question stays open, and holds the dispute open."""
    dispute = let_be(PLAY.raised(DAY_0).escalate(), EVERYBODY - {silent}, {})
    assert dispute.open(f"StageEnd_RiskQuestion{silent.title()}")
    assert not dispute.dispute.closed
