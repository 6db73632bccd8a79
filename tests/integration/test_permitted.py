"""What a person may do in a dispute beside its tasks, where a page and a use case once said different things."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from town import OPERATOR, Town, command, wall

from engine import (
    AskedByYourself,
    NotNow,
    Right,
    SetClock,
    SideWrong,
    act_choices,
    add_absence,
    ask_erasure,
    bar,
    confirm_erasure,
    correction_page,
    dispute_page,
    erase,
    object_to_bar,
    recalculate,
    say_resolved,
    set_protective,
    take_up_again,
    withdraw,
)
from engine.application.choices import LastHolder
from engine.dispute import Input, Kind

REASON = "It is so."


def can(town: Town, who: str, ref: str) -> frozenset[Right]:
    """What a page shows somebody as possible."""
    return dispute_page(town.concord, town[who], ref).can


def at_the_question(town: Town) -> str:
    """A dispute in which the exceptional question is open, and no stage runs."""
    ref = town.raises()
    while town.dispute(ref).visit is not None:
        town.move(wall(town.now + timedelta(days=1)))
    assert town.task(ref, "Stage5_ConcernsPersist")
    return ref


def ended(town: Town) -> str:
    """A dispute that was withdrawn and countersigned, in which something is still to be filed."""
    ref = town.raises()
    withdraw(town.concord, town["school-practitioner"], ref, command(), REASON)
    town.completes("school-safeguarding_lead", ref, "Withdrawal_Countersign")
    assert (town.dispute(ref).closed, bool(town.dispute(ref).tasks)) == (None, True)
    return ref


def closed(town: Town, *, resolved: bool = False) -> str:
    """A dispute that was withdrawn or resolved, and of which everything is filed."""
    if not resolved:
        ref = ended(town)
    else:
        ref = town.raises()
        say_resolved(town.concord, town["council-practitioner"], ref, command(), REASON)
        town.completes("school-practitioner", ref, "Resolution_Confirm", confirmed="yes", agreed_at=wall(town.now))
    town.settles(ref)
    return ref


def test_agreement_is_said_and_confirmed_while_the_exceptional_question_is_open(town: Town) -> None:
    """E5, decision 21: the page refused it, though the question waits for an agreement."""
    ref = at_the_question(town)
    for who in ("school-practitioner", "council-safeguarding_lead"):
        assert Right.SAY_RESOLVED in can(town, who, ref)
    say_resolved(town.concord, town["council-safeguarding_lead"], ref, command(), REASON)
    town.completes("school-head_teacher", ref, "Resolution_Confirm", confirmed="yes", agreed_at=wall(town.now))
    assert not [task for task in town.dispute(ref).tasks if task.element == "Stage5_ConcernsPersist"]
    town.settles(ref)
    ending = town.dispute(ref).ending
    assert ending is not None
    assert ending.how == "resolved"
    town.verify(ref)


def test_agreement_is_a_sides_word_and_not_the_partnerships(town: Town) -> None:
    """E5: the business manager could send it, though no page showed it to them."""
    ref = town.raises()
    assert Right.SAY_RESOLVED not in can(town, "business_manager", ref)
    with pytest.raises(SideWrong, match="the raising side or the receiving side"):
        say_resolved(town.concord, town["business_manager"], ref, command(), REASON)


def test_after_the_end_no_timescale_is_set_but_what_is_left_to_file_is_barred_and_recalculated(town: Town) -> None:
    """T10, T12, W: until it is closed; then neither."""
    town.joins("second", "school-practitioner")
    ref, teacher, later = ended(town), town["school-practitioner"], town.now + timedelta(days=2)
    assert can(town, teacher.id, ref) >= {Right.BAR, Right.RECALCULATE}
    assert not can(town, teacher.id, ref) & {Right.PROTECT, Right.LENGTHEN, Right.SAY_RESOLVED}
    with pytest.raises(NotNow, match="has reached its end"):
        set_protective(town.concord, teacher, ref, command(), later, REASON)
    recalculate(town.concord, teacher, ref, command(), REASON)
    town.settles(ref)
    assert not can(town, teacher.id, ref) & {Right.BAR, Right.RECALCULATE, Right.REPORT_RISK}
    with pytest.raises(NotNow, match="is closed"):
        recalculate(town.concord, teacher, ref, command(), REASON)
    with pytest.raises(NotNow, match="is closed"):
        bar(town.concord, teacher, ref, command(), "school-line_manager", "practitioners", REASON)


def test_once_a_protective_timescale_has_passed_the_receiving_side_has_none_left_to_shorten(town: Town) -> None:
    """T10: whatever it could set now would be later, and only the others may do that."""
    ref = town.raises(protective=town.now + timedelta(hours=2))
    assert {Right.PROTECT} == can(town, "council-practitioner", ref) & {Right.PROTECT, Right.LENGTHEN}
    town.move("2026-03-02T12:00")
    assert not can(town, "council-practitioner", ref) & {Right.PROTECT, Right.LENGTHEN}
    assert can(town, "school-practitioner", ref) >= {Right.PROTECT, Right.LENGTHEN}


def test_a_chair_can_be_barred_by_the_partnership_and_nobody_who_has_nothing_to_do_in_it(town: Town) -> None:
    """W: the list on the page is the one that is asked when it is sent."""
    town.joins("second", "school-practitioner")
    ref, manager = town.raises(), town["business_manager"]
    town.joins("second-chair", "co_chair")
    offered = {each.value for each in act_choices(town.concord, manager, ref)["barrable"]}
    [tier] = {each.partition("|")[2] for each in offered if each.startswith("co_chair|")}
    bar(town.concord, manager, ref, command(), "co_chair", tier, REASON)
    assert ("co_chair", tier) in town.dispute(ref).barred
    for somebody in ("police-practitioner", "solihull-business_manager", "nobody"):
        with pytest.raises(SideWrong):
            bar(town.concord, manager, ref, command(), somebody, tier, REASON)
    with pytest.raises(SideWrong):
        bar(town.concord, town["school-practitioner"], ref, command(), "council-practitioner", tier, REASON)


def test_what_was_taken_up_again_is_not_offered_again_and_the_page_says_where_it_went(town: Town) -> None:
    """E7."""
    ref, teacher = closed(town, resolved=True), town["school-practitioner"]
    assert Right.TAKE_UP_AGAIN in can(town, teacher.id, ref)
    new = take_up_again(town.concord, teacher, ref, command(), REASON).ref
    page = dispute_page(town.concord, teacher, ref)
    assert Right.TAKE_UP_AGAIN not in page.can
    assert new in page.refused[Right.TAKE_UP_AGAIN]


def test_erasing_is_offered_only_where_something_is_left_and_by_whom_it_can_be_confirmed(town: Town) -> None:
    """Decision 53: asked by one, confirmed by another a day later, and then there is nothing left."""
    ref, clock = closed(town), town.concord.clock
    assert isinstance(clock, SetClock)
    every = {Right.ERASE, Right.ASK_ERASURE, Right.CONFIRM_ERASURE, Right.CALL_OFF_ERASURE}
    assert not can(town, "school-practitioner", ref) & {*every, Right.HOLD, Right.LIFT_HOLD}
    assert can(town, "business_manager", ref) & every == {Right.ASK_ERASURE}
    ask_erasure(town.concord, town["business_manager"], ref, command(), REASON)
    assert can(town, "co_chair", ref) & every == {Right.CALL_OFF_ERASURE}
    clock.advance(timedelta(hours=24))
    assert can(town, "co_chair", ref) & every == {Right.CALL_OFF_ERASURE, Right.CONFIRM_ERASURE}
    assert can(town, "business_manager", ref) & every == {Right.CALL_OFF_ERASURE}
    with pytest.raises(AskedByYourself):
        confirm_erasure(town.concord, town["business_manager"], ref, command())
    confirm_erasure(town.concord, town["co_chair"], ref, command())
    assert not can(town, "business_manager", ref) & every
    with pytest.raises(NotNow, match="nothing that was typed"):
        ask_erasure(town.concord, town["business_manager"], ref, command(), REASON)


def test_once_its_time_is_over_nobody_asks_and_what_was_asked_before_is_settled_first(town: Town) -> None:
    """Decision 53."""
    ref, other, clock, manager = closed(town), closed(town), town.concord.clock, town["business_manager"]
    assert isinstance(clock, SetClock)
    ask_erasure(town.concord, manager, other, command(), REASON)
    clock.advance(timedelta(days=26 * 366))
    assert can(town, manager.id, ref) >= {Right.ERASE}
    with pytest.raises(NotNow, match="its time is over"):
        ask_erasure(town.concord, manager, ref, command(), REASON)
    assert Right.ERASE not in can(town, manager.id, other)
    with pytest.raises(NotNow, match="has asked for it already"):
        erase(town.concord, manager, other, command(), REASON)
    erase(town.concord, manager, ref, command(), REASON)


def test_anybody_who_sees_it_reports_risk_and_who_only_looks_does_nothing_else(town: Town) -> None:
    """S1, W."""
    ref = town.raises()
    auditor = replace(town["business_manager"], id="auditor", roles=("auditor",))
    assert dispute_page(town.concord, auditor, ref).can == {Right.REPORT_RISK}
    with pytest.raises(SideWrong):
        correction_page(town.concord, auditor, ref, 1)


def test_what_a_journal_of_format_1_holds_is_taken_and_what_is_said_today_is_not(town: Town) -> None:
    """Decision 15: before, it was taken at a question whose id ended in a word, whether or not that waited for it."""
    course, who = town.work(ended(town)).course, town["school-practitioner"].actor
    given = Input(kind=Kind.RESOLUTION_SAID, at=town.now, actor=who, texts={"how": REASON})
    with pytest.raises(NotNow, match="no stage is running"):
        course.apply(given)
    assert [task.element for task in course.dispute.tasks if task.element.startswith("Resolution")] == []
    course.apply(replace(given, v=1))
    assert [task.element for task in course.dispute.tasks if task.element.startswith("Resolution")] != []


def test_W_one_bars_oneself_a_lead_or_senior_their_own_and_the_business_manager_anybody(town: Town) -> None:
    """A colleague bars nobody, nor does the other side or a chair."""
    town.joins("second", "school-practitioner")
    ref = town.raises()

    def may_bar(name: str) -> set[str]:
        offered = act_choices(town.concord, town[name], ref)["barrable"]
        return {each.value.partition("|")[0] for each in offered}

    town.joins("council-second", "council-practitioner")
    assert may_bar("second") == {"second"}
    assert may_bar("co_chair") == set(), "there is no other"
    school = {"school-practitioner", "second"}
    assert may_bar("school-safeguarding_lead") == school == may_bar("school-line_manager")
    council = {f"council-{who}" for who in ("practitioner", "second", "safeguarding_lead", "line_manager")}
    assert may_bar("business_manager") == school | council
    for name in ("school-practitioner", "council-safeguarding_lead", "co_chair"):
        with pytest.raises((SideWrong, NotNow)):
            bar(town.concord, town[name], ref, command(), "second", "practitioners", REASON)
    bar(town.concord, town["second"], ref, command(), "second", "practitioners", REASON)


def test_W_the_last_who_holds_a_tier_is_not_barred_from_it(town: Town) -> None:
    """Whoever else holds it must be there, and not barred themselves."""
    ref, lead = town.raises(), town["school-safeguarding_lead"]
    last = ("school-practitioner", "practitioners", REASON)
    with pytest.raises(NotNow, match="a tier keeps the last who holds it"):
        bar(town.concord, lead, ref, command(), *last)
    assert Right.BAR not in can(town, lead.id, ref), "and no page offers it"
    town.joins("second-head", "school-head_teacher")  # of another tier there are two
    with pytest.raises(LastHolder, match="in place of School Practitioner"):
        bar(town.concord, lead, ref, command(), *last)
    town.joins("second", "school-practitioner")
    add_absence(town.concord, OPERATOR, "second", date(2026, 3, 1), date(2026, 3, 2))
    with pytest.raises((LastHolder, NotNow)):
        bar(town.concord, lead, ref, command(), *last)
    town.move("2026-03-03T09:00")
    bar(town.concord, lead, ref, command(), *last)
    with pytest.raises((LastHolder, NotNow)):
        bar(town.concord, lead, ref, command(), "second", "practitioners", REASON)


def test_W_who_is_barred_can_object_and_the_business_manager_is_told(town: Town) -> None:
    """Nobody else; it changes nothing by itself."""
    town.joins("second", "school-practitioner")
    ref = town.raises()
    assert Right.OBJECT_TO_BAR not in can(town, "second", ref)
    bar(town.concord, town["school-safeguarding_lead"], ref, command(), "second", "practitioners", REASON)
    assert Right.OBJECT_TO_BAR in can(town, "second", ref)
    assert Right.OBJECT_TO_BAR not in can(town, "school-practitioner", ref)
    object_to_bar(town.concord, town["second"], ref, command(), REASON)
    [said] = [notice for notice in town.notices(ref) if notice.message == "Second objects to being barred"]
    assert said.to == "business_manager"
    assert ("second", "practitioners") in town.dispute(ref).barred
    town.verify(ref)
