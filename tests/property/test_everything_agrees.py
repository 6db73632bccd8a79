"""Page, PDF, CSV, XES, JSON and Find say the same of every end, date, missed deadline, correction and recipient."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import apart
import pytest
from lxml import etree, html
from papers import text_of
from population import HELD, populated
from sqlalchemy import text

from engine import Concord, export, when
from engine.calendar.working_days import LONDON
from engine.course import Course
from engine.store import Database
from web import Config, create_app

EVERY = "SELECT seq, at, role, kind, element, actor, data FROM entries WHERE ref = :ref ORDER BY seq"
ENDS = {
    "resolved": "Resolved", "decided": "Decided", "referred_on": "Referred on",
    "screened_out": "Screened out as out of scope", "withdrawn": "Withdrawn", "not_pursued": "Concerns not pursued",
}  # fmt: skip


class Shown:
    """One population, and everything that is shown of it."""

    def __init__(self, concord: Concord, courses: dict[str, Course]) -> None:
        self.concord, self.courses = concord, courses
        self.app = create_app(concord, Config(secret_key=b"for tests", demo=True, move_clock=None))
        self.clients: dict[str, Any] = {}

    def get(self, ref: str, address: str) -> Any:
        """What an auditor of its partnership is shown."""
        partnership = self.courses[ref].version.pathway.partnership
        if partnership not in self.clients:
            client = self.clients[partnership] = self.app.test_client()
            page = html.fromstring(client.get("/sign-in").text)
            token = page.xpath("string(//input[@name='csrf_token']/@value)")
            client.post("/sign-in", data={"csrf_token": token, "person": f"{partnership}-auditor-office"})
        answer = self.clients[partnership].get(address)
        assert answer.status_code == 200, (ref, address, answer.status_code)
        return answer

    def rows(self, ref: str) -> list[apart.Row]:
        """The journal, straight from the database."""
        assert isinstance(self.concord.store, Database)
        with self.concord.store.engine.connect() as connection:
            return apart.rows(connection.execute(text(EVERY), {"ref": ref}).all())

    def drawn(self, ref: str) -> apart.Drawing:
        """Its diagram."""
        files = self.courses[ref].version.pathway.files
        return apart.drawing(next(data for name, data in files.items() if name.endswith(".bpmn")))


@pytest.fixture(scope="module", params=[0.1, pytest.param(1, marks=pytest.mark.soak)], ids=["a tenth", "all"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """A seeded tenth of the three hundred, or all of them."""
    url = f"sqlite:///{tmp_path_factory.mktemp('agree') / 'concord.db'}"
    found = Shown(*populated(url, request.param))
    yield found
    assert isinstance(found.concord.store, Database)
    found.concord.store.close()


def test_every_form_of_the_record_says_the_same(shown: Shown) -> None:
    """Each is compared with what the test works out by itself; all differences are told at once."""
    wrong: dict[str, list[str]] = {}
    table = found_by(shown)
    for ref in shown.courses:
        if odd := list(differences(shown, ref, table[ref])):
            wrong[ref] = odd
    assert wrong == {}
    assert any(apart.missed_of(shown.rows(ref), shown.drawn(ref)) for ref in shown.courses)
    assert any(apart.notes_of(shown.rows(ref)) for ref in shown.courses)


def found_by(shown: Shown) -> dict[str, list[str]]:
    """What Find saves as CSV, by reference."""
    found = {}
    for ref in shown.courses:
        if ref not in found:
            body = shown.get(ref, "/find.csv").data.decode("utf-8-sig")
            found |= {row[0]: row for row in list(csv.reader(io.StringIO(body)))[1:]}
    return found


def differences(shown: Shown, ref: str, row: list[str]) -> Iterator[str]:
    """Where a form of the record says something else than its rows."""
    told, drawn = shown.rows(ref), shown.drawn(ref)
    page = html.fromstring(shown.get(ref, f"/disputes/{ref}").text)
    replay = html.fromstring(shown.get(ref, f"/disputes/{ref}/replay").text)
    paper = text_of(export(shown.concord, ref, "pdf"))
    lines = [json.loads(line) for line in export(shown.concord, ref, "json").splitlines()]
    trace = etree.fromstring(export(shown.concord, ref, "xes")).find("trace")
    yield from ends(told, drawn, said(page.text_content()), paper, row, lines, trace)
    yield from missed(told, drawn, page, replay, paper, row)
    yield from notes(told, page, paper, row, lines, trace)
    yield from recipients(shown, ref, told, page, paper, lines)


def said(words: str) -> str:
    """Words with single spaces."""
    return " ".join(words.split())


def ends(
    told: list[apart.Row], drawn: apart.Drawing, page: str, paper: str, row: list[str], lines: Any, trace: Any
) -> Iterator[str]:
    """How it ended and when, and when it was closed."""
    end = apart.end_of(told, drawn)
    closed = next((r.at for r in told if r.kind == "DisputeClosed"), None)
    about = {each.get("key"): each.get("value") for each in trace if each.get("key")}
    entry = next((each for each in reversed(lines) if each["kind"] == "DisputeEnded"), None)
    if end is None:
        if row[8:11] != ["Still open", "", ""]:
            yield f"Find says {row[8:11]} of one that runs"
        if about["end"] != "open" or "ended" in about or entry or "Not ended" not in paper or "It ended on" in page:
            yield "one that runs is told as ended"
        return
    how, at = end
    if row[8:10] != [ENDS[how], local(at)] or row[10] != (local(closed) if closed else "Still to be filed"):
        yield f"Find says {row[8:11]}, not {how} at {at}, closed {closed}"
    if f"It ended on {when(at)}" not in page:
        yield f"the page does not say that it ended {when(at)}"
    if f"Ended {when(at)}" not in paper or (closed and f"Closed {when(closed)}" not in paper):
        yield f"the PDF does not say that it ended {when(at)}, closed {closed}"
    if (about["end"], instant(about.get("ended")), instant(about.get("closed"))) != (how, instant(at), instant(closed)):
        yield f"XES says {about['end']}, {about.get('ended')}, {about.get('closed')}"
    if entry is None or (entry["data"]["end"], instant(entry["at"])) != (how, instant(at)):
        yield f"JSON says {entry and (entry['data'], entry['at'])}, not {how} at {at}"


def local(at: str) -> str:
    """An instant as a table has it."""
    return datetime.fromisoformat(at).astimezone(LONDON).strftime("%Y-%m-%d %H:%M")


def instant(at: str | None) -> datetime | None:
    """An instant, to the millisecond that an event log keeps."""
    found = datetime.fromisoformat(at) if at else None
    return found.replace(microsecond=found.microsecond // 1000 * 1000) if found else None


def missed(
    told: list[apart.Row], drawn: apart.Drawing, page: Any, replay: Any, paper: str, row: list[str]
) -> Iterator[str]:
    """As many on each, the same ones, and Find knows of any."""
    expected = apart.missed_of(told, drawn)
    shown = [said(item.text_content()) for item in page.xpath("//h2[@id='missed']/following-sibling::ul[1]/li")]
    if len(shown) != len(expected):
        yield f"the page lists {len(shown)} missed, not {expected}"
    if row[11] != ("Yes" if expected else "No"):
        yield f"Find says missed: {row[11]}, and there are {expected}"
    ran = replay.xpath("//h2[@id='deadlines']/following::table[1]//span[contains(@class, 'app-limit--missed')]")
    if len(ran) != len(expected):
        yield f"the replay lists {len(ran)} missed, not {len(expected)}"
    part = paper[paper.index("Deadlines missed, and what was not done") : paper.rindex("Risk of significant harm: rep")]
    part = re.sub(r" ?BAR?[A-Z]*-[A-Z-]*2026-\d{4} · .*?Page \d+ of \d+", "", part)
    for item in shown:
        name = item.partition(", due ")[0]
        if squeezed(name) not in squeezed(part):
            yield f"the PDF does not list {name}"


def squeezed(words: str) -> str:
    """Letters alone: a line of paper breaks where it must."""
    return re.sub(r"\W+", "", words)


def notes(told: list[apart.Row], page: Any, paper: str, row: list[str], lines: Any, trace: Any) -> Iterator[str]:
    """Each correction and contradiction is linked with what it speaks of, both ways."""
    by_number = {each["seq"]: each for each in lines}
    events = {
        values["seq"]: values
        for event in trace.iter("event")
        for values in [{each.get("key"): each.get("value") for each in event}]
        if values.get("lifecycle:transition") != "start"
    }
    expected = apart.notes_of(told)
    if row[13] != "; ".join(f"entry {of} {kind.lower()} by entry {seq}" for seq, kind, of in expected):
        yield f"Find says {row[13]}"
    for seq, kind, of in expected:
        there = page.xpath(f"//li[@id='entry-{of}']//a[@href='#entry-{seq}']")
        back = page.xpath(f"//li[@id='entry-{seq}']//a[@href='#entry-{of}']")
        if not there or not back:
            yield f"the page does not link entry {of} and entry {seq}"
        if f"{kind} by entry {seq}" not in paper:
            yield f"the PDF does not tell entry {seq}"
        if seq not in by_number[of].get(f"{kind.lower()}_by", []):
            yield f"JSON does not tell entry {seq} with entry {of}"
        if str(events[str(seq)].get("corrects") or events[str(seq)].get("contradicts")) != str(of):
            yield f"XES does not say what entry {seq} speaks of"
        if str(of) in events and f"{kind.lower()}_by" not in events[str(of)]:
            yield f"XES does not tell entry {seq} with entry {of}"


def recipients(shown: Shown, ref: str, told: list[apart.Row], page: Any, paper: str, lines: Any) -> Iterator[str]:
    """Everybody who was told, and nobody else, by name."""
    people = {agency: list(held) for agency, held in HELD.items()}
    named = {
        notice["entry"]: {person["name"] for person in notice["people"]}
        for line in lines
        if line["kind"] == "NoticesAddressed"
        for notice in line["data"]["notices"]
    }
    queued = {row.seq for row in told if row.kind == "NoticeQueued"}
    if named.keys() != queued:
        yield f"notices without names: {sorted(queued - named.keys())}"
    for seq, expected in apart.told_of(told, people).items():
        if named.get(seq) != expected:
            yield f"entry {seq} names {named.get(seq)}, not {expected}"
    items = [said(item.text_content()) for item in page.xpath("//details[@id='notices']//li")]
    if len(items) != len(queued):
        yield f"the page lists {len(items)} notices, not {len(queued)}"
    for item, seq in zip(items, sorted(queued), strict=False):
        if lost := [name for name in named.get(seq, ()) if name not in item]:
            yield f"the page does not name {lost} in entry {seq}"
        if not named.get(seq) and "Nobody was told" not in item:
            yield f"the page claims somebody was told in entry {seq}"
    del shown, ref, paper
