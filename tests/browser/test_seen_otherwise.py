"""Pages as other people have them: by keyboard alone, at 320 px, with large letters, in forced colours, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browser import FRONTEND

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership import Partnership
    from visitor import Visitor

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TASK = "/disputes/{ref}/tasks/Stage1_Discuss.1"
PAGES = ("/", "/raise", "/raise/details?risk=no", "/disputes/{ref}", "/disputes/{ref}/replay", "/disputes/{ref}/risk",
         "/disputes/{ref}/duties", TASK, "/disputes/{ref}/escalate", "/find", "/directory", "/clauses",
         "/risk")  # fmt: skip
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """() => [...document.querySelectorAll("main h1, main h2, main p, main label, main legend, main .govuk-button")]
  .filter(each => each.checkVisibility() && !each.closest(".govuk-visually-hidden, .app-scroll, .app-diagram"))
  .filter(each => !each.classList.contains("govuk-visually-hidden"))
  .filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== "visible")
  .map(each => each.textContent.trim().slice(0, 60))"""


def found_by_axe(visitor: Visitor) -> list[str]:
    """What shuts somebody out on the page that is shown."""
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.add_script_tag(path=FRONTEND / "node_modules" / "axe-core" / "axe.min.js")
    result = visitor.page.evaluate("levels => axe.run({runOnly: levels})", LEVELS)
    return [f"{visitor.page.url}: {v['id']}: {v['nodes'][0]['html'][:200]}" for v in result["violations"]]


@pytest.mark.parametrize(
    ("window", "style"),
    [({"width": 320, "height": 640}, ""), ({"width": 640, "height": 900}, "html { font-size: 200% }")],
    ids=["320 px", "letters twice as large"],
)
def test_nothing_is_scrolled_sideways_or_cut_off(visit: Callable[..., Visitor], window: Any, style: str) -> None:
    """On the narrowest phone, and for whoever reads large letters: nothing is wider than the window, or cut."""
    visitor = visit("Terry Teacher", viewport=window, bypass_csp=True)
    ref = visitor.raise_disagreement(risk="Yes")
    wrong = {}
    for path in PAGES:
        page = visitor.go(path.format(ref=ref)).page
        if style:
            page.add_style_tag(content=style)
        wrong[path] = (page.evaluate(WIDER) > 0, page.evaluate(CUT))
    assert {path: each for path, each in wrong.items() if each != (False, [])} == {}


def test_in_forced_colours_what_is_told_by_colour_has_an_edge_or_words(visit: Callable[..., Visitor]) -> None:
    """Buttons, danger and tags keep a border, since backgrounds are gone; axe finds nothing there either."""
    visitor = visit("Terry Teacher", forced_colors="active", bypass_csp=True)
    ref = visitor.raise_disagreement(risk="Yes")
    found = []
    for path in ("/", "/disputes/{ref}", TASK):
        page = visitor.go(path.format(ref=ref)).page
        bare = page.evaluate(
            """() => [...document.querySelectorAll(".govuk-button, .app-danger, .govuk-tag, .govuk-error-summary")]
              .filter(each => each.checkVisibility())
              .filter(each => !["Top", "Left"].some(side => {
                const style = getComputedStyle(each);
                return style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0
                  || style.outlineStyle !== "none";
              }))
              .map(each => each.className)"""
        )
        found += [f"{path}: {name}" for name in bare] + found_by_axe(visitor)
    assert found == []


def test_a_printed_page_is_the_story_without_menus_and_buttons(visit: Callable[..., Visitor]) -> None:
    """What is folded or pressed is of no use on paper; the reference, the child and what happened are."""
    visitor = visit("Terry Teacher")
    ref = visitor.raise_disagreement()
    for path in ("/disputes/{ref}", TASK, "/"):
        page = visitor.go(path.format(ref=ref)).page
        page.emulate_media(media="print")
        shown = page.evaluate(
            """() => [...document.querySelectorAll("nav, .govuk-service-navigation, button, .govuk-button, .app-demo")]
              .filter(each => each.checkVisibility()).map(each => each.textContent.trim().slice(0, 40))"""
        )
        assert shown == [], path
        visitor.sees(ref, "AB")
        page.emulate_media(media="screen")


def test_a_task_is_done_by_keyboard_alone(visit: Callable[..., Visitor]) -> None:
    """Past the menu to what is to be done in five stops; chosen, typed and sent without a mouse; the focus is seen."""
    visitor = visit("Terry Teacher")
    ref = visitor.raise_disagreement()
    page, keys = visitor.go(f"/disputes/{ref}").page, visitor.page.keyboard
    page.evaluate("document.querySelector('.app-demo')?.remove()")
    keys.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    keys.press("Enter")
    stops = []
    for _ in range(5):
        keys.press("Tab")
        stops.append(page.evaluate("[document.activeElement.tagName, document.activeElement.name || '']"))
        if stops[-1][1] == "result":
            break
    assert stops[-1] == ["INPUT", "result"], stops
    assert page.evaluate("getComputedStyle(document.activeElement.nextElementSibling, '::before').boxShadow") != "none"
    keys.press("ArrowDown")
    keys.press("Space")
    chosen = page.evaluate("document.activeElement.value")
    for _ in range(40):
        keys.press("Tab")
        tag, kind, key, text = page.evaluate(
            "(a => [a.tagName, a.type || '', a.id, a.textContent.trim()])(document.activeElement)"
        )
        if tag == "BUTTON" and text == "Complete":
            break
        if tag == "TEXTAREA" or (tag == "INPUT" and kind == "text"):
            typed = {"day": "2", "month": "11", "year": "2026", "time": "10:00"}
            keys.type(next((value for part, value in typed.items() if key.endswith(part)), "It was said."))
    with page.expect_navigation():
        keys.press("Enter")
    assert chosen
    visitor.sees("That is recorded")


def test_no_error_shuts_anybody_out(visit: Callable[..., Visitor]) -> None:
    """What is wrong is told so that everybody reads it, wherever it is told."""
    visitor = visit("Terry Teacher", viewport={"width": 390, "height": 900}, bypass_csp=True)
    ref = visitor.raise_disagreement()
    visitor.page.wait_for_load_state("networkidle")
    found = []
    for path, button in (
        ("/raise", "Continue"),
        ("/raise/details?risk=no", "Raise the disagreement"),
        (TASK, "Complete"),
        (TASK, "Record that I tried"),
        ("/disputes/{ref}/escalate", "Escalate now"),
        ("/disputes/{ref}/protective", ""),
    ):
        visitor.go(path.format(ref=ref))
        if button == "Record that I tried":
            visitor.page.get_by_text("I could not reach somebody for this").click()
        visitor.page.locator("main form").get_by_role("button", name=button).last.click()
        visitor.sees("There is a problem")
        found += found_by_axe(visitor)
    for path in ("/nowhere", "/disputes/BIR-2026-9999", f"/disputes/{ref}/tasks/Stage1_Nothing.1"):
        visitor.go(path)
        found += found_by_axe(visitor)
    keeper = visit("Bo Business-Manager", viewport={"width": 390, "height": 900}, bypass_csp=True)
    for path in ("/directory/people/new", "/directory/agencies/new", "/directory/closures/new"):
        keeper.go(path).page.locator("main form button").last.click()
        keeper.sees("There is a problem")
        found += found_by_axe(keeper)
    for path in ("/", "/directory", "/find", f"/disputes/{ref}", f"/disputes/{ref}/hold"):
        keeper.go(path)
        found += found_by_axe(keeper)
    assert found == []


@pytest.mark.soak
@pytest.mark.parametrize("name", ["bromley", "harrow", "barnet", "wolverhampton"])
def test_no_partnerships_page_shuts_anybody_out(partnership: Callable[[str], Partnership], name: str) -> None:
    """The same pages of the others, each with its own forms."""
    served = partnership(name)
    context = served.chrome.new_context(bypass_csp=True, viewport={"width": 390, "height": 900})
    context.add_cookies([{"name": "concord", "value": served._signed_in("Terry Teacher"), "url": served.address}])
    from visitor import Visitor  # noqa: PLC0415

    visitor = Visitor(context.new_page(), served.address)
    ref = visitor.raise_disagreement(pathway=name, case=served.next_case())
    found = []
    for path in (
        "/",
        f"/raise/details?risk=no&pathway={name}",
        f"/disputes/{ref}",
        f"/disputes/{ref}/duties",
        "/clauses",
    ):
        visitor.go(path)
        found += found_by_axe(visitor)
    tasks = [task for task in visitor.go(f"/disputes/{ref}").mine if "/tasks/" in task]
    for task in tasks:
        visitor.go(task)
        found += found_by_axe(visitor)
        visitor.page.locator("main form button[value=complete]").first.click()
        found += found_by_axe(visitor)
    context.close()
    assert found == []
