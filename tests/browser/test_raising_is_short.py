"""How much stands between somebody who is worried and a disagreement that is raised, counted in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitor import Visitor

HEADS = ".govuk-label--s, .govuk-fieldset__legend--s, .govuk-fieldset__legend--m"
ASKED = f"form#raise :is({HEADS}):not(.app-pair *, .app-beside *):visible"


def asked(person: Visitor) -> list[str]:
    """What the page asks that stands open.

    A child's reference and initials are one question, and so are an agency and who there decided.
    """
    return [words.strip() for words in person.page.locator(ASKED).all_inner_texts()]


def test_two_pages_and_at_most_eight_questions(visit: Callable[..., Visitor]) -> None:
    """R5: the second page raises it; what else is known is a task of whoever raised it, and theirs alone."""
    teacher = visit("Terry Teacher").go("/raise")
    teacher.page.get_by_label("No", exact=True).check()
    teacher.press("Continue")
    found = asked(teacher)
    assert "What is the disagreement?" in found
    assert 1 + len(found) <= 8, found  # whether a child is at risk was asked on the page before
    ref = teacher.raise_disagreement()
    teacher.go(f"/disputes/{ref}/tasks/Details_Say.1").sees("Is the child looked after?")
    assert "What is the disagreement?" not in [each.strip() for each in teacher.form.locator("label").all_inner_texts()]


def test_with_a_child_at_risk_the_agency_and_the_child_are_enough(visit: Callable[..., Visitor]) -> None:
    """S2, S5: 999 and the number first; everything that it is about is asked once the call is made."""
    teacher = visit("Terry Teacher").go("/raise")
    teacher.page.get_by_label("Yes", exact=True).check()
    teacher.press("Continue")
    teacher.sees("call 999")
    assert asked(teacher) == ["Which child is it about?", "Which agency do you disagree with?"]
    ref = teacher.raise_disagreement(risk="Yes", case="DEMO-2")
    teacher.go(f"/disputes/{ref}/tasks/Details_Say.1").sees("What is the disagreement?")
