"""Wolverhampton's request for a Child Protection Conference, on the real engine; it runs beside a dispute."""

import pytest
from clauses import clause
from mutations import (
    blank,
    interrupting,
    limit,
    no_choice,
    no_row,
    no_texts,
    no_words,
    optional,
    prop,
    swapped,
    without,
)
from play import Play, Played

from engine.dispute import acting
from engine.forms import FormInvalid

NAME = "wolverhampton/conference-request"
REQUEST = (NAME,)
DAY_0 = "Mon 2 Mar 2026 10:00"
NUMBER = "01902 550477"


def contacted(play: Play, **start: object) -> Played:
    """The Safeguarding Manager has been contacted."""
    return play.raised(DAY_0, **start).done("Contact_Manager")


def written(play: Play, supported: str = "yes") -> Played:
    """The request has been followed up in writing, the same day."""
    return contacted(play).done("Request_InWriting", supported=supported)


def unanswered(play: Play) -> Played:
    """Five working days have passed without an answer."""
    return written(play).at("Mon 9 Mar 2026 17:00")


def cleared(dispute: Played) -> Played:
    """What the end left to do is done."""
    asked = ("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving")
    owed = ("Afterwards_Debrief", "Afterwards_PolicyGapRaising", "Afterwards_PolicyGapReceiving")
    return dispute.all_done("Details_Say", *asked, "StageEnd_RecordRaising", "StageEnd_RecordReceiving", *owed)


def ended(dispute: Played) -> str:
    """How it ended; it is closed."""
    assert dispute.dispute.ending is not None
    assert dispute.dispute.closed is not None
    return dispute.dispute.ending.how


@clause(
    "WOL-6.1",
    partnerships=REQUEST,
    takes=[
        without("Contact_Manager"),
        prop("Contact_Manager", "side", "receiving"),
        prop("Contact_Manager", "tier", "any"),
        prop("Contact_Manager", "contacts", None),
        prop("Contact_Manager", "alert", None),
        limit("Contact_Manager", "same_working_day: true", "working_days: 1"),
        no_row("safeguarding_manager", '"office"'),
        no_row("who_acts", '"senior_managers"', '"health"'),
        no_row("who_acts", '"senior_managers"', '"school"'),
        blank("contacts.safeguarding_manager", "telephone"),
        optional("contact-safeguarding-manager", "contacted_at"),
        optional("contact-safeguarding-manager", "contacted_who"),
    ],
)
def test_WOL_6_1_a_senior_manager_of_any_agency_contacts_the_safeguarding_manager(play: Play) -> None:
    """On the same working day, by the number that the protocol gives; nobody below a senior manager."""
    dispute = play.raised(DAY_0)
    task = dispute.task("Contact_Manager")
    assert (task.side, task.tier) == ("raising", "senior_managers")
    assert dispute.due("Contact_Manager") == "Mon 2 Mar 2026 17:00"
    assert dispute.may_do("Contact_Manager", "raising", "senior_manager", kind="health")
    assert dispute.may_do("Contact_Manager", "raising", "head_teacher", kind="school")
    assert not dispute.may_do("Contact_Manager", "raising", "practitioner", kind="health")
    for key in ("contacted_at", "contacted_who"):
        with pytest.raises(FormInvalid):
            dispute.done("Contact_Manager", **{key: ""})
    dispute.done("Contact_Manager")
    assert NUMBER in dispute.effect("ContactHeld", "Contact_Manager").data["contact"]
    assert play.pathway.settings["contacts"]["safeguarding_manager"]["telephone"] == NUMBER
    waiting = play.raised(DAY_0).at("Tue 3 Mar 2026 12:00")
    assert "business_manager" in waiting.told("Contact_Manager")


@clause(
    "WOL-6.1",
    partnerships=REQUEST,
    takes=[
        without("Request_InWriting"),
        prop("Request_InWriting", "side", "both"),
        prop("Request_InWriting", "alert", None),
        limit("Request_InWriting", "working_days: 2", "working_days: 3"),
        optional("request-in-writing", "request_text"),
        optional("request-in-writing", "evidence"),
        optional("request-in-writing", "supported"),
        optional("request-in-writing", "supported_by"),
        *(
            no_choice("request-in-writing", "supported_as", position)
            for position in ("senior_manager", "named_professional", "designated_professional")
        ),
    ],
)
def test_WOL_6_1_it_is_followed_up_in_writing_with_evidence_and_says_who_supports_it(play: Play) -> None:
    """Within two working days; only then do the five for the answer begin."""
    dispute = contacted(play)
    task = dispute.task("Request_InWriting")
    assert (task.side, task.tier, dispute.due("Request_InWriting")) == (
        "raising", "senior_managers", "Wed 4 Mar 2026 17:00",
    )  # fmt: skip
    for answers in (
        {"request_text": ""},
        {"evidence": ""},
        {"supported": ""},
        {"supported": "yes", "supported_by": ""},
    ):
        with pytest.raises(FormInvalid):
            dispute.done("Request_InWriting", **answers)
    waiting = contacted(play).at("Thu 5 Mar 2026 12:00")
    assert waiting.stage is None
    assert "business_manager" in waiting.told("Request_InWriting")
    for position in ("senior_manager", "named_professional", "designated_professional"):
        asked = contacted(play).done("Request_InWriting", supported="yes", supported_as=position)
        assert asked.stage == "Stage1"


@clause(
    "WOL-6.1a",
    partnerships=REQUEST,
    takes=[
        without("Stage1_Consider"),
        without("Stage1_Respond"),
        prop("Stage1_Consider", "side", "both"),
        prop("Stage1_Respond", "side", "raising"),
        prop("Stage1_Respond", "tier", "any"),
        limit("Stage1_Deadline", "working_days: 5", "working_days: 6"),
        no_row("who_acts", '"safeguarding_manager"'),
        optional("consider-request", "evidence_read"),
        optional("consider-request", "weighed"),
        optional("consider-request", "decision"),
        optional("answer-request", "answered_at"),
        optional("answer-request", "answer_text"),
        without("Decided_Convened"),
        without("Decided_Refused"),
        swapped("Decided_Agreed", "Decided_Refused", "Decided_Convened"),
        prop("Decided_Refused", "to", "business_manager"),
        prop("Decided", "end", "referred_on"),
    ],
)
def test_WOL_6_1a_the_safeguarding_manager_considers_it_seriously_and_answers_in_writing(play: Play) -> None:
    """Within five working days, with reasons; both sides learn whether a conference is convened."""
    for agreed, notice, other in (
        ("yes", "Decided_Convened", "Decided_Refused"),
        ("no", "Decided_Refused", "Decided_Convened"),
    ):
        dispute = written(play, supported="no")
        assert (dispute.stage, dispute.deadline) == ("Stage1", "Mon 9 Mar 2026 17:00")
        task = dispute.task("Stage1_Consider")
        assert (task.side, task.tier) == ("receiving", "safeguarding_manager")
        assert not dispute.may_do("Stage1_Consider", "receiving", "practitioner")
        assert dispute.due("Stage1_Consider") == "Mon 9 Mar 2026 17:00"
        for key, left_out in (("evidence_read", False), ("weighed", ""), ("decision", "")):
            with pytest.raises(FormInvalid):
                dispute.done("Stage1_Consider", **{key: left_out})
        dispute.done("Stage1_Consider", request_agreed=agreed)
        task = dispute.task("Stage1_Respond")
        assert (task.side, task.tier, dispute.stage) == ("receiving", "safeguarding_manager", "Stage1")
        for key in ("answered_at", "answer_text"):
            with pytest.raises(FormInvalid):
                dispute.done("Stage1_Respond", **{key: ""})
        dispute.done("Stage1_Respond")
        assert "both" in dispute.told(notice)
        assert not dispute.notices(other)
        cleared(dispute)
        assert ended(dispute) == "decided"
    assert acting(play.pathway.tables, "safeguarding_manager", "local_authority")[1].startswith("Safeguarding Manager")


@clause(
    "WOL-6.1a",
    partnerships=REQUEST,
    takes=[
        without("Stage1_Supported"),
        without("Stage1_ConsiderSupported"),
        prop("Stage1_ConsiderSupported", "side", "both"),
        no_texts("consider-supported-request"),
        no_words("request-in-writing", "normally be agreed"),
        optional("consider-supported-request", "why_not_normal"),
        optional("consider-supported-request", "weighed"),
    ],
)
def test_WOL_6_1a_a_request_that_a_senior_named_or_designated_professional_supports_is_normally_agreed(
    play: Play,
) -> None:
    """The pages say so, and whoever refuses it all the same has to explain that."""
    dispute = written(play, supported="yes")
    assert not dispute.open("Stage1_Consider")
    task = dispute.task("Stage1_ConsiderSupported")
    assert (task.side, task.tier) == ("receiving", "safeguarding_manager")
    for answers in ({"request_agreed": "no", "why_not_normal": ""}, {"weighed": ""}):
        with pytest.raises(FormInvalid):
            dispute.done("Stage1_ConsiderSupported", **answers)
    for element in ("Request_InWriting", "Stage1_ConsiderSupported"):
        shown = [field.text + field.description for field in play.form(element).fields]
        assert any("normally be agreed" in text for text in shown)
    dispute.done("Stage1_ConsiderSupported", request_agreed="yes").done("Stage1_Respond")
    assert "both" in dispute.told("Decided_Convened")
    assert written(play, supported="no").open("Stage1_Consider")


@clause(
    "WOL-6.1a",
    partnerships=REQUEST,
    takes=[
        interrupting("Stage1_Deadline"),
        without("Stage1_Overdue"),
        prop("Stage1_Overdue", "to", "raising"),
        prop("Stage1_ConsiderSupported", "alert", None),
        prop("Stage1_Respond", "alert", None),
        prop("Stage1_Respond", "due", None),
    ],
)
def test_WOL_6_1a_no_timer_refuses_a_request_and_an_answer_stays_owed(play: Play) -> None:
    """After five working days both sides hear, and the Business Manager every working day until it comes."""
    dispute = unanswered(play)
    assert dispute.stage == "Stage1"
    assert dispute.notices("Stage1_Overdue") == [("Mon 9 Mar 2026 17:00", {"both", "business_manager"})]
    dispute.at("Wed 11 Mar 2026 12:00")
    alerted = [when for when, to in dispute.notices("Stage1_ConsiderSupported") if "business_manager" in to]
    assert alerted == ["Mon 9 Mar 2026 17:00", "Tue 10 Mar 2026 09:00", "Wed 11 Mar 2026 09:00"]
    dispute.done("Stage1_ConsiderSupported", request_agreed="no", why_not_normal="The evidence is of last year")
    dispute.at("Thu 12 Mar 2026 12:00")
    assert "business_manager" in dispute.told("Stage1_Respond")
    assert dispute.notices("Decided_Refused") == []
    dispute.done("Stage1_Respond")
    assert "both" in dispute.told("Decided_Refused")


@clause(
    "WOL-6.1",
    partnerships=REQUEST,
    takes=[no_texts("raise-conference-request"), no_texts("request-in-writing")],
)
def test_WOL_6_1_it_runs_beside_a_dispute(play: Play) -> None:
    """As a pathway of its own, which ends and moves none of the dispute's stages; the pages say so."""
    main = Play("wolverhampton").pathway
    assert (play.pathway.name, play.pathway.partnership) == (NAME, main.partnership)
    assert "Stage1_Consider" not in main.diagram.elements
    for element in ("Raised", "Request_InWriting"):
        assert any("goes on beside" in field.text for field in play.form(element).fields)


def points(play: Play) -> list[Played]:
    """A request at each point at which it can be withdrawn."""
    return [play.raised(DAY_0), contacted(play), written(play), unanswered(play)]


def test_C1_a_request_can_be_withdrawn_at_any_point_and_ends_once_that_is_countersigned() -> None:
    """It goes on until then; after it the risk questions and the records that any end leaves."""
    for dispute in points(Play(NAME)):
        stage = dispute.stage
        dispute.withdraw()
        assert dispute.task("Withdrawal_Countersign").role == "safeguarding_lead"
        assert dispute.stage == stage
        assert dispute.dispute.ending is None
        dispute.done("Withdrawal_Countersign", countersigned="yes")
        assert dispute.open("StageEnd_RecordReceiving")
        assert ended(cleared(dispute)) == "withdrawn"


def test_C1_a_withdrawal_that_a_lead_refuses_lets_the_request_go_on() -> None:
    """With a reason; the answer is owed as before."""
    dispute = written(Play(NAME)).withdraw().done("Withdrawal_Countersign", countersigned="no")
    assert dispute.open("Stage1_ConsiderSupported")
    assert dispute.deadline == "Mon 9 Mar 2026 17:00"


def test_E5_a_confirmed_agreement_resolves_a_request() -> None:
    """Also where it is confirmed only after the time for the answer; then the same is done as after any agreement."""
    play = Play(NAME)
    in_time, late = written(play).say_resolved(), written(play).say_resolved().at("Mon 9 Mar 2026 17:00")
    assert late.stage == "Stage1"
    for dispute in (in_time, late):
        dispute.done("Resolution_Confirm", confirmed="yes")
        assert dispute.stage is None
        dispute.all_done("Resolved_Confirmation", "Resolved_InformWorker")
        dispute.done("Afterwards_PolicyGapReceiving", gap="yes").done("Afterwards_InformChairReceiving")
        assert "business_manager" in dispute.told("Afterwards_GapToldReceiving")
        assert ended(cleared(dispute)) == "resolved"


def test_S3_a_report_of_risk_opens_a_referral_at_any_point_and_the_request_goes_on() -> None:
    """It is due at once and can be reported again; the request does not close over it."""
    for dispute in points(Play(NAME)):
        stage = dispute.stage
        dispute.report_risk().report_risk()
        assert len(dispute.tasks("Risk_Refer")) == 2
        assert dispute.stage == stage
        cleared(dispute.withdraw().done("Withdrawal_Countersign"))
        assert dispute.dispute.closed is None
        dispute.all_done("Risk_TellLead", "Risk_Refer")
        assert ended(dispute) == "withdrawn"
