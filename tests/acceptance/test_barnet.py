"""Barnet's policy, clause by clause, on the real engine. Monday 2 March 2026 is the day of raising."""

from itertools import accumulate

import pytest
from clauses import clause
from mutations import (
    blank,
    limit,
    no_choice,
    no_field,
    no_row,
    no_texts,
    no_words,
    once,
    optional,
    prop,
    swapped,
    without,
)
from play import Play, Played, at
from protocols import finish

from engine.dispute import acting, contact
from engine.forms import FormInvalid
from engine.proof import timeline
from engine.queries.danger import advice

BARNET = ("barnet",)
DAY_0 = "Mon 2 Mar 2026 10:00"
NIGHT = "Mon 2 Mar 2026 22:00"
STAGE_1, LINE_1, LINE_2, LINE_3 = '"1"', '"2.1"', '"2.2"', '"2.3"'
POLICE, SCHOOL, FAMILY, HEALTH = '"police"', '"school"', '"local_authority"', '"health"'
NEW, OUT = '"family_new"', '"day","night"'
LINE_S2, LINE_S3 = '"2.4"', '"2.5"'
LINES = ("Stage2_Line1", "Stage2_Line2", "Stage2_Line3")
SCHOOLS = ("Stage2_Line1", "Stage2_School", "Stage2_Officer")
ONE_LINE = ("health", "early_years", "probation", "voluntary", "self_employed", "other")


def begun(
    play: Play, kind: str = "local_authority", case: str = "family_open", when: str = DAY_0, **start: object
) -> Played:
    """Raised against an agency of a kind."""
    usual = {"other_authority": "no", "contact_case": case, "receiving_kind": kind}
    return play.raised(when, **{**usual, **start})


def on_line(play: Play, line: int, kind: str, case: str, when: str = DAY_0, **start: object) -> Played:
    """Escalated early, at once, as far as a line; a school's second is its own procedure, its third the officer."""
    dispute = begun(play, kind, case, when, **start)
    for _ in range(line):
        dispute.escalate()
    assert dispute.stage == (SCHOOLS if kind == "school" else LINES)[line - 1]
    return dispute


def at_stage_3(play: Play, kind: str = "local_authority", **start: object) -> Played:
    """Escalated early, at once, past all lines."""
    dispute = begun(play, kind, **start)
    while dispute.stage != "Stage3":
        dispute.escalate()
    return dispute


def contact_task(dispute: Played) -> str:
    """The task of the running line that is for the receiving agency's kind: one, whatever else is drawn."""
    elements = dispute.pathway.diagram.elements
    found = [
        t.element
        for t in dispute.dispute.tasks
        if t.stage == dispute.stage and "contacts" in elements[t.element].properties
    ]
    assert len(found) == 1, found
    return found[0]


def shown(dispute: Played, element: str | None = None) -> tuple[str, str]:
    """Whom the table names for the running line at this moment, and what to mind."""
    task = dispute.task(element or contact_task(dispute))
    held = contact(dispute.pathway, dispute.dispute, task.element, dispute.now, {})
    assert held is not None, "the task names no contact table"
    return held.contact, held.note


def named(play: Play, line: int, kind: str, case: str, when: str = DAY_0, **start: object) -> str:
    """Whom the table names on a line of a dispute raised then."""
    return shown(on_line(play, line, kind, case, when, **start))[0]


@clause(
    "BAR-0.1",
    partnerships=BARNET,
    takes=[
        optional("raise", "evidence"),
        optional("details", "discussions"),
        no_field("details", "consulted"),
        no_choice("details", "consulted", "no"),
    ],
)
def test_BAR_0_1_the_own_manager_may_be_consulted_and_evidence_and_discussions_are_kept(play: Play) -> None:
    """Consulting is no condition; the evidence and what was discussed cannot be left out."""
    for consulted in ("yes", "no"):
        dispute = begun(play).done("Details_Say", consulted=consulted)
        assert dispute.completed("Details_Say").data["answers"]["consulted"] == consulted
    with pytest.raises(FormInvalid) as refused:
        begun(play, evidence="")
    assert refused.value.errors.keys() == {"evidence"}
    with pytest.raises(FormInvalid) as refused:
        begun(play).done("Details_Say", discussions="")
    assert refused.value.errors.keys() == {"discussions"}


@clause(
    "BAR-1.1",
    partnerships=BARNET,
    takes=[
        without("Stage1_Discuss"),
        without("Stage1_Deadline"),
        without("Stage1_Agreed"),
        prop("Stage1_Discuss", "side", "raising"),
        prop("Stage1_Discuss", "tier", "senior_leaders"),
        limit("Stage1_Deadline", "working_days: 1", "working_days: 2"),
        no_choice("discuss", "talked_how", "telephone"),
        no_choice("discuss", "talked_how", "face_to_face"),
        optional("discuss", "talked_how"),
    ],
)
def test_BAR_1_1_the_people_who_disagree_talk_as_soon_as_possible_by_telephone_or_face_to_face(play: Play) -> None:
    """Within one working day (set locally), after which it goes to the first line; either way of talking is kept."""
    dispute = begun(play)
    task = dispute.task("Stage1_Discuss")
    assert (task.side, task.tier, dispute.due("Stage1_Discuss")) == ("both", "practitioners", "Tue 3 Mar 2026 17:00")
    with pytest.raises(FormInvalid):
        dispute.done("Stage1_Discuss", talked_how="")
    for way in ("telephone", "face_to_face"):
        dispute.done("Stage1_Discuss", side="receiving", result="agreed", talked_how=way)
        assert dispute.completed("Stage1_Discuss").data["answers"]["talked_how"] == way
        assert dispute.open("Resolution_Confirm")
    assert dispute.open("Stage1_Discuss")
    dispute.at("Tue 3 Mar 2026 17:00")
    assert dispute.left("Stage1") == ("deadline", "Tue 3 Mar 2026 17:00")
    assert dispute.stage == "Stage2_Line1"


@clause(
    "BAR-F0",
    partnerships=BARNET,
    takes=[
        prop("Stage1_Discuss", "contacts", None),
        no_row("contacts", STAGE_1, FAMILY, NEW),
        no_row("contacts", STAGE_1, FAMILY, "not("),
        no_row("contacts", STAGE_1, FAMILY, "-", OUT),
    ],
)
def test_BAR_F0_with_family_services_stage_1_is_with_the_social_worker_or_mash_or_the_emergency_team(
    play: Play,
) -> None:
    """Open case, new referral, and out of hours from 17:00, at the weekend and on a bank holiday."""
    dispute, new = begun(play), begun(play, case="family_new")
    assert "allocated social worker" in shown(dispute, "Stage1_Discuss")[0]
    assert "MASH social worker" in shown(new, "Stage1_Discuss")[0]
    for outside in ("Mon 2 Mar 2026 17:00", "Tue 3 Mar 2026 08:59", "Sat 7 Mar 2026 11:00", "Mon 6 Apr 2026 11:00"):
        dispute = begun(play, when=outside)
        assert "Emergency Duty Team" in shown(dispute, "Stage1_Discuss")[0]
    assert "social worker" in shown(begun(play, when="Tue 3 Mar 2026 09:00"), "Stage1_Discuss")[0]


@clause(
    "BAR-2.0",
    partnerships=BARNET,
    takes=[
        without("Stage2_HasLine2"),
        without("Stage2_Line2_Police"),
        without("Stage2_Line2_Discuss"),
        prop("Stage2_Line2_Police", "contacts", None),
        prop("Stage2_Line2_Police", "side", "receiving"),
        prop("Stage2_Line2_Discuss", "side", "raising"),
        without("Stage2_Line1_Deadline"),
        limit("Stage2_Line1_Deadline", "working_days: 1", "working_days: 2"),
        limit("Stage2_Line2_Deadline", "working_days: 1", "working_days: 3"),
        no_row("contacts", LINE_2, POLICE, "-", '"office"'),
        no_row("contacts", LINE_2, POLICE, "-", '"night"'),
    ],
)
def test_BAR_2_0_the_route_depends_on_the_receiving_agency_and_the_table_is_asked_until_contact_is_made(
    play: Play,
) -> None:
    """A line that the timer opened at 17:00 sends nobody to the night route next morning; the row held is recorded."""
    dispute = begun(play, "police", "police_barnet").at("Wed 4 Mar 2026 17:00")
    assert (dispute.stage, dispute.deadline) == ("Stage2_Line2", "Thu 5 Mar 2026 17:00")
    assert dispute.task("Stage2_Line2_Police").side == "raising"
    assert "Senior Leadership Team" in shown(dispute)[0]
    assert "Night Duty Superintendent" in shown(dispute.at("Wed 4 Mar 2026 22:00"))[0]
    assert "Senior Leadership Team" in shown(dispute.at("Thu 5 Mar 2026 09:30"))[0]
    office, _ = shown(dispute)
    assert dispute.task("Stage2_Line2_Discuss").side == "both"
    dispute.done("Stage2_Line2_Police")
    held = dispute.effect("ContactHeld", "Stage2_Line2_Police").data
    assert (held["table"], held["contact"]) == ("contacts", office)
    assert dispute.done("Stage2_Line2_Discuss").stage == "Stage2_Line3"
    routes = {"police": LINES, "school": SCHOOLS, "local_authority": LINES, "health": LINES[:1], "probation": LINES[:1]}
    for kind, route in routes.items():
        walked = begun(play, kind).at("Fri 13 Mar 2026 17:00")
        seen = [visit.stage for visit in walked.dispute.visits if visit.stage.startswith("Stage2")]
        assert tuple(seen) == route


@clause(
    "BAR-2.0",
    partnerships=BARNET,
    takes=[
        without("Stage2_Line1_Whose"),
        without("Stage2_Line1_Police"),
        without("Stage2_Line1_School"),
        without("Stage2_Line1_Family"),
        without("Stage2_Line1_Health"),
        without("Stage2_Line1_Others"),
        without("Stage2_Line3_Family"),
    ],
)
def test_BAR_2_0_each_line_has_one_contact_for_each_kind_of_agency_named_after_it(play: Play) -> None:
    """Beside it the talk is open from the beginning: whoever stands on the line waits for nobody's call."""
    kinds = {"police": "Police", "school": "School", "local_authority": "Family", "health": "Health", "other": "Others"}
    for kind, end in kinds.items():
        dispute = on_line(play, 1, kind, "other")
        assert contact_task(dispute) == f"Stage2_Line1_{end}"
        assert dispute.open("Stage2_Line1_Discuss")
        name = play.pathway.diagram.elements[contact_task(dispute)].name
        assert name.split()[0].rstrip(":,") == end
    for line in (2, 3):
        assert contact_task(on_line(play, line, "police", "police_barnet")) == f"Stage2_Line{line}_Police"
        assert contact_task(on_line(play, line, "local_authority", "family_open")) == f"Stage2_Line{line}_Family"


@clause("E4a", partnerships=BARNET, takes=[without("Stage2_School_GoOn"), without("Stage2_Line1_Fork")])
def test_E4a_neither_side_holds_up_the_other_on_a_line(play: Play) -> None:
    """Without a contact they talk all the same; what was not done is recorded, and told to the next."""
    dispute = begun(play, "police", "police_barnet").at("Tue 3 Mar 2026 17:00").done("Stage2_Line1_Discuss")
    assert dispute.at("Wed 4 Mar 2026 17:00").stage == "Stage2_Line2"
    cut = {e.element: e.data["why"] for e in dispute.effects("TaskInterrupted")}
    assert cut["Stage2_Line1_Police"] == "deadline"
    assert any("Police: duty officer" in e.data["message"] for e in dispute.effects("NoticeQueued"))
    school = on_line(play, 2, "school", "school").at("Tue 3 Mar 2026 17:00")
    assert not school.open("Stage2_School_Procedure")
    assert school.open("Stage2_School_Discuss")


@clause(
    "BAR-2.1",
    partnerships=BARNET,
    takes=[
        without("Stage2_Line1_Discuss"),
        without("Stage2_Line1_Others"),
        no_row("contacts", LINE_1, '"probation"'),
        no_row("who_acts", '"escalation_lines"', '"probation"'),
        swapped("Stage2_HasLine2", "Stage3_Reached", "Stage2_Line2"),
    ],
)
def test_BAR_2_1_any_other_agency_has_its_own_line_of_management_and_then_stage_3(play: Play) -> None:
    """One line, whatever the agency is, which is set locally."""
    for kind in ONE_LINE[1:]:
        dispute = on_line(play, 1, kind, "other")
        assert "own line of management" in shown(dispute)[0]
        dispute.done("Stage2_Line1_Others").done("Stage2_Line1_Discuss")
        assert dispute.stage == "Stage3"
    assert "line_manager" in acting(play.pathway.tables, "escalation_lines", "probation")[0]


@clause(
    "BAR-3.1",
    partnerships=BARNET,
    takes=[
        without("Stage3_Whose"),
        without("Stage3_Director"),
        without("Stage3_Police"),
        without("Stage3_Health"),
        without("Stage3_Discuss"),
        prop("Stage3_Director", "contacts", None),
        prop("Stage3_Discuss", "side", "receiving"),
        prop("Stage3_Discuss", "tier", "escalation_lines"),
        limit("Stage3_Deadline", "working_days: 1", "working_days: 2"),
        no_row("contacts", '"3"', HEALTH),
        no_row("contacts", '"3"', FAMILY),
        no_row("contacts", '"3"', POLICE),
        no_row("who_acts", '"senior_leaders"', FAMILY),
    ],
)
def test_BAR_3_1_unresolved_it_goes_to_the_director_the_commander_or_the_chief_operating_officer(play: Play) -> None:
    """By receiving agency; the Commander, who was the third line already, meets the raising agency's own leader."""
    director, officer = ("Director", "Director of Children's Services"), ("Health", "Chief Operating Officer")
    leaders = {
        "local_authority": director, "school": director, "probation": director, "health": officer,
        "police": ("Police", "Borough Commander"),
    }  # fmt: skip
    for kind, (end, who) in leaders.items():
        dispute = at_stage_3(play, kind)
        assert contact_task(dispute) == f"Stage3_{end}"
        assert who in shown(dispute)[0]
        assert ("equivalent leader" in shown(dispute)[1]) == (kind == "police")
        task = dispute.task("Stage3_Discuss")
        assert (task.side, task.tier) == ("both", "senior_leaders")
        assert dispute.deadline == "Tue 3 Mar 2026 17:00"
        assert dispute.done(contact_task(dispute)).done("Stage3_Discuss").open("Stage3_ConcernsPersist")
    assert acting(play.pathway.tables, "senior_leaders", "local_authority")[0] == ("director",)


@clause(
    "BAR-3.1",
    partnerships=BARNET,
    takes=[
        without("Stage3_ConcernsPersist"),
        without("Stage3_Deadline"),
        prop("Stage3_ConcernsPersist", "alert", None),
        prop("Stage3_ConcernsPersist", "side", "receiving"),
        limit("Stage3_ConcernsPersist", "working_days: 2", "working_days: 1"),
        without("Stage3_Persists"),
        without("Stage3_PersistResolved"),
        prop("ReferredOn", "end", "decided"),
        optional("concerns-persist", "persists"),
    ],
)
def test_BAR_3_1_beyond_the_senior_leaders_nothing_is_by_the_timer(play: Play) -> None:
    """Five days in all; then the raising side is asked, and the Business Manager told again every working day."""
    dispute = begun(play).at("Mon 9 Mar 2026 17:00")
    assert dispute.left("Stage3") == ("deadline", "Mon 9 Mar 2026 17:00")
    assert not dispute.effects("CumulativeExceeded")
    assert dispute.task("Stage3_ConcernsPersist").side == "raising"
    assert dispute.due("Stage3_ConcernsPersist") == "Wed 11 Mar 2026 17:00"
    dispute.at("Fri 13 Mar 2026 09:00")
    told = [when for when, to in dispute.notices("Stage3_ConcernsPersist") if "business_manager" in to]
    assert told == ["Wed 11 Mar 2026 17:00", "Thu 12 Mar 2026 09:00", "Fri 13 Mar 2026 09:00"]
    with pytest.raises(FormInvalid):
        dispute.done("Stage3_ConcernsPersist", persists="")
    dispute.done("Stage3_ConcernsPersist", persists="yes", way_on="ombudsman")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "referred_on"
    settled = at_stage_3(play, "police").escalate().done("Stage3_ConcernsPersist", persists="no")
    assert not settled.open("Resolved_Confirmation")
    assert settled.open("NotPursued_Countersign")
    agreed = at_stage_3(play, "police").escalate().say_resolved().done("Resolution_Confirm", confirmed="yes")
    assert agreed.open("Resolved_Confirmation")


@clause(
    "BAR-3.2",
    partnerships=BARNET,
    takes=[
        without("Stage3_Reached"),
        without("Notify_Partnership"),
        without("Stage3_Told"),
        prop("Stage3_Told", "to", "both"),
        prop("Notify_Partnership", "side", "both"),
        prop("Notify_Partnership", "alert", None),
        limit("Notify_Partnership", "working_days: 1", "working_days: 2"),
        blank("contacts.partnership", "email"),
        no_words("notify-partnership", "BSCP@Barnet.gov.uk"),
        optional("notify-partnership", "notified_at"),
    ],
)
def test_BAR_3_2_as_stage_3_is_entered_the_partnership_is_notified(play: Play) -> None:
    """By Concord in that step, and by the raising side's e-mail within a day (set locally), on every route."""
    for kind in ("police", "local_authority", "school", "health", "voluntary"):
        dispute = at_stage_3(play, kind)
        assert dispute.notices("Stage3_Told") == [(DAY_0, {"business_manager"})]
        task = dispute.task("Notify_Partnership")
        assert (task.side, dispute.due("Notify_Partnership")) == ("raising", "Tue 3 Mar 2026 17:00")
    timed = begun(play).at("Fri 6 Mar 2026 17:00")
    assert timed.notices("Stage3_Told") == [("Fri 6 Mar 2026 17:00", {"business_manager"})]
    assert play.pathway.settings["contacts"]["partnership"]["email"] == "BSCP@Barnet.gov.uk"
    assert any("BSCP@Barnet.gov.uk" in field.text for field in play.form("Notify_Partnership").fields)
    dispute.at("Wed 4 Mar 2026 10:00")
    assert dispute.open("Notify_Partnership")
    assert any("business_manager" in to for _, to in dispute.notices("Notify_Partnership"))
    with pytest.raises(FormInvalid):
        dispute.done("Notify_Partnership", notified_at="")
    dispute.done("Notify_Partnership")
    assert not begun(play).open("Notify_Partnership")


@clause(
    "BAR-3.3",
    partnerships=BARNET,
    takes=[
        without("StageEnd_RecordRaising"),
        without("StageEnd_RecordReceiving"),
        once("StageEnd_RecordReceiving"),
        without("Stage1_Over"),
        without("Stage2_Line1_Over"),
        without("Stage2_Line2_Over"),
        without("Stage2_Line3_Over"),
        without("Stage2_School_Over"),
        without("Stage2_Officer_Over"),
        without("Stage3_Over"),
        optional("record-on-file", "shared_with_worker"),
    ],
)
def test_BAR_3_3_any_escalation_is_recorded_on_the_childs_record(play: Play) -> None:
    """By each agency for each child, after the stage, each of the three lines and stage 3; a school's lines alike."""
    school = begun(play, "school", "school").escalate().escalate().escalate().escalate()
    assert (school.stage, len(school.tasks("StageEnd_RecordReceiving"))) == ("Stage3", 4)
    dispute = begun(play, children=2)
    for ended in range(1, 6):
        dispute.escalate()
        assert len(dispute.tasks("StageEnd_RecordRaising")) == 2 * ended
        assert len(dispute.tasks("StageEnd_RecordReceiving")) == 2 * ended
    with pytest.raises(FormInvalid):
        dispute.done("StageEnd_RecordRaising", shared_with_worker=False)


@clause(
    "BAR-4.1",
    partnerships=BARNET,
    takes=[
        without("Afterwards_PolicyGap"),
        without("Afterwards_Gap"),
        prop("Afterwards_GapTold", "to", "both"),
        optional("policy-gap", "gap_what"),
    ],
)
def test_BAR_4_1_what_a_dispute_showed_goes_to_the_partnership(play: Play) -> None:
    """A gap that it showed, for the Leadership Forum to consider; none where there was none."""
    for gap in ("yes", "no"):
        dispute = begun(play).say_resolved().done("Resolution_Confirm", confirmed="yes")
        dispute.done("Resolved_Confirmation").done("Resolved_InformWorker").done("Afterwards_Debrief")
        if gap == "yes":
            with pytest.raises(FormInvalid):
                dispute.done("Afterwards_PolicyGap", gap="yes", gap_what="")
        dispute.done("Afterwards_PolicyGap", gap=gap)
        assert bool(dispute.notices("Afterwards_GapTold")) == (gap == "yes")
        assert gap == "no" or dispute.told("Afterwards_GapTold") == {"business_manager"}


@clause(
    "BAR-4.1",
    partnerships=BARNET,
    takes=[
        without("Stage3_Forum"),
        without("Forum_Case"),
        without("Forum_Acts"),
        without("Forum_Follow"),
        prop("Forum_Case", "side", "raising"),
        prop("Forum_Case", "alert", None),
        limit("Forum_Case", "months: 3", "months: 6"),
        optional("forum-case", "forum_owner"),
        optional("forum-case", "forum_by"),
        optional("forum-case", "forum_why_none"),
    ],
)
def test_BAR_4_1_what_stage_3_left_unresolved_is_a_case_of_the_forum_until_its_actions_are_recorded(
    play: Play,
) -> None:
    """Owned, dated and followed; however the dispute goes on; never where it was resolved (set locally)."""
    for dispute in (begun(play).at("Mon 9 Mar 2026 17:00"), at_stage_3(play).escalate()):
        task = dispute.task("Forum_Case")
        assert (task.side, task.tier) == ("partnership", "partnership")
    assert dispute.due("Forum_Case") == "Tue 2 Jun 2026 17:00"
    assert dispute.may_do("Forum_Case", "office", "business_manager", kind="partnership")
    finish(dispute, "Forum_Case")
    assert dispute.dispute.closed is None
    dispute.at("Wed 3 Jun 2026 10:00")
    assert any("business_manager" in to for _, to in dispute.notices("Forum_Case"))
    for key in ("forum_actions", "forum_owner", "forum_by"):
        with pytest.raises(FormInvalid) as refused:
            dispute.done("Forum_Case", forum_outcome="actions", **{key: ""})
        assert refused.value.errors.keys() == {key}
    with pytest.raises(FormInvalid):
        dispute.done("Forum_Case", forum_outcome="none", forum_why_none="")
    dispute.done("Forum_Case", forum_outcome="actions")
    assert dispute.dispute.closed is None
    assert dispute.done("Forum_Follow").dispute.closed is not None
    resolved = at_stage_3(play).say_resolved().done("Resolution_Confirm", confirmed="yes")
    assert not resolved.open("Forum_Case")
    assert play.pathway.register.by_id["BAR-4.1"].to_come


@clause(
    "BAR-4.2",
    partnerships=BARNET,
    takes=[
        without("Raised_OtherArea"),
        without("Raised_Area"),
        without("Stage1_OtherArea"),
        without("Stage2_Line1_OtherArea"),
        without("Stage2_Line2_OtherArea"),
        without("Stage2_Line3_OtherArea"),
        without("Stage2_School_OtherArea"),
        without("Stage2_Officer_OtherArea"),
        without("Stage3_OtherArea"),
        without("OtherArea_Follow"),
        without("OtherArea_Unresolved"),
        without("OtherArea_Liaise"),
        prop("OtherArea_Follow", "side", "receiving"),
        prop("OtherArea_Liaise", "side", "both"),
        no_choice("discuss", "result", "other_authority"),
        no_choice("line-talk", "result", "other_authority"),
        optional("raise", "other_authority"),
        no_texts("other-authority"),
        no_row("who_acts", '"partnership"'),
    ],
)
def test_BAR_4_2_with_a_partner_of_another_authority_that_areas_procedure_is_followed(play: Play) -> None:
    """Said at raising or any talk; unresolved, the partnership is asked to liaise; the stages go on (set locally)."""
    with pytest.raises(FormInvalid):
        begun(play, other_authority="")
    dispute = begun(play, other_authority="yes")
    assert (dispute.stage, dispute.task("OtherArea_Follow").side) == ("Stage1", "raising")
    assert any("other authority's area" in field.text for field in play.form("OtherArea_Follow").fields)
    dispute.done("OtherArea_Follow", liaison="yes")
    assert dispute.task("OtherArea_Liaise").side == "partnership"
    assert dispute.may_do("OtherArea_Liaise", "office", "business_manager", kind="partnership")
    assert not dispute.done("OtherArea_Liaise").open("OtherArea_Liaise")
    assert dispute.stage == "Stage1"
    for kind, lines in {"local_authority": LINES, "school": SCHOOLS}.items():
        dispute = begun(play, kind)
        assert not dispute.open("OtherArea_Follow")
        for stage in ("Stage1", *lines, "Stage3"):
            assert dispute.stage == stage
            dispute.all_done("Stage2_School_Procedure")
            dispute.done(f"{stage}_Discuss", result="other_authority")
            assert dispute.open(f"{stage}_Discuss")
            dispute.done("OtherArea_Follow", liaison="no")
            assert not dispute.open("OtherArea_Liaise")
            dispute.escalate()


@clause(
    "BAR-P1",
    partnerships=BARNET,
    takes=[
        prop("Stage2_Line1_Police", "contacts", None),
        no_row("contacts", LINE_1, POLICE, '"police_specialist"', "-"),
        no_row("contacts", LINE_1, POLICE, '"police_elsewhere"'),
        no_row("contacts", LINE_1, POLICE, "not("),
        no_choice("raise", "contact_case", "police_specialist"),
        no_choice("raise", "contact_case", "police_elsewhere"),
    ],
)
def test_BAR_P1_the_first_line_of_police_is_the_duty_officer_or_a_specialist_units_inspector(play: Play) -> None:
    """At every hour; a team that is not Barnet's has its own, whose details the officer in the case has."""
    for when in (DAY_0, NIGHT):
        assert named(play, 1, "police", "police_barnet", when).startswith("The Duty Officer, an Inspector")
    specialist = named(play, 1, "police", "police_specialist")
    assert "Detective Inspector" in specialist
    assert "absence the Duty Officer" in specialist
    who, note = shown(on_line(play, 1, "police", "police_elsewhere"))
    assert "Duty Officer of that police team" in who
    assert "officer who deals with the case" in note


@clause(
    "BAR-P2",
    partnerships=BARNET,
    takes=[
        prop("Stage2_Line2_Police", "contacts", None),
        no_row("contacts", LINE_2, POLICE, "-", '"office"'),
        no_row("contacts", LINE_2, POLICE, "-", '"day"'),
    ],
)
def test_BAR_P2_the_second_line_of_police_by_day_is_the_senior_leadership_team(play: Play) -> None:
    """From 07:00 to 21:00, by way of the Duty Officer; in office hours it may be the Safeguarding Lead."""
    for when in ("Mon 2 Mar 2026 07:00", "Mon 2 Mar 2026 20:59", "Sun 1 Mar 2026 12:00", DAY_0):
        who, note = shown(on_line(play, 2, "police", "police_barnet", when))
        assert "Senior Leadership Team" in who
        assert "by way of the Duty Officer" in who
        assert ("Safeguarding Lead" in note) == (when == DAY_0)


@clause(
    "BAR-P2n",
    partnerships=BARNET,
    takes=[
        prop("Stage2_Line2_Police", "contacts", None),
        no_row("contacts", LINE_2, POLICE, "-", '"night"'),
    ],
)
def test_BAR_P2n_the_second_line_of_police_by_night_is_the_night_duty_superintendent(play: Play) -> None:
    """From 21:00 to 07:00, by way of the Duty Officer."""
    for when in ("Mon 2 Mar 2026 21:00", "Tue 3 Mar 2026 06:59"):
        who = named(play, 2, "police", "police_barnet", when)
        assert "Night Duty Superintendent" in who
        assert "by way of the Duty Officer" in who


@clause(
    "BAR-P3",
    partnerships=BARNET,
    takes=[
        without("Stage2_Line3"),
        prop("Stage2_Line3_Police", "contacts", None),
        no_row("contacts", LINE_3, POLICE),
        no_row("who_acts", '"escalation_lines"', POLICE),
    ],
)
def test_BAR_P3_the_third_line_of_police_is_the_borough_commander(play: Play) -> None:
    """At every hour."""
    for when in (DAY_0, NIGHT):
        assert named(play, 3, "police", "police_barnet", when) == "The Borough Commander"
    assert "director" in acting(play.pathway.tables, "escalation_lines", "police")[0]


@clause(
    "BAR-S1",
    partnerships=BARNET,
    takes=[
        prop("Stage2_Line1_School", "contacts", None),
        no_row("contacts", LINE_1, SCHOOL, '"school_head_is_lead"', "-"),
        without("Stage2_Line1_School"),
        no_row("contacts", LINE_1, SCHOOL, "not("),
        no_choice("raise", "contact_case", "school_head_is_lead"),
        no_row("who_acts", '"escalation_lines"', SCHOOL),
    ],
)
def test_BAR_S1_the_first_line_of_a_school_is_the_head_teacher_or_a_governor(play: Play) -> None:
    """The governor, or the chair, where the head teacher is the designated safeguarding lead."""
    assert named(play, 1, "school", "school") == "The Head Teacher"
    governor = named(play, 1, "school", "school_head_is_lead")
    assert governor == "The Safeguarding Governor or the Chair of Governors"
    assert "head_teacher" in acting(play.pathway.tables, "escalation_lines", "school")[0]


@clause(
    "BAR-S2",
    partnerships=BARNET,
    takes=[
        prop("Stage2_School_Procedure", "contacts", None),
        no_row("contacts", LINE_S2, SCHOOL),
        without("Stage2_School"),
        without("Stage2_School_Deadline"),
        without("Stage2_School_GuideTold"),
        without("Stage2_School_Urgent"),
        without("Stage2_Officer"),
        prop("Stage2_School_GuideTold", "to", "business_manager"),
        prop("Stage2_School_Discuss", "side", "raising"),
        limit("Stage2_School_Deadline", "working_days: 5", "working_days: 6"),
        limit("Stage2_School_GoOn", "working_days: 1", "working_days: 3"),
        no_field("school-procedure", "agreed_working_days"),
        no_field("school-procedure", "school_urgent"),
        swapped("Stage2_School_Over", "Stage2_Officer", "Stage3_Reached"),
        swapped("Stage2_HasLine2", "Stage2_School", "Stage2_Line2"),
    ],
)
def test_BAR_S2_the_second_line_of_a_school_is_its_own_procedure_and_then_the_officer(play: Play) -> None:
    """Five days at most, less where its own limit is shorter; going past the guide week is flagged to all."""
    dispute = begun(play, "school", "school").at("Wed 4 Mar 2026 17:00")
    assert (dispute.stage, dispute.deadline) == ("Stage2_School", "Wed 11 Mar 2026 17:00")
    assert "complaints or escalation procedure" in shown(dispute)[0]
    assert dispute.notices("Stage2_School_GuideTold") == [("Wed 4 Mar 2026 17:00", {"both", "business_manager"})]
    for days in ("0", "6"):
        with pytest.raises(FormInvalid) as refused:
            dispute.done("Stage2_School_Procedure", agreed_working_days=days)
        assert refused.value.errors.keys() == {"agreed_working_days"}
    assert dispute.due("Stage2_School_Procedure") == "Thu 5 Mar 2026 17:00"
    dispute.done("Stage2_School_Procedure", school_urgent=False, agreed_working_days="3")
    assert dispute.deadline == "Mon 9 Mar 2026 17:00"
    assert dispute.task("Stage2_School_Discuss").side == "both"
    assert dispute.at("Mon 9 Mar 2026 17:00").stage == "Stage2_Officer"
    in_full = begun(play, "school", "school").at("Wed 11 Mar 2026 17:00")
    assert in_full.left("Stage2_School") == ("deadline", "Wed 11 Mar 2026 17:00")
    assert (in_full.stage, in_full.deadline) == ("Stage2_Officer", "Thu 12 Mar 2026 17:00")
    urgent = on_line(play, 2, "school", "school").done("Stage2_School_Procedure", school_urgent=True)
    assert urgent.stage == "Stage2_Officer"
    silent = on_line(play, 2, "school", "school").at("Tue 3 Mar 2026 17:00")
    assert silent.open("Stage2_School_Discuss")
    assert silent.stage == "Stage2_School"


@clause(
    "BAR-S3",
    partnerships=BARNET,
    takes=[
        no_row("contacts", LINE_1, SCHOOL, "-", "-", "true"),
        no_row("contacts", LINE_S3, SCHOOL),
        no_row("contacts", LINE_1, SCHOOL, "not("),
        no_row("contacts", LINE_S2, SCHOOL),
        no_field("raise", "school_urgent"),
        without("Stage2_Line1_Officer"),
        without("Stage2_Officer_School"),
        prop("Stage2_Line1_Officer", "contacts", None),
        swapped("Stage2_HasLine2", "Stage3_Reached", "Stage2_School"),
    ],
)
def test_BAR_S3_urgent_or_with_no_answer_from_the_school_it_is_the_bels_officer_or_the_inspector(play: Play) -> None:
    """At once where it is urgent; after the school's procedure where not; else the note says so."""
    at_once = on_line(play, 1, "school", "school", school_urgent=True)
    assert contact_task(at_once) == "Stage2_Line1_Officer"
    for dispute in (at_once, on_line(play, 3, "school", "school_head_is_lead")):
        assert "BELS School Safeguarding Officer" in shown(dispute)[0]
        assert "Learning Network Inspector" in shown(dispute)[0]
    assert at_once.escalate().stage == "Stage3"
    for line in (1, 2):
        assert "BELS School Safeguarding Officer" in shown(on_line(play, line, "school", "school"))[1]


@clause(
    "BAR-F1",
    partnerships=BARNET,
    takes=[
        prop("Stage2_Line1_Family", "contacts", None),
        no_row("contacts", LINE_1, FAMILY, NEW),
        no_row("contacts", LINE_1, FAMILY, "not("),
        no_row("contacts", LINE_1, FAMILY, "-", OUT),
        no_row("who_acts", '"escalation_lines"', FAMILY),
    ],
)
def test_BAR_F1_the_first_line_of_family_services_is_the_team_manager(play: Play) -> None:
    """Of the worker, or of MASH for a new referral; out of hours the Head of Service on duty."""
    assert "team manager of the allocated social worker" in named(play, 1, "local_authority", "family_open")
    assert named(play, 1, "local_authority", "family_new") == "The MASH team manager"
    for case in ("family_open", "family_new"):
        assert named(play, 1, "local_authority", case, NIGHT) == "The Head of Service on duty"
    assert "line_manager" in acting(play.pathway.tables, "escalation_lines", "local_authority")[0]


@clause(
    "BAR-F2",
    partnerships=BARNET,
    takes=[
        prop("Stage2_Line2_Family", "contacts", None),
        no_row("contacts", LINE_2, FAMILY, NEW),
        no_row("contacts", LINE_2, FAMILY, "not("),
        no_row("contacts", LINE_2, FAMILY, "-", OUT),
    ],
)
def test_BAR_F2_the_second_line_of_family_services_is_the_head_of_service(play: Play) -> None:
    """Of the service area, or of MASH; out of hours the one on duty, until 09:00 (set locally)."""
    assert named(play, 2, "local_authority", "family_open") == "The Head of Service of the service area"
    assert named(play, 2, "local_authority", "family_new") == "The MASH Head of Service"
    dispute = on_line(play, 2, "local_authority", "family_open", NIGHT)
    assert shown(dispute) == ("The Head of Service on duty", "Until 09:00; then look again.")
    assert shown(dispute.at("Tue 3 Mar 2026 09:00"))[0] == "The Head of Service of the service area"


@clause(
    "BAR-F3",
    partnerships=BARNET,
    takes=[
        without("Stage2_Line3"),
        prop("Stage2_Line3_Family", "contacts", None),
        no_row("contacts", LINE_3, FAMILY, NEW),
        no_row("contacts", LINE_3, FAMILY, "not("),
        no_row("contacts", LINE_3, FAMILY, "-", OUT),
    ],
)
def test_BAR_F3_the_third_line_of_family_services_is_the_operational_director(play: Play) -> None:
    """For open cases and new referrals; out of hours as on the second line (set locally)."""
    for case in ("family_open", "family_new"):
        assert named(play, 3, "local_authority", case) == "The Family Services Operational Director"
        assert named(play, 3, "local_authority", case, NIGHT) == "The Head of Service on duty"


@clause(
    "BAR-F4",
    partnerships=BARNET,
    takes=[
        *(no_row("contacts", line, FAMILY, '"family_early_help"', '"office"') for line in (LINE_1, LINE_2, LINE_3)),
        *(no_row("contacts", line, FAMILY, '"family_plan"', '"office"') for line in (LINE_1, LINE_2, LINE_3)),
        no_choice("raise", "contact_case", "family_early_help"),
        no_choice("raise", "contact_case", "family_plan"),
        no_field("contact-family", "meeting_raised"),
        no_field("contact-family", "meeting_effect"),
    ],
)
def test_BAR_F4_beside_the_lines_it_is_raised_at_the_familys_meeting_or_with_the_reviewing_officer(play: Play) -> None:
    """The note beside the contact says where, and to think first of what it does to the family."""
    for line in (1, 2, 3):
        early = shown(on_line(play, line, "local_authority", "family_early_help"))
        plan = shown(on_line(play, line, "local_authority", "family_plan"))
        assert "Team Around the Child" in early[1]
        for words in ("review meeting", "Independent Reviewing Officer", "Conference Reviewing Officer"):
            assert words in plan[1]
        for who, note in (early, plan):
            assert "Consider first what a disagreement in the meeting does to the family" in note
            assert who == named(play, line, "local_authority", "family_open")
        dispute = on_line(play, line, "local_authority", "family_plan")
        dispute.done(contact_task(dispute), meeting_raised="meeting", meeting_effect="They would not come again")
        said = dispute.completed(f"Stage2_Line{line}_Family")
        assert (said.data["answers"]["meeting_raised"], "meeting_effect" in said.texts) == ("meeting", True)


@clause(
    "BAR-H1",
    partnerships=BARNET,
    takes=[
        prop("Stage2_Line1_Health", "contacts", None),
        no_row("contacts", LINE_1, HEALTH, "not("),
        no_row("contacts", LINE_1, HEALTH, '"health_acute"', '"office"'),
        no_row("who_acts", '"escalation_lines"', HEALTH),
        without("Stage2_Line1"),
        without("Stage2_Line1_Health"),
    ],
)
def test_BAR_H1_the_line_of_health_is_the_head_of_safeguarding_and_the_designated_nurse_and_doctor(play: Play) -> None:
    """Of the provider and of the commissioner; it is the only line."""
    for case, when in (("health", DAY_0), ("health", NIGHT), ("health_acute", DAY_0)):
        who = named(play, 1, "health", case, when)
        assert "provider's Head of Safeguarding" in who
        assert "Designated Nurse and Doctor" in who
    assert "safeguarding_lead" in acting(play.pathway.tables, "escalation_lines", "health")[0]
    assert on_line(play, 1, "health", "health").escalate().stage == "Stage3"


@clause(
    "BAR-H2",
    partnerships=BARNET,
    takes=[
        no_row("contacts", LINE_1, HEALTH, '"health_acute"', OUT),
        no_row("contacts", STAGE_1, HEALTH, '"health_acute"', OUT),
        no_choice("raise", "contact_case", "health_acute"),
        blank("out_of_hours_paediatrics", "telephone"),
        blank("out_of_hours_paediatrics", "note"),
    ],
)
def test_BAR_H2_an_acute_need_of_assessment_out_of_hours_goes_to_the_duty_paediatric_team(play: Play) -> None:
    """The child's local hospital's; Barnet Hospital's number stands beside every risk, out of hours only."""
    for when in (NIGHT, "Sat 7 Mar 2026 12:00"):
        assert "0208 216 4600" in named(play, 1, "health", "health_acute", when)
        dispute = begun(play, "health", "health_acute", when)
        assert "duty paediatric team" in shown(dispute, "Stage1_Discuss")[0]
        beside = advice(play.pathway, at(when)).doctors
        assert beside is not None
        assert (beside.telephone, "local hospital" in beside.note) == ("0208 216 4600", True)
    assert advice(play.pathway, at(DAY_0)).doctors is None


@clause(
    "BAR-R1",
    partnerships=BARNET,
    takes=[
        blank("partnership", "immediate_danger"),
        no_texts("risk-referral"),
        no_texts("risk-tell-lead"),
        no_texts("risk-question"),
    ],
)
def test_BAR_R1_immediate_danger_is_999_before_anything_else(play: Play) -> None:
    """At any hour, and above every question about risk."""
    for when in (DAY_0, NIGHT):
        assert advice(play.pathway, at(when)).immediate == "999"
    asked = [f"{place}_RiskQuestion{side}" for place in ("StageEnd", "Protective") for side in ("Raising", "Receiving")]
    for element in ("Risk_Refer", "Risk_TellLead", *asked):
        assert "999" in play.form(element).fields[0].text


@clause(
    "BAR-R2",
    partnerships=BARNET,
    takes=[
        without("Raised_RiskReported"),
        without("Risk_Refer"),
        without("StageEnd_RiskQuestionRaising"),
        limit("Risk_Refer", "immediately: true", "working_days: 1"),
        once("Risk_Refer"),
        blank("front_door", "name"),
        blank("out_of_hours", "name"),
    ],
)
def test_BAR_R2_other_risk_of_significant_harm_goes_to_mash_or_the_emergency_duty_team(play: Play) -> None:
    """One referral for each child, due at once, beside the running stage; by day MASH, else the Emergency Duty Team."""
    dispute = begun(play, risk=True, children=2)
    assert (len(dispute.tasks("Risk_Refer")), dispute.due("Risk_Refer"), dispute.stage) == (2, DAY_0, "Stage1")
    quiet = on_line(play, 2, "police", "police_barnet").report_risk()
    assert (len(quiet.tasks("Risk_Refer")), quiet.stage) == (1, "Stage2_Line2")
    assert [len(quiet.tasks(f"StageEnd_RiskQuestion{side}")) for side in ("Raising", "Receiving")] == [1, 1]
    assert "MASH" in advice(play.pathway, at(DAY_0)).now.name
    assert "EDT" in advice(play.pathway, at(NIGHT)).now.name


REASONS = ("levels_of_need", "roles", "need_for_action", "plans_and_communication")


@clause(
    "BAR reasons",
    partnerships=BARNET,
    takes=[*(no_choice("details", "reasons", reason) for reason in REASONS), optional("details", "reasons")],
)
def test_BAR_reasons_for_raising_are_the_policys(play: Play) -> None:
    """Each can be chosen, several at once, none cannot."""
    assert not begun(play).done("Details_Say", reasons=list(REASONS)).open("Details_Say")
    with pytest.raises(FormInvalid):
        begun(play).done("Details_Say", reasons=[])


STAGES = ("Stage1", *LINES, "Stage3")
PLACES = (*(f"{stage}_" for stage in (*STAGES, "Stage2_School", "Stage2_Officer")), "Stage3_Persist")


@clause(
    "BAR withdrawal",
    partnerships=BARNET,
    takes=[
        without("Withdrawal_Countersign"),
        prop("Withdrawal_Countersign", "role", None),
        prop("Withdrawal_Countersign", "side", "receiving"),
        *(without(f"{place}WithdrawalOver") for place in PLACES),
        *(prop(f"{place}WithdrawalEnded", "end", "resolved") for place in PLACES),
    ],
)
def test_BAR_a_withdrawal_is_countersigned_by_the_raising_sides_lead_from_every_stage_and_line(play: Play) -> None:
    """From stage 1, each line, stage 3 and the question after it; open until all that it leaves is done."""
    for kind, passed in [*(("local_authority", n) for n in range(6)), ("school", 2), ("school", 3)]:
        dispute = begun(play, kind)
        for _ in range(passed):
            dispute.escalate()
        stage, before = dispute.stage, len(dispute.tasks("StageEnd_RecordRaising"))
        dispute.withdraw()
        assert dispute.stage == stage
        assert dispute.may_do("Withdrawal_Countersign", "raising", "safeguarding_lead")
        assert not dispute.may_do("Withdrawal_Countersign", "raising", "practitioner")
        dispute.done("Withdrawal_Countersign", countersigned="yes")
        assert len(dispute.tasks("StageEnd_RecordRaising")) == before + 1
        assert dispute.dispute.closed is None
        finish(dispute)
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == "withdrawn"
        assert dispute.dispute.closed == at(DAY_0)


@clause("BAR withdrawal", partnerships=BARNET, takes=[without("Withdrawal_Countersigned")])
def test_BAR_a_withdrawal_that_is_refused_changes_nothing(play: Play) -> None:
    """The clock runs meanwhile, and goes on."""
    dispute = begun(play).withdraw().at("Tue 3 Mar 2026 17:00")
    assert dispute.stage == "Stage2_Line1"
    dispute.done("Withdrawal_Countersign", countersigned="no", refused_because="The child is not safe")
    assert (dispute.stage, dispute.deadline) == ("Stage2_Line1", "Wed 4 Mar 2026 17:00")
    assert dispute.dispute.ending is None


@clause(
    "BAR week",
    partnerships=BARNET,
    takes=[
        limit("Stage1_Deadline", "working_days: 1", "working_days: 2"),
        limit("Stage2_Line3_Deadline", "working_days: 1", "working_days: 2"),
        limit("Stage3_Deadline", "working_days: 1", "working_days: 2"),
        swapped("Stage1_Over", "Stage2_Line1", "Stage2_Line2"),
    ],
)
def test_BAR_1_4_stage_1_the_lines_and_stage_3_fit_the_working_week(play: Play) -> None:
    """The longest route, of family services, ends on day 5; each stage is entered as the one before it runs out."""
    dispute = begun(play).at("Mon 9 Mar 2026 17:00")
    assert [(stage, *dispute.left(stage)) for stage in STAGES] == [
        ("Stage1", "deadline", "Tue 3 Mar 2026 17:00"),
        ("Stage2_Line1", "deadline", "Wed 4 Mar 2026 17:00"),
        ("Stage2_Line2", "deadline", "Thu 5 Mar 2026 17:00"),
        ("Stage2_Line3", "deadline", "Fri 6 Mar 2026 17:00"),
        ("Stage3", "deadline", "Mon 9 Mar 2026 17:00"),
    ]
    assert not dispute.effects("CumulativeExceeded")


@clause(
    "BAR week",
    partnerships=BARNET,
    takes=[without("Stage2_Line2"), limit("Stage2_Line2_Deadline", "working_days: 1", "working_days: 2")],
)
def test_BAR_2_0_a_timeline_lists_each_line_as_a_stage_of_the_receiving_agencys_route(play: Play) -> None:
    """Over Christmas: family services and police take all five days; a school nine, five of them its procedure's."""
    days = {"Stage2_School": 5}
    routes = {"local_authority": STAGES, "police": STAGES, "school": ("Stage1", *SCHOOLS, "Stage3")}
    for kind, route in routes.items():
        line = timeline(play.version, at("Wed 23 Dec 2026 10:00"), {"receiving_kind": kind})
        assert [stage["stage"] for stage in line["stages"]] == list(route)
        used = list(accumulate(days.get(stage, 1) for stage in route))
        assert [stage["cumulative_working_days"] for stage in line["stages"]] == used
        assert line["stages"][1]["deadline"] == "2026-12-29T17:00:00+00:00"
        assert line["ended"] is None


@clause(
    "T10",
    partnerships=BARNET,
    takes=[
        prop("Stage2_School", "route", None),
        prop("Stage2_Officer", "route", None),
        prop("Stage2_Line2", "route", None),
    ],
)
def test_T10_a_protective_timescale_is_shared_among_the_stages_of_the_disputes_own_route(play: Play) -> None:
    """Eighteen working hours: five stages of family services and police, three of health, a school's nine days."""
    ends = {
        "local_authority": "Mon 2 Mar 2026 13:36", "police": "Mon 2 Mar 2026 13:36", "health": "Mon 2 Mar 2026 16:00",
        "school": "Mon 2 Mar 2026 12:00",
    }  # fmt: skip
    for kind, end in ends.items():
        assert begun(play, kind, protective="Wed 4 Mar 2026 12:00").deadline == end
    urgent = begun(play, "school", "school", protective="Wed 4 Mar 2026 12:00", school_urgent=True)
    assert urgent.deadline == "Mon 2 Mar 2026 16:00"


@clause(
    "E5a",
    "E5",
    partnerships=BARNET,
    takes=[without("Resolution_Object"), without("Resolution_By"), without("Resolution_NoObjection")],
)
def test_E5a_what_the_raising_side_says_holds_unless_the_other_says_it_was_not_agreed(play: Play) -> None:
    """In a talk on a line: an objection lets it go on; where nobody objects within a working day it is resolved."""
    for answer in ("no", ""):
        dispute = on_line(play, 1, "health", "health").done("Stage2_Line1_Discuss", side="raising", result="agreed")
        assert not dispute.open("Resolution_Confirm")
        assert dispute.task("Resolution_Object").side == "receiving"
        if answer:
            dispute.done("Resolution_Object", was_agreed="no", why_not="We have agreed nothing")
        dispute.at("Tue 3 Mar 2026 17:00")
        ending = finish(dispute).dispute.ending
        assert ending is not None
        assert (ending.how == "resolved") == (answer == "")


@clause(
    "E5", partnerships=BARNET, takes=[without("Resolution_Confirm"), prop("Resolution_Confirm", "side", "receiving")]
)
def test_E5_what_the_receiving_side_says_waits_for_the_raising_sides_word_for_ever(play: Play) -> None:
    """Silence never confirms, and the clock runs on; confirmed later, it counts from when it was agreed."""
    dispute = begun(play).done("Stage1_Discuss", side="receiving", result="agreed").at("Mon 9 Mar 2026 17:00")
    assert dispute.task("Resolution_Confirm").side == "raising"
    assert dispute.left("Stage3") == ("deadline", "Mon 9 Mar 2026 17:00")
    assert dispute.dispute.ending is None
    dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-02T10:00")
    ending = finish(dispute).dispute.ending
    assert ending is not None
    assert (ending.how, ending.stage) == ("resolved", "Stage1")
