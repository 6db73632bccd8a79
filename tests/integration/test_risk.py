"""Reporting risk of significant harm, on each database."""

from datetime import timedelta

import pytest
from town import Town, command

from engine import ChildUnknown, NotYours, NotYourTask, report_risk


def test_anyone_who_sees_the_dispute_reports_risk_and_the_stage_goes_on(town: Town) -> None:
    """S1, S3, T6: each report is a referral of its own, for each child concerned, due at once."""
    ref = town.raises(children=3)
    deadline = town.dispute(ref).visit.deadline
    report_risk(town.concord, town["council-practitioner"], ref, command(), [0, 2], "A bruise.")
    report_risk(town.concord, town["business_manager"], ref, command())
    dispute = town.dispute(ref)
    assert [r.children for r in dispute.referrals] == [(0, 2), (0, 1, 2)]
    refer = [t for t in dispute.tasks if t.element == "Risk_Refer"]
    assert [(t.child, t.due) for t in refer] == [(n, town.now) for n in (0, 2, 0, 1, 2)]
    assert (dispute.visit.stage, dispute.visit.deadline) == ("Stage1", deadline)
    town.verify(ref)


def test_a_report_for_nobody_or_by_nobody_is_refused(town: Town) -> None:
    """S1, S3."""
    ref = town.raises()
    for children in ([], [1], [-1]):
        with pytest.raises(ChildUnknown):
            report_risk(town.concord, town["school-practitioner"], ref, command(), children)
    with pytest.raises(NotYours):
        report_risk(town.concord, town["police-practitioner"], ref, command())


def test_it_is_reminded_after_30_minutes_and_alerted_after_60(town: Town) -> None:
    """T6: not only to somebody who is in by day; and again each working day."""
    ref = town.raises(risk=True)
    town.move("2026-03-02T10:30")
    assert {n.to for n in town.notices(ref)} == {"raising,receiving"}
    town.move("2026-03-02T11:00")
    assert {n.to for n in town.notices(ref)} == {"raising,receiving", "safeguarding_lead,deputy,out_of_hours"}
    assert town.task(ref, "Risk_Refer").overdue
    before = len(town.notices(ref))
    town.move("2026-03-03T09:00")
    assert len(town.notices(ref)) > before


def test_a_report_made_by_mistake_is_closed_by_a_safeguarding_lead_alone(town: Town) -> None:
    """S4: for two children, of whom one was reported by mistake."""
    ref = town.raises(children=2, risk=True)
    town.completes("school-practitioner", ref, "Risk_Refer.1", outcome=["mistake"])
    town.completes("school-practitioner", ref, "Risk_Refer.2", outcome=["referred"])
    with pytest.raises(NotYourTask):
        town.completes("school-practitioner", ref, "Risk_CloseByLead")
    town.completes("council-safeguarding_lead", ref, "Risk_CloseByLead")
    town.completes("school-practitioner", ref, "Risk_TellLead")
    assert town.dispute(ref).referrals[0].closed == town.now
    town.verify(ref)


def test_the_dispute_stays_open_while_a_referral_is(town: Town) -> None:
    """C2: however the rest ends."""
    ref = town.raises()
    town.move("2026-03-09T17:00")
    town.completes("school-practitioner", ref, "StageEnd_RiskQuestion", at_risk="yes")
    assert town.dispute(ref).referrals[0].opened == town.now
    town.concord.clock.advance(timedelta(minutes=1))
    while rest := [t for t in town.dispute(ref).tasks if not t.element.startswith("Risk_")]:
        town.completes(town.who(town.dispute(ref), rest[0]), ref, rest[0].key, result="not_agreed", persists="no")
    assert town.dispute(ref).closed is None
    assert town.dispute(ref).ending.how == "resolved"
    town.settles(ref)
    town.verify(ref)
