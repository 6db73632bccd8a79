"""Every page, for everybody: no WCAG 2.2 AA violation that axe finds, nothing wider than a phone, and not too heavy."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from browser import FRONTEND

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Response
    from visitor import Visitor

PAGES = ("/", "/raise", "/raise/details?risk=no", "/disputes/{ref}", "/disputes/{ref}/replay", "/disputes/{ref}/risk",
         "/disputes/{ref}/duties",
         "/disputes/{ref}/tasks/Stage1_Discuss.1", "/disputes/{ref}/verify", "/find", "/directory",
         "/clauses", "/risk")  # fmt: skip
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HEAVIEST = 100_000


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_shuts_anybody_out(visit: Callable[..., Visitor], width: int) -> None:
    """Axe finds nothing on any page, and none has to be scrolled sideways."""
    visitor = visit("Terry Teacher", viewport={"width": width, "height": 900}, bypass_csp=True)
    ref = visitor.raise_disagreement(risk="Yes")
    found = []
    for path in PAGES:
        visitor.go(path.format(ref=ref))
        if path.endswith("/verify"):
            visitor.page.get_by_role("button", name="Verify the record").click()
        visitor.page.wait_for_load_state("networkidle")
        visitor.page.add_script_tag(path=FRONTEND / "node_modules" / "axe-core" / "axe.min.js")
        result = visitor.page.evaluate("levels => axe.run({runOnly: levels})", LEVELS)
        found += [f"{path}: {v['id']}: {v['nodes'][0]['html'][:200]}" for v in result["violations"]]
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{path}: {wide} px too wide"] if wide > 0 else []
    assert found == []


def test_a_practitioners_page_is_light(visit: Callable[..., Visitor]) -> None:
    """A task's page with all its assets takes at most 100 KB, compressed."""
    visitor = visit("Terry Teacher")
    ref = visitor.raise_disagreement()
    visitor.page.wait_for_load_state("networkidle")
    bodies: list[Response] = []
    visitor.page.on("response", lambda response: bodies.append(response))  # noqa: PLW0108 - playwright marks its handlers
    visitor.go(f"/disputes/{ref}/tasks/Stage1_Discuss.1")
    visitor.page.wait_for_load_state("networkidle")
    assert sum(len(gzip.compress(response.body())) for response in bodies) <= HEAVIEST
