"""What Orca says in Firefox of what just happened: the outcome before anything else, of a risk with whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from listening import TITLE, announced, answered, opened, pressed, raised

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop import Desktop
    from visitor import Visitor

PARTIES = "BIR-2026-0001: Made-up Primary School and Imaginary Children's Services"
BY_DAY = "Now call Children's Advice and Support Service (CASS): 0121 303 1888."
AT_NIGHT = "Now call Out-of-hours children's social care: 01632 960121."
RISK = "alert A child is at risk."
RAISED = "The disagreement is raised. Its reference is BIR-2026-0001."
NEXT = "Next for you: Professionals meeting?, 2 working days left, due Wednesday 4 November 17:00."
ASKED = "What it is about: raise a disagreement"


@pytest.mark.parametrize(("at", "call"), [("", BY_DAY), ("2026-11-02 20:00", AT_NIGHT)])
def test_of_a_reported_risk_is_heard_whom_to_call_at_this_hour(
    listener: Callable[[str], Visitor], orca: Desktop, at: str, call: str
) -> None:
    """S1, S6: as an alert where the focus is, then in the title; not a title that only names the next task."""
    teacher = listener("Terry Teacher")
    raised(orca, teacher)
    if at:
        orca.listen()
        announced(orca, teacher.move_clock(at))
    opened(orca, teacher, "/risk")
    assert pressed(orca, teacher, "Report risk now for AB (DEMO-1)") == [
        RISK,
        f"A child is at risk The risk is reported. {call}",
        f"Finished loading The risk is reported. {call[:-1]} – Call CASS and record the referral – Concord.",
    ]


def test_of_a_raising_with_an_error_is_heard_that_there_is_one_and_what_to_do(
    listener: Callable[[str], Visitor], orca: Desktop
) -> None:
    """The focus says that there is a problem, the title which is the first; by the tabulator come all of them."""
    teacher = answered(opened(orca, listener("Terry Teacher"), "/raise/details?risk=no"))
    for name in ("case-1", "disagreement"):
        teacher.form.locator(f"[name={name}]").fill("")
    assert pressed(orca, teacher, "Raise the disagreement") == [
        "There is a problem panel.",
        f"Finished loading Error: Enter the case reference of the child, and 1 more – {ASKED} – Concord.",
    ]
    orca.heard(TITLE, "There is a problem heading level 2.")
    for problem in ("Enter the case reference of the child", "Enter an answer to “What is the disagreement?”"):
        orca.press("Tab")
        assert orca.heard(problem)[-1] == f"{problem} link."


def test_of_a_completed_task_is_heard_what_was_recorded_and_what_comes_next(
    listener: Callable[[str], Visitor], orca: Desktop
) -> None:
    """The task by its name, then the next one and by when."""
    teacher = listener("Terry Teacher")
    ref = raised(orca, teacher)
    opened(orca, teacher, f"/disputes/{ref}/tasks/Stage1_Discuss.1").fill({"result": "We do not agree"})
    assert pressed(orca, teacher, "Complete") == [
        "alert Success.",
        f"Success That is recorded: Discuss the difference. {NEXT}",
        f"Finished loading That is recorded: Discuss the difference – {PARTIES} – Concord.",
    ]


def test_of_a_raising_is_heard_its_reference_and_what_comes_next(
    listener: Callable[[str], Visitor], orca: Desktop
) -> None:
    """As an alert where the focus is, then in the title."""
    teacher = answered(opened(orca, listener("Terry Teacher"), "/raise/details?risk=no"))
    assert pressed(orca, teacher, "Raise the disagreement") == [
        "alert Success.",
        f"Success {RAISED} Next for you: Discuss the difference, due tomorrow 17:00.",
        f"Finished loading The disagreement is raised – {PARTIES} – Concord.",
    ]


def test_of_a_raising_with_a_risk_is_heard_first_whom_to_call(
    listener: Callable[[str], Visitor], orca: Desktop
) -> None:
    """S2, S6: as the question is answered, and again as it is raised; the reference comes after."""
    teacher = opened(orca, listener("Terry Teacher"), "/raise")
    teacher.page.get_by_label("Yes", exact=True).check()
    assert pressed(orca, teacher, "Continue") == [
        RISK,
        f"A child is at risk You said that a child is at risk. {BY_DAY}",
        f"Finished loading You said that a child is at risk. {BY_DAY[:-1]} – {ASKED} – Concord.",
    ]
    announced(orca, teacher)
    assert pressed(orca, answered(teacher), "Raise the disagreement")[:2] == [
        RISK,
        f"A child is at risk The risk is reported. {BY_DAY} {RAISED}",
    ]
