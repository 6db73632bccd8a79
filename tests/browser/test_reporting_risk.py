"""Reporting a risk: two presses from anywhere, the number for this hour, and the time of the call by one more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitor import Visitor

ANYWHERE = (
    "/", "/find", "/directory", "/clauses", "/raise/details?risk=no",
    "/disputes/{ref}", "/disputes/{ref}/replay", "/disputes/{ref}/tasks/Stage1_Discuss.1",
)  # fmt: skip


@pytest.mark.parametrize("width", [375, 1280])
def test_two_presses_lead_from_anywhere_to_the_call(visit: Callable[..., Visitor], width: int) -> None:
    """S1, S5, S6: without a menu to be opened, and without JavaScript; what comes then is the call, with its number."""
    teacher = visit("Terry Teacher", viewport={"width": width, "height": 667}, java_script_enabled=False)
    ref = teacher.raise_disagreement(case=f"DEMO-{width}")
    for path in ANYWHERE:
        teacher.go(path.format(ref=ref)).press("Report risk to a child").sees("999", "0121 303 1888")
        teacher.press("Report risk now")
        assert "/tasks/Risk_Refer" in teacher.page.url, path
        teacher.sees(
            "The risk is reported. Now call Children's Advice and Support Service (CASS): 0121 303 1888.",
            "Call CASS and record the referral",
            "0121 303 1888",
        )


def test_the_time_of_the_call_is_filled_in_by_one_press(visit: Callable[..., Visitor]) -> None:
    """S4: by the server's clock, not by this machine's; a time to come is refused, and what was typed stays."""
    teacher = visit("Terry Teacher")
    teacher.raise_disagreement(risk="Yes")
    teacher.go("/").follow("Call CASS and record the referral")
    page = teacher.page
    page.get_by_label("The referral was made").check()
    page.get_by_label("By telephone").check()
    page.get_by_role("button", name=re.compile("^Now.*When was it made")).click()
    boxes = [page.locator(f"#referred_at-{part}") for part in ("day", "month", "year", "time")]
    assert [box.input_value() for box in boxes] == ["2", "11", "2026", "10:00"]
    teacher.sees("Filled in: 10:00")
    boxes[3].fill("10:20")
    teacher.fill(number_called="0121 303 1888", taken_by="The front door", when="2 11 2026 10:20").press("Complete")
    teacher.sees("must not be a time to come: it is 10:00 on 2 November now")
    assert page.locator("#referred_at-time").input_value() == "10:20"
