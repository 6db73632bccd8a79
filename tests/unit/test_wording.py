"""A journal in words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.course.decider import HANDLERS
from engine.dispute import CLOCK, GENESIS, About, Input, Kind, record
from engine.pathway import read_folder, usual_offices
from engine.replay import when
from engine.replay.wording import recipients, sentence

PATHWAY = read_folder(Path(__file__).parents[2] / "bpmn" / "birmingham", demo=True)
AT = datetime(2026, 6, 1, 9, 5, tzinfo=UTC)


def told(kind: str, element: str | None = None, **data: object) -> str | None:
    """The sentence of an entry."""
    entries, _ = record("B", GENESIS, 1, Input(kind=kind, at=AT, actor=CLOCK, element=element, data=data), [])
    return sentence(entries[0], PATHWAY, About(entries))


def test_instants_are_told_in_londons_time() -> None:
    """T1: in summer an hour later than stored."""
    assert when(AT) == when("2026-06-01T09:05:00Z") == "Monday 1 June 2026 at 10:05"
    assert when(None) == ""


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("both", "both sides"),
        ("raising,receiving", "the raising side and the receiving side"),
        ("co_chair, business_manager,lead_partner", "the Co-Chairs, the Business Manager and lead partner"),
    ],
)
def test_recipients_are_told_as_people(to: str, words: str) -> None:
    """No keys on a page."""
    assert recipients(to, usual_offices()) == words


def test_every_input_that_a_course_knows_has_a_sentence_or_is_told_by_another() -> None:
    """R1: a new kind must not be silent; linking is told by its effect, who was told by the notice itself."""
    told = {kind for kind in Kind if kind.meaning.says}
    assert {*HANDLERS, Kind.RAISED} <= {*told, Kind.LINKED, Kind.NOTICES_ADDRESSED}


def test_a_stages_end_says_why() -> None:
    """R1."""
    title = PATHWAY.stage("Stage1").title  # type: ignore[union-attr]
    assert told("StageLeft", stage="Stage1", how="deadline") == f"{title} ended: its deadline passed"


def test_what_has_no_sentence_is_left_out() -> None:
    """Only the path itself, which the diagram shows."""
    assert told("PathTaken", path=[]) is None
