"""How much time is left, as values that pages colour and set out without reading a sentence."""

import pytest

from engine.calendar import london
from engine.calendar import working_days as days
from engine.replay import TimeLeft, time_left
from web.wording import ended_with, few

NOW = london("2026-03-02T12:00")


@pytest.mark.parametrize(
    ("due", "kind", "count", "until", "words"),
    [
        ("2026-03-01T17:00", "overdue", "", "since yesterday 17:00", "overdue since yesterday 17:00"),
        ("2026-03-02T12:00", "overdue", "", "since today 12:00", "overdue since today 12:00"),
        ("2026-03-02T17:00", "today", "", "due today 17:00", "due today 17:00"),
        ("2026-03-03T17:00", "later", "", "due tomorrow 17:00", "due tomorrow 17:00"),
        (
            "2026-03-06T17:00", "later", "4 working days left", "due Friday 6 March 17:00",
            "4 working days left, due Friday 6 March 17:00",
        ),
    ],
)  # fmt: skip
def test_time_left_says_which_kind_it_is_by_when_and_how_many_days(
    due: str, kind: str, count: str, until: str, words: str
) -> None:
    """T3: working days where it is neither today nor tomorrow."""
    left = time_left(london(due), NOW, days.calendar_for(NOW))
    assert left == TimeLeft(kind=kind, count=count, until=until, moment=until.partition(" ")[2])
    assert left.words == words


@pytest.mark.parametrize("due", ["2026-03-02T12:00", "2026-03-02T11:20"])
def test_what_is_to_be_done_at_once_is_not_late_before_anybody_was_alerted(due: str) -> None:
    """T6: due as it comes up; overdue in the second of reporting would say that nobody has done their part."""
    left = time_left(london(due), NOW, days.calendar_for(NOW), at_once=True)
    today = f"today {due[-5:]}"
    assert left == TimeLeft(kind="today", until=f"to be done at once, since {today}", moment=today)


def test_without_an_instant_there_is_no_time_left() -> None:
    """A task without a limit."""
    assert time_left(None, NOW, days.calendar_for(NOW)) is None


@pytest.mark.parametrize(("words", "ended"), [("It stands", "It stands."), ("Do they persist?", "Do they persist?")])
def test_a_sentence_ends_once(words: str, ended: str) -> None:
    """What a diagram says of where it stands may be a question."""
    assert ended_with(words, ".") == ended


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, ""),
        (1, "P1"),
        (5, "P1, P2, P3, P4, P5"),
        (6, "P1, P2, P3, P4 and 2 others"),
        (3_000, "P1, P2, P3, P4 and 2996 others"),
    ],
)
def test_of_many_people_the_first_are_named(count: int, said: str) -> None:
    """Nobody is left out to save one name; of three thousand practitioners nobody reads all."""
    assert few(f"P{n}" for n in range(1, count + 1)) == said
