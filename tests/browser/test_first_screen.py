"""On a small phone, what can be decided now stands on the first screen, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitor import Visitor

HEIGHT = 667
# Where the first thing to press or to fill in ends that decides something: of a form, or the link that leads there.
# The demonstration's own line is no part of a real page.
FIRST = """() => {
  document.querySelector(".app-demo")?.remove();
  const seen = each => each.type !== "hidden" && each.checkVisibility();
  const controls = [...document.querySelectorAll("main form input, main form textarea, main form select")].filter(seen);
  const first = controls[0] ?? document.querySelector("main a.app-task-link");
  return first.getBoundingClientRect().bottom + window.scrollY;
}"""


def test_the_next_decision_begins_on_the_first_screen_of_worklist_dispute_and_task(
    visit: Callable[..., Visitor],
) -> None:
    """Raised just now, and taken on by the leads after a stage ran out."""
    window = {"viewport": {"width": 375, "height": HEIGHT}}
    teacher = visit("Terry Teacher", **window)
    ref = teacher.raise_disagreement()
    ends = {}
    for path in ("/", f"/disputes/{ref}", teacher.go(f"/disputes/{ref}").mine[0]):
        ends["teacher", path] = teacher.go(path).page.evaluate(FIRST)
    teacher.go(f"/disputes/{ref}/escalate").fill(reason="There is no time to lose").press("Escalate now")
    head = visit("Hollis Head-Teacher", **window)
    for path in ("/", f"/disputes/{ref}", head.go(f"/disputes/{ref}").mine[0]):
        ends["head", path] = head.go(path).page.evaluate(FIRST)
    assert {who: end for who, end in ends.items() if end > HEIGHT} == {}


def test_a_long_case_reference_breaks_rather_than_pushes_the_page_aside(visit: Callable[..., Visitor]) -> None:
    """Thirty-nine characters without a space, on the narrowest phone: nothing is scrolled sideways."""
    teacher = visit("Terry Teacher", viewport={"width": 320, "height": 640})
    ref = teacher.raise_disagreement(case="LCS/2026/012345678901234567890123456789")
    wide = {}
    for path in ("/", f"/disputes/{ref}", f"/disputes/{ref}/tasks/Stage1_Discuss.1", f"/disputes/{ref}/risk", "/find"):
        page = teacher.go(path).page
        wide[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {path: more for path, more in wide.items() if more > 0} == {}
