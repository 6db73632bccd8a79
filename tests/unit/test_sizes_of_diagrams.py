"""A diagram is no larger than what can be read at a laptop's width: those that ship, and each that is begun."""

from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from describing import describe
from lxml import etree

from engine import begin_described, described

SHIPPED = sorted((Path(__file__).parents[2] / "bpmn").glob("*/*.bpmn"))
WIDE, HIGH = 3200, 2200
"""A whole diagram is shown at the width of a page: drawn larger, its words are too small to be made out."""
MODEL, DI, DC = (
    "{http://www.omg.org/spec/BPMN/20100524/MODEL}",
    "{http://www.omg.org/spec/BPMN/20100524/DI}",
    "{http://www.omg.org/spec/DD/20100524/DC}",
)
BEFORE = {
    "nothing": (None,),
    "one side": (None, "raising refers"),
    "either side": ("each reviews", "each refers"),
    "now this, now that": ("each reviews", "raising refers", None),
}
"""What comes before the talk of the stages: the first stage's, then the others' in turn."""
Box = tuple[float, float, float, float]


def boxes(root: etree._Element) -> dict[str, Box]:
    """Where each element is drawn: left, top, right, bottom."""
    found: dict[str, Box] = {}
    for shape in root.iter(f"{DI}BPMNShape"):
        bounds = shape.find(f"{DC}Bounds")
        assert bounds is not None
        x, y, wide, high = (float(bounds.get(key, "nan")) for key in ("x", "y", "width", "height"))
        found[shape.get("bpmnElement", "")] = (x, y, x + wide, y + high)
    return found


def fits(file: Path) -> None:
    """It is no larger than may be, and each lane holds what belongs to it."""
    root = etree.parse(file).getroot()
    drawn = boxes(root)
    lefts, tops, rights, bottoms = zip(*drawn.values(), strict=True)
    assert max(rights) - min(lefts) <= WIDE
    assert max(bottoms) - min(tops) <= HIGH
    on_an_edge = {each.get("id") for each in root.iter(f"{MODEL}boundaryEvent")}
    for lane in root.iter(f"{MODEL}lane"):
        left, top, right, bottom = drawn[lane.get("id", "")]
        for ref in {str(each.text) for each in lane.iter(f"{MODEL}flowNodeRef")} - on_an_edge:
            box = drawn[ref]
            assert left <= box[0] <= box[2] <= right, ref
            assert top <= box[1] <= box[3] <= bottom, ref


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_what_ships_can_be_read_whole_at_the_width_of_a_laptop(file: Path) -> None:
    """Whoever opens it sees all of it at once."""
    fits(file)


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("many", range(2, 8))
def test_what_is_begun_can_be_too_with_as_many_stages_as_may_be(many: int, before: str, tmp_path: Path) -> None:
    """Whatever is done before they talk."""
    fits(begun(tmp_path, many, before))


def begun(folder: Path, many: int, before: str) -> Path:
    """The diagram of a partnership of so many stages."""
    values = describe(3)
    first, *others = BEFORE[before]
    turns = [first, *islice(cycle(others or [first]), many - 1)]
    values["stage"] = [staged(values["stage"][0], number, turn) for number, turn in enumerate(turns, 1)]
    values["final"] |= {"hears": True, "meets": True}
    begin_described(folder / "bpmn", "north-town", described(values, "a description"))
    return folder / "bpmn" / "north-town" / "escalation.bpmn"


def staged(like: dict[str, Any], number: int, before: str | None) -> dict[str, Any]:
    """One of its stages."""
    own = {
        "title": f"people of tier {number} talk", "tier": f"tier_{number}", "called": f"Tier {number}",
        "roles": like["roles"], "limit": {"working_days": 5},
    }  # fmt: skip
    return own if before is None else own | {"before": before, "before_limit": {"hours": 24}}
