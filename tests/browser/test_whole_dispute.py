"""A dispute from raising to its end, as three people live it, in a real browser; and one without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitor import Visitor


def test_three_people_take_a_dispute_from_raising_past_a_deadline_to_its_resolution(
    visit: Callable[..., Visitor],
) -> None:
    """A teacher raises it, a deadline passes, the council's lead agrees, the teacher confirms, the record is closed."""
    teacher = visit("Terry Teacher")
    ref = teacher.raise_disagreement()
    teacher.go(f"/disputes/{ref}").sees("Stage 1: practitioners talk", "Discuss the difference")

    teacher.move_clock("2026-11-09 17:00")
    teacher.go(f"/disputes/{ref}").sees("Stage 2: safeguarding leads or line managers", "its deadline passed")
    teacher.follow("Take it to own lead or manager").fill(when="9 11 2026 16:30").press("Complete")

    teacher.move_clock("2026-11-10 12:00")

    lead = visit("Lane Safeguarding-Lead of the council")
    lead.go("/").sees("Leads try to resolve it").follow("Leads try to resolve it")
    lead.fill({"result": "We agree"}, when="10 11 2026 11:30").press("Complete")

    teacher.go("/").sees("Confirm the agreement").follow("Confirm the agreement")
    teacher.fill({"confirmed": "Yes"}, when="10 11 2026 11:45").press("Complete")
    worker = visit("Wren Worker of the council")
    for person in (worker, teacher):
        person.go(f"/disputes/{ref}")
        while mine := person.mine:
            person.go(mine[0]).fill_rest("10 11 2026 11:50").enter("button[value=complete]")
    teacher.go(f"/disputes/{ref}").sees("Closed: resolved at Stage 2")
    teacher.go(f"/disputes/{ref}/replay").sees("Confirm the agreement", "Resolved")


def test_without_javascript_a_risk_is_reported_and_its_referral_recorded(visit: Callable[..., Visitor]) -> None:
    """Nothing needs JavaScript: risk first with 999, the number for this hour, the call on the record (S1–S6)."""
    teacher = visit("Terry Teacher", java_script_enabled=False)
    teacher.go("/raise").sees("999", "0121 303 1888")
    ref = teacher.raise_disagreement(risk="Yes")
    teacher.go("/").sees("A child is at risk: do this now")
    teacher.go(f"/disputes/{ref}").press("Report risk to a child")
    teacher.sees("999", "0121 303 1888").press("Report risk now")
    teacher.go("/").follow("Call CASS and record the referral").sees("999", "0121 303 1888")
    teacher.press("Complete").sees("There is a problem")
    teacher.fill(number_called="0121 303 1888").press("Complete").sees("That is recorded")
    teacher.go(f"/disputes/{ref}").sees(
        "Risk of significant harm reported", "Call CASS and record the referral” completed"
    )
