"""The demonstration's clock and its quick change of person."""

import pytest
from web_office import REF, Office, words


def move(office: Office, **data: str) -> str:
    """Move the clock on from the dispute's page and give what that page says then."""
    visitor = office.visitor("teacher")
    return visitor.follow(visitor.submit(f"/disputes/{REF}", data, action="/demo/clock"))


def test_every_page_shows_the_clock(office: Office) -> None:
    """London's time stands on each page of a demonstration (T1)."""
    office.raised()
    visitor = office.visitor("teacher")
    for path in ("/", "/raise", f"/disputes/{REF}", f"/disputes/{REF}/replay", office.task("teacher")):
        assert "Its clock shows Monday 23 November 2026, 12:00" in words(visitor.page(path)), path
    assert "12:00" in words(visitor.page("/nothing", 404))


@pytest.mark.parametrize(
    ("to", "at", "shows"),
    [
        ("hour", "", "Monday 23 November 2026, 13:00"),
        ("day", "", "Tuesday 24 November 2026, 12:00"),
        ("at", "2026-11-27 16:45", "Friday 27 November 2026, 16:45"),
    ],
)
def test_the_clock_is_moved_on(office: Office, to: str, at: str, shows: str) -> None:
    """By an hour, to the same time of the next working day, or to a date and time."""
    office.raised()
    assert f"The clock now shows {shows}" in move(office, to=to, at=at)


def test_moving_to_what_is_due_next_makes_it_happen(office: Office) -> None:
    """What falls due fires at its instant, and stands in what happened."""
    office.raised()
    said = ""
    for _ in range(8):
        said = move(office, to="next")
        if "Stage 1: practitioners talk ended" in said:
            break
    assert "Stage 2:" in said


def test_moving_far_fires_everything_on_the_way(office: Office) -> None:
    """Every deadline between then and now has its entry (E1)."""
    office.raised()
    said = move(office, to="at", at="2026-12-24 09:00")
    for stage in ("Stage 1", "Stage 2", "Stage 3"):
        assert f"{stage}:" in said
    assert said.count("its deadline passed") >= 3


@pytest.mark.parametrize("at", ["2020-01-01 10:00", "tomorrow", "", "2099-01-01", "2027-03-28 01:30"])
def test_a_time_that_will_not_do_is_explained(office: Office, at: str) -> None:
    """The clock stays where it is."""
    office.raised()
    before = office.clock.now()
    assert "There is a problem" in move(office, to="at", at=at)
    assert office.clock.now() == before


def test_one_becomes_someone_else_on_any_page(office: Office) -> None:
    """The banner's list changes who is signed in, and stays on the page."""
    office.raised()
    visitor = office.visitor("teacher")
    answer = visitor.submit(f"/disputes/{REF}", {"person": "worker"}, action="/sign-in")
    assert answer.location == f"/disputes/{REF}"
    assert "Wren Worker, Children's Services" in visitor.follow(answer)
