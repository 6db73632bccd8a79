"""The shared rules about risk (S) and the record (R), on each of the five protocols."""

import pytest
from agencies import Agencies
from clauses import FIVE, WOLVERHAMPTON, clause
from mutations import (
    blank,
    limit,
    no_choice,
    no_field,
    no_texts,
    no_words,
    once,
    optional,
    prop,
    without,
)
from play import START, Play, Played, at, build
from protocols import DAY_0, agreed, at_last, completed, finish, persisting, reach, sheet, withdrawn

import engine
from engine.commands.publishing import PathwayUnsound, publish_files
from engine.course import NotNow
from engine.dispute import Task
from engine.forms import FormInvalid
from engine.pathway import read_pathway
from engine.pathway.rules import check_files
from engine.queries.danger import advice

STAGES = ("Stage1", "Stage2", "Stage3", "Stage4")
"""The ordinary stages of the two protocols from which something is taken out."""


@clause("S1", takes=[without("Risk")])
def test_S1_risk_can_be_reported_at_every_point_from_raising_to_closing(play: Play) -> None:
    """In each stage, at the question after them, in the last one, after the end while records are open; not after."""
    points = [reach(play, stage) for stage in sheet(play).stages]
    points += [persisting(play), at_last(play), agreed(play.raised(DAY_0)), play.raised(DAY_0).withdraw()]
    points.append(withdrawn(play.raised(DAY_0)))
    points.append(finish(agreed(play.raised(DAY_0)), "StageEnd_RecordRaising"))
    for dispute in points:
        dispute.report_risk()
        assert dispute.open("Risk_TellLead")
        assert dispute.open("Risk_Refer")
    closed = finish(agreed(play.raised(DAY_0)))
    assert closed.dispute.closed is not None
    with pytest.raises(NotNow):
        closed.report_risk()


@clause("S1")
def test_S1_whoever_can_see_it_can_report_it_in_one_action(play: Play) -> None:
    """Both sides and the business manager; every page of the dispute is told that they can."""
    for who in ("raising", "receiving", "manager"):
        agencies = Agencies(play, DAY_0)
        ref = agencies.raised()
        assert "report_risk" in engine.dispute_page(agencies.concord, agencies.people[who], ref).can
        agencies.does(who, engine.report_risk, ref)
        assert len(agencies.dispute(ref).referrals) == 1


@clause(
    "S2",
    takes=[
        without("Raised_RiskReported"),
        without("Resolved_StageEnded"),
        without("Withdrawn_StageEnded"),
        *(without(f"{stage}_Over") for stage in STAGES),
    ],
    birmingham=[
        without("Stage5_Over"),
        without("StageEnd_RiskQuestionRaising"),
        without("StageEnd_RiskQuestionReceiving"),
        without("StageEnd_RiskReportedRaising"),
        without("StageEnd_RiskReportedReceiving"),
        without("StageEnd_OpenRaising"),
        without("StageEnd_OpenReceiving"),
    ],
    wolverhampton=[
        without("Exceptional_Over"),
        without("StageEnd_RiskQuestionRaising"),
        without("StageEnd_RiskReportedRaising"),
    ],
)
def test_S2_it_is_asked_when_raising_and_at_every_end_of_a_stage_whatever_ended_it(play: Play) -> None:
    """A yes on raising opens a referral before stage 1's tasks; a timer, an escalation, an agreement, a withdrawal."""
    assert play.raised(DAY_0, risk=True).open("Risk_Refer")
    asked, once = sheet(play).asked, sheet(play).asked_once
    by_timer = play.raised(DAY_0).at(sheet(play).ends[0])
    assert all(by_timer.open(question) for question in asked)
    assert by_timer.at(sheet(play).ends[1]).stage == sheet(play).stages[2]
    assert [len(by_timer.tasks(question)) for question in asked] == [1 if once else 2 for _ in asked]
    for n, question in enumerate(asked, 1):
        assert len(by_timer.done(question, at_risk="yes").dispute.referrals) == n
        assert by_timer.open("Risk_Refer")
    unanswered, answered = play.raised(DAY_0), play.raised(DAY_0)
    for n, _ in enumerate(sheet(play).stages, 1):
        unanswered.escalate()
        assert [len(unanswered.tasks(question)) for question in asked] == [1 if once else n for _ in asked]
        answered.escalate()
        assert [len(answered.effects("TaskOpened", question)) for question in asked] == [n for _ in asked]
        answered.all_done(*asked)
    for ended in (agreed(play.raised(DAY_0)), withdrawn(play.raised(DAY_0))):
        assert all(ended.open(question) for question in asked)
    completed(answered, play, *sheet(play).to_last, *sheet(play).deciding)
    for question in asked:  # four ordinary stages and the last, or Barnet's five
        assert len(answered.effects("TaskOpened", question)) == 5


@clause(
    "S2",
    partnerships=(WOLVERHAMPTON,),
    takes=[
        without("Raised_RiskReported"),
        without("Screened_RiskReportedRaising"),
        without("Screened_RiskQuestionReceiving"),
        without("ScreenedOut_Asked"),
    ],
)
def test_S2_it_is_asked_before_screening_and_of_a_screening_out(play: Play) -> None:
    """A referral opens first, and again where a side's answer on the way out is yes; each side is asked."""
    dispute = play.raised(DAY_0, risk=True, scope="individual_practice")
    assert len(dispute.dispute.referrals) == 1
    assert dispute.task("Screened_RiskQuestionReceiving").side == "receiving"
    dispute.done("Screened_RiskQuestionRaising", at_risk="yes")
    assert len(dispute.dispute.referrals) == 2
    dispute.done("ScreenedOut_Lead", reversed="no").all_done("Risk_Refer", "Risk_TellLead")
    assert dispute.dispute.closed is None
    assert dispute.done("Screened_RiskQuestionReceiving", at_risk="no").dispute.closed is not None


@clause("S3", takes=[without("Risk_Refer"), once("Risk_Refer"), without("Risk")])
def test_S3_a_report_opens_a_referral_of_its_own_for_each_child_and_the_clock_goes_on(play: Play) -> None:
    """Two children, then one of them again: three calls to make; the stage goes on, in Harrow to the same day's end."""
    dispute = play.raised(DAY_0, children=2).at("Tue 3 Mar 2026 11:00").report_risk()
    assert sorted(task.child for task in dispute.tasks("Risk_Refer")) == [0, 1]
    assert (dispute.stage, dispute.deadline) == ("Stage1", sheet(play).under_risk)
    dispute.report_risk(1)
    assert [referral.children for referral in dispute.dispute.referrals] == [(0, 1), (1,)]
    assert sorted(task.child for task in dispute.tasks("Risk_Refer")) == [0, 1, 1]
    assert dispute.at(sheet(play).under_risk).stage == sheet(play).stages[1]
    assert len(dispute.tasks("Risk_Refer")) == 3


def reports(agencies: Agencies, ref: str, who: str) -> None:
    """Somebody reports risk, in the one way or the other."""
    agencies.does(who, engine.report_risk, ref)


def of_reports(agencies: Agencies, ref: str) -> list[Task]:
    """The open tasks of the reports of risk."""
    dispute = agencies.dispute(ref)
    return [task for task in dispute.tasks if dispute.referral(task.group)]


@clause("S3", takes=[without("Risk_Refer"), without("Risk_TellLead")])
def test_S3_a_report_belongs_to_whoever_made_it_and_the_other_side_cannot_answer_it(play: Play) -> None:
    """Reported by either side, or by the partnership's own: the others see it, can report too, and are refused."""
    for who, holding in (("raising", "raising"), ("receiving", "receiving"), ("manager", "partnership")):
        agencies = Agencies(play, DAY_0)
        agencies.joins("raising lead", "raising", "safeguarding_lead")
        agencies.joins("receiving lead", "receiving", "safeguarding_lead")
        agencies.joins("auditor", "office", "auditor")
        ref = agencies.raised()
        reports(agencies, ref, who)
        assert [r.side for r in agencies.dispute(ref).referrals] == [holding]
        assert {task.element for task in of_reports(agencies, ref)} == {"Risk_TellLead", "Risk_Refer"}
        mine = {"raising": {"raising", "raising lead"}, "receiving": {"receiving", "receiving lead"}}
        may = mine.get(who, {"manager"})
        for name, person in agencies.people.items():
            for task in of_reports(agencies, ref) if name != "third" else ():
                page = engine.task_page(agencies.concord, person, ref, task.key)
                assert page.may_complete == (name in may), f"{name}, {task.element}, reported by {who}"
                if name not in may:
                    with pytest.raises(engine.NotYourTask):
                        agencies.completes(name, ref, task.key, {})
                    with pytest.raises(engine.NotYourTask):
                        engine.claim(agencies.concord, person, ref, task.key, f"{name} {task.key}")
        assert "report_risk" in engine.dispute_page(agencies.concord, agencies.people["receiving"], ref).can


@clause(
    "S3",
    birmingham=[without("StageEnd_RiskReportedReceiving"), without("StageEnd_RiskQuestionReceiving")],
    wolverhampton=[without("StageEnd_RiskReportedReceiving"), without("StageEnd_RiskQuestionReceiving")],
)
def test_S3_a_yes_to_the_question_of_risk_and_a_raising_with_risk_are_reports_of_who_gave_them(play: Play) -> None:
    """The receiving side answers yes: the report is theirs, and the raising side can't answer it."""
    answered = play.raised(DAY_0, risk=True)
    assert [r.side for r in answered.dispute.referrals] == ["raising"]
    answered.at(sheet(play).ends[0]).done(sheet(play).asked[-1], side="receiving", at_risk="yes")
    assert [r.side for r in answered.dispute.referrals] == ["raising", "receiving"]


@clause("S4", takes=[without("Risk_CloseByLead")])
def test_S4_a_mistaken_report_is_closed_by_another_lead_of_its_agency_and_never_by_the_other_side(play: Play) -> None:
    """Not by the reporter, who leads too and is a party, nor by the other side's lead; both sides are told."""
    agencies = Agencies(play, DAY_0)
    agencies.joins("receiving lead", "receiving", "safeguarding_lead")
    ref = agencies.raised()
    reports(agencies, ref, "raising")
    refer = next(task for task in of_reports(agencies, ref) if task.element == "Risk_Refer")
    agencies.completes("raising", ref, refer.key, {"outcome": ["mistake"], "closed_because": "Another child was meant"})
    closing = next(task for task in of_reports(agencies, ref) if task.element == "Risk_CloseByLead")
    given = {"close_reason": "Another child was meant", "close_checked": True}
    for who in ("raising", "receiving", "receiving lead"):
        with pytest.raises(engine.NotYourTask):
            agencies.completes(who, ref, closing.key, given)
    assert engine.task_page(agencies.concord, agencies.people["manager"], ref, closing.key).may_complete
    agencies.joins("raising lead", "raising", "safeguarding_lead")
    agencies.completes("raising lead", ref, closing.key, given)
    assert not any(task.element == "Risk_CloseByLead" for task in of_reports(agencies, ref))


@clause(
    "S4",
    takes=[
        without("Risk_TellLead"),
        without("Risk_Refer"),
        *(optional("risk-tell-lead", key) for key in ("lead_reached", "lead_name", "lead_told_at", "lead_tried")),
        *(optional("risk-referral", key) for key in ("referred_at", "taken_by", "what_happens", "number_called")),
        optional("risk-referral", "referral_way"),
        no_field("risk-referral", "reference"),
        no_choice("risk-referral", "referral_way", "writing"),
        no_choice("risk-referral", "referral_way", "online"),
        no_choice("risk-referral", "referred_by", "practitioner"),
        limit("Risk_Refer", "immediately: true", "working_days: 1"),
    ],
)
def test_S4_the_branch_records_who_was_told_and_called_and_is_not_closed_without_it(play: Play) -> None:
    """Lead and time; number, time, who took it, reference, what will happen. Where no lead is reached: who tried."""
    dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 11:00").report_risk()
    assert dispute.due("Risk_Refer") == "Tue 3 Mar 2026 11:00"
    for key in ("lead_reached", "lead_name", "lead_told_at"):
        with pytest.raises(FormInvalid) as refused:
            dispute.done("Risk_TellLead", **{key: ""})
        assert refused.value.errors.keys() == {key}
    with pytest.raises(FormInvalid):
        dispute.done("Risk_TellLead", lead_reached="no", lead_tried="")
    dispute.done("Risk_TellLead", lead_reached="no", lead_tried="Three calls between 10:30 and 10:50")
    assert dispute.open("Risk_TellLead"), "Nobody was told yet"
    dispute.done("Risk_TellLead")
    for key in ("referral_way", "number_called", "referred_at", "taken_by", "what_happens"):
        with pytest.raises(FormInvalid) as refused:
            dispute.done("Risk_Refer", **{key: ""})
        assert refused.value.errors.keys() == {key}
    dispute.done("Risk_Refer", referred_by="practitioner", reference="R-1", taken_by="Duty team", what_happens="Visit")
    entry = dispute.completed("Risk_Refer")
    assert entry.data["answers"]["referred_at"] == "2026-03-03T11:00"
    assert {"taken_by", "reference", "what_happens", "number_called"} <= entry.texts.keys()
    assert dispute.dispute.referrals[0].closed == at("Tue 3 Mar 2026 11:00")
    for way in ("writing", "online"):
        other = play.raised(DAY_0).report_risk().done("Risk_TellLead").done("Risk_Refer", referral_way=way)
        assert other.dispute.referrals[0].closed is not None


@clause(
    "S4",
    takes=[
        without("Risk_CloseByLead"),
        without("Risk_Outcome"),
        prop("Risk_CloseByLead", "role", None),
        optional("risk-close", "close_reason"),
        no_choice("risk-referral", "outcome", "duplicate"),
        limit("Risk_CloseByLead", "same_working_day: true", "working_days: 1"),
    ],
)
def test_S4_a_report_by_mistake_or_twice_is_closed_by_a_safeguarding_lead_with_a_reason(play: Play) -> None:
    """Not by the practitioner, and not without a reason; the same working day at the outside."""
    for why in ("mistake", "duplicate"):
        dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 11:00").report_risk().done("Risk_TellLead")
        dispute.done("Risk_Refer", outcome=[why])
        assert dispute.dispute.referrals[0].closed is None
        assert dispute.due("Risk_CloseByLead") == "Tue 3 Mar 2026 17:00"
        assert "Risk_CloseByLead" in play.pathway.countersigned
        assert not dispute.may_do("Risk_CloseByLead", "raising", "practitioner")
        assert dispute.may_do("Risk_CloseByLead", "raising", "safeguarding_lead")
        with pytest.raises(FormInvalid):
            dispute.done("Risk_CloseByLead", close_reason="")
        assert dispute.done("Risk_CloseByLead").dispute.referrals[0].closed is not None


@clause("S4", takes=[without("Risk_Outcome"), once("Risk_Refer")])
def test_S4_one_childs_mistaken_report_is_closed_by_a_lead_though_the_other_child_was_referred(play: Play) -> None:
    """Whichever of the two was answered first."""
    for answers in ((["mistake"], ["referred"]), (["referred"], ["mistake"])):
        dispute = play.raised(DAY_0, children=2).report_risk().done("Risk_TellLead")
        for outcome in answers:
            dispute.done("Risk_Refer", outcome=outcome)
        assert dispute.open("Risk_CloseByLead")


@clause("S4", takes=[without("Risk_TellLead")])
def test_S4_not_reached_is_an_attempt_that_leaves_the_duty_open_and_alerting(play: Play) -> None:
    """Its clock neither stops nor begins again; the call does not wait. Told at last, the duty is done."""
    dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 11:00").report_risk()
    task = dispute.task("Risk_TellLead")
    timers = [(d.key, d.due) for d in dispute.dispute.deadlines if d.host == task.key]
    for _ in range(2):
        dispute.done("Risk_TellLead", lead_reached="no", lead_tried="No answer, twice")
        assert dispute.task("Risk_TellLead") == task
        assert [(d.key, d.due) for d in dispute.dispute.deadlines if d.host == task.key] == timers
    assert [e.data["task"] for e in dispute.effects("TaskAttempted")] == [task.key] * 2
    assert dispute.told("Risk_TellLead") == {"raising:safeguarding_lead", "raising:deputy"}
    assert not dispute.effects("TaskCompleted", "Risk_TellLead")
    dispute.done("Risk_Refer")
    assert dispute.dispute.referrals[0].closed is None
    alerts = len(dispute.notices("Risk_TellLead"))
    dispute.at("Wed 4 Mar 2026 09:00")
    assert dispute.task("Risk_TellLead").overdue
    assert len(dispute.notices("Risk_TellLead")) > alerts
    dispute.done("Risk_TellLead", lead_reached="yes", lead_name="The deputy")
    assert dispute.dispute.referrals[0].closed == at("Wed 4 Mar 2026 09:00")


@clause("S4", partnerships=FIVE)
def test_S4_not_reached_is_an_attempt_in_versions_that_were_published_before_too(play: Play) -> None:
    """Their form has no property for it: what “no” meant there is known in one place."""
    said = b'"title": "Tell your safeguarding lead",\n    "attempt": "=lead_reached = \\"no\\""'
    path = "forms/shared/risk-tell-lead.form"
    files = dict(play.files())
    assert said in files[path], "the form says by a property what an attempt is"
    files[path] = files[path].replace(said, b'"title": "Tell your safeguarding lead"')
    before = Played(build(files, play.partnership), at(DAY_0), START.get(play.partnership, {})).report_risk()
    assert before.pathway.form_of("Risk_TellLead").attempt is None
    before.done("Risk_TellLead", lead_reached="no", lead_tried="No answer")
    assert before.open("Risk_TellLead")


@clause(
    "S5",
    takes=[
        blank("partnership", "immediate_danger"),
        no_texts("risk-question"),
        no_texts("risk-tell-lead"),
        no_texts("risk-referral"),
        no_words("risk-referral", "999"),
    ],
)
def test_S5_immediate_danger_shows_999_first_before_any_form(play: Play) -> None:
    """In the advice of every page, and as the first thing of every form that asks about risk."""
    assert advice(play.pathway, at(DAY_0)).immediate == "999"
    for element in (*sheet(play).asked, *sheet(play).asked_protective, "Risk_TellLead", "Risk_Refer"):
        assert "999" in play.form(element).fields[0].text, element


@clause("S5", partnerships=(WOLVERHAMPTON,), takes=[no_texts("screened-out"), no_words("screened-out", "999")])
def test_S5_immediate_danger_shows_999_first_where_a_dispute_is_screened_out(play: Play) -> None:
    """Before it is said that the protocol does not apply."""
    assert "999" in play.form("ScreenedOut_Lead").fields[0].text


@clause(
    "S6",
    takes=[
        blank("front_door", "telephone"),
        blank("front_door", "name"),
        blank("out_of_hours", "name"),
    ],
)
def test_S6_the_number_of_this_hour_of_this_day_is_shown(play: Play) -> None:
    """The front door on a working day from 9 to 17; out of hours before, after, at weekends and on bank holidays."""
    door, night = play.pathway.settings["front_door"], play.pathway.settings["out_of_hours"]
    assert bool(door["telephone"]) == sheet(play).has_front_door
    assert door["name"]
    assert night["name"]
    for when, settings in (
        ("Mon 2 Mar 2026 08:59", night),
        ("Mon 2 Mar 2026 09:00", door),
        ("Mon 2 Mar 2026 16:59", door),
        ("Mon 2 Mar 2026 17:00", night),
        ("Sat 7 Mar 2026 12:00", night),
        ("Fri 3 Apr 2026 12:00", night),
    ):
        now = advice(play.pathway, at(when)).now
        assert (now.name, now.telephone) == (settings["name"], settings["telephone"]), when


@clause("S6")
def test_S6_a_pathway_without_either_number_cannot_be_published(play: Play) -> None:
    """What ships holds no out-of-hours number, since the sources give none; the demonstration's is fictional."""
    assert play.pathway.settings["out_of_hours"]["telephone"] == ""
    demo = read_pathway(play.files(demo=True), play.partnership, "escalation")
    assert demo.settings["out_of_hours"]["telephone"].startswith("01632 960")
    agencies = Agencies(play, DAY_0)
    actor = agencies.people["manager"].actor
    with pytest.raises(PathwayUnsound) as refused:
        publish_files(agencies.concord, actor, play.files(), play.partnership, "escalation")
    assert "out" in str(refused.value)
    doorless = blank("front_door", "telephone").of(play.files(demo=True))
    assert "S6" in {finding.rule for finding in check_files(doorless, play.partnership, "escalation")[1]}
    with pytest.raises(PathwayUnsound):
        publish_files(agencies.concord, actor, doorless, play.partnership, "escalation")


@clause(
    "R3",
    takes=[
        without("StageEnd_RecordRaising"),
        without("StageEnd_RecordReceiving"),
        once("StageEnd_RecordRaising"),
        once("StageEnd_RecordReceiving"),
        prop("StageEnd_RecordReceiving", "side", "raising"),
        without("Stage1_Over"),
        without("Resolved_StageEnded"),
        optional("record-on-file", "placed_at"),
        optional("record-on-file", "shared_with_worker"),
    ],
)
def test_R3_each_stage_ends_with_a_record_on_file_by_each_agency_for_each_child(play: Play) -> None:
    """Confirmed by who placed it and shared with the worker; it outlives a stage that a timer has ended."""
    dispute = play.raised(DAY_0, children=2).at(sheet(play).ends[0])
    for element, side in (("StageEnd_RecordRaising", "raising"), ("StageEnd_RecordReceiving", "receiving")):
        assert [(task.side, task.child) for task in dispute.tasks(element)] == [(side, 0), (side, 1)]
        for key, nothing in (("placed_at", ""), ("shared_with_worker", False)):
            with pytest.raises(FormInvalid):
                dispute.done(element, **{key: nothing})
        dispute.done(element, by=f"Somebody {side}")
        assert dispute.completed(element).actor["name"] == f"Somebody {side}".title()
        assert len(dispute.tasks(element)) == 1
    dispute.at(sheet(play).ends[1])
    assert len(dispute.tasks("StageEnd_RecordRaising")) == 3
    assert len(agreed(play.raised(DAY_0, children=2)).tasks("StageEnd_RecordReceiving")) == 2


@clause("R4", takes=[no_field("details", "child_wants")])
def test_R4_children_are_known_by_case_reference_and_initials_and_asked_what_they_want(play: Play) -> None:
    """One or several; no question of the form asks for a full name or a date of birth."""
    children = [{"case_reference": f"C-{n}", "initials": "AB"} for n in range(3)]
    dispute = play.raised(DAY_0, children=children)
    assert [child.case_reference for child in dispute.dispute.children] == ["C-0", "C-1", "C-2"]
    assert set(dispute.dispute.children[0].__dataclass_fields__) == {"case_reference", "initials"}
    dispute.done("Details_Say", child_wants="To stay at the school")
    assert "child_wants" in dispute.completed("Details_Say").texts
    for field in play.form("Raised").inputs:
        asked = f"{field.key} {field.label}".lower()
        assert not any(words in asked for words in ("birth", "dob", "full name", "child's name", "surname")), asked


@clause(
    "R5",
    takes=[
        optional("raise", "risk_to_child"),
        no_words("raise", "safety"),
        *(optional(stem, "risk_now") for stem in ("discuss", "write-to-counterpart", "concerns-persist")),
        *(optional(stem, "risk_now") for stem in ("final-decision", "confirm-resolution")),
        no_field("countersign-withdrawal", "risk_now"),
        no_words("discuss", "safety"),
    ],
    birmingham=[
        optional("refer-to-head-of-service", "risk_now"),
        optional("take-to-partner", "risk_now"),
        optional("representations", "risk_now"),
        optional("countersign-not-pursued", "risk_now"),
    ],
    wolverhampton=[optional("refer-to-senior-manager", "risk_now")],
)
def test_R5_raising_and_every_decision_state_the_risk_and_the_impact_on_the_child(play: Play) -> None:
    """Neither raising nor a decision is accepted without them."""
    with pytest.raises(FormInvalid) as refused:
        play.raised(DAY_0, risk_to_child="")
    assert refused.value.errors.keys() == {"risk_to_child"}
    for element, key in {"Raised": "risk_to_child", **dict.fromkeys(sheet(play).decisions, "risk_now")}.items():
        field = play.form(element).field_named(key)
        assert field is not None, element
        assert field.required, element
        assert element == "Raised" or field.hide is None, element
        assert "risk" in field.label, element
        assert "safety and wellbeing" in field.label, element
