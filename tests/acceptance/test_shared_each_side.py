"""The shared rules as corrected (◆): nobody's silence ends or stops anything, and neither side answers for the other.

Run on Birmingham, which was drawn to them first. Monday 2 March 2026, 10:00, is when everything is raised.
"""

from collections.abc import Iterator

import pytest
from agencies import Agencies
from clauses import ASKED as ASKED_ANYWHERE
from clauses import BIRMINGHAM, BROMLEY, clause
from clauses import REDRAWN as EVERYWHERE
from mutations import limit, no_choice, optional, prop, swapped, without
from play import Play, Played, told
from protocols import DAY_0, agreed, at_last, completed, ended, finish, persisting, reach, sheet, withdrawn

import engine
from engine.forms import FormInvalid

REDRAWN, ASKED = (tuple(each for each in found if each != BROMLEY) for found in (EVERYWHERE, ASKED_ANYWHERE))
"""By Birmingham's elements; Bromley, which has others, shows these rules in a file of its own."""
PAIRS = (
    "Begun_TellLead", "Begun_Actions", "Stage1_TellManager", "Stage1_Review", "Stage3_Refer", "Stage4_Escalate",
    "Stage5_Representation", "StageEnd_RiskQuestion", "StageEnd_Record",
)  # fmt: skip
"""What is asked of each side, by how the ids of the two tasks begin."""
ROLES = (
    "practitioner", "safeguarding_lead", "line_manager", "senior_manager", "delegated_partner", "director", "deputy",
)  # fmt: skip


def cut_off(dispute: Played) -> dict[str, str]:
    """What ended undone, and by what."""
    return {e.element: e.data["why"] for e in dispute.effects("TaskInterrupted")}


def said_in_time(dispute: Played) -> list[str]:
    """What notices say was not done in time."""
    said = "Not done in time, and recorded so: "
    notices = [e.data["message"] for e in dispute.effects("NoticeQueued")]
    return [message.removeprefix(said) for message in notices if message.startswith(said)]


def said_either_way(play: Play, side: str) -> Iterator[Played]:
    """A side says that they have agreed: beside its tasks, and in the talk itself."""
    yield play.raised(DAY_0).say_resolved(side=side)
    if talk := sheet(play).first_talk.get(side):
        yield completed(play.raised(DAY_0), play, *talk[:-1]).done(talk[-1], side=side, result="agreed")


@clause(
    "E4a",
    partnerships=(BIRMINGHAM,),
    takes=[
        without("Stage1_FirstOver"),
        without("Stage1_ReviewsOver"),
        without("Stage3_FirstOver"),
        without("Stage4_FirstOver"),
        without("Stage5_HearOver"),
        prop("Begun_ActionsReceiving", "side", "both"),
    ],
)
def test_E4a_a_receiving_side_that_is_silent_for_ever_stops_nothing_and_gets_out_of_nothing(play: Play) -> None:
    """From raising to decision it does nothing: each limit lets the rest go on; its lasting duties are open still."""
    dispute = play.raised(DAY_0).done("Stage1_Discuss", result="could_not_talk").done("Stage1_TellManagerRaising")
    dispute.at("Wed 4 Mar 2026 17:00").done("Stage1_ReviewRaising")
    dispute.at("Fri 6 Mar 2026 17:00").done("Stage1_TalkAgain").done("Stage2_TakeToLead").done("Stage2_Resolve")
    dispute.done("Stage3_Discuss").done("Stage3_ReferRaising").at("Sat 7 Mar 2026 17:00").done("Stage3_Meet")
    dispute.done("Stage4_EscalateRaising").at("Tue 10 Mar 2026 17:00").done("Stage4_Write").done("Stage4_Meet")
    dispute.done("Stage5_ConcernsPersist", persists="yes").done("Stage5_RepresentationRaising")
    dispute.at("Thu 12 Mar 2026 17:00").done("Stage5_Consider").done("Stage5_Decide")
    assert ended(dispute) == ("decided", "Stage5")
    assert dispute.dispute.closed is None
    assert cut_off(dispute) == {
        "Stage1_TellManagerReceiving": "deadline",
        "Stage1_ReviewReceiving": "deadline",
        "Stage3_ReferReceiving": "deadline",
        "Stage4_EscalateReceiving": "deadline",
        "Stage5_RepresentationReceiving": "deadline",
    }
    assert said_in_time(dispute) == [
        "Tell own manager (receiving side)",
        "Review case file (receiving side)",
        "Refer it up (receiving side)",
        "Take it to partner (receiving side)",
        "Representations of receiving side",
    ]
    finish(dispute, *(f"{task}Receiving" for task in PAIRS))
    assert {(task.element, task.side) for task in dispute.dispute.tasks} == {
        ("Begun_TellLeadReceiving", "receiving"),
        ("Begun_ActionsReceiving", "receiving"),
        ("StageEnd_RiskQuestionReceiving", "receiving"),
        ("StageEnd_RecordReceiving", "receiving"),
    }
    assert len(dispute.tasks("StageEnd_RecordReceiving")) == 5


@clause("E4a", partnerships=(BIRMINGHAM,))
def test_E4a_a_task_that_ends_undone_says_by_what(play: Play) -> None:
    """By a deadline, an escalation, a withdrawal or an agreement; only a deadline is told as not done in time."""
    ways = {
        "deadline": play.raised(DAY_0).at("Wed 4 Mar 2026 17:00"),
        "escalated_early": play.raised(DAY_0).escalate(),
        "withdrawn": withdrawn(play.raised(DAY_0)),
        "resolved": agreed(play.raised(DAY_0)),
    }
    for why, dispute in ways.items():
        assert cut_off(dispute) == {"Stage1_Discuss": why}
        assert said_in_time(dispute) == (["Discuss the difference"] if why == "deadline" else [])
        assert dispute.effect("PartLeft", "Stage1_First").data["how"] == why
    talked = play.raised(DAY_0).done("Stage1_Discuss").done("Stage1_Meeting", meeting="no")
    assert talked.effect("PartLeft", "Stage1_First").data["how"] == "completed"


@clause(
    "E4b",
    partnerships=ASKED,
    takes=[
        without("NotPursued_Countersign"),
        without("NotPursued_Countersigned"),
        without("NotPursued_Told"),
        prop("NotPursued", "end", "resolved"),
        prop("NotPursued_Told", "to", "raising"),
        prop("NotPursued_Countersign", "side", "receiving"),
        limit("NotPursued_Countersign", "working_days: 2", "working_days: 3"),
        optional("concerns-persist", "why_settled"),
        no_choice("concerns-persist", "persists", "no"),
    ],
)
def test_E4b_concerns_that_do_not_persist_are_an_end_of_their_own_countersigned_and_told(play: Play) -> None:
    """With a reason; countersigned by a safeguarding lead of that side; told to both; no outcome is confirmed."""
    dispute, question = persisting(play), sheet(play).question
    with pytest.raises(FormInvalid) as refused:
        dispute.done(question, persists="no", why_settled="")
    assert refused.value.errors.keys() == {"why_settled"}
    dispute.done(question, persists="no", why_settled="The plan was changed meanwhile")
    assert "why_settled" in dispute.completed(question).texts
    assert dispute.dispute.ending is None
    assert dispute.task("NotPursued_Countersign").side == "raising"
    assert dispute.due("NotPursued_Countersign") == "Wed 4 Mar 2026 17:00"
    assert dispute.may_do("NotPursued_Countersign", "raising", "safeguarding_lead")
    assert not dispute.may_do("NotPursued_Countersign", "raising", "practitioner", "delegated_partner")
    assert not dispute.may_do("NotPursued_Countersign", "receiving", "safeguarding_lead")
    dispute.done("NotPursued_Countersign", countersigned="yes")
    assert dispute.notices("NotPursued_Told") == [(DAY_0, {"both"})]
    assert ended(dispute)[0] == "not_pursued"
    assert not dispute.open("Resolved_Confirmation")
    finish(dispute)
    assert not dispute.effects("TaskOpened", "Resolved_Confirmation")
    assert dispute.dispute.closed is not None


@clause(
    "E4b",
    partnerships=ASKED,
    birmingham=[swapped("NotPursued_Countersigned", "Stage5_ConcernsPersist", "NotPursued_Told")],
    wolverhampton=[swapped("NotPursued_Countersigned", "Exceptional_ConcernsPersist", "NotPursued_Told")],
    takes=[
        no_choice("countersign-not-pursued", "countersigned", "no"),
        optional("countersign-not-pursued", "refused_because"),
        optional("countersign-not-pursued", "risk_now"),
    ],
)
def test_E4b_a_lead_who_refuses_has_the_question_asked_again(play: Play) -> None:
    """With a reason, and with its own two days from then; a yes then leads to the last stage, another no back here."""
    question = sheet(play).question
    dispute = persisting(play).done(question, persists="no").at("Tue 3 Mar 2026 12:00")
    for key in ("refused_because", "risk_now"):
        with pytest.raises(FormInvalid) as refused:
            dispute.done("NotPursued_Countersign", countersigned="no", **{key: ""})
        assert refused.value.errors.keys() == {key}
    dispute.done("NotPursued_Countersign", countersigned="no", refused_because="The child is not safe")
    assert dispute.dispute.ending is None
    assert dispute.due(question) == "Thu 5 Mar 2026 17:00"
    again = dispute.done(question, persists="no")
    assert again.open("NotPursued_Countersign")
    again.done("NotPursued_Countersign", countersigned="no").done(question, persists="yes")
    assert again.stage == sheet(play).last
    assert again.notices("NotPursued_Told") == []


@clause("E4b", partnerships=ASKED, takes=[prop("NotPursued_Countersign", "alert", None)])
def test_E4b_unsigned_it_ends_by_no_timer_and_the_business_manager_hears_of_it(play: Play) -> None:
    """At its limit, and every working day."""
    dispute = persisting(play).done(sheet(play).question, persists="no").at("Fri 6 Mar 2026 12:00")
    assert dispute.task("NotPursued_Countersign").overdue
    alerted = [when for when, to in dispute.notices("NotPursued_Countersign") if "business_manager" in to]
    assert alerted == ["Wed 4 Mar 2026 17:00", "Thu 5 Mar 2026 09:00", "Fri 6 Mar 2026 09:00"]
    assert dispute.dispute.ending is None


@clause("E4b", partnerships=ASKED)
def test_E4b_nobody_countersigns_what_they_said_themselves(play: Play) -> None:
    """Whoever answered that the concerns do not persist leads on safeguarding as well: another lead has to sign."""
    agencies = Agencies(play, DAY_0)
    agencies.joins("raising lead", "raising", "safeguarding_lead")
    ref = agencies.raised()
    while agencies.dispute(ref).visit is not None:
        agencies.does("raising", engine.escalate, ref, "Nobody there can decide it.")
    asked = play.raised(DAY_0)
    settled = asked.filled(sheet(play).question, persists="no")
    agencies.completes("raising", ref, f"{sheet(play).question}.1", settled)
    signed = asked.filled("NotPursued_Countersign", countersigned="yes")
    with pytest.raises(engine.NotYourTask):
        agencies.completes("raising", ref, "NotPursued_Countersign.1", signed)
    agencies.completes("raising lead", ref, "NotPursued_Countersign.1", signed)
    ending = agencies.dispute(ref).ending
    assert ending is not None
    assert ending.how == "not_pursued"


@clause(
    "E5a",
    "E5",
    partnerships=(BIRMINGHAM,),
    takes=[
        without("Resolution_Object"),
        without("Resolution_By"),
        without("Resolution_Objected"),
        prop("Resolution_Object", "side", "raising"),
        limit("Resolution_Object", "working_days: 1", "working_days: 2"),
        no_choice("object-to-resolution", "was_agreed", "no"),
        optional("object-to-resolution", "why_not"),
        optional("object-to-resolution", "risk_now"),
    ],
)
def test_E5a_what_the_raising_side_says_needs_no_second_word_and_the_other_may_say_it_was_not_agreed(
    play: Play,
) -> None:
    """In a talk or beside it: nothing is left to confirm; an objection lets it go on, a yes ends it at once."""
    for dispute in said_either_way(play, "raising"):
        assert not dispute.open("Resolution_Confirm")
        assert dispute.stage == "Stage1"
        assert dispute.task("Resolution_Object").side == "receiving"
        assert dispute.due("Resolution_Object") == "Tue 3 Mar 2026 17:00"
        for key in ("why_not", "risk_now"):
            with pytest.raises(FormInvalid) as refused:
                dispute.done("Resolution_Object", was_agreed="no", **{key: ""})
            assert refused.value.errors.keys() == {key}
        dispute.at("Tue 3 Mar 2026 16:00").done("Resolution_Object", was_agreed="no", why_not="We have agreed nothing")
        assert (dispute.stage, dispute.deadline) == ("Stage1", sheet(play).ends[0])
        assert dispute.at("Tue 3 Mar 2026 18:00").stage == "Stage1"
        dispute.say_resolved(side="raising").done("Resolution_Object", was_agreed="yes")
        assert dispute.left("Stage1") == ("resolved", "Tue 3 Mar 2026 18:00")
        assert dispute.task("Resolved_Confirmation").side == "receiving"


@clause(
    "E5a",
    "E5",
    partnerships=(BIRMINGHAM,),
    takes=[
        without("Resolution_NoObjection"),
        limit("Resolution_NoObjection", "working_days: 1", "working_days: 2"),
    ],
)
def test_E5a_what_the_raising_side_says_holds_where_nobody_objects_in_time(play: Play) -> None:
    """The receiving side is silent: after a working day it is resolved, as of when it was said, whatever ran."""
    dispute = play.raised(DAY_0).at("Mon 2 Mar 2026 11:00").say_resolved(side="raising").at("Tue 3 Mar 2026 16:59")
    assert dispute.stage == "Stage1"
    dispute.at("Tue 3 Mar 2026 17:00")
    assert dispute.left("Stage1") == ("resolved", "Tue 3 Mar 2026 17:00")
    assert told(dispute.dispute.agreed_at) == "Mon 2 Mar 2026 11:00"
    assert dispute.due("Resolved_Confirmation") == "Wed 4 Mar 2026 17:00"
    end = sheet(play).ends[0]
    late = play.raised(DAY_0).at(end.replace("17:00", "16:00")).say_resolved(side="raising").at(end)
    assert late.stage == "Stage2"
    late.at(str(late.timers("deadline", "Resolution_NoObjection")[0]))
    assert late.left("Stage2")[0] == "resolved"
    assert ended(late.all_done(*sheet(play).resolved)) == ("resolved", "Stage1")


@clause("E5a", "E5", partnerships=EVERYWHERE)
def test_E5a_the_other_side_may_say_that_it_was_not_agreed_or_that_it_was(play: Play) -> None:
    """A no lets the stage go on, with the clock where it was; a yes ends it as resolved."""
    dispute = play.raised(DAY_0).at("Mon 2 Mar 2026 11:00").say_resolved(side="raising")
    stage, deadline = dispute.stage, dispute.deadline
    assert not dispute.open("Resolution_Confirm")
    assert dispute.task("Resolution_Object").side == "receiving"
    dispute.done("Resolution_Object", was_agreed="no")
    assert (dispute.stage, dispute.deadline) == (stage, deadline)
    dispute.say_resolved(side="raising").done("Resolution_Object", was_agreed="yes")
    assert dispute.left(str(stage))[0] == "resolved"


@clause("E5a", "E5", partnerships=(BIRMINGHAM,))
def test_E5a_what_the_agreement_set_aside_is_not_recorded_as_missed(play: Play) -> None:
    """Nobody objected: what was open ended by the agreement, not by a deadline, and nobody is told otherwise."""
    dispute = play.raised(DAY_0).done("Stage1_Discuss").at("Mon 2 Mar 2026 12:00").say_resolved(side="raising")
    dispute.at("Tue 3 Mar 2026 17:00")
    assert dispute.stage is None
    assert cut_off(dispute)["Stage1_Meeting"] == "resolved"
    assert "Professionals meeting?" not in "; ".join(said_in_time(dispute))


@clause(
    "E5",
    partnerships=(BIRMINGHAM,),
    takes=[
        without("Resolution_Confirm"),
        prop("Resolution_Confirm", "side", "receiving"),
        swapped("Resolution_By", "Resolution_Confirm", "Resolution_Object"),
    ],
)
def test_E5_what_the_receiving_side_says_waits_for_the_raising_sides_word_for_ever(play: Play) -> None:
    """In a talk or beside it: silence never confirms, the clock runs on, and the other side is not asked to object."""
    for dispute in said_either_way(play, "receiving"):
        assert not dispute.open("Resolution_Object")
        assert dispute.task("Resolution_Confirm").side == "raising"
        assert dispute.due("Resolution_Confirm") == "Tue 3 Mar 2026 17:00"
        dispute.at(sheet(play).ends[-1])
        assert dispute.task("Resolution_Confirm").overdue
        assert dispute.left(sheet(play).stages[-1]) == ("deadline", sheet(play).ends[-1])
        assert dispute.dispute.ending is None
        dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-02T10:00")
        assert ended(dispute.all_done(*sheet(play).resolved)) == ("resolved", "Stage1")


@clause(
    "S2",
    partnerships=REDRAWN,
    takes=[
        without("StageEnd_RiskQuestionRaising"),
        without("StageEnd_RiskQuestionReceiving"),
        prop("StageEnd_RiskQuestionRaising", "side", "both"),
        prop("StageEnd_RiskQuestionReceiving", "side", "both"),
        without("StageEnd_RiskReportedReceiving"),
    ],
)
def test_S2_it_is_asked_of_each_side_and_ones_no_does_not_answer_for_the_other(play: Play) -> None:
    """One yes is enough for a referral, of the side that says so; neither side can answer the other's question."""
    dispute = play.raised(DAY_0).escalate()
    raising, receiving = sheet(play).asked
    for element, own, other in ((raising, "raising", "receiving"), (receiving, "receiving", "raising")):
        assert dispute.task(element).side == own
        assert dispute.may_do(element, own, "practitioner")
        assert dispute.may_do(element, own, "safeguarding_lead")
        assert not dispute.may_do(element, other, *ROLES)
    dispute.done(raising, at_risk="no")
    assert dispute.open(receiving)
    assert not dispute.dispute.referrals
    dispute.done(receiving, at_risk="yes")
    assert [r.side for r in dispute.dispute.referrals] == ["receiving"]


@clause(
    "S2",
    partnerships=REDRAWN,
    takes=[
        without("StageEnd_OpenRaising"),
        without("StageEnd_OpenReceiving"),
        without("Protective_OpenRaising"),
        without("Protective_OpenReceiving"),
    ],
)
def test_S2_while_a_sides_question_is_open_no_second_one_opens_for_it(play: Play) -> None:
    """Of each side for itself, whatever ends and also once a protective timescale has passed: one answer serves."""
    raising, receiving = sheet(play).asked
    for own, other in ((raising, receiving), (receiving, raising)):
        dispute = play.raised(DAY_0).escalate().done(own, at_risk="no").escalate()
        assert [len(dispute.tasks(element)) for element in (own, other)] == [1, 1]
        opened = [len(dispute.effects("TaskOpened", element)) for element in (own, other)]
        assert opened == [2, 1]
        dispute.done(other, at_risk="no").escalate()
        assert [len(dispute.tasks(element)) for element in (own, other)] == [1, 1]
    for answered, asked in ((raising, [True, False]), (receiving, [False, True])):
        passed = persisting(play, protective="Tue 3 Mar 2026 00:00").done(answered, at_risk="no")
        passed.at("Tue 3 Mar 2026 00:00")
        assert [passed.open(element) for element in sheet(play).asked_protective] == asked


@clause(
    "S2",
    partnerships=REDRAWN,
    takes=[
        prop("StageEnd_RiskQuestionReceiving", "alert", None),
        prop("StageEnd_RiskQuestionReceiving", "overdue", None),
        prop("StageEnd_RiskQuestionRaising", "overdue", None),
    ],
)
def test_S2_unanswered_that_side_and_the_business_manager_are_alerted_and_may_answer(play: Play) -> None:
    """When the day is over, and every working morning; nothing answers it by itself, and it holds the dispute open."""
    dispute = play.raised(DAY_0).at("Mon 2 Mar 2026 12:00").escalate()
    for element, side in zip(sheet(play).asked, ("raising", "receiving"), strict=True):
        assert not dispute.may_do(element, "office", "business_manager", kind="partnership")
        late = play.raised(DAY_0).at("Mon 2 Mar 2026 12:00").escalate().at("Wed 4 Mar 2026 12:00")
        assert late.task(element).overdue
        told_so = [(when, to) for when, to in late.notices(element) if "business_manager" in to]
        whom = {side, "business_manager"}
        assert told_so == [
            ("Mon 2 Mar 2026 17:00", whom), ("Tue 3 Mar 2026 09:00", whom), ("Wed 4 Mar 2026 09:00", whom),
        ]  # fmt: skip
        assert late.may_do(element, side, "safeguarding_lead")
        assert late.may_do(element, "office", "business_manager", kind="partnership")


@clause(
    "W",
    partnerships=(BIRMINGHAM,),
    takes=[
        *(prop(f"{task}Raising", "side", "both") for task in PAIRS),
        *(prop(f"{task}Receiving", "side", "both") for task in PAIRS),
    ],
)
def test_W_each_is_a_task_for_each_side_and_neither_does_the_others(play: Play) -> None:
    """Both open at the same moment; whatever somebody of the other side holds, they may not answer it."""
    begun = play.raised(DAY_0, lead_told="no")
    talked = play.raised(DAY_0).done("Stage1_Discuss").done("Stage1_Meeting", meeting="no")
    at = {
        "Begun_TellLead": begun,
        "Begun_Actions": begun,
        "Stage1_TellManager": play.raised(DAY_0).done("Stage1_Discuss", result="could_not_talk"),
        "Stage1_Review": talked,
        "Stage3_Refer": reach(play, "Stage3"),
        "Stage4_Escalate": reach(play, "Stage4"),
        "Stage5_Representation": at_last(play),
        "StageEnd_RiskQuestion": reach(play, "Stage2"),
        "StageEnd_Record": reach(play, "Stage2"),
    }
    assert at.keys() == {*PAIRS}
    for task, dispute in at.items():
        sides = [(dispute.task(f"{task}{side.title()}").side, side) for side in ("raising", "receiving")]
        assert sides == [("raising", "raising"), ("receiving", "receiving")]
        opened = [dispute.effect("TaskOpened", f"{task}{side}").at for side in ("Raising", "Receiving")]
        assert opened[0] == opened[1]
        for own, other in (("raising", "receiving"), ("receiving", "raising")):
            element = f"{task}{own.title()}"
            assert dispute.may_do(element, own, *ROLES), element
            assert not dispute.may_do(element, other, *ROLES), element
            dispute.done(element)
            assert dispute.open(f"{task}Receiving") == (own == "raising"), element


@clause(
    "T10",
    partnerships=(BIRMINGHAM,),
    takes=[
        limit("Stage1_Deadline", "working_days: 5", "working_days: 6"),
        without("Stage1_FirstOver"),
        limit("Stage1_FirstOver", "working_days: 2", "working_days: 1"),
    ],
)
def test_T10_the_limits_within_a_stage_move_with_it_and_never_end_after_it(play: Play) -> None:
    """Set at noon, stage 1 ends on Tuesday and so does its first part; put off by the raising side, both move back."""
    dispute = play.raised(DAY_0)
    assert dispute.timers("deadline", "Stage1_FirstOver") == ["Wed 4 Mar 2026 17:00"]
    dispute.at("Mon 2 Mar 2026 12:00").protect("Thu 5 Mar 2026 16:00", side="receiving")
    assert dispute.deadline == "Tue 3 Mar 2026 14:00"
    assert dispute.timers("deadline", "Stage1_FirstOver") == ["Tue 3 Mar 2026 14:00"]
    moved = dispute.effect("DeadlineMoved", "Stage1_FirstOver")
    assert (told(moved.data["was"]), told(moved.data["due"])) == ("Wed 4 Mar 2026 17:00", "Tue 3 Mar 2026 14:00")
    dispute.protect("Wed 1 Jul 2026 12:00")
    assert dispute.deadline == "Mon 9 Mar 2026 17:00"
    assert dispute.timers("deadline", "Stage1_FirstOver") == ["Wed 4 Mar 2026 17:00"]
    assert dispute.protect("Thu 5 Mar 2026 09:00").at("Tue 3 Mar 2026 11:30").stage == "Stage2"
    assert dispute.timers("deadline", "Stage2_LeadsGoOn") == [dispute.deadline] == ["Tue 3 Mar 2026 14:30"]


@clause(
    "T12",
    partnerships=(BIRMINGHAM,),
    takes=[without("Stage1_FirstOver"), limit("Stage1_FirstOver", "working_days: 2", "working_days: 1")],
)
def test_T12_a_limit_within_a_stage_too_moves_only_by_a_recorded_recalculation(play: Play) -> None:
    """Wednesday is closed after all: the first part ends on Wednesday until somebody recalculates, then on Thursday."""
    dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 12:00").close("Wed 4 Mar 2026")
    assert dispute.timers("deadline", "Stage1_FirstOver") == ["Wed 4 Mar 2026 17:00"]
    dispute.recalculate()
    assert dispute.timers("deadline", "Stage1_FirstOver") == ["Thu 5 Mar 2026 17:00"]
    moved = dispute.effect("DeadlineMoved", "Stage1_FirstOver")
    assert (told(moved.data["was"]), told(moved.data["due"])) == ("Wed 4 Mar 2026 17:00", "Thu 5 Mar 2026 17:00")


@clause(
    "C1",
    partnerships=ASKED,
    takes=[prop("NotPursued", "end", "withdrawn"), without("NotPursued_Countersign")],
)
def test_C1_or_not_pursued_after_no_agreement(play: Play) -> None:
    """It is neither resolved nor withdrawn, and it is told where it stood."""
    dispute = persisting(play).done(sheet(play).question, persists="no")
    assert ended(dispute.done("NotPursued_Countersign", countersigned="yes")) == ("not_pursued", sheet(play).stages[-1])
    assert dispute.left(sheet(play).stages[-1])[0] == "escalated_early"


@clause(
    "C1",
    partnerships=(BIRMINGHAM,),
    takes=[
        without("Withdrawal_Countersigned"),
        without("Withdrawal_Countersign"),
        swapped("Withdrawal_Countersigned", "Withdrawal_Answered", "Withdrawal_Done"),
        prop("Withdrawal_Countersign", "side", "both"),
        no_choice("countersign-withdrawal", "countersigned", "no"),
        optional("countersign-withdrawal", "refused_because"),
    ],
)
def test_C1_a_withdrawal_that_is_refused_lets_the_dispute_go_on_and_the_clock_runs_meanwhile(play: Play) -> None:
    """Unanswered it ends nothing: the timer escalates. Refused, with a reason, it has changed nothing."""
    dispute = play.raised(DAY_0).withdraw()
    first, second = sheet(play).ends[:2]
    assert (dispute.stage, dispute.deadline) == ("Stage1", first)
    assert dispute.task("Withdrawal_Countersign").side == "raising"
    assert dispute.due("Withdrawal_Countersign") == "Wed 4 Mar 2026 17:00"
    assert dispute.at(first).stage == "Stage2"
    assert dispute.task("Withdrawal_Countersign").overdue
    with pytest.raises(FormInvalid) as refused:
        dispute.done("Withdrawal_Countersign", countersigned="no", refused_because="")
    assert refused.value.errors.keys() == {"refused_because"}
    dispute.done("Withdrawal_Countersign", countersigned="no", refused_because="The child is not safe")
    assert (dispute.stage, dispute.deadline) == ("Stage2", second)
    assert dispute.dispute.ending is None
    withdrawn(dispute)
    assert dispute.left("Stage2") == ("withdrawn", first)
    assert ended(dispute) == ("withdrawn", "Stage2")


@clause("C1", partnerships=REDRAWN)
def test_C1_whoever_asked_for_a_withdrawal_or_is_a_party_does_not_countersign_it(play: Play) -> None:
    """A lead who raised it, and one who acted in it, are refused; one who did neither signs."""
    agencies = Agencies(play, DAY_0)
    agencies.joins("acting lead", "raising", "safeguarding_lead", "practitioner")
    agencies.joins("raising lead", "raising", "safeguarding_lead")
    ref = agencies.raised()
    asked = play.raised(DAY_0)
    first = sheet(play).first
    agencies.completes("acting lead", ref, f"{first}.1", asked.filled(first))
    agencies.does("raising", engine.withdraw, ref, "It was a misunderstanding")
    signed = asked.filled("Withdrawal_Countersign", countersigned="yes")
    for who in ("raising", "acting lead", "receiving"):
        with pytest.raises(engine.NotYourTask):
            agencies.completes(who, ref, "Withdrawal_Countersign.1", signed)
    agencies.completes("raising lead", ref, "Withdrawal_Countersign.1", signed)
    ending = agencies.dispute(ref).ending
    assert ending is not None
    assert ending.how == "withdrawn"


@clause(
    "S3", partnerships=REDRAWN, takes=[prop("Risk_Refer", "side", "receiving"), prop("Risk_TellLead", "side", "both")]
)
def test_S3_the_tasks_of_a_report_are_of_the_side_that_made_it(play: Play) -> None:
    """Worked out as they open; the side of the reporter, whichever that is."""
    for side in ("raising", "receiving"):
        dispute = play.raised(DAY_0).report_risk(side=side)
        assert {task.side for task in dispute.dispute.tasks if task.element.startswith("Risk_")} == {side}
    both = play.raised(DAY_0, risk=True).report_risk(side="receiving")
    assert [task.side for task in both.tasks("Risk_Refer")] == ["raising", "receiving"]
