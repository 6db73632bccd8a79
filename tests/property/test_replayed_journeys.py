"""Laws of a replay over generated journeys: it ends where the dispute stands, and its tokens keep to what is drawn."""

from itertools import pairwise

import pytest
from journeys import Journey
from walkers import BPMN, PATHWAYS, journeys

from engine import version_from
from engine.course import fold
from engine.pathway import Diagram
from engine.replay import Frame, frames


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_the_last_frame_is_the_live_dispute_and_tokens_move_along_flows(pathway: str) -> None:
    """R1: on every pathway that ships, with timers fired late, risk, protective timescales, closures."""
    version = version_from(BPMN, pathway)
    for journey in journeys(version, 40_000, 4):
        found = frames(version.pathway, journey.entries, {})
        assert fold(version.pathway, journey.entries) == journey.course.dispute, journey.ref
        told_whole(found, journey)
        for frame in found:
            on_the_diagram(frame, version.pathway.diagram)


def told_whole(found: list[Frame], journey: Journey) -> None:
    """Frames are numbered, go on in time, have words, and leave out no entry that says something."""
    assert [frame.n for frame in found] == list(range(1, len(found) + 1))
    assert [frame.at for frame in found] == sorted(frame.at for frame in found)
    assert all(frame.words and "no words for" not in frame.words for frame in found)
    silent = {"PathTaken", "DisputeRaised", "CalendarNoted", "ProtectiveTimescaleSet"}
    assert {e.seq for e in journey.entries if e.kind not in silent} <= {frame.seq for frame in found}


def on_the_diagram(frame: Frame, diagram: Diagram) -> None:
    """A way is an unbroken line of flows that leads from the source to the element, or to what is around it."""
    flows = {flow.id: flow for flow in diagram.flows}
    way = [flows[flow] for flow in frame.flows]
    assert all(first.target == then.source for first, then in pairwise(way))
    if way:
        assert way[0].source == frame.source
        assert way[-1].target in {frame.element, diagram.elements[str(frame.element)].parent}
    assert all(token.element in diagram.elements for token in frame.state.tokens)
