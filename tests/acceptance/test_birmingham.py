"""Birmingham's protocol, clause by clause, each on the real engine. Monday 2 March 2026 is day 0 of most disputes."""

import pytest
from clauses import clause
from mutations import blank, limit, no_choice, no_field, no_row, no_words, optional, prop, swapped, without
from play import Play, Played, at, told
from protocols import finish, withdrawn

from engine.dispute import acting
from engine.forms import FormInvalid
from engine.queries.danger import advice

DAY_0 = "Mon 2 Mar 2026 10:00"


def at_stage_2(play: Play) -> Played:
    """Stage 1 has run out on day 5."""
    return play.raised(DAY_0).at("Mon 9 Mar 2026 17:00")


def at_stage_3(play: Play) -> Played:
    """Stage 2 has run out on day 7."""
    return at_stage_2(play).at("Wed 11 Mar 2026 17:00")


def at_stage_4(play: Play) -> Played:
    """Stage 3 has run out on day 10."""
    return at_stage_3(play).at("Mon 16 Mar 2026 17:00")


def after_stage_4(play: Play) -> Played:
    """Stage 4 has run out on day 14."""
    return at_stage_4(play).at("Fri 20 Mar 2026 17:00")


def at_stage_5(play: Play) -> Played:
    """Concerns persist, and it was brought to the Co-Chairs on day 16 at noon."""
    return after_stage_4(play).at("Tue 24 Mar 2026 12:00").done("Stage5_ConcernsPersist", persists="yes")


def first_part_over(play: Play) -> Played:
    """They have talked on Tuesday at noon, and want no meeting: the reviews begin."""
    return play.raised(DAY_0).at("Tue 3 Mar 2026 12:00").done("Stage1_Discuss").done("Stage1_Meeting", meeting="no")


def reviewed(play: Play) -> Played:
    """Both agencies have reviewed the file by Thursday 15:00, and the practitioners talk again."""
    dispute = first_part_over(play).at("Thu 5 Mar 2026 15:00")
    return dispute.done("Stage1_ReviewRaising").done("Stage1_ReviewReceiving")


def settled(play: Play) -> Played:
    """Agreed at the second talk of stage 1, as the receiving side says; confirmed half an hour later."""
    dispute = reviewed(play).done("Stage1_TalkAgain", side="receiving", result="agreed").at("Thu 5 Mar 2026 15:30")
    return dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-05T15:00")


def said_in_time(dispute: Played, instant: str) -> list[tuple[str, str]]:
    """What was recorded as not done at an instant, and to whom that was told."""
    said = "Not done in time, and recorded so: "
    notices = [e for e in dispute.effects("NoticeQueued") if told(e.at) == instant and said in e.data["message"]]
    return [(e.data["message"].removeprefix(said), e.data["to"]) for e in notices]


def why_cut_off(dispute: Played, element: str) -> list[str]:
    """Why an element's tasks ended undone."""
    return [e.data["why"] for e in dispute.effects("TaskInterrupted", element)]


def decided(play: Play) -> Played:
    """The Co-Chairs have decided on Monday 30 March."""
    dispute = at_stage_5(play).at("Thu 26 Mar 2026 12:00")
    dispute.done("Stage5_RepresentationRaising").done("Stage5_RepresentationReceiving")
    return dispute.done("Stage5_Consider").at("Mon 30 Mar 2026 12:00").done("Stage5_Decide")


def not_pursued(play: Play) -> Played:
    """The raising side's concerns do not persist after stage 4, and its safeguarding lead has countersigned that."""
    dispute = after_stage_4(play).at("Mon 23 Mar 2026 12:00").done("Stage5_ConcernsPersist", persists="no")
    return dispute.done("NotPursued_Countersign", countersigned="yes")


@clause(
    "BIR-0.1",
    takes=[
        without("Begun_TellLeadRaising"),
        without("Begun_TellLeadReceiving"),
        without("Raised_Begun"),
        prop("Begun_TellLeadReceiving", "side", "raising"),
        limit("Begun_TellLeadReceiving", "working_days: 1", "working_days: 2"),
        optional("tell-lead", "lead_name"),
        optional("tell-lead", "lead_told_at"),
    ],
)
def test_BIR_0_1_each_agencys_own_safeguarding_lead_is_told_within_a_working_day(play: Play) -> None:
    """Each for itself, and not the raising one where it has said so; it stays open until it is done."""
    dispute = play.raised(DAY_0, lead_told="no")
    for side, element in (("raising", "Begun_TellLeadRaising"), ("receiving", "Begun_TellLeadReceiving")):
        task = dispute.task(element)
        assert (task.tier, task.side, dispute.due(element)) == ("practitioners", side, "Tue 3 Mar 2026 17:00")
    dispute.at("Fri 20 Mar 2026 17:00")
    assert dispute.task("Begun_TellLeadReceiving").overdue
    assert dispute.stage is None
    for key in ("lead_name", "lead_told_at"):
        with pytest.raises(FormInvalid) as refused:
            dispute.done("Begun_TellLeadReceiving", **{key: ""})
        assert refused.value.errors.keys() == {key}
    dispute.done("Begun_TellLeadReceiving", lead_name="A. Lead", lead_told_at="2026-03-20T16:00")
    assert not dispute.open("Begun_TellLeadReceiving")
    assert dispute.open("Begun_TellLeadRaising")
    said = play.raised(DAY_0, lead_told="yes", lead_told_at="2026-03-02T09:15")
    assert not said.open("Begun_TellLeadRaising")
    assert said.open("Begun_TellLeadReceiving")


@clause(
    "BIR-0.1",
    takes=[optional("raise", "lead_told"), optional("raise", "lead_told_at"), no_field("raise", "lead_told_at")],
)
def test_BIR_0_1_whoever_raises_says_whether_and_when_their_own_safeguarding_lead_was_told(play: Play) -> None:
    """The question must be answered, and the time of telling with it; both are in the record."""
    dispute = play.raised(DAY_0, lead_told="yes", lead_told_at="2026-03-02T09:15")
    assert dispute.effect("Raised").data["answers"]["lead_told_at"] == "2026-03-02T09:15"
    with pytest.raises(FormInvalid) as refused:
        play.raised(DAY_0, lead_told="")
    assert refused.value.errors.keys() == {"lead_told"}
    with pytest.raises(FormInvalid) as refused:
        play.raised(DAY_0, lead_told="yes", lead_told_at="")
    assert refused.value.errors.keys() == {"lead_told_at"}


@clause(
    "BIR-1.1",
    takes=[
        without("Stage1_Discuss"),
        limit("Stage1_Discuss", "working_days: 1", "working_days: 2"),
        prop("Stage1_Discuss", "side", "raising"),
        prop("Stage1_Discuss", "tier", "senior_managers"),
        no_field("discuss", "reasons_given"),
    ],
)
def test_BIR_1_1_practitioners_of_both_sides_discuss_within_one_working_day(play: Play) -> None:
    """Open at once, for both sides, due at the end of the next working day; passing it is flagged, no escalation."""
    dispute = play.raised(DAY_0)
    task = dispute.task("Stage1_Discuss")
    assert (task.tier, task.side, dispute.due("Stage1_Discuss")) == ("practitioners", "both", "Tue 3 Mar 2026 17:00")
    dispute.at("Tue 3 Mar 2026 17:00")
    assert dispute.effects("TaskOverdue", "Stage1_Discuss")
    assert dispute.stage == "Stage1"
    dispute.done("Stage1_Discuss", reasons_given="The plan leaves needs unmet")
    assert "reasons_given" in dispute.completed("Stage1_Discuss").texts


@clause(
    "BIR-1.2",
    takes=[
        without("Stage1_TellManagerRaising"),
        without("Stage1_TellManagerReceiving"),
        without("Stage1_ManagersJoin"),
        prop("Stage1_TellManagerReceiving", "side", "raising"),
        limit("Stage1_TellManagerRaising", "working_days: 2", "working_days: 3"),
        no_choice("discuss", "result", "could_not_talk"),
        no_field("could-not-talk", "manager_told"),
        optional("could-not-talk", "ways_explored"),
    ],
)
def test_BIR_1_2_where_no_talk_is_possible_each_tells_their_own_manager(play: Play) -> None:
    """Each says whom they told and which ways were explored; neither's answer stands for the other's."""
    dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 12:00").done("Stage1_Discuss", result="could_not_talk")
    assert not dispute.open("Stage1_Meeting")
    for side, element in (("raising", "Stage1_TellManagerRaising"), ("receiving", "Stage1_TellManagerReceiving")):
        task = dispute.task(element)
        assert (task.tier, task.side, dispute.due(element)) == ("practitioners", side, "Wed 4 Mar 2026 17:00")
        with pytest.raises(FormInvalid):
            dispute.done(element, ways_explored="")
    for element in ("Stage1_TellManagerRaising", "Stage1_TellManagerReceiving"):
        assert not dispute.open("Stage1_Meeting")
        dispute.done(element, manager_told="Team manager", ways_explored="A call on Wednesday")
        assert {"manager_told", "ways_explored"} <= dispute.completed(element).texts.keys()
    assert dispute.open("Stage1_Meeting")


@clause("BIR-1.2", takes=[without("Stage1_FirstOver"), limit("Stage1_FirstOver", "working_days: 2", "working_days: 3")])
def test_BIR_1_2_one_who_does_not_tell_their_manager_holds_up_nobody(play: Play) -> None:
    """Only the raising side has told its manager: on day 2 the reviews begin all the same, and that is recorded."""
    dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 12:00").done("Stage1_Discuss", result="could_not_talk")
    dispute.done("Stage1_TellManagerRaising").at("Wed 4 Mar 2026 16:59")
    assert not dispute.open("Stage1_ReviewRaising")
    dispute.at("Wed 4 Mar 2026 17:00")
    assert dispute.open("Stage1_ReviewRaising")
    assert dispute.open("Stage1_ReviewReceiving")
    assert not why_cut_off(dispute, "Stage1_TellManagerRaising")
    assert why_cut_off(dispute, "Stage1_TellManagerReceiving") == ["deadline"]
    assert said_in_time(dispute, "Wed 4 Mar 2026 17:00") == [
        ("Tell own manager (receiving side)", "practitioners,next_tier")
    ]


@clause(
    "BIR-1.3",
    takes=[
        without("Stage1_Meeting"),
        without("Stage1_Arrange"),
        limit("Stage1_Meeting", "working_days: 2", "working_days: 3"),
        limit("Stage1_Arrange", "working_days: 1", "working_days: 2"),
        prop("Stage1_Meeting", "side", "receiving"),
        prop("Stage1_Arrange", "side", "raising"),
        no_choice("professionals-meeting-asked", "meeting", "yes"),
        optional("arrange-meeting", "meeting_at"),
        no_field("arrange-meeting", "meeting_at"),
    ],
)
def test_BIR_1_3_either_side_may_ask_for_a_meeting_which_is_arranged_within_a_day_of_being_asked_for(
    play: Play,
) -> None:
    """Asked for on Monday by the receiving side: arranged by Tuesday 17:00, by either; or it goes on without one."""
    dispute = play.raised(DAY_0).at("Mon 2 Mar 2026 12:00").done("Stage1_Discuss", result="not_agreed")
    assert dispute.task("Stage1_Meeting").side == "both"
    assert dispute.due("Stage1_Meeting") == "Wed 4 Mar 2026 17:00"
    dispute.done("Stage1_Meeting", side="receiving", meeting="yes")
    assert not dispute.open("Stage1_ReviewRaising")
    assert dispute.task("Stage1_Arrange").side == "both"
    assert dispute.due("Stage1_Arrange") == "Tue 3 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Stage1_Arrange", meeting_at="")
    dispute.done("Stage1_Arrange", side="raising", meeting_at="2026-03-04T16:30")
    assert dispute.completed("Stage1_Arrange").data["answers"]["meeting_at"] == "2026-03-04T16:30"
    assert not dispute.effects("MeetingAfterDeadline")
    assert dispute.open("Stage1_ReviewRaising")
    assert first_part_over(play).open("Stage1_ReviewRaising")


@clause("BIR-1.3")
def test_BIR_1_3_a_meeting_held_after_day_2_is_flagged_and_not_refused(play: Play) -> None:
    """Day 2 is Wednesday, where the two days of the first part end: Thursday is late, and next week all the more."""
    for held in ("2026-03-05T10:00", "2026-03-10T09:00"):
        late = play.raised(DAY_0).at("Tue 3 Mar 2026 12:00").done("Stage1_Discuss", result="not_agreed")
        late.done("Stage1_Meeting", meeting="yes").done("Stage1_Arrange", meeting_at=held)
        assert late.effects("MeetingAfterDeadline", "Stage1_Arrange"), held
        assert late.stage == "Stage1"
        assert late.open("Stage1_ReviewRaising")


@clause(
    "BIR-1.4",
    takes=[
        without("Begun_ActionsRaising"),
        without("Begun_ActionsReceiving"),
        without("Raised_Begun"),
        prop("Begun_ActionsReceiving", "side", "raising"),
        limit("Begun_ActionsRaising", "working_days: 2", "working_days: 3"),
        optional("record-actions", "actions"),
        optional("record-actions", "shared_with"),
        optional("record-actions", "actions_on_file"),
    ],
)
def test_BIR_1_4_each_agency_writes_down_shares_and_saves_the_actions_by_day_2(play: Play) -> None:
    """None of the three can be left out; the one agency's record does not stand for the other's."""
    dispute = play.raised(DAY_0)
    for side, element in (("raising", "Begun_ActionsRaising"), ("receiving", "Begun_ActionsReceiving")):
        task = dispute.task(element)
        assert (task.tier, task.side, dispute.due(element)) == ("practitioners", side, "Wed 4 Mar 2026 17:00")
        for key, nothing in (("actions", ""), ("shared_with", ""), ("actions_on_file", False)):
            with pytest.raises(FormInvalid) as refused:
                dispute.done(element, **{key: nothing})
            assert refused.value.errors.keys() == {key}
    dispute.done("Begun_ActionsRaising", actions="Visit on Friday", shared_with="Both team managers")
    assert dispute.completed("Begun_ActionsRaising").data["answers"]["actions_on_file"] is True
    assert dispute.open("Begun_ActionsReceiving")


@clause("BIR-1.4", takes=[without("Begun_ActionsRaising"), without("Begun_ActionsReceiving")])
def test_BIR_1_4_it_outlives_the_stage_however_that_ends(play: Play) -> None:
    """Agreed at once, escalated, run out by the timer, withdrawn: it is open still, overdue by day 2, and holds it."""
    ways = (
        play.raised(DAY_0).say_resolved(side="receiving").done("Resolution_Confirm"),
        play.raised(DAY_0).escalate(),
        play.raised(DAY_0).at("Mon 9 Mar 2026 17:00"),
        withdrawn(play.raised(DAY_0)),
    )
    for dispute in ways:
        assert dispute.stage != "Stage1"
        dispute.at("Mon 9 Mar 2026 17:00")
        for element in ("Begun_ActionsRaising", "Begun_ActionsReceiving"):
            assert dispute.task(element).overdue
            assert dispute.due(element) == "Wed 4 Mar 2026 17:00"
            assert not dispute.effects("TaskInterrupted", element)
    closing = finish(ways[0], "Begun_ActionsReceiving")
    assert closing.dispute.ending is not None
    assert closing.dispute.closed is None
    assert closing.done("Begun_ActionsReceiving").dispute.closed is not None


@clause(
    "BIR-1.5",
    takes=[
        without("Stage1_ReviewRaising"),
        without("Stage1_ReviewReceiving"),
        without("Stage1_TalkAgain"),
        without("Stage1_Deadline"),
        prop("Stage1_ReviewReceiving", "side", "both"),
        limit("Stage1_ReviewRaising", "working_days: 2", "working_days: 3"),
        limit("Stage1_ReviewReceiving", "working_days: 2", "working_days: 1"),
        limit("Stage1_TalkAgain", "working_days: 3", "working_days: 4"),
        limit("Stage1_Deadline", "working_days: 5", "working_days: 6"),
        optional("raise", "evidence"),
        optional("review-case-file", "file_reviewed"),
        optional("review-case-file", "review_reasons"),
        optional("discuss", "reasons_given"),
    ],
)
def test_BIR_1_5_each_agency_reviews_the_case_file_within_three_days_and_then_they_speak(play: Play) -> None:
    """The first part ended on Tuesday: reviewed by Thursday, talked of by Friday; on day 5 the stage ends."""
    with pytest.raises(FormInvalid):
        play.raised(DAY_0, evidence="")
    dispute = first_part_over(play)
    for side, element in (("raising", "Stage1_ReviewRaising"), ("receiving", "Stage1_ReviewReceiving")):
        assert dispute.task(element).side == side
        assert dispute.due(element) == "Thu 5 Mar 2026 17:00"
        with pytest.raises(FormInvalid):
            dispute.done(element, file_reviewed=False)
        with pytest.raises(FormInvalid):
            dispute.done(element, review_reasons="")
    dispute.done("Stage1_ReviewRaising")
    assert not dispute.open("Stage1_TalkAgain")
    dispute.done("Stage1_ReviewReceiving")
    assert dispute.task("Stage1_TalkAgain").side == "both"
    assert dispute.due("Stage1_TalkAgain") == "Fri 6 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Stage1_TalkAgain", reasons_given="")
    dispute.at("Mon 9 Mar 2026 17:00")
    assert dispute.left("Stage1") == ("deadline", "Mon 9 Mar 2026 17:00")


@clause(
    "BIR-1.5",
    takes=[
        without("Stage1_FirstOver"),
        limit("Stage1_FirstOver", "working_days: 2", "working_days: 1"),
        limit("Stage1_FirstOver", "working_days: 2", "working_days: 3"),
    ],
)
def test_BIR_1_5_the_reviews_begin_on_day_2_whatever_of_the_first_part_was_not_answered(play: Play) -> None:
    """Nobody has talked: two days from Wednesday are for reading; that they did not talk is recorded and told."""
    dispute = play.raised(DAY_0).at("Wed 4 Mar 2026 16:59")
    assert not dispute.open("Stage1_ReviewRaising")
    dispute.at("Wed 4 Mar 2026 17:00")
    assert not dispute.open("Stage1_Discuss")
    for element in ("Stage1_ReviewRaising", "Stage1_ReviewReceiving"):
        assert dispute.due(element) == "Fri 6 Mar 2026 17:00"
    assert dispute.effect("PartLeft", "Stage1_First").data["how"] == "deadline"
    assert why_cut_off(dispute, "Stage1_Discuss") == ["deadline"]
    assert said_in_time(dispute, "Wed 4 Mar 2026 17:00") == [("Discuss the difference", "practitioners,next_tier")]
    assert (dispute.stage, dispute.deadline) == ("Stage1", "Mon 9 Mar 2026 17:00")


@clause(
    "BIR-1.5", takes=[without("Stage1_ReviewsOver"), limit("Stage1_ReviewsOver", "working_days: 2", "working_days: 3")]
)
def test_BIR_1_5_they_talk_again_all_the_same_where_one_agency_has_not_read_the_file(play: Play) -> None:
    """The receiving side has not by Friday: the talk opens with a working day left, and its silence is recorded."""
    dispute = play.raised(DAY_0).at("Wed 4 Mar 2026 17:00").done("Stage1_ReviewRaising")
    assert not dispute.at("Fri 6 Mar 2026 16:59").open("Stage1_TalkAgain")
    assert dispute.at("Fri 6 Mar 2026 17:00").due("Stage1_TalkAgain") == "Mon 9 Mar 2026 17:00"
    assert why_cut_off(dispute, "Stage1_ReviewReceiving") == ["deadline"]
    told_so = said_in_time(dispute, "Fri 6 Mar 2026 17:00")
    assert told_so == [("Review case file (receiving side)", "practitioners,next_tier")]
    assert dispute.effect("PartLeft", "Stage1_Reviews").data["how"] == "deadline"


@clause("BIR-1.5")
def test_BIR_1_5_the_talk_after_the_reviews_falls_within_the_same_three_days(play: Play) -> None:
    """The first part ended on Tuesday, the reviews on Thursday: they have spoken by Friday, not three days later."""
    assert reviewed(play).due("Stage1_TalkAgain") == "Fri 6 Mar 2026 17:00"


@clause(
    "BIR-1.6",
    takes=[
        without("Stage1_Agreed"),
        without("Stage1_Resolved"),
        without("Resolved_Confirmation"),
        limit("Resolved_Confirmation", "working_days: 2", "working_days: 3"),
        limit("Resolved_Confirmation", "agreement", "stage"),
        prop("Resolved_Confirmation", "side", "raising"),
        optional("written-confirmation", "outcome_written"),
        optional("written-confirmation", "sent_to"),
    ],
)
def test_BIR_1_6_the_responsible_practitioner_writes_the_outcome_within_two_further_days(play: Play) -> None:
    """Agreed on Thursday 15:00: the other practitioner has it in writing by Monday 17:00."""
    dispute = settled(play)
    assert dispute.task("Resolved_Confirmation").side == "receiving"
    assert dispute.due("Resolved_Confirmation") == "Mon 9 Mar 2026 17:00"
    assert dispute.left("Stage1") == ("resolved", "Thu 5 Mar 2026 15:30")
    for key in ("outcome_written", "sent_to"):
        with pytest.raises(FormInvalid):
            dispute.done("Resolved_Confirmation", **{key: ""})
    late = reviewed(play).done("Stage1_TalkAgain", side="receiving", result="agreed").at("Fri 6 Mar 2026 10:00")
    late.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-05T15:00")
    assert late.due("Resolved_Confirmation") == "Mon 9 Mar 2026 17:00"


@clause(
    "BIR-2.1",
    takes=[
        without("Stage2_TakeToLead"),
        without("Stage2_Resolve"),
        without("Stage2_Deadline"),
        prop("Stage2_TakeToLead", "side", "both"),
        prop("Stage2_TakeToLead", "tier", None),
        limit("Stage2_TakeToLead", "working_days: 1", "working_days: 2"),
        prop("Stage2_Resolve", "side", "raising"),
        limit("Stage2_Resolve", "working_days: 2", "working_days: 1"),
        limit("Stage2_Deadline", "working_days: 2", "working_days: 3"),
        no_field("take-to-lead", "taken_to"),
    ],
)
def test_BIR_2_1_it_is_taken_to_the_leads_who_have_two_working_days_in_all(play: Play) -> None:
    """The practitioner who raised it goes to their own lead; then the leads of both agencies; day 7 ends it."""
    dispute = at_stage_2(play)
    assert (dispute.stage, dispute.deadline) == ("Stage2", "Wed 11 Mar 2026 17:00")
    task = dispute.task("Stage2_TakeToLead")
    assert (task.side, task.tier, dispute.due("Stage2_TakeToLead")) == (
        "raising", "practitioners", "Tue 10 Mar 2026 17:00",
    )  # fmt: skip
    dispute.at("Tue 10 Mar 2026 11:00").done("Stage2_TakeToLead", taken_to="The named lead")
    assert "taken_to" in dispute.completed("Stage2_TakeToLead").texts
    task = dispute.task("Stage2_Resolve")
    assert (task.side, task.tier, dispute.due("Stage2_Resolve")) == (
        "both", "safeguarding_leads", "Wed 11 Mar 2026 17:00",
    )  # fmt: skip
    dispute.at("Wed 11 Mar 2026 17:00")
    assert dispute.left("Stage2") == ("deadline", "Wed 11 Mar 2026 17:00")
    assert dispute.stage == "Stage3"


@clause("BIR-2.1", takes=[without("Stage2_LeadsGoOn"), limit("Stage2_LeadsGoOn", "working_days: 1", "working_days: 2")])
def test_BIR_2_1_the_leads_do_not_wait_longer_than_a_day_for_being_asked(play: Play) -> None:
    """Nobody took it to them by Tuesday 17:00: they try all the same, and that it was not done is recorded and told."""
    dispute = at_stage_2(play).at("Tue 10 Mar 2026 16:59")
    assert not dispute.open("Stage2_Resolve")
    dispute.at("Tue 10 Mar 2026 17:00")
    assert not dispute.open("Stage2_TakeToLead")
    assert dispute.due("Stage2_Resolve") == "Wed 11 Mar 2026 17:00"
    assert why_cut_off(dispute, "Stage2_TakeToLead") == ["deadline"]
    assert said_in_time(dispute, "Tue 10 Mar 2026 17:00") == [
        ("Take it to own lead or manager", "safeguarding_leads,next_tier")
    ]
    assert dispute.stage == "Stage2"


@clause(
    "BIR-2.2",
    takes=[
        without("Stage2_Agreed"),
        without("Stage2_Resolved"),
        without("Resolved_Confirmation"),
        limit("Resolved_Confirmation", "working_days: 2", "working_days: 1"),
        prop("Resolved_Confirmation", "side", "both"),
    ],
)
def test_BIR_2_2_agreed_among_leads_the_receiving_agency_writes_within_two_further_days(play: Play) -> None:
    """Agreed on Tuesday 15:00 at stage 2: confirmed in writing by Thursday 17:00, past the stage's own end."""
    dispute = at_stage_2(play).done("Stage2_TakeToLead").at("Tue 10 Mar 2026 15:00")
    dispute.done("Stage2_Resolve", side="receiving", result="agreed")
    dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-10T15:00")
    assert dispute.dispute.resolved_stage == "Stage2"
    assert dispute.task("Resolved_Confirmation").side == "receiving"
    assert dispute.due("Resolved_Confirmation") == "Thu 12 Mar 2026 17:00"


@clause(
    "BIR-2.3",
    takes=[
        no_row("who_acts", '"safeguarding_leads"', '"school"'),
        no_row("who_acts", '"safeguarding_leads"', '"self_employed"'),
        no_row("who_acts", '"senior_managers"', '"school"'),
        no_row("who_acts", '"senior_managers"', '"self_employed"'),
        without("Stage3_Meet"),
    ],
)
def test_BIR_2_3_a_schools_head_and_a_self_employed_professionals_lead_act_at_stages_2_and_3(play: Play) -> None:
    """On their own side only; the same person at a further stage is flagged."""
    for kind, role in (("school", "head_teacher"), ("self_employed", "safeguarding_lead")):
        dispute = play.raised(DAY_0, raising_kind=kind, receiving_kind="local_authority").escalate()
        dispute.done("Stage2_TakeToLead")
        assert dispute.may_do("Stage2_Resolve", "raising", role)
        assert not dispute.may_do("Stage2_Resolve", "raising", "senior_manager")
        assert dispute.may_do("Stage2_Resolve", "receiving", "safeguarding_lead")
        assert not dispute.may_do("Stage2_Resolve", "receiving", "head_teacher")
        dispute.done("Stage2_Resolve", by="Robin Example")
        assert not dispute.effects("SamePersonActs")
        dispute.done("Stage3_Discuss").done("Stage3_ReferRaising").done("Stage3_ReferReceiving")
        assert dispute.may_do("Stage3_Meet", "raising", role)
        assert not dispute.may_do("Stage3_Meet", "raising", "senior_manager")
        assert dispute.may_do("Stage3_Meet", "receiving", "senior_manager")
        assert not dispute.may_do("Stage3_Meet", "receiving", role)
        dispute.done("Stage3_Meet", by="Robin Example")
        assert dispute.effect("SamePersonActs", "Stage3_Meet").data["person"] == "Robin Example"


REFERRED = ("Stage3_Discuss", "Stage3_ReferRaising", "Stage3_ReferReceiving")


@clause(
    "BIR-3.1",
    takes=[
        without("Stage3_Discuss"),
        without("Stage3_ReferRaising"),
        without("Stage3_ReferReceiving"),
        prop("Stage3_Discuss", "side", "receiving"),
        prop("Stage3_ReferReceiving", "side", "both"),
        prop("Stage3_ReferRaising", "tier", "safeguarding_leads"),
        limit("Stage3_ReferRaising", "hours: 24", "hours: 25"),
        limit("Stage3_ReferReceiving", "hours: 24", "working_days: 1"),
        optional("refer-to-head-of-service", "referred_to"),
        optional("refer-to-head-of-service", "referred_at"),
        no_row("who_acts", '"senior_managers"', '"police"'),
    ],
)
def test_BIR_3_1_the_senior_managers_of_both_discuss_it_and_each_refers_it_within_24_hours(play: Play) -> None:
    """24 elapsed hours, over a weekend too, to a head of service, detective inspector or other professional."""
    dispute = at_stage_3(play)
    for element, side in zip(REFERRED, ("both", "raising", "receiving"), strict=True):
        task = dispute.task(element)
        assert (task.tier, task.side, dispute.due(element)) == ("senior_managers", side, "Thu 12 Mar 2026 17:00")
    for element in ("Stage3_ReferRaising", "Stage3_ReferReceiving"):
        for key in ("referred_to", "referred_at"):
            with pytest.raises(FormInvalid) as refused:
                dispute.done(element, **{key: ""})
            assert refused.value.errors.keys() == {key}
    for element in REFERRED:
        assert not dispute.open("Stage3_Meet"), f"{element} is open"
        dispute.done(element)
    assert dispute.open("Stage3_Meet")
    friday = play.raised("Fri 6 Mar 2026 12:00").escalate().at("Fri 6 Mar 2026 13:00").escalate()
    assert {friday.due(element) for element in REFERRED} == {"Sat 7 Mar 2026 13:00"}
    titles = {kind: acting(play.pathway.tables, "senior_managers", kind)[1] for kind in ("local_authority", "police")}
    assert titles == {"local_authority": "Head of service", "police": "Detective inspector"}
    assert "designated professional" in acting(play.pathway.tables, "senior_managers", "health")[1]


@clause(
    "BIR-3.1",
    takes=[
        without("Stage3_FirstOver"),
        limit("Stage3_FirstOver", "hours: 24", "hours: 25"),
        limit("Stage3_FirstOver", "hours: 24", "working_days: 2"),
    ],
)
def test_BIR_3_1_after_the_24_hours_the_meeting_opens_whoever_has_not_referred_it(play: Play) -> None:
    """The receiving side is silent: its referral is recorded as not done, and the tier that goes on is told."""
    dispute = at_stage_3(play).at("Thu 12 Mar 2026 10:00").done("Stage3_Discuss").done("Stage3_ReferRaising")
    assert not dispute.at("Thu 12 Mar 2026 16:59").open("Stage3_Meet")
    assert dispute.at("Thu 12 Mar 2026 17:00").due("Stage3_Meet") == "Mon 16 Mar 2026 17:00"
    assert why_cut_off(dispute, "Stage3_ReferReceiving") == ["deadline"]
    assert not why_cut_off(dispute, "Stage3_ReferRaising")
    told_so = said_in_time(dispute, "Thu 12 Mar 2026 17:00")
    assert told_so == [("Refer it up (receiving side)", "senior_managers,next_tier")]
    assert dispute.effect("PartLeft", "Stage3_First").data["how"] == "deadline"


@clause(
    "BIR-3.2",
    takes=[
        without("Stage3_Meet"),
        without("Stage3_Deadline"),
        prop("Stage3_Meet", "side", "receiving"),
        prop("Stage3_Meet", "tier", "safeguarding_leads"),
        limit("Stage3_Meet", "working_days: 2", "working_days: 3"),
        limit("Stage3_Deadline", "working_days: 3", "working_days: 4"),
    ],
)
def test_BIR_3_2_those_it_was_referred_to_meet_within_two_working_days_and_day_10_ends_it(play: Play) -> None:
    """Referred on Thursday: they meet by Monday 17:00; referred at once, by Friday. The stage's name names them."""
    dispute = at_stage_3(play).at("Thu 12 Mar 2026 10:00").all_done(*REFERRED)
    task = dispute.task("Stage3_Meet")
    assert (task.tier, task.side, dispute.due("Stage3_Meet")) == ("senior_managers", "both", "Mon 16 Mar 2026 17:00")
    assert at_stage_3(play).all_done(*REFERRED).due("Stage3_Meet") == "Fri 13 Mar 2026 17:00"
    assert "heads of service" in play.pathway.diagram.elements["Stage3"].name.lower()
    dispute.at("Mon 16 Mar 2026 17:00")
    assert dispute.left("Stage3") == ("deadline", "Mon 16 Mar 2026 17:00")
    assert dispute.stage == "Stage4"


@clause(
    "BIR-3.3",
    takes=[without("Stage3_CopyBusinessManager"), prop("Stage3_CopyBusinessManager", "to", "both")],
)
def test_BIR_3_3_the_business_manager_is_copied_in_on_reaching_stage_3(play: Play) -> None:
    """At the moment of entry, and a second recipient can be set without a change of the engine."""
    assert at_stage_2(play).notices("Stage3_CopyBusinessManager") == []
    told = at_stage_3(play).notices("Stage3_CopyBusinessManager")
    assert told == [("Wed 11 Mar 2026 17:00", {"business_manager"})]
    both = play.changed(prop("Stage3_CopyBusinessManager", "to", "business_manager,chair"))
    assert at_stage_3(both).told("Stage3_CopyBusinessManager") == {"business_manager", "chair"}


HANDED_UP = ("Stage4_EscalateRaising", "Stage4_EscalateReceiving")


@clause(
    "BIR-4.1",
    takes=[
        without("Stage4_EscalateRaising"),
        without("Stage4_EscalateReceiving"),
        prop("Stage4_EscalateRaising", "tier", None),
        prop("Stage4_EscalateReceiving", "side", "raising"),
        limit("Stage4_EscalateRaising", "working_days: 2", "working_days: 3"),
        optional("take-to-partner", "handed_to"),
        optional("take-to-partner", "handed_summary"),
    ],
)
def test_BIR_4_1_each_senior_manager_escalates_to_their_own_delegated_partner_within_two_days(play: Play) -> None:
    """One task for each side, at the senior managers; the partners begin when both have done so."""
    dispute = at_stage_4(play)
    for element, side in zip(HANDED_UP, ("raising", "receiving"), strict=True):
        task = dispute.task(element)
        assert (task.tier, task.side, dispute.due(element)) == ("senior_managers", side, "Wed 18 Mar 2026 17:00")
        for key in ("handed_to", "handed_summary"):
            with pytest.raises(FormInvalid) as refused:
                dispute.done(element, **{key: ""})
            assert refused.value.errors.keys() == {key}
    for element in HANDED_UP:
        assert not dispute.open("Stage4_Write")
        dispute.done(element)
    assert dispute.open("Stage4_Write")


@clause("BIR-4.1", takes=[without("Stage4_FirstOver"), limit("Stage4_FirstOver", "working_days: 2", "working_days: 3")])
def test_BIR_4_1_the_partners_go_on_after_the_two_days_without_whoever_was_silent(play: Play) -> None:
    """Only the raising side has handed it up: on Wednesday at 17:00 its partner writes all the same."""
    dispute = at_stage_4(play).at("Tue 17 Mar 2026 12:00").done("Stage4_EscalateRaising")
    assert not dispute.at("Wed 18 Mar 2026 16:59").open("Stage4_Write")
    assert dispute.at("Wed 18 Mar 2026 17:00").open("Stage4_Write")
    assert why_cut_off(dispute, "Stage4_EscalateReceiving") == ["deadline"]
    told_so = said_in_time(dispute, "Wed 18 Mar 2026 17:00")
    assert told_so == [("Take it to partner (receiving side)", "delegated_partners,next_tier")]


@clause(
    "BIR-4.2",
    takes=[
        without("Stage4_Write"),
        without("Stage4_Meet"),
        without("Stage4_Deadline"),
        prop("Stage4_Write", "side", "both"),
        prop("Stage4_Meet", "side", "raising"),
        limit("Stage4_Write", "working_days: 1", "working_days: 2"),
        limit("Stage4_Meet", "working_days: 2", "working_days: 1"),
        limit("Stage4_Deadline", "working_days: 4", "working_days: 5"),
        optional("write-to-counterpart", "letter"),
    ],
)
def test_BIR_4_2_the_raising_partner_writes_and_both_meet_within_two_further_days(play: Play) -> None:
    """Handed up on Wednesday: written by Thursday, met by Friday 17:00, day 14, which ends the stage."""
    dispute = at_stage_4(play).at("Wed 18 Mar 2026 12:00").all_done(*HANDED_UP)
    task = dispute.task("Stage4_Write")
    assert (task.tier, task.side) == ("delegated_partners", "raising")
    assert dispute.due("Stage4_Write") == "Thu 19 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Stage4_Write", letter="")
    dispute.done("Stage4_Write", written_to="The receiving agency's head of service", letter="We ask you to meet")
    task = dispute.task("Stage4_Meet")
    assert (task.tier, task.side) == ("delegated_partners", "both")
    assert dispute.due("Stage4_Meet") == "Fri 20 Mar 2026 17:00"
    dispute.at("Fri 20 Mar 2026 17:00")
    assert dispute.left("Stage4") == ("deadline", "Fri 20 Mar 2026 17:00")


@clause(
    "BIR-4.2",
    takes=[
        without("Stage4_MeetAllTheSame"),
        limit("Stage4_MeetAllTheSame", "working_days: 1", "working_days: 2"),
    ],
)
def test_BIR_4_2_they_meet_all_the_same_where_nobody_has_written(play: Play) -> None:
    """A day is for writing; then the meeting opens, and that nobody wrote is recorded and told to the partners."""
    dispute = at_stage_4(play).at("Wed 18 Mar 2026 12:00").all_done(*HANDED_UP).at("Thu 19 Mar 2026 17:00")
    assert not dispute.open("Stage4_Write")
    assert dispute.due("Stage4_Meet") == "Fri 20 Mar 2026 17:00"
    assert why_cut_off(dispute, "Stage4_Write") == ["deadline"]
    assert said_in_time(dispute, "Thu 19 Mar 2026 17:00") == [
        ("Write to the receiving agency", "delegated_partners,next_tier")
    ]


@clause("BIR-4.2")
def test_BIR_4_2_writing_and_meeting_take_two_further_days_together(play: Play) -> None:
    """Handed up on Tuesday, written on Wednesday: they have met by Thursday, two days after it was handed up."""
    dispute = at_stage_4(play).at("Tue 17 Mar 2026 12:00").all_done(*HANDED_UP)
    dispute.at("Wed 18 Mar 2026 12:00").done("Stage4_Write")
    assert dispute.due("Stage4_Meet") == "Thu 19 Mar 2026 17:00"


@clause(
    "BIR-4.3",
    takes=[
        no_row("who_acts", '"delegated_partners"', '"police"'),
        no_row("who_acts", '"delegated_partners"', '"school"'),
        no_row("who_acts", '"delegated_partners"', '"early_years"'),
        no_row("who_acts", '"delegated_partners"', '"voluntary"'),
    ],
)
def test_BIR_4_3_an_equivalent_acts_where_an_agency_has_no_delegated_partner(play: Play) -> None:
    """Chief superintendent, head teacher, nursery manager, designated safeguarding lead; each may do the task."""
    expected = {
        "police": ("delegated_partner", "Chief superintendent"),
        "school": ("head_teacher", "Head teacher or principal"),
        "early_years": ("senior_manager", "Nursery manager"),
        "voluntary": ("safeguarding_lead", "Designated safeguarding lead"),
        "local_authority": ("delegated_partner", "Delegated Safeguarding Partner"),
    }
    for kind, (role, title) in expected.items():
        assert acting(play.pathway.tables, "delegated_partners", kind) == ((role,), title)
        dispute = play.raised(DAY_0, raising_kind=kind).escalate().escalate().escalate()
        dispute.all_done(*HANDED_UP)
        assert dispute.may_do("Stage4_Write", "raising", role)
        assert not dispute.may_do("Stage4_Write", "raising", "practitioner")


@clause(
    "BIR-5.1",
    takes=[
        without("Stage5_ConcernsPersist"),
        without("Stage5_Referred"),
        prop("Stage5_ConcernsPersist", "side", "both"),
        prop("Stage5_ConcernsPersist", "alert", None),
        prop("Stage5_Referred", "to", "business_manager"),
        limit("Stage5_ConcernsPersist", "working_days: 2", "working_days: 3"),
        optional("concerns-persist", "referral_text"),
    ],
)
def test_BIR_5_1_where_concerns_persist_the_raising_agency_refers_it_in_writing_within_two_days(play: Play) -> None:
    """Never by a timer: the raising partner is asked; a yes, with the letter, goes by the Business Manager."""
    dispute = after_stage_4(play)
    assert dispute.stage is None
    task = dispute.task("Stage5_ConcernsPersist")
    assert (task.tier, task.side) == ("delegated_partners", "raising")
    assert dispute.due("Stage5_ConcernsPersist") == "Tue 24 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Stage5_ConcernsPersist", persists="yes", referral_text="")
    dispute.at("Wed 25 Mar 2026 12:00")
    assert dispute.stage is None
    alerted = [when for when, to in dispute.notices("Stage5_ConcernsPersist") if "business_manager" in to]
    assert alerted == ["Tue 24 Mar 2026 17:00", "Wed 25 Mar 2026 09:00"]
    dispute.done("Stage5_ConcernsPersist", persists="yes", referral_text="The risk goes on")
    assert dispute.notices("Stage5_Referred") == [("Wed 25 Mar 2026 12:00", {"co_chair", "business_manager"})]
    assert dispute.stage == "Stage5"


@clause("BIR-5.1", takes=[prop("Stage5_ConcernsPersist", "overdue", None)])
def test_BIR_5_1_after_two_days_any_senior_or_lead_of_that_agency_may_answer(play: Play) -> None:
    """Before, only whoever acts as its delegated partner; nobody of the other side, and no practitioner, ever (E4)."""
    dispute = after_stage_4(play).at("Tue 24 Mar 2026 16:59")
    assert dispute.may_do("Stage5_ConcernsPersist", "raising", "delegated_partner", kind="local_authority")
    for role in ("safeguarding_lead", "senior_manager", "line_manager"):
        assert not dispute.may_do("Stage5_ConcernsPersist", "raising", role, kind="local_authority")
    dispute.at("Tue 24 Mar 2026 17:00")
    assert dispute.task("Stage5_ConcernsPersist").overdue
    for role in ("safeguarding_lead", "senior_manager", "delegated_partner"):
        assert dispute.may_do("Stage5_ConcernsPersist", "raising", role, kind="local_authority")
        assert not dispute.may_do("Stage5_ConcernsPersist", "receiving", role, kind="local_authority")
    assert not dispute.may_do("Stage5_ConcernsPersist", "raising", "practitioner", kind="local_authority")


@clause(
    "BIR-5.2",
    takes=[
        without("Stage5_RepresentationRaising"),
        without("Stage5_RepresentationReceiving"),
        prop("Stage5_RepresentationReceiving", "side", "raising"),
        limit("Stage5_RepresentationReceiving", "working_days: 2", "working_days: 3"),
        optional("representations", "representation_text"),
        no_choice("representations", "representation", "none"),
    ],
)
def test_BIR_5_2_written_representations_of_each_side_are_sought_first(play: Play) -> None:
    """Asked of both at once, each until Thursday; the Co-Chairs' own task opens when both have answered."""
    dispute = at_stage_5(play)
    for element, side in (("Stage5_RepresentationRaising", "raising"), ("Stage5_RepresentationReceiving", "receiving")):
        assert dispute.task(element).side == side
        assert dispute.due(element) == "Thu 26 Mar 2026 17:00"
        with pytest.raises(FormInvalid):
            dispute.done(element, representation="made", representation_text="")
    assert not dispute.open("Stage5_Consider")
    assert not dispute.open("Stage5_Decide")
    dispute.done("Stage5_RepresentationRaising", representation="made", representation_text="Our view")
    assert not dispute.open("Stage5_Consider")
    dispute.done("Stage5_RepresentationReceiving", representation="none")
    assert dispute.task("Stage5_Consider").side == "partnership"


@clause(
    "BIR-5.2",
    "E4a",
    takes=[
        without("Stage5_HearOver"),
        limit("Stage5_HearOver", "working_days: 2", "working_days: 4"),
        prop("Stage5_RepresentationReceiving", "alert", None),
    ],
)
def test_BIR_5_2_a_side_that_sends_none_does_not_hold_up_the_decision(play: Play) -> None:
    """The receiving side is silent for ever: on Thursday the Co-Chairs go on without it, are told so, and decide."""
    dispute = at_stage_5(play).at("Wed 25 Mar 2026 12:00").done("Stage5_RepresentationRaising")
    assert not dispute.at("Thu 26 Mar 2026 16:59").open("Stage5_Consider")
    assert dispute.at("Thu 26 Mar 2026 17:00").open("Stage5_Consider")
    assert why_cut_off(dispute, "Stage5_RepresentationReceiving") == ["deadline"]
    assert not why_cut_off(dispute, "Stage5_RepresentationRaising")
    told_so = said_in_time(dispute, "Thu 26 Mar 2026 17:00")
    assert told_so == [("Representations of receiving side", "co_chairs,next_tier,business_manager")]
    assert dispute.effect("PartLeft", "Stage5_Hear").data["how"] == "deadline"
    dispute.done("Stage5_Consider").done("Stage5_Decide")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "decided"


@clause("BIR-5.2", takes=[without("Stage5_HearOver")])
def test_BIR_5_2_the_limit_is_never_past_the_decisions_own(play: Play) -> None:
    """Under a protective timescale the decision is due the same day, and the representations no later."""
    dispute = play.raised(DAY_0, protective="Tue 3 Mar 2026 00:00").at("Wed 4 Mar 2026 10:00")
    dispute.done("Stage5_ConcernsPersist", persists="yes")
    assert dispute.deadline == "Wed 4 Mar 2026 17:00"
    assert dispute.timers("deadline", "Stage5_HearOver") == ["Wed 4 Mar 2026 17:00"]
    assert dispute.due("Stage5_RepresentationReceiving") == "Wed 4 Mar 2026 17:00"
    assert dispute.at("Wed 4 Mar 2026 17:00").open("Stage5_Consider")


@clause(
    "BIR-5.3",
    takes=[
        without("Stage5_Consider"),
        without("Stage5_Meeting"),
        without("Stage5_MeetingWanted"),
        no_field("consider", "others_consulted"),
        optional("meet-involved", "met_views"),
        no_field("meet-involved", "met_who"),
    ],
)
def test_BIR_5_3_the_co_chairs_may_ask_for_a_meeting_and_consult_the_lead_partners(play: Play) -> None:
    """With a meeting they record who was there and what was said; without one they go on to the decision."""
    dispute = at_stage_5(play).done("Stage5_RepresentationRaising").done("Stage5_RepresentationReceiving")
    dispute.done("Stage5_Consider", hold_meeting="yes", others_consulted="The Lead Safeguarding Partners")
    assert "others_consulted" in dispute.completed("Stage5_Consider").texts
    assert not dispute.open("Stage5_Decide")
    assert dispute.task("Stage5_Meeting").side == "partnership"
    with pytest.raises(FormInvalid):
        dispute.done("Stage5_Meeting", met_views="")
    dispute.done("Stage5_Meeting", met_who="Practitioners, leads and managers", met_views="A way forward")
    assert dispute.open("Stage5_Decide")
    plain = at_stage_5(play).done("Stage5_RepresentationRaising").done("Stage5_RepresentationReceiving")
    plain.done("Stage5_Consider", hold_meeting="no")
    assert plain.open("Stage5_Decide")


@clause(
    "BIR-5.4",
    takes=[
        without("Stage5_Decide"),
        without("Stage5_TellAll"),
        without("Stage5_Deadline"),
        prop("Stage5_Decide", "side", "both"),
        prop("Stage5_TellAll", "to", "raising"),
        prop("Decided", "end", "resolved"),
        limit("Stage5_Decide", "working_days: 5", "working_days: 4"),
        limit("Stage5_Deadline", "working_days: 5", "working_days: 6"),
        optional("final-decision", "decision"),
    ],
)
def test_BIR_5_4_the_final_decision_is_made_and_told_to_all_within_five_days_of_being_brought(play: Play) -> None:
    """Brought on Tuesday the 24th: due on Tuesday the 31st, summer time by then; only the Co-Chairs decide."""
    dispute = at_stage_5(play)
    assert dispute.deadline == "Tue 31 Mar 2026 17:00"
    dispute.done("Stage5_RepresentationRaising").done("Stage5_RepresentationReceiving").done("Stage5_Consider")
    assert dispute.due("Stage5_Decide") == "Tue 31 Mar 2026 17:00"
    assert dispute.task("Stage5_Decide").tier == "co_chairs"
    assert dispute.task("Stage5_Decide").side == "partnership"
    with pytest.raises(FormInvalid):
        dispute.done("Stage5_Decide", decision="")
    dispute.at("Mon 30 Mar 2026 12:00").done("Stage5_Decide", decision="The plan is changed")
    assert [when for when, _ in dispute.notices("Stage5_TellAll")] == ["Mon 30 Mar 2026 12:00"]
    assert "both" in dispute.told("Stage5_TellAll")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "decided"


@clause(
    "BIR-5.4",
    takes=[
        prop("Stage5_Decide", "side", "both"),
        prop("Stage5_Decide", "tier", "any"),
        no_row("who_acts", '"co_chairs"'),
    ],
)
def test_BIR_5_4_nobody_but_a_co_chair_makes_the_final_decision(play: Play) -> None:
    """Neither somebody of a side nor the Business Manager."""
    dispute = at_stage_5(play).done("Stage5_RepresentationRaising").done("Stage5_RepresentationReceiving")
    dispute.done("Stage5_Consider")
    assert dispute.may_do("Stage5_Decide", "the Partnership", "co_chair")
    assert not dispute.may_do("Stage5_Decide", "raising", "delegated_partner", "practitioner")
    assert not dispute.may_do("Stage5_Decide", "the Partnership", "business_manager")


@clause("BIR-5.4", takes=[limit("Stage5_Deadline", "cumulative: 21", "cumulative: 20")])
def test_BIR_5_4_with_every_limit_used_in_full_the_decision_falls_on_day_21(play: Play) -> None:
    """Brought at the last moment of day 16, decided by the last of day 21, and nothing is flagged."""
    dispute = after_stage_4(play).at("Tue 24 Mar 2026 17:00").done("Stage5_ConcernsPersist", persists="yes")
    assert dispute.deadline == "Tue 31 Mar 2026 17:00"
    assert not dispute.effects("CumulativeExceeded")


def endings(play: Play) -> tuple[Played, ...]:
    """Resolved and confirmed in writing, decided, not pursued, and withdrawn."""
    resolved = settled(play).done("Resolved_Confirmation").done("Resolved_InformWorker")
    return resolved, decided(play), not_pursued(play), withdrawn(play.raised(DAY_0))


@clause(
    "BIR-6.1",
    takes=[
        without("Afterwards_Debrief"),
        without("Resolved_Afterwards"),
        without("Decided_Afterwards"),
        without("NotPursued_Afterwards"),
        without("Withdrawn_Afterwards"),
        no_choice("debrief", "debrief", "declined"),
        prop("Afterwards_Debrief", "side", "raising"),
        limit("Afterwards_Debrief", "working_days: 5", "working_days: 6"),
    ],
)
def test_BIR_6_1_a_debrief_is_offered_however_it_ended(play: Play) -> None:
    """A resolution, a decision, no pursuit, a withdrawal: to both sides, within five days; it may be declined."""
    dues = ("Thu 12 Mar 2026 17:00", "Wed 8 Apr 2026 17:00", "Mon 30 Mar 2026 17:00", "Mon 9 Mar 2026 17:00")
    for dispute, due in zip(endings(play), dues, strict=True):
        assert dispute.task("Afterwards_Debrief").side == "both"
        assert dispute.due("Afterwards_Debrief") == due
        dispute.done("Afterwards_Debrief", debrief="declined")
        assert not dispute.open("Afterwards_Debrief")


@clause("BIR-6.1", takes=[without("Afterwards_Debrief"), without("Afterwards_Fork")])
def test_BIR_6_1_what_is_owed_afterwards_holds_up_neither_itself_nor_the_outcome(play: Play) -> None:
    """Debrief and policy gap are open at once, the outcome stands at once, and both hold the dispute open."""
    for dispute in endings(play):
        assert dispute.dispute.ending is not None
        assert dispute.open("Afterwards_Debrief")
        assert dispute.open("Afterwards_PolicyGap")
        assert not finish(dispute, "Afterwards_Debrief").open("Afterwards_PolicyGap")
        assert dispute.dispute.closed is None
        assert dispute.done("Afterwards_Debrief").dispute.closed is not None


@clause(
    "BIR-6.2",
    takes=[
        without("Afterwards_PolicyGap"),
        without("Afterwards_GapTold"),
        without("Resolved_Afterwards"),
        without("Decided_Afterwards"),
        without("NotPursued_Afterwards"),
        without("Withdrawn_Afterwards"),
        prop("Afterwards_GapTold", "to", "business_manager"),
        optional("policy-gap", "gap_what"),
    ],
)
def test_BIR_6_2_a_gap_in_policy_goes_to_the_co_chairs(play: Play) -> None:
    """It is asked however the dispute ended; a yes says what the gap is and is sent on, a no is not."""
    for dispute in endings(play):
        with pytest.raises(FormInvalid):
            dispute.done("Afterwards_PolicyGap", gap="yes", gap_what="")
        dispute.done("Afterwards_PolicyGap", gap="yes", gap_what="No rule for cases across a border")
        assert dispute.told("Afterwards_GapTold") == {"co_chair", "business_manager"}
    for dispute in endings(play):
        assert dispute.done("Afterwards_PolicyGap", gap="no").notices("Afterwards_GapTold") == []


@clause(
    "BIR-R1",
    takes=[
        without("Risk_TellLead"),
        limit("Risk_TellLead", "immediately: true", "same_working_day: true"),
        optional("risk-tell-lead", "lead_name"),
        optional("risk-tell-lead", "lead_told_at"),
        without("Raised_RiskReported"),
    ],
)
def test_BIR_R1_the_agencys_own_safeguarding_lead_is_informed_immediately(play: Play) -> None:
    """Whether it is reported with the raising or later; who was told and when is recorded."""
    assert play.raised(DAY_0, risk=True).due("Risk_TellLead") == DAY_0
    dispute = play.raised(DAY_0).at("Sat 7 Mar 2026 21:00").report_risk()
    assert dispute.due("Risk_TellLead") == "Sat 7 Mar 2026 21:00"
    for key in ("lead_name", "lead_told_at"):
        with pytest.raises(FormInvalid):
            dispute.done("Risk_TellLead", **{key: ""})
    dispute.done("Risk_TellLead", lead_name="A. Lead", lead_told_at="2026-03-07T21:05")
    assert dispute.completed("Risk_TellLead").data["answers"]["lead_told_at"] == "2026-03-07T21:05"


@clause(
    "BIR-R2",
    takes=[
        without("Risk_Refer"),
        blank("front_door", "telephone"),
        blank("front_door", "name"),
        no_choice("risk-referral", "referred_by", "practitioner"),
        no_choice("risk-referral", "referred_by", "lead"),
    ],
)
def test_BIR_R2_the_lead_or_the_practitioner_informs_cass(play: Play) -> None:
    """By day the number of the Children's Advice and Support Service is the one to call, and either may call."""
    by_day = advice(play.pathway, at(DAY_0)).now
    assert by_day.telephone == "0121 303 1888"
    assert "CASS" in by_day.name
    for caller in ("lead", "practitioner"):
        dispute = play.raised(DAY_0).report_risk().done("Risk_Refer", referred_by=caller)
        assert dispute.completed("Risk_Refer").data["answers"]["referred_by"] == caller


REASONS = (
    "course_of_action", "safeguarding_plan", "level_of_risk", "hospital_discharge", "conference_refused",
    "communication", "sharing_or_services", "other",
)  # fmt: skip


@clause(
    "BIR reasons",
    partnerships=("birmingham",),
    takes=[
        *(no_choice("raise", "reasons", reason) for reason in REASONS),
        optional("raise", "reasons"),
        optional("raise", "reasons_other"),
        no_words("raise", "Right Help, Right Time"),
    ],
)
def test_BIR_reasons_for_raising_are_the_protocols_and_another_must_be_said(play: Play) -> None:
    """Each can be chosen, several at once, none cannot; threshold questions point to the local guidance."""
    assert play.raised(DAY_0, reasons=list(REASONS), reasons_other="A lost file").stage == "Stage1"
    with pytest.raises(FormInvalid):
        play.raised(DAY_0, reasons=[])
    with pytest.raises(FormInvalid):
        play.raised(DAY_0, reasons=["other"], reasons_other="")
    fields = play.form("Raised").fields
    assert any("Right Help, Right Time" in field.description + field.label + field.text for field in fields)


@clause(
    "T13",
    partnerships=("birmingham",),
    takes=[
        limit("Stage1_Deadline", "working_days: 5", "working_days: 4"),
        limit("Stage4_Deadline", "working_days: 4", "working_days: 5"),
        swapped("Stage1_Over", "Stage2", "Stage3"),
    ],
)
def test_BIR_4_stages_1_to_4_take_14_working_days_in_all(play: Play) -> None:
    """Each stage entered as the one before it runs out: days 5, 7, 10 and 14."""
    dispute = after_stage_4(play)
    left = [(stage, *dispute.left(stage)) for stage in ("Stage1", "Stage2", "Stage3", "Stage4")]
    assert left == [
        ("Stage1", "deadline", "Mon 9 Mar 2026 17:00"),
        ("Stage2", "deadline", "Wed 11 Mar 2026 17:00"),
        ("Stage3", "deadline", "Mon 16 Mar 2026 17:00"),
        ("Stage4", "deadline", "Fri 20 Mar 2026 17:00"),
    ]
    assert not dispute.effects("CumulativeExceeded")
