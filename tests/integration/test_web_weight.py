"""What comes over the line: little, also of a dispute of a year; compressed, where its length tells nobody anything."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import brotli
import pytest
from web_office import ANSWERS, NOON, REF, TALKED, Office, Visitor

from engine import Child, dispute_page, london, person_named, raise_dispute

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
DISPUTE = f"/disputes/{REF}"


def sent(visitor: Visitor, path: str) -> TestResponse:
    """An answer as it comes to a browser."""
    return visitor.client.get(path, headers=BROWSER)


def weight(visitor: Visitor, path: str) -> tuple[int, int]:
    """How many bytes come for a page, and with all its files for the first one."""
    own = len(sent(visitor, path).data)
    page = visitor.page(path)
    files = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //@data-bpmn-src")
    folded = page.xpath("//details//@data-bpmn-src")
    assert len(files) >= 3
    return own, own + sum(len(sent(visitor, file).data) for file in set(files) - set(folded))


@pytest.mark.parametrize("path", ["/", "/raise/details?risk=yes", "task"])
def test_a_practitioners_page_weighs_little(office: Office, path: str) -> None:
    """At most 40 KB come over the line for a page with all its files, and 10 KB for the next one."""
    office.raised()
    own, first = weight(office.visitor("teacher"), office.task("teacher") if path == "task" else path)
    assert own < 10_000
    assert first < 40_000


def test_a_dispute_of_400_entries_weighs_little(office: Office) -> None:
    """Its page 60 KB, and 100 KB with all its files; its replay 130 KB with the diagram."""
    office.raised(children=6, risk=True)
    manager = person_named(office.concord, "manager")
    at = NOON
    while dispute_page(office.concord, manager, REF).lines[-1].seq < 400:
        office.move(at := at + timedelta(days=1))
    visitor = office.visitor("teacher")
    own, first = weight(visitor, DISPUTE)
    assert own < 60_000
    assert first < 100_000
    _, replayed = weight(visitor, f"{DISPUTE}/replay")
    assert replayed < 130_000


def test_a_worklist_of_400_tasks_weighs_little(office: Office) -> None:
    """Twenty disagreements about nine children each, two weeks on, with nobody acting: 60 KB, and 100 KB at first."""
    teacher = person_named(office.concord, "teacher")
    for number in range(20):
        children = [Child(case_reference=f"CR-{number}-{n}", initials=f"A{n}") for n in range(9)]
        raise_dispute(
            office.concord, teacher, f"raise {number}", pathway="birmingham", receiving="council", answers=ANSWERS,
            children=children, risk=False,
        )  # fmt: skip
    office.move(london("2026-12-07T12:00"))
    assert len(office.tasks("head")) >= 400
    own, first = weight(office.visitor("head"), "/")
    assert own < 60_000
    assert first < 100_000


@pytest.mark.parametrize("path", ["/", "/?page=2", DISPUTE, f"{DISPUTE}/replay?step=2", "/raise/details?risk=no"])
def test_a_page_is_compressed(office: Office, path: str) -> None:
    """And is the same page; who takes no compression gets it as it is."""
    office.raised()
    visitor = office.visitor("teacher")
    answer = sent(visitor, path)
    assert answer.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert b"<h1" in brotli.decompress(answer.data)
    assert "Content-Encoding" not in visitor.get(path).headers
    assert visitor.client.get(path, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/?about=AB", "/find?reference=BIR", "/risk?about=A", "/raise?pathway=birmingham"])
def test_no_page_is_compressed_of_which_a_visitor_chose_a_part(office: Office, path: str) -> None:
    """BREACH: its length would tell whether a guess stands on the page a second time."""
    office.raised()
    assert "Content-Encoding" not in sent(office.visitor("teacher"), path).headers


def test_what_was_sent_is_not_compressed_when_it_is_shown_again(office: Office) -> None:
    """BREACH: what somebody made a browser send stands on that page."""
    office.raised()
    visitor = office.visitor("teacher")
    address = office.task("teacher")
    data = {**visitor.hidden(address), **TALKED, "result": ""}
    answer = visitor.client.post(address, data=data, headers=BROWSER)
    assert answer.status_code == 422
    assert "Content-Encoding" not in answer.headers
