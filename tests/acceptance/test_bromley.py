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
    """Raised over levels of need."""
    return play.raised(when, **{"reasons": ["levels_of_need"], **start})


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
        no_field("raise", "manager_consulted"),
        no_choice("raise", "manager_consulted", "no"),
        optional("raise", "manager_consulted_who"),
        no_words("raise", "record of all discussions"),
    ],
)
def test_BRO_0_1_the_own_manager_may_be_consulted_first_and_evidence_is_kept(play: Play) -> None:
    """It need not be; the evidence must be given, and the form says that a record of all discussions is kept."""
    dispute = begun(play, manager_consulted="yes", manager_consulted_who="My manager, this morning")
    assert dispute.effect("Raised").data["answers"]["manager_consulted"] == "yes"
    assert begun(play, manager_consulted="no").stage == "Stage1"
    for key in ("evidence", "manager_consulted_who"):
        with pytest.raises(FormInvalid) as found:
            begun(play, manager_consulted="yes", **{key: ""})
        assert found.value.errors.keys() == {key}
    assert any("record of all discussions" in field.description for field in play.form("Raised").fields)


@clause(
    "BRO-0.2",
    partnerships=(BROMLEY,),
    takes=[no_field("raise", "own_policy"), no_choice("raise", "own_policy", "no")],
)
def test_BRO_0_2_the_own_organisations_escalation_policy_may_be_looked_up(play: Play) -> None:
    """It is asked, and either answer will do."""
    for answer in ("yes", "no"):
        dispute = begun(play, own_policy=answer)
        assert dispute.effect("Raised").data["answers"]["own_policy"] == answer
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
    """Within two days; advice of the own safeguarding team may be taken, and then says what it was."""
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


@clause(
    "BRO-2.2",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage2_TakeUp"),
        without("Stage2_HasPlan"),
        without("Stage2_IsLookedAfter"),
        without("Stage2_ProtectionChairTold"),
        without("Stage2_ReviewingOfficerTold"),
        prop("Stage2_ProtectionChairTold", "to", "raising"),
        prop("Stage2_ReviewingOfficerTold", "to", "raising"),
        prop("Stage2_TakeUp", "side", "receiving"),
        optional("take-up", "child_protection_plan"),
        optional("take-up", "looked_after"),
        swapped("Stage2_ProtectionChairTold", "Stage2_IsLookedAfter", "Stage2_Discuss"),
    ],
)
def test_BRO_2_2_the_protection_chair_and_the_reviewing_officer_are_told_where_they_are_concerned(play: Play) -> None:
    """Both, one or neither, by what is answered as the stage begins, whatever was said at raising."""
    for plan in ("yes", "no"):
        for looked in ("yes", "no"):
            said = {"yes": "no", "no": "yes"}
            dispute = at_stage_2(play, child_protection_plan=said[plan], looked_after=said[looked])
            assert dispute.task("Stage2_TakeUp").side == "raising"
            assert refused(dispute, "Stage2_TakeUp", child_protection_plan="")
            assert refused(dispute, "Stage2_TakeUp", looked_after="")
            dispute.done("Stage2_TakeUp", child_protection_plan=plan, looked_after=looked)
            chair = [to for _, to in dispute.notices("Stage2_ProtectionChairTold")]
            officer = [to for _, to in dispute.notices("Stage2_ReviewingOfficerTold")]
            assert len(chair) == (plan == "yes")
            assert len(officer) == (looked == "yes")
            assert all("child_protection_chair" in to for to in chair)
            assert all("independent_reviewing_officer" in to for to in officer)
            assert dispute.open("Stage2_Discuss")


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
    agreed = at_stage_2(play).done("Stage2_TakeUp").done("Stage2_Discuss", result="agreed")
    agreed.done("Resolution_Confirm", confirmed="yes")
    assert agreed.dispute.resolved_stage == "Stage2"
    assert on_file(agreed, 2)
    agreed.done("Resolved_Confirmation")
    assert agreed.task("Resolved_InformWorker").side == "raising"


@clause(
    "BRO-3.1",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage3_Report"),
        without("Stage3_Discuss"),
        prop("Stage3_Report", "tier", None),
        prop("Stage3_Report", "side", "raising"),
        prop("Stage3_Discuss", "side", "raising"),
        optional("report-up", "tier_raising"),
        optional("report-up", "tier_receiving"),
        no_row("who_acts", '"senior_managers"', '"health"'),
        no_row("who_acts", '"senior_managers"', '"school"'),
    ],
)
def test_BRO_3_1_each_manager_reports_to_their_own_manager_or_representative_and_the_two_talk(play: Play) -> None:
    """Line managers of both sides name them; a manager or a safeguarding representative then acts."""
    dispute = at_stage_3(play)
    task = dispute.task("Stage3_Report")
    assert (task.side, task.tier) == ("both", "line_managers")
    for key in ("tier_raising", "tier_receiving"):
        assert refused(dispute, "Stage3_Report", **{key: ""})
    dispute.done("Stage3_Report")
    task = dispute.task("Stage3_Discuss")
    assert (task.side, task.tier) == ("both", "senior_managers")
    for role, kind in (("senior_manager", "health"), ("safeguarding_lead", "health"), ("head_teacher", "school")):
        assert dispute.may_do("Stage3_Discuss", "receiving", role, kind=kind)
    assert not dispute.may_do("Stage3_Discuss", "receiving", "line_manager", kind="health")


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
    dispute = at_stage_3(play).done("Stage3_Report")
    for _ in range(3):
        assert refused(dispute, "Stage3_Discuss", tier_left="")
        dispute.done("Stage3_Discuss", tier_left="yes")
        assert dispute.task("Stage3_NextTier").side == "both"
        for key in ("tier_raising", "tier_receiving"):
            assert refused(dispute, "Stage3_NextTier", **{key: ""})
        dispute.done("Stage3_NextTier", tier_raising="The head of service", tier_receiving="The superintendent")
        assert dispute.stage == "Stage3"
    named = [e for e in dispute.effects("TaskCompleted") if {"tier_raising", "tier_receiving"} <= e.texts.keys()]
    assert [e.element for e in named] == ["Stage3_Report", *["Stage3_Discuss", "Stage3_NextTier"] * 3]
    assert dispute.done("Stage3_Discuss", tier_left="no").stage == "Board"
    higher = at_stage_3(play).done("Stage3_Report").done("Stage3_Discuss", tier_left="yes").done("Stage3_NextTier")
    higher.done("Stage3_Discuss", result="agreed").done("Resolution_Confirm", confirmed="yes")
    assert higher.dispute.resolved_stage == "Stage3"
    assert higher.open("Resolved_Confirmation")
    assert before_board_members(play).left("Stage3") == ("deadline", "Fri 6 Mar 2026 17:00")


@clause(
    "BRO-3.3",
    partnerships=(BROMLEY,),
    takes=[
        without("Board_Engage"),
        without("Board_NotEngaged"),
        without("Board_Deadline"),
        prop("Board_Engage", "side", "raising"),
        prop("Board_NotEngaged", "to", "both"),
        limit("Board_Engage", "working_days: 1", "hours: 1"),
        limit("Board_Deadline", "working_days: 1", "working_days: 2"),
        swapped("Stage3_Over", "Board", "Stage4_ConcernsPersist"),
        swapped("Board_Early", "Board_NotEngaged", "Board_Over"),
        no_row("who_acts", '"board_members"'),
        optional("board-members", "board_raising"),
        optional("board-members", "board_receiving"),
    ],
)
def test_BRO_3_3_board_members_are_engaged_before_the_chair_on_every_way(play: Play) -> None:
    """By timers alone, by early escalation, and with no tier left; not engaged in a day is recorded, and it goes on."""
    for reach in (before_board_members, lambda play: at_stage_3(play).escalate()):
        dispute = reach(play)
        task = dispute.task("Board_Engage")
        assert (dispute.stage, task.side, task.tier) == ("Board", "both", "board_members")
        assert dispute.may_do("Board_Engage", "raising", "board_representative")
        assert not dispute.may_do("Board_Engage", "raising", "senior_manager")
    dispute = before_board_members(play)
    assert dispute.due("Board_Engage") == dispute.deadline == "Mon 9 Mar 2026 17:00"
    dispute.at("Mon 9 Mar 2026 17:00")
    assert dispute.notices("Board_NotEngaged") == [("Mon 9 Mar 2026 17:00", {"both", "business_manager"})]
    assert dispute.open("Stage4_ConcernsPersist")
    assert before_board_members(play).escalate().notices("Board_NotEngaged")
    engaged = before_board_members(play)
    for key in ("board_raising", "board_receiving"):
        assert refused(engaged, "Board_Engage", **{key: ""})
    engaged.done("Board_Engage")
    assert engaged.notices("Board_NotEngaged") == []
    assert engaged.open("Stage4_ConcernsPersist")


@clause(
    "BRO-3.4",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage3_Over"),
        without("Board_Over"),
        without("Stage3_Resolved"),
        without("Board_Resolved"),
        without("Board_Agreed"),
        without("Resolved_InformWorker"),
        without("StageEnd_RecordRaising"),
    ],
)
def test_BRO_3_4_the_outcome_of_stage_3_is_on_file_and_the_worker_informed(play: Play) -> None:
    """Of both of its parts, unresolved or resolved."""
    assert on_file(before_board_members(play), 3)
    assert on_file(asked(play), 4)
    for dispute, talk in (
        (at_stage_3(play).done("Stage3_Report"), "Stage3_Discuss"),
        (before_board_members(play), "Board_Engage"),
    ):
        stage = dispute.stage
        dispute.done(talk, result="agreed").done("Resolution_Confirm", confirmed="yes")
        assert dispute.dispute.resolved_stage == stage
        dispute.done("Resolved_Confirmation")
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
    shown = " ".join(field.text for field in play.form("Board_Engage").fields)
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
        no_choice("concerns-persist", "persists", "no"),
        blank("contacts.chair", "email"),
    ],
)
def test_BRO_4_1_the_concerned_agency_refers_it_to_the_chair_with_the_details_and_no_timer_does(play: Play) -> None:
    """Unanswered the Business Manager hears of it each working day; a no ends it as resolved."""
    dispute = asked(play)
    task = dispute.task("Stage4_ConcernsPersist")
    assert (task.side, task.tier) == ("raising", "senior_managers")
    assert dispute.due("Stage4_ConcernsPersist") == "Wed 11 Mar 2026 17:00"
    dispute.at("Fri 13 Mar 2026 12:00")
    assert dispute.stage is None
    alerted = [when for when, to in dispute.notices("Stage4_ConcernsPersist") if "business_manager" in to]
    assert alerted == ["Wed 11 Mar 2026 17:00", "Thu 12 Mar 2026 09:00", "Fri 13 Mar 2026 09:00"]
    with pytest.raises(FormInvalid) as found:
        dispute.done("Stage4_ConcernsPersist", persists="yes", referral_text="")
    assert found.value.errors.keys() == {"referral_text"}
    dispute.done("Stage4_ConcernsPersist", persists="yes", referral_text="The risk goes on")
    assert dispute.notices("Stage4_Referred") == [("Fri 13 Mar 2026 12:00", {"chair", "business_manager"})]
    assert dispute.stage == "Stage4"
    assert play.pathway.settings["contacts"]["chair"]["email"] == "BSCB@bromley.gov.uk"
    content = asked(play).done("Stage4_ConcernsPersist", persists="no")
    assert content.stage is None
    assert content.open("Resolved_Confirmation")


@clause(
    "BRO-4.2",
    partnerships=(BROMLEY,),
    takes=[
        without("Stage4_Choose"),
        without("Stage4_Way"),
        without("Stage4_Direct"),
        without("Stage4_Settled"),
        without("Stage4_Convene"),
        without("Stage4_TellAll"),
        without("Stage4_ToPanel"),
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
        optional("resolve-directly", "decision"),
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
    for key in ("met_who", "decision"):
        with pytest.raises(FormInvalid) as found:
            dispute.done("Stage4_Direct", way="direct", **{key: ""})
        assert found.value.errors.keys() == {key}
    dispute.done("Stage4_Direct", way="direct")
    assert "both" in dispute.told("Stage4_TellAll")
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
        without("Panel_Join"),
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
        *(no_choice("raise", "reasons", reason) for reason in REASONS),
        optional("raise", "reasons"),
        no_texts("raise"),
    ],
)
def test_BRO_reasons_for_raising_are_the_protocols_and_whistleblowing_goes_elsewhere(play: Play) -> None:
    """Each can be chosen, several at once, none cannot."""
    assert begun(play, reasons=list(REASONS)).stage == "Stage1"
    with pytest.raises(FormInvalid):
        begun(play, reasons=[])
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
    """Ten hours are shared 1:2:1:1 among the four parts of the week."""
    dispute = begun(play, protective="Mon 2 Mar 2026 20:00")
    for stage, deadline in (
        ("Stage1", "Mon 2 Mar 2026 12:00"),
        ("Stage2", "Mon 2 Mar 2026 16:00"),
        ("Stage3", "Mon 2 Mar 2026 18:00"),
        ("Board", "Mon 2 Mar 2026 20:00"),
    ):
        assert (dispute.stage, dispute.deadline) == (stage, deadline)
        dispute.at(deadline)
    assert dispute.stage is None
    assert dispute.notices("Board_NotEngaged")


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
        dispute = reached(play, place)
        asked_before = len(dispute.tasks("StageEnd_RiskQuestion"))
        dispute.withdraw()
        assert len(dispute.tasks("StageEnd_RiskQuestion")) == asked_before + 1
        dispute.done("Withdrawal_Countersign")
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == "withdrawn"
        dispute = reached(play, place).say_resolved().done("Resolution_Confirm", confirmed="yes")
        assert len(dispute.tasks("StageEnd_RiskQuestion")) == asked_before + 1
        dispute.done("Resolved_Confirmation").done("Resolved_InformWorker").done("Resolved_Debrief")
        dispute.done("Resolved_PolicyGap", gap="no")
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == "resolved"
