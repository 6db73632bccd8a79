"""Firefox's Back loses nothing of what is typed as a disagreement is raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from test_kept_input import BACK, TYPED, begun, stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitor import Visitor


def test_back_from_another_page_finds_it_again(visit: Callable[..., Visitor]) -> None:
    """The page says that it is back, and that nothing was sent."""
    teacher = begun(visit)
    teacher.follow("Find").page.go_back()
    teacher.sees(BACK)
    assert stands(teacher) == (TYPED, "AB", True)


def test_back_to_the_question_of_risk_and_on_again_finds_it_too(visit: Callable[..., Visitor]) -> None:
    """Whoever changes their answer to it does not type the rest twice."""
    teacher = visit("Terry Teacher").go("/raise")
    teacher.page.get_by_label("No", exact=True).check()
    teacher.send("Continue").form.locator("[name=initials-1]").fill("AB")
    teacher.page.go_back()
    teacher.page.get_by_label("Yes", exact=True).check()
    teacher.send("Continue").sees(BACK)
    assert teacher.form.locator("[name=initials-1]").input_value() == "AB"


def test_back_from_what_was_refused_finds_it_too(visit: Callable[..., Visitor]) -> None:
    """An error shows what was sent, and so does the form before it."""
    teacher = begun(visit)
    teacher.send("Raise the disagreement").sees("There is a problem")
    assert stands(teacher) == (TYPED, "AB", True)
    teacher.page.go_back()
    assert stands(teacher) == (TYPED, "AB", True)
