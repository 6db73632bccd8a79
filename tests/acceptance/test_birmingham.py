"""Birmingham's protocol, clause by clause, each on the real engine. Monday 2 March 2026 is day 0 of most disputes."""

import pytest
from clauses import clause
from mutations import blank, limit, no_choice, no_field, no_row, no_words, optional, prop, swapped, without
from play import Play, Played, at

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


def reviewed(play: Play) -> Played:
    """Both agencies have reviewed the file by Thursday 15:00, and the practitioners talk again."""
    dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 12:00").done("Stage1_Discuss")
    dispute.done("Stage1_Meeting").done("Stage1_RecordActions").at("Thu 5 Mar 2026 15:00")
    return dispute.done("Stage1_ReviewRaising").done("Stage1_ReviewReceiving")


def settled(play: Play) -> Played:
    """Agreed at the second talk of stage 1, and confirmed half an hour later."""
    dispute = reviewed(play).done("Stage1_TalkAgain", result="agreed").at("Thu 5 Mar 2026 15:30")
    return dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-05T15:00")


def decided(play: Play) -> Played:
    """The Co-Chairs have decided on Monday 30 March."""
    dispute = at_stage_5(play).at("Thu 26 Mar 2026 12:00")
    dispute.done("Stage5_RepresentationRaising").done("Stage5_RepresentationReceiving")
    return dispute.done("Stage5_Consider").at("Mon 30 Mar 2026 12:00").done("Stage5_Decide")


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
        without("Stage1_TellManager"),
        prop("Stage1_TellManager", "side", "raising"),
        no_choice("discuss", "result", "could_not_talk"),
        no_field("could-not-talk", "manager_told"),
        optional("could-not-talk", "ways_explored"),
    ],
)
def test_BIR_1_2_a_discussion_that_cannot_go_ahead_is_reported_to_the_line_manager(play: Play) -> None:
    """They say that they could not talk, whom they told of it, and which other ways were explored."""
    dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 12:00").done("Stage1_Discuss", result="could_not_talk")
    assert not dispute.open("Stage1_Meeting")
    assert dispute.task("Stage1_TellManager").side == "both"
    assert dispute.due("Stage1_TellManager") == "Wed 4 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Stage1_TellManager", ways_explored="")
    dispute.done("Stage1_TellManager", manager_told="Team manager", ways_explored="A call on Wednesday")
    assert {"manager_told", "ways_explored"} <= dispute.completed("Stage1_TellManager").texts.keys()
    assert dispute.open("Stage1_Meeting")


@clause(
    "BIR-1.3",
    takes=[
        without("Stage1_Meeting"),
        limit("Stage1_Meeting", "working_days: 2", "working_days: 3"),
        prop("Stage1_Meeting", "side", "receiving"),
        no_choice("professionals-meeting", "meeting", "yes"),
        no_field("professionals-meeting", "meeting_at"),
        limit("Stage1_Deadline", "working_days: 5", "working_days: 6"),
    ],
)
def test_BIR_1_3_either_side_may_ask_for_a_meeting_and_one_dated_after_day_5_is_flagged(play: Play) -> None:
    """With concerns left it is arranged by day 2; a date after the end of the stage is flagged, not refused."""
    dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 12:00").done("Stage1_Discuss", result="not_agreed")
    assert dispute.task("Stage1_Meeting").side == "both"
    assert dispute.due("Stage1_Meeting") == "Wed 4 Mar 2026 17:00"
    dispute.done("Stage1_Meeting", side="receiving", meeting="yes", meeting_at="2026-03-09T16:30")
    assert not dispute.effects("MeetingAfterDeadline")
    late = play.raised(DAY_0).at("Tue 3 Mar 2026 12:00").done("Stage1_Discuss", result="not_agreed")
    late.done("Stage1_Meeting", side="raising", meeting="yes", meeting_at="2026-03-10T09:00")
    assert late.effects("MeetingAfterDeadline", "Stage1_Meeting")
    assert late.stage == "Stage1"


@clause(
    "BIR-1.4",
    takes=[
        without("Stage1_RecordActions"),
        limit("Stage1_RecordActions", "working_days: 2", "working_days: 3"),
        optional("record-actions", "actions"),
        optional("record-actions", "shared_with"),
        optional("record-actions", "actions_on_file"),
    ],
)
def test_BIR_1_4_actions_are_written_down_shared_with_managers_and_saved_on_the_file_by_day_2(play: Play) -> None:
    """None of the three can be left out."""
    dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 12:00").done("Stage1_Discuss").done("Stage1_Meeting")
    assert dispute.task("Stage1_RecordActions").side == "both"
    assert dispute.due("Stage1_RecordActions") == "Wed 4 Mar 2026 17:00"
    for key, nothing in (("actions", ""), ("shared_with", ""), ("actions_on_file", False)):
        with pytest.raises(FormInvalid) as refused:
            dispute.done("Stage1_RecordActions", **{key: nothing})
        assert refused.value.errors.keys() == {key}
    dispute.done("Stage1_RecordActions", actions="Visit on Friday", shared_with="Both team managers")
    assert dispute.completed("Stage1_RecordActions").data["answers"]["actions_on_file"] is True


@clause(
    "BIR-1.5",
    takes=[
        without("Stage1_ReviewRaising"),
        without("Stage1_ReviewReceiving"),
        without("Stage1_TalkAgain"),
        without("Stage1_Deadline"),
        limit("Stage1_ReviewRaising", "working_days: 5", "working_days: 4"),
        limit("Stage1_Deadline", "working_days: 5", "working_days: 6"),
        optional("raise", "evidence"),
        optional("review-case-file", "file_reviewed"),
        optional("discuss", "reasons_given"),
    ],
)
def test_BIR_1_5_each_agency_reviews_the_case_file_and_then_they_speak_by_day_5(play: Play) -> None:
    """Reasons with evidence are asked for; both reviews come before the talk; on day 5 the stage ends all the same."""
    with pytest.raises(FormInvalid):
        play.raised(DAY_0, evidence="")
    dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 12:00").done("Stage1_Discuss")
    dispute.done("Stage1_Meeting").done("Stage1_RecordActions")
    for side, element in (("raising", "Stage1_ReviewRaising"), ("receiving", "Stage1_ReviewReceiving")):
        assert dispute.task(element).side == side
        assert dispute.due(element) == "Mon 9 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Stage1_ReviewRaising", file_reviewed=False)
    dispute.done("Stage1_ReviewRaising")
    assert not dispute.open("Stage1_TalkAgain")
    dispute.done("Stage1_ReviewReceiving")
    assert dispute.task("Stage1_TalkAgain").side == "both"
    assert dispute.due("Stage1_TalkAgain") == "Mon 9 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Stage1_TalkAgain", reasons_given="")
    dispute.at("Mon 9 Mar 2026 17:00")
    assert dispute.left("Stage1") == ("deadline", "Mon 9 Mar 2026 17:00")


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
    late = reviewed(play).done("Stage1_TalkAgain", result="agreed").at("Fri 6 Mar 2026 10:00")
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
    assert (task.side, task.tier) == ("raising", "practitioners")
    dispute.at("Tue 10 Mar 2026 11:00").done("Stage2_TakeToLead", taken_to="The named lead")
    task = dispute.task("Stage2_Resolve")
    assert (task.side, task.tier, dispute.due("Stage2_Resolve")) == (
        "both", "safeguarding_leads", "Wed 11 Mar 2026 17:00",
    )  # fmt: skip
    dispute.at("Wed 11 Mar 2026 17:00")
    assert dispute.left("Stage2") == ("deadline", "Wed 11 Mar 2026 17:00")
    assert dispute.stage == "Stage3"


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
    dispute.done("Stage2_Resolve", result="agreed")
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
        dispute.done("Stage3_Refer")
        assert dispute.may_do("Stage3_Meet", "raising", role)
        assert not dispute.may_do("Stage3_Meet", "raising", "senior_manager")
        assert dispute.may_do("Stage3_Meet", "receiving", "senior_manager")
        assert not dispute.may_do("Stage3_Meet", "receiving", role)
        dispute.done("Stage3_Meet", by="Robin Example")
        assert dispute.effect("SamePersonActs", "Stage3_Meet").data["person"] == "Robin Example"


@clause(
    "BIR-3.1",
    takes=[
        without("Stage3_Refer"),
        prop("Stage3_Refer", "tier", None),
        prop("Stage3_Refer", "side", "raising"),
        limit("Stage3_Refer", "hours: 24", "hours: 25"),
        limit("Stage3_Refer", "hours: 24", "working_days: 1"),
        no_field("hand-up", "handed_to_raising"),
        no_row("who_acts", '"senior_managers"', '"police"'),
    ],
)
def test_BIR_3_1_the_line_managers_of_both_refer_it_within_24_hours_to_the_named_seniors(play: Play) -> None:
    """24 elapsed hours, over a weekend too; it goes to a head of service, detective inspector or other professional."""
    dispute = at_stage_3(play)
    task = dispute.task("Stage3_Refer")
    assert (task.tier, task.side) == ("safeguarding_leads", "both")
    assert dispute.due("Stage3_Refer") == "Thu 12 Mar 2026 17:00"
    dispute.done("Stage3_Refer", handed_to_raising="A. Head", handed_to_receiving="D. Inspector")
    assert {"handed_to_raising", "handed_to_receiving"} <= dispute.completed("Stage3_Refer").texts.keys()
    friday = play.raised("Fri 6 Mar 2026 12:00").escalate().at("Fri 6 Mar 2026 13:00").escalate()
    assert friday.due("Stage3_Refer") == "Sat 7 Mar 2026 13:00"
    titles = {kind: acting(play.pathway.tables, "senior_managers", kind)[1] for kind in ("local_authority", "police")}
    assert titles == {"local_authority": "Head of service", "police": "Detective inspector"}
    assert "designated professional" in acting(play.pathway.tables, "senior_managers", "health")[1]


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
def test_BIR_3_2_the_senior_managers_meet_within_two_working_days_and_day_10_ends_it(play: Play) -> None:
    """Referred on Thursday: they meet by Monday 17:00; referred at once, by Friday."""
    dispute = at_stage_3(play).at("Thu 12 Mar 2026 10:00").done("Stage3_Refer")
    task = dispute.task("Stage3_Meet")
    assert (task.tier, task.side, dispute.due("Stage3_Meet")) == ("senior_managers", "both", "Mon 16 Mar 2026 17:00")
    assert at_stage_3(play).done("Stage3_Refer").due("Stage3_Meet") == "Fri 13 Mar 2026 17:00"
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


@clause(
    "BIR-4.1",
    takes=[
        without("Stage4_Escalate"),
        prop("Stage4_Escalate", "tier", None),
        prop("Stage4_Escalate", "side", "raising"),
        limit("Stage4_Escalate", "working_days: 2", "working_days: 3"),
    ],
)
def test_BIR_4_1_each_senior_manager_escalates_to_their_delegated_partner_within_two_days(play: Play) -> None:
    """It is the senior managers of both who hand it up."""
    dispute = at_stage_4(play)
    task = dispute.task("Stage4_Escalate")
    assert (task.tier, task.side) == ("senior_managers", "both")
    assert dispute.due("Stage4_Escalate") == "Wed 18 Mar 2026 17:00"


@clause(
    "BIR-4.2",
    takes=[
        without("Stage4_Write"),
        without("Stage4_Meet"),
        without("Stage4_Deadline"),
        prop("Stage4_Write", "side", "both"),
        prop("Stage4_Meet", "side", "raising"),
        limit("Stage4_Write", "working_days: 2", "working_days: 1"),
        limit("Stage4_Meet", "working_days: 4", "working_days: 3"),
        limit("Stage4_Deadline", "working_days: 4", "working_days: 5"),
        optional("write-to-counterpart", "letter"),
    ],
)
def test_BIR_4_2_the_raising_partner_writes_and_both_meet_within_two_further_days(play: Play) -> None:
    """Handed up on Wednesday: written and met by Friday 17:00, day 14, which ends the stage."""
    dispute = at_stage_4(play).at("Wed 18 Mar 2026 12:00").done("Stage4_Escalate")
    task = dispute.task("Stage4_Write")
    assert (task.tier, task.side) == ("delegated_partners", "raising")
    assert dispute.due("Stage4_Write") == "Fri 20 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Stage4_Write", letter="")
    dispute.done("Stage4_Write", written_to="The receiving agency's head of service", letter="We ask you to meet")
    task = dispute.task("Stage4_Meet")
    assert (task.tier, task.side) == ("delegated_partners", "both")
    assert dispute.due("Stage4_Meet") == "Fri 20 Mar 2026 17:00"
    dispute.at("Fri 20 Mar 2026 17:00")
    assert dispute.left("Stage4") == ("deadline", "Fri 20 Mar 2026 17:00")


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
        dispute = play.raised(DAY_0, raising_kind=kind).escalate().escalate().escalate().done("Stage4_Escalate")
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


@clause(
    "BIR-5.2",
    takes=[
        without("Stage5_RepresentationRaising"),
        without("Stage5_RepresentationReceiving"),
        prop("Stage5_RepresentationReceiving", "side", "raising"),
        optional("representations", "representation_text"),
    ],
)
def test_BIR_5_2_written_representations_of_both_sides_are_sought_first(play: Play) -> None:
    """The Co-Chairs' own tasks open only when both sides have answered."""
    dispute = at_stage_5(play)
    assert dispute.task("Stage5_RepresentationRaising").side == "raising"
    assert dispute.task("Stage5_RepresentationReceiving").side == "receiving"
    assert not dispute.open("Stage5_Consider")
    assert not dispute.open("Stage5_Decide")
    with pytest.raises(FormInvalid):
        dispute.done("Stage5_RepresentationRaising", representation="made", representation_text="")
    dispute.done("Stage5_RepresentationRaising", representation="made", representation_text="Our view")
    assert not dispute.open("Stage5_Consider")
    dispute.done("Stage5_RepresentationReceiving", representation="made", representation_text="Our view")
    assert dispute.task("Stage5_Consider").side == "partnership"


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
    dispute.all_done("Decided_Debrief", "Decided_PolicyGap")
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


@clause(
    "BIR-6.1",
    takes=[
        without("Resolved_Debrief"),
        without("Decided_Debrief"),
        no_choice("debrief", "debrief", "declined"),
        prop("Resolved_Debrief", "side", "raising"),
    ],
)
def test_BIR_6_1_a_debrief_is_offered_however_it_ended(play: Play) -> None:
    """After a resolution and after a decision, to both sides; it may be declined."""
    dispute = settled(play).done("Resolved_Confirmation").done("Resolved_InformWorker")
    assert dispute.task("Resolved_Debrief").side == "both"
    dispute.done("Resolved_Debrief", debrief="declined")
    assert decided(play).task("Decided_Debrief").side == "both"


@clause(
    "BIR-6.2",
    takes=[
        without("Resolved_PolicyGap"),
        without("Resolved_GapTold"),
        without("Decided_PolicyGap"),
        without("Decided_GapTold"),
        prop("Resolved_GapTold", "to", "business_manager"),
        optional("policy-gap", "gap_what"),
    ],
)
def test_BIR_6_2_a_gap_in_policy_goes_to_the_co_chairs(play: Play) -> None:
    """It is asked after a resolution and after a decision; a yes says what the gap is and is sent on."""
    dispute = settled(play).all_done("Resolved_Confirmation", "Resolved_InformWorker", "Resolved_Debrief")
    with pytest.raises(FormInvalid):
        dispute.done("Resolved_PolicyGap", gap="yes", gap_what="")
    dispute.done("Resolved_PolicyGap", gap="yes", gap_what="No rule for cases across a border")
    assert "co_chair" in dispute.told("Resolved_GapTold")
    dispute = decided(play).done("Decided_Debrief").done("Decided_PolicyGap", gap="yes")
    assert "co_chair" in dispute.told("Decided_GapTold")
    none = settled(play).all_done("Resolved_Confirmation", "Resolved_InformWorker", "Resolved_Debrief")
    assert none.done("Resolved_PolicyGap", gap="no").notices("Resolved_GapTold") == []


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
