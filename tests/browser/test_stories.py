"""What went wrong when a policy officer would have tried it, on the pages: nobody is silenced, no end is false."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from journey import LEAD, TEACHER, Journey
from test_every_end import CONFERENCE_CHAIR, DIRECTOR, SENIOR, WORKER

from engine.calendar import working_days as days

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership import Partnership


def test_a_lead_who_refuses_to_countersign_keeps_the_disagreement_going(
    partnership: Callable[[str], Partnership],
) -> None:
    """C1: it was to be withdrawn; the lead reads why, refuses, and it stands where it stood for both sides."""
    dispute = Journey(partnership("birmingham"), "birmingham").raised()
    dispute.act(TEACHER, "Withdraw it")
    dispute.sees(LEAD, "Withdrawal_Countersign", "Why it is to end")
    dispute.done(LEAD, "Withdrawal_Countersign", countersigned="no", refused_because="The child is not safe.")
    dispute.sees(TEACHER, "", "Stage 1: practitioners talk")
    assert "The child is not safe." in dispute.person(TEACHER).page.content()
    dispute.sees(WORKER, "", "Stage 1: practitioners talk")
    assert "Discuss the difference" in dispute.person(TEACHER).go("/").words


def test_a_false_we_have_agreed_is_recorded_as_not_agreed_by_the_other_side(
    partnership: Callable[[str], Partnership],
) -> None:
    """E5: the school says so alone; the council records that it was not, and the stage goes on."""
    dispute = Journey(partnership("birmingham"), "birmingham").raised()
    dispute.done(TEACHER, "Stage1_Discuss", result="agreed")
    dispute.done(WORKER, "Resolution_Object", was_agreed="no", why_not="We never spoke.")
    for who in (TEACHER, WORKER):
        dispute.sees(who, "", "Stage 1: practitioners talk")
        assert "We never spoke." in dispute.person(who).page.content()
    assert "Closed" not in dispute.person(TEACHER).go(f"/disputes/{dispute.ref}").words


def test_bromleys_protection_chair_is_told_though_nobody_took_it_up(
    partnership: Callable[[str], Partnership],
) -> None:
    """BRO-2.2: a child on a plan; both managers stay silent, and the chair has it on their page all the same."""
    dispute = Journey(partnership("bromley"), "bromley").raised(child_protection_plan="yes").deadlines()
    told = dispute.person(CONFERENCE_CHAIR).go("/").words
    assert dispute.ref in told


def test_in_harrow_a_risk_reported_on_a_saturday_night_is_told_to_every_tier_at_once(
    partnership: Callable[[str], Partnership],
) -> None:
    """HAR-R1: at half past eleven; by Sunday morning no stage has been burnt, and a director can act by night."""
    dispute = Journey(partnership("harrow"), "harrow").raised()
    here = dispute.partnership
    monday = here.clock.now().astimezone(days.LONDON).date()
    here.move(f"{monday + timedelta(days=5)}T23:30")
    dispute.person(TEACHER).go(f"/disputes/{dispute.ref}/risk").fill_rest(dispute.now).press("Report risk now")
    for who in (SENIOR, DIRECTOR):
        assert dispute.ref in dispute.person(who).go("/").words
    stood = dispute.person(TEACHER).go(f"/disputes/{dispute.ref}").words
    here.move(f"{monday + timedelta(days=6)}T06:00")
    now = dispute.person(TEACHER).go(f"/disputes/{dispute.ref}").words
    stages = [
        next(line.split(",")[0] for line in words.splitlines() if line.startswith("Stage ")) for words in (stood, now)
    ]
    assert stages[0] == stages[1]
