"""The replay page without JavaScript: the same path in words, for those who may see it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree, html
from web_office import REF, TALKED, Office, words

from engine import Person, add_person, london, person_named, replay_page
from web.replay import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

BPMN = Path(__file__).parents[2] / "bpmn"
REPLAY = f"/disputes/{REF}/replay"


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A dispute with risk reported when it was raised; a timer reminded, one talk was had, a deadline passed."""
    office = Office(tmp_path_factory.mktemp("replay"), BPMN)
    office.raised(risk=True)
    office.move(london("2026-11-23T14:00"))
    office.visitor("teacher").submit(office.task("teacher"), {**TALKED, "do": "complete"})
    office.move(london("2026-11-30T17:30"))
    yield office
    office.close()


def rows(page: HtmlElement) -> list[list[str]]:
    """The rows of the table of steps, cell by cell."""
    return [[words(cell) for cell in row.xpath("td")] for row in page.xpath("//tr[@data-row]")]


def handed(page: HtmlElement) -> dict[str, Any]:
    """What the page hands to the diagram."""
    told: dict[str, Any] = json.loads(page.xpath("string(//script[@id='replay-told'])"))
    return told


def test_the_table_says_what_the_frames_say(replayed: Office) -> None:
    """Number, when, who, what, by which rule, and the time since the step before: a row for each frame."""
    steps = replay_page(replayed.concord, person_named(replayed.concord, "teacher"), REF).steps
    shown = rows(replayed.visitor("teacher").page(REPLAY))
    assert len(shown) == len(steps) > 40
    for step, (n, when, who, what, rule, since) in zip(steps, shown, strict=True):
        frame = step.frame
        assert n == f"Step {frame.n}"
        assert when.startswith(f"{frame.at:%A}")
        assert ("Concord's timer" if frame.by_clock else frame.who) in who
        assert " ".join(frame.words.split()) in what
        assert all(clause.id in rule for clause in frame.clauses)
        assert (frame.since.waited in since) if frame.since else since in {"", "at once"}
        assert ("Nobody acted for" in what) == (frame.idle is not None)


def test_the_diagram_is_told_the_same_steps_as_the_table(replayed: Office) -> None:
    """One step of what is handed to the diagram for each row; its flows and elements are drawn."""
    visitor = replayed.visitor("teacher")
    page = visitor.page(REPLAY)
    told = handed(page)
    assert len(told["steps"]) == len(rows(page))
    drawn = {e.get("id") for e in etree.fromstring(visitor.get(f"/disputes/{REF}/diagram.bpmn").data).iter()}
    assert {flow for step in told["steps"] for flow in step.get("flows", ())} <= drawn
    assert {token[2] for tokens in told["tokens"] for token in tokens} <= drawn
    assert "replay-told" in page.xpath("string(//div[@id='diagram']/@data-replay)")


def test_the_way_is_the_one_that_was_taken(replayed: Office) -> None:
    """With risk reported when raising, the stage is reached by way of the report, not by the way without (R1)."""
    flows = [
        flow for step in handed(replayed.visitor("teacher").page(REPLAY))["steps"] for flow in step.get("flows", ())
    ]
    assert "Raised_Risk_to_Stage1" not in flows
    assert any(flow.startswith("Raised_Risk_to_") for flow in flows)
    assert any(flow.endswith("_to_Stage1") for flow in flows)


def test_rules_of_the_protocol_and_local_ones_are_told_apart(replayed: Office) -> None:
    """In words, not by colour."""
    told = {row[4] for row in rows(replayed.visitor("teacher").page(REPLAY))}
    assert any(rule.startswith("Protocol: BIR-") and "Set locally:" in rule for rule in told)
    assert rules(()) == []


def test_deadlines_are_listed_as_they_ran(replayed: Office) -> None:
    """Kept, missed and by how much, still running."""
    said = words(replayed.visitor("teacher").page(REPLAY).xpath("//h2[@id='deadlines']/following::table")[0])
    for expected in (
        "Stage 1: practitioners talk Set: Monday 23 November 2026 at 12:00 Due: Monday 30 November 2026 at 17:00",
        "Ran out: the timer moved it on",
        "“Discuss the difference”Stage 1: practitioners talk Set: Monday 23 November 2026 at 12:00 Due: Tuesday 24 ",
        "Kept, 1 working day 3 hours before it was due",
        "“Call CASS and record the referral” – A1 (CR-1)",
        "Missed so far by",
    ):
        assert expected in said


def test_a_link_leads_to_any_step(replayed: Office) -> None:
    """The row that the address names is marked; an address that names none is no error."""
    visitor = replayed.visitor("teacher")
    page = visitor.page(f"{REPLAY}?step=12")
    assert page.xpath("//a[@aria-current='step']/@data-step") == ["12"]
    assert page.xpath("//tr[contains(@class, 'app-row--current')]/@id") == ["step-12"]
    assert page.xpath("//a[@data-step='12']/@href") == ["?step=12#step-12"]
    for odd in ("0", "9999", "x", ""):
        assert not visitor.page(f"{REPLAY}?step={odd}").xpath("//a[@aria-current='step']")


def test_without_javascript_no_control_is_offered_that_does_nothing(replayed: Office) -> None:
    """Buttons and panel come with the diagram; without it the page says where the same stands."""
    page = replayed.visitor("teacher").page(REPLAY)
    for control in page.xpath("//*[@id='replay']//button | //*[@id='replay']//input | //*[@id='replay']//select"):
        assert control.xpath("ancestor::*[@hidden]")
    assert "The table below says the same" in html.tostring(page, encoding="unicode")


def test_the_old_address_leads_on(office: Office) -> None:
    """A link from before finds the replay."""
    office.raised()
    answer = office.visitor("teacher").get(f"/disputes/{REF}/path")
    assert answer.status_code == 301
    assert answer.location == REPLAY


def test_who_may_not_see_the_dispute_sees_no_replay(office: Office) -> None:
    """Another agency is refused; the partnership's auditor sees it."""
    office.raised()
    assert office.visitor("nurse").get(REPLAY).status_code == 404
    auditor = Person(
        id="auditor", partnership="birmingham", name="Ash Auditor", agency="office", agency_name="Partnership office",
        agency_kind="partnership", roles=("auditor",),
    )  # fmt: skip
    add_person(office.concord, auditor.actor, auditor)
    assert "Raised by Made-up School" in words(office.visitor("auditor").page(REPLAY))


def test_the_page_is_light(replayed: Office) -> None:
    """The whole of it is far below what a practitioner's page may weigh."""
    assert len(gzip.compress(replayed.visitor("teacher").get(REPLAY).data)) < 30_000
