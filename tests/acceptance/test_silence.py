"""Nobody answers: every duty of every register ends as it says, and nothing ends falsely or waits for ever.

For each task that answers a duty, everybody acts until it is open; then whoever is bound by it never acts again.
"""

import pytest
import test_silence_barnet as barnet
import test_silence_birmingham as birmingham
import test_silence_bromley as bromley
import test_silence_harrow as harrow
import test_silence_wolverhampton as wolverhampton
from silence import Case, Silence
from typed_sheets import TYPED

from engine.pathway import Duty

TRIED = {
    each.play.partnership: each
    for each in (
        birmingham.SILENCE, bromley.SILENCE, barnet.SILENCE, harrow.MAIN, harrow.CONFERENCE, harrow.REVIEW,
        wolverhampton.MAIN, wolverhampton.REQUEST,
    )
}  # fmt: skip
CASES = [pytest.param(tried, case, id=f"{name} {case}") for name, tried in TRIED.items() for case in tried.cases()]
DUTIES = [
    pytest.param(tried, duty, id=f"{name} {duty.id}")
    for name, tried in TRIED.items()
    for duty in tried.play.pathway.register.duties
]


def test_every_pathway_with_a_register_is_tried() -> None:
    """All that ship."""
    assert TRIED.keys() == TYPED.keys()


@pytest.mark.parametrize(("tried", "case"), CASES)
def test_E4a_a_duty_that_is_not_done_ends_as_the_register_says(tried: Silence, case: Case) -> None:
    """It stays open; or its time ends it, or others did it, and whoever goes on is told of it."""
    tried.ends_as_the_register_says(case)


@pytest.mark.parametrize(("tried", "case"), CASES)
def test_E4a_silence_ends_nothing_and_stops_nothing(tried: Silence, case: Case) -> None:
    """No end says what has not happened; and what is left open waits for the silent alone, and stays open."""
    tried.ends_nothing_and_stops_nothing(case)


@pytest.mark.parametrize("tried", TRIED.values(), ids=TRIED)
def test_every_task_of_the_diagram_answers_a_duty_that_was_tried(tried: Silence) -> None:
    """So that none is left out by how it is come to."""
    tried.was_tried()


@pytest.mark.parametrize(("tried", "duty"), DUTIES)
def test_what_goes_on_unanswered_has_a_task_that_does(tried: Silence, duty: Duty) -> None:
    """A duty that goes on has at least one task of no other duty that stays open; else its word is never kept."""
    tried.keeps_its_word(duty)
