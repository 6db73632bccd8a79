"""The main ways by Debian's Firefox: to sign in, raise, do a task, confirm what was agreed, report a risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitor import Visitor


def test_a_disagreement_is_raised_talked_over_and_confirmed(visit: Callable[..., Visitor]) -> None:
    """From signing in to the other side's word that it was agreed; each sending says what came of it."""
    teacher = visit("Terry Teacher").sees("Terry Teacher, Made-up Primary School")
    ref = teacher.raise_disagreement()
    teacher.sees(f"The disagreement is raised. Its reference is {ref}. Next for you: Discuss the difference")
    teacher.go("/").follow("Discuss the difference").fill({"result": "We agree"}).send("Complete")
    teacher.sees("That is recorded: Discuss the difference.")
    worker = visit("Wren Worker of the council").go("/").follow("Say so if this was not agreed")
    worker.fill({"agreed": "Yes"}).send("Complete")
    worker.sees("That is recorded: Say so if this was not agreed.")
    assert worker.page.title().startswith("That is recorded: Say so if this was not agreed – ")


def test_a_risk_is_reported_by_two_presses_and_the_referral_recorded(visit: Callable[..., Visitor]) -> None:
    """S1, S5, S6: the number for this hour stands in the title and above the task that opens."""
    teacher = visit("Terry Teacher")
    teacher.raise_disagreement()
    teacher.go("/").send("Report risk to a child").send("Report risk now")
    teacher.sees("The risk is reported. Now call Children's Advice and Support Service (CASS): 0121 303 1888.")
    assert "0121 303 1888" in teacher.page.title()
    teacher.send("Complete").sees("There is a problem", "Select an answer to “What became of this report?”")
    teacher.fill({"outcome": "The referral was made", "way": "By telephone"}).send("Complete")
    teacher.sees("That is recorded: Call CASS and record the referral.")
