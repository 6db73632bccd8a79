"""The demonstration's clock and its quick change of person."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html
from web_office import NOON, REF, Office, words

from engine import SetClock, london, open_concord, publish_folder
from engine.demo import BUILDER, people
from web import Config, create_app
from web.welcome import FIRST_MINUTES, SEES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

BPMN = Path(__file__).parents[2] / "bpmn"


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


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[FlaskClient]:
    """What ships of two partnerships, with the made-up people of each; nothing is disputed yet."""
    concord = open_concord(f"sqlite:///{tmp_path / 'demo.sqlite'}", SetClock(NOON))
    for partnership in ("birmingham", "barnet"):
        publish_folder(concord, BUILDER, BPMN / partnership, demo=True)
        people(concord, partnership)
    yield create_app(concord, Config(secret_key=b"demo", demo=True)).test_client()
    concord.store.close()  # type: ignore[attr-defined]


def test_a_demonstration_welcomes_with_ten_people_and_what_each_sees(demonstration: FlaskClient) -> None:
    """On one page, with the first five minutes of three who use it; everybody else is found by a word or two."""
    page = html.fromstring(demonstration.get("/sign-in").text)
    assert [button.text for button in page.xpath("//button[@name='person']")] == list(SEES)
    said = words(page)
    assert all(sees in said for sees in SEES.values())
    for minutes in FIRST_MINUTES:
        assert f"{minutes.who}: be {minutes.be}" in said
    found = html.fromstring(demonstration.get("/sign-in?who=health barnet").text)
    assert {button.get("value").split("-")[0] for button in found.xpath("//button[@name='person']")} == {"barnet"}
    assert "Fictional Health Trust" in words(found)
    assert "Nobody is called that" in words(html.fromstring(demonstration.get("/sign-in?who=nobody").text))


def test_what_the_first_minutes_name_is_there(office: Office) -> None:
    """Each thing in quotes stands on a page of theirs, as it is written there."""
    office.raised()
    office.move(london("2026-11-26T12:00"))
    dispute = f"/disputes/{REF}"
    pages = {"Terry Teacher": ("teacher", ["/", "/raise"]), "Bo Business-Manager": ("manager", [dispute])}
    pages["Ash Auditor"] = ("manager", ["/find", dispute])
    for minutes in FIRST_MINUTES:
        person, paths = pages[minutes.be]
        said = " ".join(words(office.visitor(person).page(path)) for path in paths)
        named = [name for step in minutes.steps for name in re.findall("“([^”]+)”", step) if name != "check"]
        assert named
        assert [name for name in named if name not in said] == []
