"""Bromley's protocol, clause by clause, on the real engine. Monday 2 March 2026 is day 0 of most disputes."""

import pytest
from clauses import clause
from mutations import (
    blank,
    interrupting,
    limit,
    no_choice,
    no_field,
    no_row,
    no_rules,
    no_texts,
    no_words,
    once,
    optional,
    prop,
    swapped,
    without,
)
from play import Play, Played, at

from engine.forms import FormInvalid, Option, validate
from engine.queries.danger import advice

BROMLEY = "bromley"
DAY_0 = "Mon 2 Mar 2026 10:00"
ORDINARY = ("Stage1", "Stage2", "Stage3", "Board")
PANEL = {"composition": "three", "panel_agencies": ["raising", "receiving", "third"], "full_members": True}
AGENCIES = [Option(value=name, label=name) for name in ("raising", "receiving", "third", "fourth")]


def begun(play: Play, when: str = DAY_0, **start: object) -> Played:
    """Raised, as a rule on day 0."""
    return play.raised(when, **start)


def at_stage_2(play: Play, **start: object) -> Played:
    """Stage 1 has run out on day 1."""
    return begun(play, **start).at("Tue 3 Mar 2026 17:00")


def at_stage_3(play: Play, **start: object) -> Played:
    """Stage 2 has run out on day 3."""
    return at_stage_2(play, **start).at("Thu 5 Mar 2026 17:00")


def before_board_members(play: Play) -> Played:
    """The tiers of management have used up day 4."""
    return at_stage_3(play).at("Fri 6 Mar 2026 17:00")


def asked(play: Play) -> Played:
    """Stage 3 has run out on day 5."""
    return before_board_members(play).at("Mon 9 Mar 2026 17:00")


def before_the_chair(play: Play) -> Played:
    """Concerns persist, and it was referred to the Chair on day 6 at noon."""
    return asked(play).at("Tue 10 Mar 2026 12:00").done("Stage4_ConcernsPersist", persists="yes")


def before_the_panel(play: Play) -> Played:
    """The Chair convened a panel on day 7 at noon."""
    dispute = before_the_chair(play).at("Wed 11 Mar 2026 12:00").done("Stage4_Choose", way="panel")
    return dispute.done("Stage4_Convene", **PANEL)


def on_file(dispute: Played, times: int = 1) -> bool:
    """Whether each agency was asked so often to place its record, to be shared with the worker who raised it."""
    sides = {"raising": "StageEnd_RecordRaising", "receiving": "StageEnd_RecordReceiving"}
    counted = all(len(dispute.tasks(element)) == times for element in sides.values())
    held = all(task.side == side for side, element in sides.items() for task in dispute.tasks(element))
    return counted and held and refused(dispute, "StageEnd_RecordRaising", shared_with_worker=False)


def refused(dispute: Played, element: str, **answers: object) -> bool:
    """Whether the form refuses just these answers."""
    with pytest.raises(FormInvalid) as found:
        dispute.done(element, **answers)
    return found.value.errors.keys() == answers.keys()


@clause(
    "BRO-0.1",
    partnerships=(BROMLEY,),
    takes=[
        optional("raise", "evidence"),
        no_field("details", "manager_consulted"),
        no_choice("details", "manager_consulted", "no"),
        optional("details", "manager_consulted_who"),
        no_words("raise", "record of all discussions"),
    ],
)
def test_BRO_0_1_the_own_manager_may_be_consulted_first_and_evidence_is_kept(play: Play) -> None:
    """It need not be; the evidence must be given, and the form says that a record of all discussions is kept."""
    asked = {"manager_consulted": "yes", "manager_consulted_who": "My manager, this morning"}
    dispute = begun(play).done("Details_Say", **asked)
    assert dispute.completed("Details_Say").data["answers"]["manager_consulted"] == "yes"
    assert not begun(play).done("Details_Say", manager_consulted="no").open("Details_Say")
    with pytest.raises(FormInvalid) as found:
        begun(play, evidence="")
    assert found.value.errors.keys() == {"evidence"}
    with pytest.raises(FormInvalid) as found:
        begun(play).done("Details_Say", **asked | {"manager_consulted_who": ""})
    assert found.value.errors.keys() == {"manager_consulted_who"}
    assert any("record of all discussions" in field.description for field in play.form("Raised").fields)


@clause(
    "BRO-0.2",
    partnerships=(BROMLEY,),
    takes=[no_field("details", "own_policy"), no_choice("details", "own_policy", "no")],
)
def test_BRO_0_2_the_own_organisations_escalation_policy_may_be_looked_up(play: Play) -> None:
    """It is asked, and either answer will do."""
    for answer in ("yes", "no"):
        dispute = begun(play).done("Details_Say", own_policy=answer)
        assert dispute.completed("Details_Say").data["answers"]["own_policy"] == answer
        assert dispute.stage == "Stage1"


@clause(
    "BRO-1.1",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage1_Discuss"),
        without("Stage1_Deadline"),
        prop("Stage1_Discuss", "side", "raising"),
        limit("Stage1_Discuss", "working_days: 1", "hours: 1"),
        limit("Stage1_Deadline", "working_days: 1", "working_days: 2"),
        no_choice("talk", "talked_how", "phone"),
        no_choice("talk", "talked_how", "face_to_face"),
        optional("talk", "talked_how"),
        no_field("talk", "supported_by"),
    ],
)
def test_BRO_1_1_the_workers_talk_by_telephone_or_face_to_face_and_say_which(play: Play) -> None:
    """As soon as possible: by Tuesday; a worker may name who supports them. Then it is over."""
    for way in ("phone", "face_to_face"):
        dispute = begun(play)
        task = dispute.task("Stage1_Discuss")
        assert (task.side, task.tier, dispute.due("Stage1_Discuss")) == (
            "both",
            "practitioners",
            "Tue 3 Mar 2026 17:00",
        )
        assert refused(dispute, "Stage1_Discuss", talked_how="")
        dispute.done("Stage1_Discuss", talked_how=way, supported_by="A colleague")
        assert dispute.completed("Stage1_Discuss").data["answers"]["talked_how"] == way
        assert dispute.stage == "Stage2"
    assert at_stage_2(play).left("Stage1") == ("deadline", "Tue 3 Mar 2026 17:00")


@clause(
    "BRO-1.2",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage1_Over"),
        without("StageEnd_RecordRaising"),
        without("StageEnd_RecordReceiving"),
        once("StageEnd_RecordReceiving"),
        optional("record-on-file", "shared_with_worker"),
        prop("StageEnd_RecordReceiving", "side", "raising"),
    ],
)
def test_BRO_1_2_the_outcome_of_stage_1_goes_on_each_childs_file(play: Play) -> None:
    """By each agency, after a talk without agreement as after the deadline, and shared with the worker."""
    assert on_file(begun(play, children=2).done("Stage1_Discuss"), 2)
    assert on_file(at_stage_2(play))


@clause(
    "BRO-2.1",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage2_TakeUp"),
        without("Stage2_Discuss"),
        without("Stage2_Deadline"),
        prop("Stage2_TakeUp", "side", "both"),
        prop("Stage2_Discuss", "side", "raising"),
        prop("Stage2_Discuss", "tier", "practitioners"),
        without("Stage2_GoOn"),
        limit("Stage2_TakeUp", "working_days: 1", "working_days: 2"),
        limit("Stage2_Discuss", "working_days: 2", "working_days: 1"),
        limit("Stage2_Deadline", "working_days: 2", "working_days: 3"),
        no_choice("managers-talk", "advice_taken", "no"),
        no_choice("managers-talk", "advice_taken", "yes"),
        optional("managers-talk", "advice"),
        no_row("who_acts", '"line_managers"', '"school"'),
        no_row("who_acts", '"line_managers"', '"health"'),
    ],
)
def test_BRO_2_1_the_own_manager_talks_to_the_equivalent_manager(play: Play) -> None:
    """Within two days, taken up or not; advice of the own safeguarding team may be taken, and says what it was."""
    assert at_stage_2(play).at("Wed 4 Mar 2026 17:00").open("Stage2_Discuss")
    dispute = at_stage_2(play)
    task = dispute.task("Stage2_TakeUp")
    assert (task.side, task.tier, dispute.due("Stage2_TakeUp")) == ("raising", "line_managers", "Wed 4 Mar 2026 17:00")
    dispute.done("Stage2_TakeUp")
    task = dispute.task("Stage2_Discuss")
    assert (task.side, task.tier, dispute.due("Stage2_Discuss")) == ("both", "line_managers", "Thu 5 Mar 2026 17:00")
    assert dispute.may_do("Stage2_Discuss", "raising", "line_manager", kind="health")
    assert dispute.may_do("Stage2_Discuss", "receiving", "safeguarding_lead", kind="school")
    assert not dispute.may_do("Stage2_Discuss", "raising", "practitioner", kind="health")
    with pytest.raises(FormInvalid) as found:
        dispute.done("Stage2_Discuss", advice_taken="yes", advice="")
    assert found.value.errors.keys() == {"advice"}
    dispute.done("Stage2_Discuss", advice_taken="no")
    assert dispute.stage == "Stage3"
    advised = at_stage_2(play).done("Stage2_TakeUp").done("Stage2_Discuss", advice_taken="yes", advice="Ask again")
    assert "advice" in advised.completed("Stage2_Discuss").texts
    assert at_stage_3(play).left("Stage2") == ("deadline", "Thu 5 Mar 2026 17:00")


TOLD = (
    ("Plan", "plan_now", "child_protection_chair"),
    ("LookedAfter", "looked_after_now", "independent_reviewing_officer"),
)
"""Who is told of a child, by the branches that see to it."""


@clause(
    "BRO-2.2",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage2_Concerned"),
        without("Known_Plan"),
        without("Known_LookedAfter"),
        without("Known_PlanTold"),
        without("Known_LookedAfterTold"),
        without("Plan_Told"),
        without("LookedAfter_Told"),
        prop("Plan_Told", "to", "raising"),
        prop("LookedAfter_Told", "to", "raising"),
        swapped("Known_Plan", "Known_AskPlan", "Known_PlanKnown"),
        swapped("Stage2_Begins", "Stage2_Concerned", "Stage2_TakeUp"),
    ],
)
def test_BRO_2_2_chair_and_officer_are_told_as_stage_2_is_entered_whoever_acts_or_does_not(play: Play) -> None:
    """Both, one or neither, by what raising said; what it denied or did not know is asked of the raising side."""
    for plan in ("yes", "no", "unknown"):
        for looked in ("yes", "no", "unknown"):
            for dispute in (
                at_stage_2(play, child_protection_plan=plan, looked_after=looked),
                begun(play, child_protection_plan=plan, looked_after=looked).at("Tue 3 Mar 2026 17:00").escalate(),
            ):
                for (branch, _, to), said in zip(TOLD, (plan, looked), strict=True):
                    told = [("Tue 3 Mar 2026 17:00", {to, "raising"})]
                    assert dispute.notices(f"{branch}_Told") == (told if said == "yes" else [])
                    assert dispute.open(f"{branch}_Tell") == (said == "yes")
                    assert dispute.open(f"Known_Ask{branch}") == (said != "yes")


@clause(
    "BRO-2.2",
    partnerships=(BROMLEY,),
    takes=[
        without("Known_AskPlan"),
        without("Known_LookedAfterNow"),
        prop("Known_AskPlan", "side", "receiving"),
        prop("Known_AskLookedAfter", "alert", None),
        limit("Known_AskPlan", "working_days: 1", "working_days: 2"),
        no_choice("ask-plan", "plan_now", "unknown"),
        no_choice("ask-looked-after", "looked_after_now", "unknown"),
        optional("ask-looked-after", "looked_after_tried"),
        swapped("Known_PlanNow", "Known_PlanTold", "Known_PlanKnown"),
    ],
)
def test_BRO_2_2_not_known_is_a_task_to_find_out_that_outlives_the_stage(play: Play) -> None:
    """Asked again as stage 2 begins; “not known” is recorded and leaves it open with its clock; a yes has them told."""
    for branch, key, to in TOLD:
        dispute = at_stage_2(play, child_protection_plan="unknown", looked_after="unknown")
        task = dispute.task(f"Known_Ask{branch}")
        assert (task.side, dispute.due(f"Known_Ask{branch}")) == ("raising", "Wed 4 Mar 2026 17:00")
        tried = "plan_tried" if branch == "Plan" else "looked_after_tried"
        with pytest.raises(FormInvalid):
            dispute.done(f"Known_Ask{branch}", **{key: "unknown", tried: ""})
        dispute.done(f"Known_Ask{branch}", **{key: "unknown", tried: "The duty desk"})
        assert dispute.task(f"Known_Ask{branch}") == task
        dispute.at("Fri 13 Mar 2026 12:00")
        assert dispute.open(f"Known_Ask{branch}")
        alerted = [when for when, whom in dispute.notices(f"Known_Ask{branch}") if "business_manager" in whom]
        assert alerted[:3] == ["Wed 4 Mar 2026 17:00", "Thu 5 Mar 2026 09:00", "Fri 6 Mar 2026 09:00"]
        dispute.done(f"Known_Ask{branch}", **{key: "yes"})
        assert dispute.notices(f"{branch}_Told") == [("Fri 13 Mar 2026 12:00", {to, "raising"})]
        known = at_stage_2(play, child_protection_plan="no", looked_after="no").done(
            f"Known_Ask{branch}", **{key: "no"}
        )
        assert known.notices(f"{branch}_Told") == []
        assert not known.open(f"{branch}_Tell")


@clause(
    "BRO-2.2",
    partnerships=(BROMLEY,),
    takes=[
        without("Plan_Tell"),
        without("LookedAfter_Tell"),
        once("Plan_Tell"),
        once("LookedAfter_Tell"),
        prop("Plan_Tell", "side", "both"),
        prop("LookedAfter_Tell", "alert", None),
        optional("tell-protection-chair", "told_name"),
        optional("tell-reviewing-officer", "told_at"),
        no_choice("tell-protection-chair", "told_how", "me"),
        no_choice("tell-reviewing-officer", "told_how", "none"),
    ],
)
def test_BRO_2_2_for_each_child_its_own_chair_and_officer_are_named_and_how_they_were_told(play: Play) -> None:
    """Whom no notice reaches the raising side tells, and says when; a sibling without a plan has no chair."""
    for branch, _, _ in TOLD:
        dispute = at_stage_2(play, child_protection_plan="yes", looked_after="yes", children=2)
        element = f"{branch}_Tell"
        assert [task.side for task in dispute.tasks(element)] == ["raising", "raising"]
        assert dispute.due(element) == "Wed 4 Mar 2026 17:00"
        for key in ("told_name", "told_at"):
            with pytest.raises(FormInvalid) as found:
                dispute.done(element, told_how="me", **{key: ""})
            assert found.value.errors.keys() == {key}
        dispute.done(element, told_how="me", told_name="Robin Chair, by telephone")
        assert "told_name" in dispute.completed(element).texts
        assert len(dispute.tasks(element)) == 1
        assert dispute.at("Mon 9 Mar 2026 17:00").open(element)
        assert any("business_manager" in to for _, to in dispute.notices(element))
        assert not dispute.done(element, told_how="none").open(element)


@clause(
    "BRO-2.2",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage3_PlanSince"),
        without("Stage3_PlanKnown"),
        without("Stage3_LookedAfterSince"),
        without("Stage3_LookedAfterKnown"),
        optional("report-up-and-ask", "plan_since"),
        optional("report-up-and-ask", "looked_after_since"),
        prop("Stage3_ReportRaising", "form", "report-up"),
    ],
)
def test_BRO_2_2_what_becomes_true_after_stage_2_is_told_as_stage_3_asks_again(play: Play) -> None:
    """Once, where it is new; where nothing has changed nobody is told again."""
    for plan in ("yes", "no"):
        for looked in ("yes", "no"):
            dispute = at_stage_3(play, child_protection_plan="no", looked_after="no")
            for key in ("plan_since", "looked_after_since"):
                assert refused(dispute, "Stage3_ReportRaising", **{key: ""})
            dispute.done("Stage3_ReportRaising", plan_since=plan, looked_after_since=looked)
            for (branch, _, _), said in zip(TOLD, (plan, looked), strict=True):
                assert len(dispute.notices(f"{branch}_Told")) == (said == "yes")


@clause(
    "BRO-2.3",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage2_Over"),
        without("Stage2_Resolved"),
        without("Resolved_StageEnded"),
        without("Resolved_InformWorker"),
        prop("Resolved_InformWorker", "side", "receiving"),
        optional("record-on-file", "shared_with_worker"),
    ],
)
def test_BRO_2_3_the_outcome_of_stage_2_is_on_file_and_the_worker_informed(play: Play) -> None:
    """After no agreement by the record that is shared; after an agreement by a task of the raising side too."""
    assert on_file(at_stage_2(play).done("Stage2_TakeUp").done("Stage2_Discuss"), 2)
    agreed = at_stage_2(play).done("Stage2_TakeUp").done("Stage2_Discuss", side="receiving", result="agreed")
    agreed.done("Resolution_Confirm", confirmed="yes")
    assert agreed.dispute.resolved_stage == "Stage2"
    assert on_file(agreed, 2)
    assert agreed.task("Resolved_InformWorker").side == "raising"


REPORTED = ("Stage3_ReportRaising", "Stage3_ReportReceiving")


@clause(
    "BRO-3.1",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage3_ReportRaising"),
        without("Stage3_ReportReceiving"),
        without("Stage3_Discuss"),
        without("Stage3_FirstOver"),
        prop("Stage3_ReportRaising", "tier", None),
        prop("Stage3_ReportReceiving", "side", "both"),
        prop("Stage3_Discuss", "side", "raising"),
        limit("Stage3_ReportReceiving", "hours: 20", "hours: 24"),
        limit("Stage3_FirstOver", "hours: 20", "hours: 24"),
        optional("report-up", "reported_to"),
        optional("report-up-and-ask", "reported_to"),
        no_row("who_acts", '"senior_managers"', '"health"'),
        no_row("who_acts", '"senior_managers"', '"school"'),
    ],
)
def test_BRO_3_1_each_manager_reports_to_their_own_manager_or_representative_and_the_two_talk(play: Play) -> None:
    """Each names who it was; the two talk once both have reported, or after 20 hours without who has not."""
    dispute = at_stage_3(play)
    for element, side in zip(REPORTED, ("raising", "receiving"), strict=True):
        task = dispute.task(element)
        assert (task.side, task.tier, dispute.due(element)) == (side, "line_managers", "Fri 6 Mar 2026 13:00")
        assert refused(dispute, element, reported_to="")
    assert not dispute.done(REPORTED[0]).open("Stage3_Discuss")
    late = at_stage_3(play).done(REPORTED[0]).at("Fri 6 Mar 2026 13:00")
    assert late.effect("TaskInterrupted").element == REPORTED[1]
    for talking in (dispute.done(REPORTED[1]), late):
        task = talking.task("Stage3_Discuss")
        assert (task.side, task.tier) == ("both", "senior_managers")
    for role, kind in (("senior_manager", "health"), ("safeguarding_lead", "health"), ("head_teacher", "school")):
        assert dispute.may_do("Stage3_Discuss", "receiving", role, kind=kind)
    assert not dispute.may_do("Stage3_Discuss", "receiving", "line_manager", kind="health")


def reported(play: Play) -> Played:
    """At stage 3 both line managers have reported."""
    return at_stage_3(play).done(REPORTED[0]).done(REPORTED[1])


@clause(
    "BRO-3.2",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage3_TierLeft"),
        without("Stage3_NextTier"),
        without("Stage3_Agreed"),
        without("Stage3_Resolved"),
        without("Stage3_Deadline"),
        swapped("Stage3_NextTier", "Stage3_Discuss", "Stage3_NotAgreed"),
        prop("Stage3_NextTier", "side", "raising"),
        optional("next-tier", "tier_raising"),
        optional("next-tier", "tier_receiving"),
        optional("tier-talk", "tier_raising"),
        optional("tier-talk", "tier_left"),
        no_choice("tier-talk", "tier_left", "yes"),
        no_choice("tier-talk", "tier_left", "no"),
    ],
)
def test_BRO_3_2_it_climbs_tier_by_tier_until_resolved_or_no_tier_is_left(play: Play) -> None:
    """As often as there are tiers, with the names of each; the deadline ends the climb wherever it stands."""
    dispute = reported(play)
    for _ in range(3):
        assert refused(dispute, "Stage3_Discuss", tier_left="")
        dispute.done("Stage3_Discuss", tier_left="yes")
        assert dispute.task("Stage3_NextTier").side == "both"
        for key in ("tier_raising", "tier_receiving"):
            assert refused(dispute, "Stage3_NextTier", **{key: ""})
        dispute.done("Stage3_NextTier", tier_raising="The head of service", tier_receiving="The superintendent")
        assert dispute.stage == "Stage3"
    named = [e for e in dispute.effects("TaskCompleted") if {"tier_raising", "tier_receiving"} <= e.texts.keys()]
    assert [e.element for e in named] == ["Stage3_Discuss", "Stage3_NextTier"] * 3
    assert dispute.done("Stage3_Discuss", tier_left="no").stage == "Board"
    higher = reported(play).done("Stage3_Discuss", tier_left="yes").done("Stage3_NextTier")
    higher.done("Stage3_Discuss", side="receiving", result="agreed").done("Resolution_Confirm", confirmed="yes")
    assert higher.dispute.resolved_stage == "Stage3"
    assert higher.open("Resolved_Confirmation")
    assert before_board_members(play).left("Stage3") == ("deadline", "Fri 6 Mar 2026 17:00")


@clause(
    "BRO-3.3",
    partnerships=(BROMLEY,),
    takes=[
        without("Board_EngageRaising"),
        without("Board_EngageReceiving"),
        without("Board_RaisingLate"),
        without("Board_ReceivingLate"),
        without("Board_ReceivingNotEngaged"),
        without("Board_Deadline"),
        prop("Board_EngageRaising", "side", "both"),
        prop("Board_RaisingNotEngaged", "to", "both"),
        prop("Board_RaisingLate", "before", None),
        limit("Board_EngageRaising", "working_days: 1", "hours: 1"),
        limit("Board_Deadline", "working_days: 1", "working_days: 2"),
        limit("Board_ReceivingLate", "working_days: 1", "hours: 1"),
        swapped("Stage3_Over", "Board", "Stage4_ConcernsPersist"),
        no_row("who_acts", '"board_members"'),
        optional("board-members", "board_member"),
        optional("board-members", "board_tried"),
        no_choice("board-members", "board_engaged", "no"),
    ],
)
def test_BRO_3_3_each_agencys_board_member_is_engaged_before_the_chair_on_every_way(play: Play) -> None:
    """By timers alone, by early escalation, and with no tier left; of each side it is recorded for itself."""
    for dispute in (
        before_board_members(play),
        at_stage_3(play).escalate(),
        reported(play).done("Stage3_Discuss", tier_left="no"),
    ):
        assert dispute.stage == "Board"
        for side in ("raising", "receiving"):
            task = dispute.task(f"Board_Engage{side.title()}")
            assert (task.side, task.tier) == (side, "board_members")
            assert dispute.may_do(task.element, side, "board_representative")
            assert not dispute.may_do(task.element, side, "senior_manager")
    nobody = before_board_members(play)
    assert nobody.due("Board_EngageRaising") == nobody.deadline == "Mon 9 Mar 2026 17:00"
    nobody.at("Mon 9 Mar 2026 17:00")
    heard = [("Mon 9 Mar 2026 17:00", {"both", "business_manager"})]
    assert nobody.notices("Board_RaisingNotEngaged") == nobody.notices("Board_ReceivingNotEngaged") == heard
    assert nobody.open("Stage4_ConcernsPersist")
    one = before_board_members(play)
    assert refused(one, "Board_EngageRaising", board_member="")
    with pytest.raises(FormInvalid):
        one.done("Board_EngageReceiving", board_engaged="no", board_tried="")
    one.done("Board_EngageReceiving", board_engaged="no", board_tried="The member is away until Tuesday")
    assert one.open("Board_EngageReceiving")
    one.done("Board_EngageRaising", board_engaged="yes")
    assert one.stage == "Board"
    one.at("Mon 9 Mar 2026 17:00")
    assert one.notices("Board_RaisingNotEngaged") == []
    assert one.notices("Board_ReceivingNotEngaged") == heard
    assert one.effect("TaskInterrupted").element == "Board_EngageReceiving"
    both = before_board_members(play).done("Board_EngageRaising").done("Board_EngageReceiving")
    assert not both.notices("Board_RaisingNotEngaged") + both.notices("Board_ReceivingNotEngaged")
    assert both.open("Stage4_ConcernsPersist")


@clause("BRO-3.3", partnerships=(BROMLEY,), takes=[without("Board_Early")])
def test_BRO_3_3_the_step_ends_with_stage_3_and_can_be_left_early(play: Play) -> None:
    """No tier is left on day 3 at noon: the Board members have a day from then; who escalates asks whether to refer."""
    early = at_stage_2(play).escalate().at("Wed 4 Mar 2026 12:00").done(REPORTED[0]).done(REPORTED[1])
    early.done("Stage3_Discuss", tier_left="no")
    assert (early.stage, early.deadline) == ("Board", "Thu 5 Mar 2026 17:00")
    assert early.escalate().open("Stage4_ConcernsPersist")


@clause(
    "BRO-3.4",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage3_Over"),
        without("Board_Over"),
        without("Stage3_Resolved"),
        without("Board_Resolved"),
        without("Board_AgreedReceiving"),
        without("Resolved_InformWorker"),
        without("StageEnd_RecordRaising"),
    ],
)
def test_BRO_3_4_the_outcome_of_stage_3_is_on_file_and_the_worker_informed(play: Play) -> None:
    """Of both of its parts, unresolved or resolved."""
    assert on_file(before_board_members(play), 3)
    assert on_file(asked(play), 4)
    for dispute, talk in ((reported(play), "Stage3_Discuss"), (before_board_members(play), "Board_EngageReceiving")):
        stage = dispute.stage
        dispute.done(talk, side="receiving", result="agreed").done("Resolution_Confirm", confirmed="yes")
        assert dispute.dispute.resolved_stage == stage
        assert dispute.task("Resolved_InformWorker").side == "raising"


@clause(
    "BRO-3.5",
    partnerships=(BROMLEY,),
    takes=[
        no_texts("board-members"),
        blank("contacts.administrator", "telephone"),
        blank("contacts.administrator", "email"),
    ],
)
def test_BRO_3_5_who_is_unsure_about_the_board_member_finds_the_boards_administrator(play: Play) -> None:
    """Shown where Board members are to be engaged, as in the settings."""
    contact = play.pathway.settings["contacts"]["administrator"]
    assert (contact["email"], contact["telephone"]) == ("BSCB@bromley.gov.uk", "0208 461 7816")
    shown = " ".join(field.text for field in play.form("Board_EngageRaising").fields)
    assert contact["email"] in shown
    assert contact["telephone"] in shown


@clause(
    "BRO-4.1",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage4_ConcernsPersist"),
        without("Stage4_Persists"),
        without("Stage4_Referred"),
        prop("Stage4_ConcernsPersist", "side", "both"),
        prop("Stage4_ConcernsPersist", "alert", None),
        prop("Stage4_ConcernsPersist", "tier", None),
        prop("Stage4_Referred", "to", "business_manager"),
        limit("Stage4_ConcernsPersist", "working_days: 2", "working_days: 1"),
        optional("concerns-persist", "referral_text"),
        optional("concerns-persist", "emailed_at"),
        no_words("concerns-persist", "BSCB@bromley.gov.uk"),
        no_choice("concerns-persist", "persists", "no"),
        blank("contacts.chair", "email"),
    ],
)
def test_BRO_4_1_the_concerned_agency_refers_it_to_the_chair_with_the_details_and_no_timer_does(play: Play) -> None:
    """Unanswered the Business Manager hears of it each working day; a no is countersigned, and not “resolved”."""
    dispute = asked(play)
    task = dispute.task("Stage4_ConcernsPersist")
    assert (task.side, task.tier) == ("raising", "senior_managers")
    assert dispute.due("Stage4_ConcernsPersist") == "Wed 11 Mar 2026 17:00"
    dispute.at("Fri 13 Mar 2026 12:00")
    assert dispute.stage is None
    alerted = [when for when, to in dispute.notices("Stage4_ConcernsPersist") if "business_manager" in to]
    assert alerted == ["Wed 11 Mar 2026 17:00", "Thu 12 Mar 2026 09:00", "Fri 13 Mar 2026 09:00"]
    for key in ("referral_text", "emailed_at"):
        with pytest.raises(FormInvalid) as found:
            dispute.done("Stage4_ConcernsPersist", persists="yes", **{key: ""})
        assert found.value.errors.keys() == {key}
    address = next(
        field.description for field in play.form("Stage4_ConcernsPersist").fields if field.key == "emailed_at"
    )
    assert "BSCB@bromley.gov.uk" in address
    dispute.done("Stage4_ConcernsPersist", persists="yes", referral_text="The risk goes on")
    assert dispute.notices("Stage4_Referred") == [("Fri 13 Mar 2026 12:00", {"chair", "business_manager"})]
    assert dispute.stage == "Stage4"
    assert play.pathway.settings["contacts"]["chair"]["email"] == "BSCB@bromley.gov.uk"
    content = asked(play).done("Stage4_ConcernsPersist", persists="no")
    assert content.stage is None
    assert content.open("NotPursued_Countersign")
    assert not content.open("Resolved_Confirmation")


@clause(
    "BRO-4.2",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage4_Choose"),
        without("Stage4_Way"),
        without("Stage4_Direct"),
        without("Stage4_Settled"),
        without("Stage4_Convene"),
        without("Settled_Record"),
        without("Settled_TellAll"),
        without("Stage4_ToPanel"),
        limit("Settled_Record", "working_days: 1", "working_days: 2"),
        prop("Stage4_Choose", "side", "both"),
        prop("Stage4_Direct", "side", "both"),
        prop("Settled", "end", "resolved"),
        limit("Stage4_Choose", "working_days: 1", "working_days: 2"),
        limit("Stage4_Direct", "working_days: 5", "working_days: 4"),
        limit("Stage4_Deadline", "working_days: 5", "working_days: 6"),
        no_choice("choose-way", "way", "direct"),
        no_choice("choose-way", "way", "panel"),
        no_choice("resolve-directly", "way", "panel"),
        optional("resolve-directly", "met_who"),
        optional("chair-resolution", "decision"),
        no_row("who_acts", '"chair"'),
    ],
)
def test_BRO_4_2_the_chair_resolves_it_directly_or_convenes_a_panel(play: Play) -> None:
    """The Chair's alone; what is not resolved directly goes to a panel after all."""
    dispute = before_the_chair(play)
    task = dispute.task("Stage4_Choose")
    assert (task.side, task.tier, dispute.due("Stage4_Choose")) == ("partnership", "chair", "Wed 11 Mar 2026 17:00")
    assert dispute.deadline == "Tue 17 Mar 2026 17:00"
    assert dispute.may_do("Stage4_Choose", "the Board", "chair")
    assert not dispute.may_do("Stage4_Choose", "the Board", "business_manager")
    dispute.done("Stage4_Choose", way="direct")
    assert (dispute.task("Stage4_Direct").side, dispute.due("Stage4_Direct")) == (
        "partnership",
        "Tue 17 Mar 2026 17:00",
    )
    assert refused(dispute, "Stage4_Direct", met_who="")
    dispute.done("Stage4_Direct", way="direct")
    task = dispute.task("Settled_Record")
    assert (task.side, task.tier, dispute.due("Settled_Record")) == ("partnership", "chair", "Wed 11 Mar 2026 17:00")
    assert refused(dispute, "Settled_Record", decision="")
    dispute.done("Settled_Record")
    assert "both" in dispute.told("Settled_TellAll")
    dispute.done("Settled_InformWorker")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "decided"
    after_all = before_the_chair(play).done("Stage4_Choose", way="direct").done("Stage4_Direct", way="panel")
    for convening in (after_all, before_the_chair(play).done("Stage4_Choose", way="panel")):
        assert not convening.open("Stage4_Direct")
        convening.done("Stage4_Convene", **PANEL)
        assert convening.stage == "Panel"


def convened(play: Play, *agencies: str, **answers: object) -> set[str]:
    """What is refused of a panel of these agencies, by field."""
    form = play.form("Stage4_Convene")
    usual = {"composition": "three", "full_members": True, "panel_officers": "A, B and C"}
    sides = {"raising_agency": "raising", "receiving_agency": "receiving"}
    given = {**usual, "panel_agencies": list(agencies), **answers}
    try:
        validate(form, given, {"agencies": AGENCIES}, sides)
    except FormInvalid as invalid:
        return set(invalid.errors)
    return set()


@clause(
    "BRO-4.3",
    partnerships=(BROMLEY,),
    takes=[
        no_rules("convene-panel"),
        optional("convene-panel", "override_reason"),
        optional("convene-panel", "panel_officers"),
        no_choice("convene-panel", "composition", "other"),
        without("Stage4_Convene"),
        prop("Stage4_Convene", "tier", "any"),
        prop("Stage4_Convene", "form", "choose-way"),
    ],
)
def test_BRO_4_3_the_panel_is_of_three_full_members_with_those_in_disagreement_among_them(play: Play) -> None:
    """Two or four agencies, one side left out, no full member: refused, unless the Chair overrides with a reason."""
    right = ("raising", "receiving", "third")
    assert convened(play, *right) == set()
    for wrong in (
        ("raising", "receiving"),
        ("raising", "receiving", "third", "fourth"),
        ("raising", "third", "fourth"),
        ("receiving", "third", "fourth"),
    ):
        assert convened(play, *wrong) == {"panel_agencies"}
        assert convened(play, *wrong, composition="other", override_reason="") == {"override_reason"}
        assert convened(play, *wrong, composition="other", override_reason="Three parties disagree") == set()
    assert convened(play, *right, full_members=False) == {"full_members"}
    without_member = {"composition": "other", "full_members": False}
    assert convened(play, *right, **without_member, override_reason="A school is no member") == set()
    assert convened(play, *right, panel_officers="") == {"panel_officers"}
    dispute = before_the_chair(play).done("Stage4_Choose", way="panel")
    assert dispute.task("Stage4_Convene").tier == "chair"
    with pytest.raises(FormInvalid) as found:
        dispute.done("Stage4_Convene", **{**PANEL, "panel_agencies": ["raising", "third"]})
    assert found.value.errors.keys() == {"panel_agencies"}
    dispute.done("Stage4_Convene", composition="other", override_reason="Two only", panel_agencies=["raising", "third"])
    assert "override_reason" in dispute.completed("Stage4_Convene").texts


@clause(
    "BRO-4.4",
    partnerships=(BROMLEY,),
    takes=[
        without("Panel_RepresentationRaising"),
        without("Panel_RepresentationReceiving"),
        without("Panel_HearOver"),
        limit("Panel_HearOver", "working_days: 2", "working_days: 3"),
        prop("Panel_RepresentationRaising", "side", "both"),
        prop("Panel_RepresentationReceiving", "tier", "chair"),
        limit("Panel_RepresentationReceiving", "working_days: 2", "working_days: 3"),
        optional("representations", "representation_text"),
        no_choice("representations", "representation", "none"),
    ],
)
def test_BRO_4_4_representations_of_those_involved_are_received_before_the_panel_decides(play: Play) -> None:
    """Side by side: both are open at once, to anyone of the side; both are in before it decides."""
    dispute = before_the_panel(play)
    for side in ("Raising", "Receiving"):
        task = dispute.task(f"Panel_Representation{side}")
        assert (task.side, task.tier) == (side.lower(), "any")
        assert dispute.due(f"Panel_Representation{side}") == "Fri 13 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Panel_RepresentationRaising", representation="made", representation_text="")
    dispute.done("Panel_RepresentationRaising", representation="made", representation_text="The plan has stalled")
    assert not dispute.open("Panel_Decide")
    dispute.done("Panel_RepresentationReceiving", representation="none")
    assert dispute.open("Panel_Decide")
    silent = before_the_panel(play).done("Panel_RepresentationReceiving").at("Fri 13 Mar 2026 17:00")
    assert silent.effect("TaskInterrupted").element == "Panel_RepresentationRaising"
    assert silent.open("Panel_Decide")


@clause(
    "BRO-4.5",
    partnerships=(BROMLEY,),
    takes=[
        without("Panel_Decide"),
        without("Panel_TellAll"),
        prop("Panel_Decide", "side", "both"),
        prop("Panel_Decide", "alert", None),
        prop("Decided", "end", "referred_on"),
        interrupting("Panel_Deadline"),
        limit("Panel_Decide", "working_days: 5", "working_days: 4"),
        limit("Panel_Deadline", "working_days: 5", "working_days: 6"),
        optional("panel-decision", "decision"),
        optional("panel-decision", "member_positions"),
        no_choice("panel-decision", "positions", "dissent"),
        no_row("who_acts", '"resolution_panel"'),
    ],
)
def test_BRO_4_5_the_panel_decides_together_with_each_members_position_dissent_included(play: Play) -> None:
    """No unanimity is asked for; its time passes without ending it, and the Business Manager is told."""
    dispute = before_the_panel(play)
    assert dispute.deadline == "Wed 18 Mar 2026 17:00"
    dispute.done("Panel_RepresentationRaising").done("Panel_RepresentationReceiving")
    task = dispute.task("Panel_Decide")
    assert (task.side, task.tier) == ("partnership", "resolution_panel")
    assert dispute.due("Panel_Decide") == "Wed 18 Mar 2026 17:00"
    assert dispute.may_do("Panel_Decide", "the Board", "chair")
    assert not dispute.may_do("Panel_Decide", "raising", "board_representative", "practitioner")
    dispute.at("Thu 19 Mar 2026 12:00")
    assert dispute.stage == "Panel"
    alerted = [when for when, to in dispute.notices("Panel_Decide") if "business_manager" in to]
    assert alerted == ["Wed 18 Mar 2026 17:00", "Thu 19 Mar 2026 09:00"]
    for key in ("decision", "member_positions"):
        assert refused(dispute, "Panel_Decide", **{key: ""})
    dispute.done("Panel_Decide", positions="dissent", member_positions="Two for it, one against")
    assert "member_positions" in dispute.completed("Panel_Decide").texts
    assert "both" in dispute.told("Panel_TellAll")
    dispute.done("Decided_InformWorker")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "decided"


@clause(
    "BRO-4.6",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage4_Over"),
        without("Panel_Over"),
        without("Settled_InformWorker"),
        without("Decided_InformWorker"),
        prop("Settled_InformWorker", "side", "receiving"),
        prop("Decided_InformWorker", "side", "receiving"),
        without("StageEnd_RecordReceiving"),
    ],
)
def test_BRO_4_6_the_outcome_of_stage_4_is_on_file_and_the_worker_informed(play: Play) -> None:
    """Settled by the Chair or decided by the panel."""
    settled = before_the_chair(play).done("Stage4_Choose", way="direct").done("Stage4_Direct", way="direct")
    assert on_file(settled, 5)
    settled.done("Settled_Record")
    assert settled.task("Settled_InformWorker").side == "raising"
    decided = before_the_panel(play).done("Panel_RepresentationRaising").done("Panel_RepresentationReceiving")
    decided.done("Panel_Decide")
    assert on_file(decided, 6)
    assert decided.task("Decided_InformWorker").side == "raising"


@clause(
    "BRO-R1",
    partnerships=(BROMLEY,),
    takes=[
        without("Raised_RiskReported"),
        without("Risk_TellLead"),
        without("Risk_Refer"),
        once("Risk_Refer"),
        limit("Risk_TellLead", "immediately: true", "same_working_day: true"),
        limit("Risk_Refer", "immediately: true", "same_working_day: true"),
        optional("risk-tell-lead", "lead_told_at"),
        blank("front_door", "name"),
        no_texts("risk-referral"),
    ],
)
def test_BRO_R1_a_referral_to_mash_is_made_and_the_own_lead_informed_immediately(play: Play) -> None:
    """For each child, beside the stage; the numbers are the partnership's own to fill in."""
    dispute = begun(play, risk=True, children=2)
    assert dispute.due("Risk_TellLead") == DAY_0
    assert len(dispute.tasks("Risk_Refer")) == 2
    dispute = begun(play).at("Tue 3 Mar 2026 11:00").report_risk()
    assert dispute.due("Risk_Refer") == dispute.due("Risk_TellLead") == "Tue 3 Mar 2026 11:00"
    assert (dispute.stage, dispute.deadline) == ("Stage1", "Tue 3 Mar 2026 17:00")
    assert refused(dispute, "Risk_TellLead", lead_told_at="")
    assert any("999" in field.text for field in play.form("Risk_Refer").fields)
    shown = advice(play.pathway, at("Tue 3 Mar 2026 11:00")).now
    assert ("MASH" in shown.name, shown.telephone) == (True, "")


REASONS = ("levels_of_need", "roles", "need_for_action", "progress")


@clause(
    "BRO reasons",
    partnerships=(BROMLEY,),
    takes=[
        *(no_choice("details", "reasons", reason) for reason in REASONS),
        optional("details", "reasons"),
        no_texts("raise"),
    ],
)
def test_BRO_reasons_for_raising_are_the_protocols_and_whistleblowing_goes_elsewhere(play: Play) -> None:
    """Each can be chosen, several at once, none cannot."""
    assert not begun(play).done("Details_Say", reasons=list(REASONS)).open("Details_Say")
    with pytest.raises(FormInvalid):
        begun(play).done("Details_Say", reasons=[])
    assert any("whistleblowing" in field.text for field in play.form("Raised").fields)


@clause(
    "BRO week",
    partnerships=(BROMLEY,),
    takes=[
        *(without(f"{stage}_Deadline") for stage in ORDINARY),
        *(without(f"{stage}_Reminder") for stage in ORDINARY),
        limit("Board_Deadline", "working_days: 1", "working_days: 2"),
        limit("Stage3_Deadline", "cumulative: 4", "cumulative: 2"),
        limit("Board_Deadline", "cumulative: 5", "cumulative: 4"),
        swapped("Stage1_Over", "Stage2", "Stage3"),
        prop("Board_Reminded", "to", "raising"),
    ],
)
def test_BRO_stages_1_to_3_fit_one_working_week_by_timers_alone(play: Play) -> None:
    """Each stage entered as the one before it runs out: days 1, 3, 4 and 5, with Board members engaged on the way."""
    dispute = asked(play)
    assert [(stage, *dispute.left(stage)) for stage in ORDINARY] == [
        ("Stage1", "deadline", "Tue 3 Mar 2026 17:00"),
        ("Stage2", "deadline", "Thu 5 Mar 2026 17:00"),
        ("Stage3", "deadline", "Fri 6 Mar 2026 17:00"),
        ("Board", "deadline", "Mon 9 Mar 2026 17:00"),
    ]
    assert not dispute.effects("CumulativeExceeded")
    assert all(dispute.told(f"{stage}_Reminded") == {"both"} for stage in ORDINARY)


@clause(
    "BRO protective",
    partnerships=(BROMLEY,),
    takes=[swapped("Stage3_Over", "Board", "Stage4_ConcernsPersist"), without("Board_Deadline")],
)
def test_BRO_a_protective_timescale_is_shared_and_leaves_the_board_members_their_part(play: Play) -> None:
    """Ten working hours are shared 1:2:1:1 among the four parts of the week."""
    dispute = begun(play, protective="Tue 3 Mar 2026 12:00")
    for stage, deadline in (
        ("Stage1", "Mon 2 Mar 2026 12:00"),
        ("Stage2", "Mon 2 Mar 2026 16:00"),
        ("Stage3", "Tue 3 Mar 2026 10:00"),
        ("Board", "Tue 3 Mar 2026 12:00"),
    ):
        assert (dispute.stage, dispute.deadline) == (stage, deadline)
        dispute.at(deadline)
    assert dispute.stage is None
    assert dispute.notices("Board_RaisingNotEngaged")


EVERYWHERE = (*ORDINARY, "Stage4_Persist", "Stage4", "Panel")


def reached(play: Play, place: str) -> Played:
    """A dispute that has come as far as a stage, or the question before stage 4."""
    dispute = begun(play)
    for _ in range(EVERYWHERE.index(place)):
        if dispute.stage in ORDINARY:
            dispute.escalate()
        elif dispute.stage is None:
            dispute.done("Stage4_ConcernsPersist", persists="yes")
        else:
            dispute.done("Stage4_Choose", way="panel")
            dispute.done("Stage4_Convene", **PANEL)
    return dispute


@clause(
    "BRO closing",
    partnerships=(BROMLEY,),
    takes=[
        *(without(f"{place}{'' if place.endswith('Persist') else '_'}Withdrawn") for place in EVERYWHERE),
        *(without(f"{place}{'' if place.endswith('Persist') else '_'}Resolved") for place in EVERYWHERE),
        *(without(f"{stage}_Early") for stage in ORDINARY),
        without("Withdrawal_Countersign"),
        without("Withdrawn_StageEnded"),
        without("Resolved_StageEnded"),
        prop("Withdrawn", "end", "resolved"),
        prop("Resolved", "end", "decided"),
    ],
)
def test_BRO_it_can_be_withdrawn_and_resolved_wherever_it_stands(play: Play) -> None:
    """At each stage, at the question before the Chair, before the Chair and before the panel."""
    for place in EVERYWHERE:
        questions = ("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving")
        dispute = reached(play, place).all_done(*questions)
        assert not dispute.withdraw().open(questions[0])
        dispute.done("Withdrawal_Countersign", countersigned="yes")
        assert all(dispute.open(question) for question in questions)
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == "withdrawn"
        dispute = reached(play, place).all_done(*questions).say_resolved().done("Resolution_Confirm", confirmed="yes")
        assert all(dispute.open(question) for question in questions)
        dispute.done("Resolved_Confirmation").done("Resolved_InformWorker")
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == "resolved"


QUESTIONS = ("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving")
CORRECTED = (BROMLEY,)


@clause("E4a", partnerships=CORRECTED)
def test_E4a_a_receiving_side_that_is_silent_for_ever_stops_nothing_and_gets_out_of_nothing(play: Play) -> None:
    """From raising to the panel's decision: each limit lets the rest go on, and its lasting duties are open still."""
    dispute = at_stage_3(play).done("Stage3_ReportRaising").at("Fri 6 Mar 2026 13:00").done("Stage3_Discuss")
    dispute.done("Board_EngageRaising").at("Mon 9 Mar 2026 17:00").done("Stage4_ConcernsPersist", persists="yes")
    dispute.done("Stage4_Choose", way="panel").done("Stage4_Convene", **PANEL).done("Panel_RepresentationRaising")
    dispute.at("Wed 11 Mar 2026 17:00").done("Panel_Decide").done("Decided_InformWorker")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "decided"
    late = {e.element for e in dispute.effects("TaskInterrupted") if e.data["why"] == "deadline"}
    assert {"Stage3_ReportReceiving", "Board_EngageReceiving", "Panel_RepresentationReceiving"} <= late
    while mine := [t.element for t in dispute.dispute.tasks if not t.element.endswith("Receiving")]:
        dispute.done(mine[0])
    assert {t.element for t in dispute.dispute.tasks} == {"StageEnd_RiskQuestionReceiving", "StageEnd_RecordReceiving"}
    assert dispute.dispute.closed is None


@clause("E4b", "C1", partnerships=CORRECTED)
def test_E4b_concerns_that_do_not_persist_are_countersigned_by_a_lead_who_may_refuse_and_told_to_both(
    play: Play,
) -> None:
    """With a reason; a refusal asks again; nothing is confirmed that was never agreed."""
    dispute = asked(play)
    with pytest.raises(FormInvalid) as found:
        dispute.done("Stage4_ConcernsPersist", persists="no", why_settled="")
    assert found.value.errors.keys() == {"why_settled"}
    dispute.done("Stage4_ConcernsPersist", persists="no")
    assert dispute.may_do("NotPursued_Countersign", "raising", "safeguarding_lead")
    assert not dispute.may_do("NotPursued_Countersign", "receiving", "safeguarding_lead")
    dispute.done("NotPursued_Countersign", countersigned="no")
    assert dispute.dispute.ending is None
    dispute.done("Stage4_ConcernsPersist", persists="no").done("NotPursued_Countersign", countersigned="yes")
    assert dispute.told("NotPursued_Told") == {"both"}
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "not_pursued"
    assert not dispute.effects("TaskOpened", "Resolved_Confirmation")


@clause("E5a", "E5", partnerships=CORRECTED)
def test_E5a_the_other_side_may_say_that_it_was_not_agreed_and_then_it_goes_on(play: Play) -> None:
    """What the raising side says itself holds unless it is contradicted; what the other says is to be confirmed."""
    dispute = begun(play).done("Stage1_Discuss", side="raising", result="agreed")
    assert not dispute.open("Resolution_Confirm")
    assert dispute.done("Resolution_Object", was_agreed="no").stage == "Stage1"
    dispute = begun(play).say_resolved("raising").at("Tue 3 Mar 2026 12:00").done("Resolution_Object", was_agreed="yes")
    assert dispute.dispute.resolved_stage == "Stage1"
    assert begun(play).say_resolved("receiving").open("Resolution_Confirm")


@clause("S2", partnerships=CORRECTED)
def test_S2_each_side_is_asked_for_itself_and_not_again_while_it_is_asked(play: Play) -> None:
    """One side's no does not answer for the other; while it is open a further stage's end opens no second one."""
    dispute = begun(play).escalate().done(QUESTIONS[0], at_risk="no").escalate()
    assert [len(dispute.tasks(question)) for question in QUESTIONS] == [1, 1]
    assert dispute.task(QUESTIONS[1]).key.endswith(".1")
    assert dispute.done(QUESTIONS[1], at_risk="yes").task("Risk_Refer").side == "receiving"


@clause("W", partnerships=CORRECTED)
def test_W_each_is_a_task_for_each_side_and_neither_does_the_others(play: Play) -> None:
    """Both open in the same step; whatever somebody of the other side holds, they may not answer it."""
    held = ("practitioner", "safeguarding_lead", "line_manager", "senior_manager", "board_representative")
    at_each = {
        "Stage3_Report": at_stage_3(play),
        "Board_Engage": before_board_members(play),
        "Panel_Representation": before_the_panel(play),
        "StageEnd_RiskQuestion": at_stage_2(play),
        "StageEnd_Record": at_stage_2(play),
    }
    for task, dispute in at_each.items():
        opened = [dispute.effect("TaskOpened", f"{task}{side}").at for side in ("Raising", "Receiving")]
        assert opened[0] == opened[1]
        for own, other in (("raising", "receiving"), ("receiving", "raising")):
            assert dispute.may_do(f"{task}{own.title()}", own, *held)
            assert not dispute.may_do(f"{task}{own.title()}", other, *held)


@clause("C1", partnerships=CORRECTED)
def test_C1_a_withdrawal_that_is_refused_lets_the_dispute_go_on_and_the_clock_runs_meanwhile(play: Play) -> None:
    """It is the raising side's lead who countersigns or refuses, with a reason."""
    dispute = begun(play).withdraw()
    assert dispute.task("Withdrawal_Countersign").side == "raising"
    assert dispute.at("Tue 3 Mar 2026 17:00").stage == "Stage2"
    assert dispute.done("Withdrawal_Countersign", countersigned="no").stage == "Stage2"
    assert dispute.dispute.ending is None
