"""Barnet's policy, clause by clause, on the real engine. Monday 2 March 2026 is the day of raising."""

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
ONE_LINE = ("health", "early_years", "probation", "voluntary", "self_employed", "other")


def begun(
    play: Play, kind: str = "local_authority", case: str = "family_open", when: str = DAY_0, **start: object
) -> Played:
    """Raised against an agency of a kind, over levels of need."""
    usual = {"reasons": ["levels_of_need"], "other_authority": "no", "contact_case": case, "receiving_kind": kind}
    return play.raised(when, **{**usual, **start})


def on_line(play: Play, line: int, kind: str, case: str, when: str = DAY_0) -> Played:
    """Escalated early, at once, as far as a line."""
    dispute = begun(play, kind, case, when)
    for _ in range(line):
        dispute.escalate()
    assert dispute.stage == f"Stage2_Line{line}"
    return dispute


def at_stage_3(play: Play, kind: str = "local_authority", lines: int = 3, **start: object) -> Played:
    """Escalated early, at once, past all lines."""
    dispute = begun(play, kind, **start)
    for _ in range(lines + 1):
        dispute.escalate()
    return dispute


def shown(dispute: Played, element: str | None = None) -> tuple[str, str]:
    """Whom the table names for the running line at this moment, and what to mind."""
    task = dispute.task(element or f"{dispute.stage}_Contact")
    held = contact(dispute.pathway, dispute.dispute, task.element, dispute.now, {})
    assert held is not None, "the task names no contact table"
    return held.contact, held.note


def named(play: Play, line: int, kind: str, case: str, when: str = DAY_0) -> str:
    """Whom the table names on a line of a dispute raised then."""
    return shown(on_line(play, line, kind, case, when))[0]


@clause(
    "BAR-0.1",
    partnerships=BARNET,
    takes=[
        optional("raise", "evidence"),
        optional("raise", "discussions"),
        no_field("raise", "consulted"),
        no_choice("raise", "consulted", "no"),
    ],
)
def test_BAR_0_1_the_own_manager_may_be_consulted_and_evidence_and_discussions_are_kept(play: Play) -> None:
    """Consulting is no condition; the evidence and what was discussed cannot be left out."""
    for consulted in ("yes", "no"):
        dispute = begun(play, consulted=consulted)
        assert dispute.effect("Raised").data["answers"]["consulted"] == consulted
    for key in ("evidence", "discussions"):
        with pytest.raises(FormInvalid) as refused:
            begun(play, **{key: ""})
        assert refused.value.errors.keys() == {key}


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
        dispute.done("Stage1_Discuss", result="agreed", talked_how=way)
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
        without("Stage2_HasLine3"),
        without("Stage2_Line2_Contact"),
        prop("Stage2_Line2_Contact", "contacts", None),
        prop("Stage2_Line2_Contact", "side", "receiving"),
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
    assert dispute.task("Stage2_Line2_Contact").side == "raising"
    assert "Senior Leadership Team" in shown(dispute)[0]
    assert "Night Duty Superintendent" in shown(dispute.at("Wed 4 Mar 2026 22:00"))[0]
    assert "Senior Leadership Team" in shown(dispute.at("Thu 5 Mar 2026 09:30"))[0]
    office, _ = shown(dispute)
    dispute.done("Stage2_Line2_Contact")
    held = dispute.effect("ContactHeld", "Stage2_Line2_Contact").data
    assert (held["table"], held["contact"]) == ("contacts", office)
    assert dispute.open("Stage2_Line2_Discuss")
    lines = {"police": 3, "school": 2, "local_authority": 3, "health": 1, "probation": 1}
    for kind, last in lines.items():
        walked = begun(play, kind).at("Wed 11 Mar 2026 17:00")
        seen = [visit.stage for visit in walked.dispute.visits if visit.stage.startswith("Stage2")]
        assert seen == [f"Stage2_Line{line}" for line in range(1, last + 1)]


@clause(
    "BAR-2.1",
    partnerships=BARNET,
    takes=[
        without("Stage2_Line1_Discuss"),
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
        dispute.done("Stage2_Line1_Contact").done("Stage2_Line1_Discuss")
        assert dispute.stage == "Stage3"
    assert "line_manager" in acting(play.pathway.tables, "escalation_lines", "probation")[0]


@clause(
    "BAR-3.1",
    partnerships=BARNET,
    takes=[
        without("Stage3_CommanderHeard"),
        without("Stage3_Escalate"),
        without("Stage3_Discuss"),
        prop("Stage3_Escalate", "contacts", None),
        prop("Stage3_Discuss", "side", "receiving"),
        prop("Stage3_Discuss", "tier", "escalation_lines"),
        limit("Stage3_Deadline", "working_days: 1", "working_days: 2"),
        no_row("contacts", '"3"', HEALTH),
        no_row("contacts", '"3"', FAMILY),
        no_row("who_acts", '"senior_leaders"', FAMILY),
    ],
)
def test_BAR_3_1_unresolved_it_goes_to_the_director_the_commander_or_the_chief_operating_officer(play: Play) -> None:
    """By receiving agency; with police the third line was the Commander already, and it passes straight on."""
    for kind, lines in {"local_authority": 3, "school": 2, "probation": 1, "health": 1}.items():
        dispute = at_stage_3(play, kind, lines)
        who = "Chief Operating Officer" if kind == "health" else "Director of Children's Services"
        assert who in shown(dispute, "Stage3_Escalate")[0]
        dispute.done("Stage3_Escalate")
        task = dispute.task("Stage3_Discuss")
        assert (task.side, task.tier) == ("both", "senior_leaders")
        assert dispute.deadline == "Tue 3 Mar 2026 17:00"
    assert acting(play.pathway.tables, "senior_leaders", "local_authority")[0] == ("director",)
    police = at_stage_3(play, "police")
    assert police.stage is None
    assert police.open("Stage3_ConcernsPersist")


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
    settled = at_stage_3(play, "police").done("Stage3_ConcernsPersist", persists="no")
    assert settled.open("Resolved_Confirmation")
    agreed = at_stage_3(play, "police").say_resolved().done("Resolution_Confirm", confirmed="yes")
    assert agreed.open("Resolved_Confirmation")


@clause(
    "BAR-3.2",
    partnerships=BARNET,
    takes=[
        without("Stage3_Reached"),
        without("Notify_Partnership"),
        without("Notify_Told"),
        prop("Notify_Partnership", "side", "both"),
        limit("Notify_Partnership", "working_days: 1", "working_days: 2"),
        blank("contacts.partnership", "email"),
        no_words("notify-partnership", "BSCP@Barnet.gov.uk"),
        optional("notify-partnership", "notified_at"),
    ],
)
def test_BAR_3_2_at_the_senior_leaders_the_raising_side_notifies_the_partnership(play: Play) -> None:
    """By e-mail, within a day (set locally), on every route; what is to be done outlives the stage."""
    for kind, lines in {"police": 3, "local_authority": 3, "school": 2, "health": 1, "voluntary": 1}.items():
        dispute = at_stage_3(play, kind, lines)
        task = dispute.task("Notify_Partnership")
        assert (task.side, dispute.due("Notify_Partnership")) == ("raising", "Tue 3 Mar 2026 17:00")
    assert play.pathway.settings["contacts"]["partnership"]["email"] == "BSCP@Barnet.gov.uk"
    assert any("BSCP@Barnet.gov.uk" in field.text for field in play.form("Notify_Partnership").fields)
    dispute.at("Wed 4 Mar 2026 10:00")
    with pytest.raises(FormInvalid):
        dispute.done("Notify_Partnership", notified_at="")
    dispute.done("Notify_Partnership")
    assert dispute.told("Notify_Told") == {"business_manager"}
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
        without("Stage3_Over"),
        optional("record-on-file", "shared_with_worker"),
    ],
)
def test_BAR_3_3_any_escalation_is_recorded_on_the_childs_record(play: Play) -> None:
    """By each agency for each child, after the stage, each of the three lines and stage 3."""
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
        without("Resolved_PolicyGap"),
        without("Resolved_Gap"),
        prop("Resolved_GapTold", "to", "both"),
        optional("policy-gap", "gap_what"),
    ],
)
def test_BAR_4_1_what_a_dispute_showed_goes_to_the_partnership(play: Play) -> None:
    """A gap that it showed, for the Leadership Forum to consider; none where there was none."""
    for gap in ("yes", "no"):
        dispute = begun(play).say_resolved().done("Resolution_Confirm", confirmed="yes")
        dispute.done("Resolved_Confirmation").done("Resolved_InformWorker").done("Resolved_Debrief")
        if gap == "yes":
            with pytest.raises(FormInvalid):
                dispute.done("Resolved_PolicyGap", gap="yes", gap_what="")
        dispute.done("Resolved_PolicyGap", gap=gap)
        assert bool(dispute.notices("Resolved_GapTold")) == (gap == "yes")
        assert gap == "no" or dispute.told("Resolved_GapTold") == {"business_manager"}


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
        without("Stage3_OtherArea"),
        without("OtherArea_Follow"),
        without("OtherArea_Unresolved"),
        without("OtherArea_Liaise"),
        prop("OtherArea_Follow", "side", "receiving"),
        prop("OtherArea_Liaise", "side", "both"),
        no_choice("discuss", "result", "other_authority"),
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
    dispute = begun(play)
    assert not dispute.open("OtherArea_Follow")
    for stage in ("Stage1", "Stage2_Line1", "Stage2_Line2", "Stage2_Line3", "Stage3"):
        assert dispute.stage == stage
        dispute.all_done(f"{stage}_Contact", f"{stage}_Escalate")
        dispute.done(f"{stage}_Discuss", result="other_authority")
        assert dispute.open(f"{stage}_Discuss")
        dispute.done("OtherArea_Follow", liaison="no")
        assert not dispute.open("OtherArea_Liaise")
        dispute.escalate()


@clause(
    "BAR-P1",
    partnerships=BARNET,
    takes=[
        prop("Stage2_Line1_Contact", "contacts", None),
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
        prop("Stage2_Line2_Contact", "contacts", None),
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
        prop("Stage2_Line2_Contact", "contacts", None),
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
        prop("Stage2_Line3_Contact", "contacts", None),
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
        prop("Stage2_Line1_Contact", "contacts", None),
        no_row("contacts", LINE_1, SCHOOL, '"school_head_is_lead"', "-"),
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
        prop("Stage2_Line2_Contact", "contacts", None),
        no_row("contacts", LINE_2, SCHOOL, "not("),
        without("Stage2_Line2"),
        swapped("Stage2_HasLine3", "Stage3_Reached", "Stage2_Line3"),
    ],
)
def test_BAR_S2_the_second_line_of_a_school_is_its_own_procedure_and_its_last(play: Play) -> None:
    """Its complaints or escalation procedure; then the senior leaders."""
    dispute = on_line(play, 2, "school", "school")
    assert "complaints or escalation procedure" in shown(dispute)[0]
    assert dispute.escalate().stage == "Stage3"


@clause(
    "BAR-S3",
    partnerships=BARNET,
    takes=[
        no_row("contacts", LINE_1, SCHOOL, '"school_urgent"', "-"),
        no_row("contacts", LINE_2, SCHOOL, '"school_urgent"', "-"),
        no_choice("raise", "contact_case", "school_urgent"),
        no_row("contacts", LINE_1, SCHOOL, "not("),
        no_row("contacts", LINE_2, SCHOOL, "not("),
    ],
)
def test_BAR_S3_urgent_or_with_no_answer_from_the_school_it_is_the_bels_officer_or_the_inspector(play: Play) -> None:
    """On either line; where it is not known at raising, the note beside the usual contact says so."""
    for line in (1, 2):
        who = named(play, line, "school", "school_urgent")
        assert "BELS School Safeguarding Officer" in who
        assert "Learning Network Inspector" in who
        assert "BELS School Safeguarding Officer" in shown(on_line(play, line, "school", "school"))[1]


@clause(
    "BAR-F1",
    partnerships=BARNET,
    takes=[
        prop("Stage2_Line1_Contact", "contacts", None),
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
        prop("Stage2_Line2_Contact", "contacts", None),
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
        prop("Stage2_Line3_Contact", "contacts", None),
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


@clause(
    "BAR-H1",
    partnerships=BARNET,
    takes=[
        prop("Stage2_Line1_Contact", "contacts", None),
        no_row("contacts", LINE_1, HEALTH, "not("),
        no_row("contacts", LINE_1, HEALTH, '"health_acute"', '"office"'),
        no_row("who_acts", '"escalation_lines"', HEALTH),
        without("Stage2_Line1"),
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
    for element in ("Risk_Refer", "Risk_TellLead", "StageEnd_RiskQuestion", "Protective_RiskQuestion"):
        assert "999" in play.form(element).fields[0].text


@clause(
    "BAR-R2",
    partnerships=BARNET,
    takes=[
        without("Raised_RiskReported"),
        without("Risk_Refer"),
        without("StageEnd_RiskQuestion"),
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
    assert len(quiet.tasks("StageEnd_RiskQuestion")) == 2
    assert "MASH" in advice(play.pathway, at(DAY_0)).now.name
    assert "EDT" in advice(play.pathway, at(NIGHT)).now.name


REASONS = ("levels_of_need", "roles", "need_for_action", "plans_and_communication")


@clause(
    "BAR reasons",
    partnerships=BARNET,
    takes=[*(no_choice("raise", "reasons", reason) for reason in REASONS), optional("raise", "reasons")],
)
def test_BAR_reasons_for_raising_are_the_policys(play: Play) -> None:
    """Each can be chosen, several at once, none cannot."""
    assert begun(play, reasons=list(REASONS)).stage == "Stage1"
    with pytest.raises(FormInvalid):
        begun(play, reasons=[])


STAGES = ("Stage1", "Stage2_Line1", "Stage2_Line2", "Stage2_Line3", "Stage3")
PLACES = (*(f"{stage}_" for stage in STAGES), "Stage3_Persist")


@clause(
    "BAR withdrawal",
    partnerships=BARNET,
    takes=[
        without("Withdrawal_Countersign"),
        prop("Withdrawal_Countersign", "role", None),
        prop("Withdrawal_Countersign", "side", "receiving"),
        *(without(f"{place}WithdrawalSaid") for place in PLACES),
        *(without(f"{place}WithdrawalOver") for place in PLACES),
        *(prop(f"{place}WithdrawalEnded", "end", "resolved") for place in PLACES),
    ],
)
def test_BAR_a_withdrawal_is_countersigned_by_the_raising_sides_lead_from_every_stage_and_line(play: Play) -> None:
    """From stage 1, the three lines, stage 3 and the question after it; open until all that it leaves is done."""
    for passed in range(6):
        dispute = begun(play)
        for _ in range(passed):
            dispute.escalate()
        before = len(dispute.tasks("StageEnd_RecordRaising"))
        dispute.withdraw()
        assert len(dispute.tasks("StageEnd_RecordRaising")) == before + 1
        assert dispute.may_do("Withdrawal_Countersign", "raising", "safeguarding_lead")
        assert not dispute.may_do("Withdrawal_Countersign", "raising", "practitioner")
        assert dispute.dispute.closed is None
        dispute.all_done(
            "Withdrawal_Countersign", "StageEnd_RiskQuestion", "StageEnd_RecordRaising", "StageEnd_RecordReceiving",
            "Notify_Partnership",
        )  # fmt: skip
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == "withdrawn"
        assert dispute.dispute.closed == at(DAY_0)


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
    """Over Christmas: family services take all five days; police end with the third line; a school has two."""
    routes = {"local_authority": STAGES, "police": STAGES[:4], "school": (*STAGES[:3], "Stage3")}
    for kind, route in routes.items():
        line = timeline(play.version, at("Wed 23 Dec 2026 10:00"), {"receiving_kind": kind})
        assert [stage["stage"] for stage in line["stages"]] == list(route)
        assert [stage["cumulative_working_days"] for stage in line["stages"]] == list(range(1, len(route) + 1))
        assert line["stages"][2]["deadline"] == "2026-12-30T17:00:00+00:00"
        assert line["ended"] is None
