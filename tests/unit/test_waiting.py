"""Waiting for a database at the start: how long, and for what not."""

import pytest

from engine.application import Interrupted, StoreMisnamed, StoreUnavailable, patiently


class Later:
    """A database that is there after some tries, and a clock that goes on while one rests."""

    def __init__(self, tries: int, wrong: StoreUnavailable | None = None) -> None:
        self.tries, self.at = tries, 0.0
        self.wrong = wrong or StoreUnavailable(why="connection refused")
        self.told: list[tuple[str, float]] = []

    def open(self) -> str:
        """Try it."""
        self.tries -= 1
        if self.tries >= 0:
            raise self.wrong
        return "open"

    def rest(self, seconds: float) -> bool:
        """Rest; nobody says to stop."""
        self.at += seconds
        return False

    def tell(self, why: str, seconds: float) -> None:
        """Note it."""
        self.told.append((why, seconds))

    def opened(self, seconds: float) -> str:
        """Wait for it."""
        return patiently(self.open, seconds, tell=self.tell, rest=self.rest, moment=lambda: self.at)


def test_each_pause_is_twice_the_one_before_up_to_ten_seconds() -> None:
    """And each try is told of, with what the database said."""
    later = Later(7)
    assert later.opened(60) == "open"
    assert later.told == [("connection refused", pause) for pause in (0.5, 1, 2, 4, 8, 10, 10)]


def test_after_so_many_seconds_what_it_said_last_is_raised() -> None:
    """The last pause ends when they are over."""
    later = Later(1000)
    with pytest.raises(StoreUnavailable, match="connection refused"):
        later.opened(10)
    assert later.at == 10
    assert len(later.told) == 5


def test_what_will_never_open_is_not_waited_for() -> None:
    """An address that is none."""
    later = Later(1000, StoreMisnamed(why="no address"))
    with pytest.raises(StoreMisnamed):
        later.opened(60)
    assert not later.told


def test_told_to_stop_it_waits_no_longer() -> None:
    """At the next rest."""
    later = Later(1000)
    with pytest.raises(Interrupted):
        patiently(later.open, 60, tell=later.tell, rest=lambda _seconds: True, moment=lambda: 0.0)
