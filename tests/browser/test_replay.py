"""The replay in a real browser: by mouse, by keyboard alone, by a link, with little motion, and without JavaScript."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from partnership import at_work
from playwright.sync_api import expect

import engine
from engine import Child
from engine.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from partnership import Partnership
    from playwright.sync_api import Browser, Page

    Opened = Callable[..., AbstractContextManager[Page]]

# Where the tokens that move are.
MOVING = '[...document.querySelectorAll(".app-token")].map(t => t.getAttribute("transform")).join()'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, chrome: Browser) -> Iterator[Partnership]:
    """Birmingham with one dispute: raised with a child at risk, a deadline missed, a stage escalated by its timer."""
    with at_work("birmingham", tmp_path_factory.mktemp("replay"), chrome) as partnership:
        teacher = engine.person_named(partnership.concord, "birmingham-school-teacher")
        form = engine.raise_page(partnership.concord, teacher).form
        engine.raise_dispute(
            partnership.concord, teacher, uuid4().hex, pathway="birmingham", receiving="birmingham-council",
            answers=filled(form, partnership.clock.now(), {}), risk=True,
            children=[Child(case_reference="DEMO-1", initials="AB")],
        )  # fmt: skip
        partnership.move("2026-11-09T17:30")
        yield partnership


@pytest.fixture
def opened(served: Partnership, chrome: Browser) -> Opened:
    """Opens the replay for the auditor, in a window of its own, and waits for the first step."""

    @contextmanager
    def open_(step: int | None = None, **window: Any) -> Iterator[Page]:
        context = chrome.new_context(viewport={"width": 1280, "height": 900}, **window)
        context.add_cookies([{"name": "concord", "value": served._signed_in("Ash Auditor"), "url": served.address}])
        page = context.new_page()
        page.goto(f"{served.address}/disputes/BIR-2026-0001/replay" + (f"?step={step}" if step else ""))
        if window.get("java_script_enabled", True):
            page.locator("#diagram[data-ready=true]").wait_for()
        yield page
        context.close()

    return open_


def shown(page: Page) -> int:
    """The number of the step that is told beside the diagram."""
    return int(page.locator("[data-show=n]").inner_text())


def followed(page: Page) -> list[str]:
    """Where the tokens are at the next step, by the page's own clock: each place once, for two seconds."""
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    page.keyboard.press("ArrowRight")
    seen = [page.evaluate(MOVING)]
    for _ in range(100):
        page.clock.run_for(20)
        seen.append(page.evaluate(MOVING))
    return [at for at, _ in groupby(seen)]


def zoom(page: Page) -> float:
    """How near the diagram is looked at."""
    transform = str(page.locator(".viewport").get_attribute("transform"))
    return round(float(transform.removeprefix("matrix(").split(",")[0]), 3)


def count(page: Page) -> int:
    """How many steps there are."""
    return page.locator("[data-row]").count()


def test_by_mouse_it_is_played_paused_scrubbed_and_jumped_through(opened: Opened) -> None:
    """Play to the end, pause on the way, drag the scrubber, go to a step and to a mark; zoom stays as it was set."""
    with opened(reduced_motion="reduce") as page:
        last = count(page)
        page.get_by_label("Speed").select_option("Very fast")
        page.get_by_role("button", name="Play").click()
        expect(page.locator("[data-show=n]")).to_have_text("4")
        page.get_by_role("button", name="Pause").click()
        paused = shown(page)
        expect(page).to_have_url(re.compile(rf"step={paused}$"))

        scrubber = page.get_by_role("slider", name="Step")
        box = scrubber.bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] - 9, box["y"] + box["height"] / 2)
        assert shown(page) == last
        scrubber.fill("7")
        assert shown(page) == 7

        page.get_by_role("button", name="Zoom in").click()
        scale = zoom(page)
        page.get_by_role("spinbutton", name="Step").fill("9")
        page.get_by_role("button", name="Go", exact=True).click()
        assert shown(page) == 9
        assert zoom(page) == scale

        marks = page.get_by_label("Go to")
        missed = marks.locator("option", has_text="Missed: The deadline “5 working days” passed")
        marks.select_option(missed.get_attribute("value"))
        assert "Nobody acted for 5 working days" in page.locator(".app-replay__what").inner_text()
        assert page.locator(".is-current").first.get_attribute("data-element-id") == "Stage1_Deadline"

        scrubber.fill(str(last - 3))
        page.get_by_role("button", name="Play").click()
        expect(page.get_by_role("button", name="Play")).to_be_visible()
        assert shown(page) == last
        assert page.get_by_role("button", name="Forward").get_attribute("aria-disabled") == "true"


def test_by_keyboard_alone_all_of_it_can_be_reached(opened: Opened) -> None:
    """Home, End, arrows, space; a reader hears each step; a form field keeps its keys (WCAG 2.1.4)."""
    with opened(reduced_motion="reduce") as page:
        last, said = count(page), page.locator("[data-part=said]")
        page.keyboard.press("ArrowRight")
        assert shown(page) == 1, "Outside the replay no key counts"
        page.get_by_role("button", name="Forward").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert shown(page) == 3
        expect(said).to_have_text(re.compile(rf"^Step 3 of {last}: .*November 2026"))
        page.keyboard.press("ArrowLeft")
        assert shown(page) == 2
        page.keyboard.press("Enter")
        assert shown(page) == 3, "A button keeps its own keys"
        page.keyboard.press("End")
        assert shown(page) == last
        page.keyboard.press("Home")
        assert shown(page) == 1

        page.get_by_role("slider").focus()
        page.keyboard.press("ArrowRight")
        assert shown(page) == 2
        assert str(page.get_by_role("slider").get_attribute("aria-valuetext")).startswith(f"Step 2 of {last}: ")
        page.keyboard.press("Space")
        page.get_by_role("button", name="Pause").wait_for()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Play").wait_for()

        here = shown(page)
        page.get_by_role("spinbutton", name="Step").focus()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Home")
        assert shown(page) == here, "A field keeps its own keys"

        page.locator(".app-replay__keys summary").focus()
        page.keyboard.press("Enter")
        assert page.get_by_text("plays and pauses").is_visible()


def test_a_link_leads_to_its_step_and_a_row_leads_to_the_diagram(opened: Opened) -> None:
    """The address names the step that is shown, and opening it shows that step."""
    with opened(step=12, reduced_motion="reduce") as page:
        assert shown(page) == 12
        assert page.locator("#step-12 a").get_attribute("aria-current") == "step"
        page.locator("#step-20 a").click()
        assert shown(page) == 20
        assert page.evaluate("document.activeElement.id") == "replay"
        expect(page).to_have_url(re.compile(r"step=20$"))
        page.reload()
        expect(page.locator("[data-show=n]")).to_have_text("20")


def test_the_first_view_shows_the_diagram_and_what_is_told(opened: Opened) -> None:
    """On a usual screen nobody scrolls; on a phone a link to a step leads to the diagram."""
    with opened(step=12, reduced_motion="reduce") as page:
        assert page.evaluate("scrollY") == 0
        assert page.evaluate("document.querySelector('.app-diagram__canvas').getBoundingClientRect().bottom") <= 900
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(re.sub(r"step=.*", "step=13", page.url))
        page.locator("#diagram[data-ready=true]").wait_for()
        page.wait_for_function("document.querySelector('.app-replay').getBoundingClientRect().top < 20")


def test_what_is_told_beside_the_diagram_is_the_row_of_the_table(opened: Opened) -> None:
    """Who, when, what, by which rule: the same words; with the deadlines and the tokens of that moment."""
    with opened(step=24, reduced_motion="reduce") as page:
        for name in ("when", "who", "rule"):
            cell = page.locator(f"#step-24 [data-cell={name}]").inner_text()
            assert page.locator(f"[data-show={name}]").inner_text().split() == cell.split()
        words = page.locator("#step-24 .app-step__words").inner_text()
        assert page.locator(".app-replay__what").inner_text() == words
        assert "Stage 1: practitioners talk" in page.locator("[data-part=deadlines]").inner_text()
        assert "R1, referral" in page.locator("[data-part=tokens]").inner_text()
        assert page.locator(".app-token--referral text").first.text_content() == "R1"


def test_a_token_travels_along_the_flow_that_it_took(opened: Opened) -> None:
    """From the report of risk to the fork its token stays on the line that is drawn between them."""
    with opened() as page:
        flow = "Risk_Reported_to_Risk_Fork"
        rows = page.evaluate(
            "JSON.parse(document.getElementById('replay-told').textContent).steps.map(s => s.flows || [])"
        )
        step = next(n for n, flows in enumerate(rows, 1) if flow in flows)
        page.get_by_role("slider").fill(str(step - 1))
        page.get_by_role("slider").focus()
        seen = followed(page)
        line = page.locator(f"[data-element-id={flow}] .djs-visual > path").first.get_attribute("d")
        height = float(re.findall(r"-?[\d.]+", str(line))[1])
        places = [re.findall(r"translate\((-?[\d.]+) (-?[\d.]+)\)", at) for at in seen]
        risk = [[(float(x), float(y)) for x, y in at if abs(float(y) - height) < 1] for at in places]
        assert len([at for at in risk if at]) > 4, "It does not move along the line"
        across = [at[0][0] for at in risk if at]
        assert across == sorted(across)
        assert across[-1] - across[0] > 40


def test_with_reduced_motion_nothing_moves(opened: Opened) -> None:
    """A token is where it belongs at once (WCAG 2.3.3)."""
    with opened(step=3, reduced_motion="reduce") as page:
        page.get_by_role("slider").focus()
        assert len(followed(page)) == 1


def test_without_javascript_the_table_tells_it_all(opened: Opened) -> None:
    """The same path in words, numbered, with no control that does nothing."""
    with opened(java_script_enabled=False) as page:
        page.locator("#step-1").wait_for()
        assert not page.get_by_role("button", name="Play").is_visible()
        assert not page.locator(".app-replay__panel").is_visible()
        body = page.locator("body").inner_text()
        for words in (
            "Nobody acted for",
            "Set locally:",
            "its deadline passed",
            "Deadlines as they ran",
            "Concord's timer",
        ):
            assert words in body
