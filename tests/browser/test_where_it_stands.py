"""The diagram on a dispute's page opens on the part where the dispute stands, in words that can be read there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitor import Visitor

LEGIBLE = 11
"""CSS pixels that letters are high, at the least."""
# The smallest letters of the diagram as they are seen, what is open with where it lies in the picture, and its size.
SEEN = """() => {
  const view = document.querySelector('#diagram .app-diagram__canvas').getBoundingClientRect();
  const scale = document.querySelector('#diagram .viewport').getCTM().a;
  const high = each => parseFloat(getComputedStyle(each).fontSize);
  const letters = [...document.querySelectorAll('#diagram text')].map(high);
  const box = each => each.querySelector('.djs-visual').getBoundingClientRect();
  const open = [...document.querySelectorAll('#diagram .is-waiting, #diagram .is-overdue')].map(box);
  const across = each => each.left >= view.left && each.right <= view.right;
  const inside = each => across(each) && each.top >= view.top && each.bottom <= view.bottom;
  return {smallest: Math.min(...letters) * scale, shown: open.filter(inside).length, width: view.width};
}"""


def unfolded(visitor: Visitor, ref: str) -> Visitor:
    """A dispute's page with its diagram opened, which is fetched then."""
    visitor.go(f"/disputes/{ref}").page.get_by_text("Show where it stands on the diagram").click()
    visitor.page.locator("#diagram[data-ready=true]").wait_for()
    return visitor


def seen(visitor: Visitor, ref: str) -> dict[str, Any]:
    """What the diagram of a dispute shows as it is opened."""
    unfolded(visitor, ref)
    found: dict[str, Any] = visitor.page.evaluate(SEEN)
    return found


@pytest.mark.parametrize("width", [1440, 375])
def test_at_every_stage_what_is_open_is_shown_in_letters_that_can_be_read(
    visit: Callable[..., Visitor], width: int
) -> None:
    """Raised, then taken on stage by stage: something open lies whole in the picture; the whole is one press away."""
    teacher = visit("Terry Teacher", viewport={"width": width, "height": 900})
    ref = teacher.raise_disagreement()
    for stage in range(1, 5):
        teacher.go(f"/disputes/{ref}").sees(f"Stage {stage}")
        found = seen(teacher, ref)
        assert found["smallest"] >= LEGIBLE
        assert found["shown"] >= 1
        teacher.go(f"/disputes/{ref}/escalate").fill(reason="There is no time to lose").press("Escalate now")
    unfolded(teacher, ref).press("Whole diagram")
    whole = teacher.page.evaluate(SEEN)
    assert whole["smallest"] < found["smallest"]
    assert whole["shown"] >= found["shown"]
