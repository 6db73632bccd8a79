"""What an act would change is shown before it is carried out, and is what then happens. On each database."""

from collections.abc import Callable
from typing import Any

import pytest
from town import Town, command

from engine import (
    NotNow,
    Right,
    SideWrong,
    ahead,
    bar,
    escalate,
    protective_ahead,
    recalculate,
    say_resolved,
    withdraw,
)
from engine.application.choices import TierUnknown
from engine.calendar import london
from engine.dispute import who_may

BY, LEAD = "school-practitioner", "school-safeguarding_lead"
WHY = "The child is afraid to go home."
ACTS: dict[str, tuple[Right, str, Callable[[Town, str], Any]]] = {
    "escalate": (Right.ESCALATE, BY, lambda town, ref: escalate(town.concord, town[BY], ref, command(), WHY)),
    "withdraw": (Right.WITHDRAW, BY, lambda town, ref: withdraw(town.concord, town[BY], ref, command(), WHY)),
    "agreed": (
        Right.SAY_RESOLVED,
        "council-practitioner",
        lambda town, ref: say_resolved(town.concord, town["council-practitioner"], ref, command(), WHY),
    ),
    "recalculate": (
        Right.RECALCULATE,
        "business_manager",
        lambda town, ref: recalculate(town.concord, town["business_manager"], ref, command(), WHY),
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_what_is_shown_before_an_act_is_what_then_happens(town: Town, name: str) -> None:
    """Where it stands, by when, what is to be done and by whom, what is cut off, and who is told."""
    right, who, carry_out = ACTS[name]
    ref = town.raises()
    entries, before = len(town.journal(ref)), town.dispute(ref)
    shown = ahead(town.concord, town[who], ref, right, {})
    assert len(town.journal(ref)) == entries, "looking changes nothing"
    carry_out(town, ref)
    after = town.dispute(ref)
    names = {key: e.name for key, e in town.work(ref).version.pathway.diagram.elements.items()}
    begun = [t for t in after.tasks if before.task(t.key) is None]
    over = [t for t in before.tasks if after.task(t.key) is None]
    assert [(each.title, each.due) for each in shown.begun] == [(names[t.element], t.due) for t in begun]
    assert list(shown.over) == list(dict.fromkeys(names[t.element] for t in over))
    assert (shown.ended, shown.ends) == (before.visit.deadline, after.visit.deadline)
    assert shown.moved is (before.visit.key != after.visit.key)
    addressed = [e for e in town.journal(ref)[entries:] if e.kind == "NoticesAddressed"]
    told = {each["name"] for e in addressed for notice in e.data["notices"] for each in notice["people"]}
    assert {words.split(" (")[0] for words in shown.told} == told


def test_before_somebody_is_barred_one_sees_who_has_their_tasks_then(town: Town) -> None:
    """W: a lead bars their practitioner from the talk; it names those who are left."""
    ref = town.raises()
    town.joins("second", BY)
    talk = town.task(ref, "Stage1_Discuss")
    given = {"person": BY, "tier": talk.tier}
    shown = ahead(town.concord, town[LEAD], ref, Right.BAR, given)
    bar(town.concord, town[LEAD], ref, command(), BY, talk.tier, WHY)
    work = town.work(ref)
    everyone = [p for p in town.people.values() if p.partnership == "birmingham"]
    left = [p.name for p in who_may(work.dispute, talk, work.version.pathway, everyone)]
    assert town[BY].name not in left
    assert {each.title: list(each.people) for each in shown.changed}["Discuss the difference"] == left
    assert not shown.moved


@pytest.mark.parametrize(
    ("who", "right", "given", "refusal"),
    [
        ("council-practitioner", Right.WITHDRAW, {}, SideWrong),
        (LEAD, Right.BAR, {"person": "council-practitioner", "tier": "any"}, SideWrong),
        (LEAD, Right.BAR, {"person": BY, "tier": "none"}, TierUnknown),
    ],
)
def test_what_one_may_not_do_one_is_not_shown(
    town: Town, who: str, right: Right, given: dict[str, str], refusal: type[Exception]
) -> None:
    """Refused as the act itself is."""
    town.joins("second", BY)
    ref = town.raises()
    with pytest.raises(refusal):
        ahead(town.concord, town[who], ref, right, given)


def test_two_who_escalate_at_the_same_time_move_it_by_one_stage(town: Town) -> None:
    """E2: each says which stage they looked at; who comes second is told where it stands by now."""
    ref = town.raises()
    seen = town.dispute(ref).visit.key
    escalate(town.concord, town[BY], ref, command(), WHY, seen)
    with pytest.raises(NotNow, match="it has moved on since you looked, to “Stage 2"):
        escalate(town.concord, town["council-practitioner"], ref, command(), WHY, seen)
    assert town.dispute(ref).visit.stage == "Stage2"
    escalate(town.concord, town["council-practitioner"], ref, command(), WHY, town.dispute(ref).visit.key)
    assert town.dispute(ref).visit.stage == "Stage3"


def test_a_protective_time_shows_the_stages_as_they_go_by(town: Town) -> None:
    """T10: unlike the other acts it is about every stage that is left."""
    ref = town.raises()
    shown = protective_ahead(town.concord, town[BY], ref, london("2026-03-05T14:00"))
    assert [stage.title[:7] for stage in shown.stages or ()] == ["Stage 1", "Stage 2", "Stage 3", "Stage 4"]
