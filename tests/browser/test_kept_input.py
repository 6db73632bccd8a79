"""What is typed as a disagreement is raised stays in its tab until it is raised; nobody else reads it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitor import Visitor

FORM, TYPED = "/raise/details?risk=no", "They closed the case while AB was still afraid to go home."
BACK = "What you had typed before is back."


def begun(visit: Callable[..., Visitor], name: str = "Terry Teacher") -> Visitor:
    """Somebody who has typed half of it."""
    person = visit(name).go(FORM)
    person.form.locator("[name=disagreement]").fill(TYPED)
    person.form.locator("[name=initials-1]").fill("AB")
    person.form.locator("[name=lead_told][value=no]").check()
    return person


def stands(person: Visitor) -> tuple[str, str, bool]:
    """What stands in the form."""
    form = person.form
    return (
        form.locator("[name=disagreement]").input_value(),
        form.locator("[name=initials-1]").input_value(),
        form.locator("[name=lead_told][value=no]").is_checked(),
    )


def test_what_was_typed_is_back_after_going_away_and_back(visit: Callable[..., Visitor]) -> None:
    """By the browser's Back, by a reload, by the menu; the page says so, and that nothing was sent."""
    teacher = begun(visit)
    teacher.go("/find")
    teacher.page.go_back()
    teacher.sees(BACK)
    assert stands(teacher) == (TYPED, "AB", True)
    teacher.page.reload()
    assert stands(teacher) == (TYPED, "AB", True)
    teacher.go("/").go(FORM).sees(BACK)
    assert stands(teacher) == (TYPED, "AB", True)


def test_one_can_start_afresh(visit: Callable[..., Visitor]) -> None:
    """By one button; then it is gone for good."""
    teacher = begun(visit)
    teacher.page.reload()
    teacher.press("Start afresh")
    assert stands(teacher) == ("", "", False)
    teacher.page.wait_for_timeout(400)
    teacher.page.reload()
    assert stands(teacher) == ("", "", False)
    assert not teacher.page.get_by_text(BACK).is_visible()


def test_what_the_server_filled_in_is_not_replaced(visit: Callable[..., Visitor]) -> None:
    """After an error the page shows what was sent; what is typed then is kept whole."""
    teacher = begun(visit)
    teacher.form.locator("[name=disagreement]").fill("What was sent.")
    teacher.press("Raise the disagreement").sees("There is a problem")
    assert stands(teacher) == ("What was sent.", "AB", True)
    teacher.form.locator("[name=initials-1]").fill("CD")
    teacher.go("/find").go(FORM)
    assert stands(teacher) == ("What was sent.", "CD", True)


def test_once_raised_it_is_forgotten(visit: Callable[..., Visitor]) -> None:
    """The next one begins empty."""
    teacher = begun(visit)
    teacher.raise_disagreement()
    teacher.go(FORM)
    assert stands(teacher) == ("", "", False)


def test_nobody_else_in_the_same_tab_reads_it(visit: Callable[..., Visitor]) -> None:
    """Signing out forgets it, and so does somebody else's signing in where the session had run out."""
    teacher = begun(visit)
    teacher.press("Sign out").sign_in("Terry Teacher").go(FORM)
    assert stands(teacher) == ("", "", False)
    teacher = begun(visit)
    teacher.page.reload()
    teacher.page.context.clear_cookies()
    teacher.sign_in("Wren Worker").go(FORM)
    assert stands(teacher) == ("", "", False)
    assert teacher.page.evaluate("Object.keys(sessionStorage).filter(key => key.includes('teacher'))") == []


def test_what_was_typed_is_not_lost_when_a_risk_comes_to_mind_meanwhile(visit: Callable[..., Visitor]) -> None:
    """S2: the answer becomes yes; what then is not asked waits in the task that asks it, and is back with no."""
    teacher = begun(visit)
    teacher.go("/raise/details?risk=yes").sees("What is asked later is kept for then")
    assert teacher.form.locator("[name=initials-1]").input_value() == "AB"
    teacher.form.locator("[name=case-1]").fill("DEMO-7")
    teacher.go(FORM)
    assert stands(teacher) == (TYPED, "AB", True)
    reference = teacher.raise_disagreement(risk="Yes", case="DEMO-7")
    teacher.go(f"/disputes/{reference}/tasks/Details_Say.1")
    assert teacher.form.locator("[name=disagreement]").input_value() == TYPED


def test_what_is_kept_for_later_is_there_in_another_window_and_is_thrown_away(
    visit: Callable[..., Visitor],
) -> None:
    """Kept for the person and not for the tab; thrown away it is gone from both."""
    teacher = begun(visit)
    teacher.press("Save and come back later").sees("You began to raise a disagreement")
    elsewhere = visit("Terry Teacher").go("/")
    elsewhere.page.get_by_role("button", name="Go on with it").click()
    elsewhere.page.wait_for_url("**/raise/details?*")
    assert stands(elsewhere) == (TYPED, "AB", True)
    teacher.go("/").press("Throw it away").sees("thrown away").go(FORM)
    assert stands(teacher) == ("", "", False)
