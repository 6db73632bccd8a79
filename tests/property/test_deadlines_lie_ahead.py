"""No deadline is set or moved into the past, whatever was reported, shared or agreed before, and in whatever order."""

from itertools import permutations

import pytest
from journeys import Journey
from walkers import BPMN, go, journeys

from engine import version_from

HARROW = version_from(BPMN, "harrow")


def test_a_shared_timescale_that_moves_nothing_is_kept_all_the_same() -> None:
    """T10, HAR-R1, T12: risk reported in a stage entered late, then a timescale, then risk again: due in the past."""
    for _ in journeys(HARROW, 17956970278044, 3):
        pass


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=lambda order: "".join(map(str, order)))
@pytest.mark.parametrize("seed", [3, 11, 28])
def test_whatever_moves_deadlines_may_come_in_any_order(order: tuple[int, ...], seed: int) -> None:
    """T10, T12, HAR-R1: each twice, with time between; the laws of every journey are asked at each step."""
    journey = Journey(HARROW, f"J-{seed}", seed)
    acts = [journey.report_risk, journey.set_protective, journey.recalculate, lambda: journey.simply("RiskOver")]
    for number in (*order, *order):
        if journey.open:
            go(journey, acts[number])
            go(journey, journey.wait)
            go(journey, journey.fire)
