"""The finding page, what is saved from it, a dispute's exports, and who looked, through the pages."""

import csv
import io
import json

from lxml import etree
from web_office import AGENCIES, BY, REF, Office, words

from engine import Agency, add_agency, london
from web.finding import as_csv

FIND = "/find"


def table(office: Office, person: str, query: str = "") -> list[list[str]]:
    """What is saved as CSV, without its head."""
    answer = office.visitor(person).get(f"/find.csv{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="disagreements.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))[1:]


def test_a_search_is_an_address_that_shows_what_was_asked_and_found(office: Office) -> None:
    """Sent to somebody else it asks the same; the fields keep what was typed."""
    office.raised()
    visitor = office.visitor("teacher")
    assert visitor.page("/").xpath("//a[normalize-space()='Find']/@href") == [FIND]
    page = visitor.page(f"{FIND}?reference=bir-2026&agency=council&raised_from=23&raised_from=11&raised_from=2026")
    assert "1 found" in words(page)
    assert page.xpath(f"//td//a[@href='/disputes/{REF}']")
    assert page.xpath("string(//input[@name='reference']/@value)") == "bir-2026"
    assert page.xpath("//input[@name='raised_from']/@value") == ["23", "11", "2026"]
    assert page.xpath("string(//select[@name='agency']/option[@selected]/@value)") == "council"
    assert page.xpath("string(//select[@name='end']/option[1])") == "Any"
    assert page.xpath("//details[@open]//input[@name='raised_from']")
    saved = page.xpath("string(//a[normalize-space()='Save as CSV']/@href)")
    assert [row[0] for row in list(csv.reader(io.StringIO(visitor.get(saved).text)))[1:]] == [REF]
    assert "None found" in words(visitor.page(f"{FIND}?missed=y"))
    assert "1 found" in words(visitor.page(f"{FIND}?page=nonsense&other=1"))
    assert "only 1 page" in words(visitor.page(f"{FIND}?page=7"))


def test_what_cannot_be_asked_is_said_beside_its_field(office: Office) -> None:
    """A date that is none, a stage that is none: a message, the rest is kept; for the table too."""
    office.raised()
    visitor = office.visitor("teacher")
    asked = "reference=BIR&ended_to=31&ended_to=2&ended_to=2026"
    for address in (FIND, "/find.csv"):
        page = visitor.page(f"{address}?{asked}", status=422)
        assert "Ended to must be a real date" in words(page)
        assert page.xpath("string(//a[@href='#ended_to-day'])") == "Ended to must be a real date"
        assert page.xpath("string(//input[@name='reference']/@value)") == "BIR"
        assert page.xpath("string(//title)").startswith("Error:")
        assert not page.xpath("//h2[@id='found']")
    assert "from the list" in words(visitor.page(f"{FIND}?stage=birmingham:Stage99", status=422))


def test_people_of_another_agency_find_and_save_nothing(office: Office) -> None:
    """W: neither on the page nor in the table."""
    office.raised()
    assert "None found" in words(office.visitor("nurse").page(FIND))
    assert table(office, "nurse", f"?reference={REF}") == []
    assert [row[0] for row in table(office, "worker")] == [REF]


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(office: Office) -> None:
    """A name that begins like a formula is text; other alphabets stay as they are."""
    assert AGENCIES["school"][1] == "school"
    name = '=HYPERLINK("http://evil.example";"Ysgol Siân")'
    add_agency(
        office.concord, BY, Agency(id="school", partnership="birmingham", name=name, kind="school"), replace=True
    )
    office.raised(children=2)
    (row,) = table(office, "manager")
    assert row == [
        REF, "Resolution and escalation", row[2], f"'{name}", "Children's Services", "CR-1, CR-2", "2026-11-23 12:00",
        row[7], "Still open", "", "", "No", "No", "",
    ]  # fmt: skip
    assert row[7].startswith("Stage 1")
    assert as_csv([]).decode("utf-8-sig").startswith("Reference,Protocol,Version")


def test_an_event_log_of_what_was_found_is_for_those_who_oversee(office: Office) -> None:
    """An agency's people are offered no such link, and are refused."""
    office.raised()
    manager, teacher = office.visitor("manager"), office.visitor("teacher")
    assert manager.page(FIND).xpath("//a[@href='/find.xes']")
    assert not teacher.page(FIND).xpath("//a[@href='/find.xes']")
    answer = manager.get("/find.xes?end=open")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="disagreements.xes"'
    assert len(etree.fromstring(answer.data).findall("trace")) == 1
    assert teacher.get("/find.xes").status_code == 403


def test_a_disputes_record_is_saved_under_a_plain_name(office: Office) -> None:
    """Its page leads to each form; somebody else's is refused, and what is no form is not there."""
    office.raised()
    teacher = office.visitor("teacher")
    forms = teacher.page(f"/disputes/{REF}").xpath("//a[contains(@href, '/export/')]/@href")
    got = {}
    for address in forms:
        answer = teacher.get(address)
        got[answer.headers["Content-Disposition"].split('"')[1]] = answer.mimetype
        assert office.visitor("nurse").get(address).status_code == 404
    assert got == {
        f"{REF}-stage-1.pdf": "application/pdf",
        f"{REF}-chronology.pdf": "application/pdf",
        f"{REF}-bundle.zip": "application/zip",
        f"{REF}.jsonl": "application/jsonl",
        f"{REF}.xes": "application/xml",
    }
    first = json.loads(teacher.get(f"/disputes/{REF}/export/json").data.split(b"\n")[0])
    assert (first["kind"], first["typed"]["disagreement"]) == ("Raised", "We see the risk as high.")
    assert teacher.get(f"/disputes/{REF}/export/docx").status_code == 404
    assert teacher.get(f"/disputes/{REF}/export/stage").status_code == 404
    early = teacher.get(f"/disputes/{REF}/export/outcome")
    assert (early.status_code, "has not ended yet" in early.text) == (409, True)


def test_who_looked_is_shown_to_those_who_oversee(office: Office) -> None:
    """Latest first; nobody else is offered it, or let in."""
    office.raised()
    teacher, manager = office.visitor("teacher"), office.visitor("manager")
    page = teacher.page(f"/disputes/{REF}")
    assert not page.xpath("//a[contains(@href, '/looks')]")
    assert teacher.get(f"/disputes/{REF}/looks").status_code == 403
    office.move(london("2026-11-23T12:30"))
    teacher.get(f"/disputes/{REF}/export/pdf")
    office.move(london("2026-11-23T13:00"))
    (link,) = manager.page(f"/disputes/{REF}").xpath("//a[contains(@href, '/looks')]/@href")
    rows = [words(row) for row in manager.page(link).xpath("//tbody/tr")]
    assert rows == [
        "Monday 23 November 2026 at 13:00 Bo Business-Manager, Partnership office Its page",
        "Monday 23 November 2026 at 12:30 Terry Teacher, Made-up School Saved as a chronology (PDF)",
        "Monday 23 November 2026 at 12:00 Terry Teacher, Made-up School Refused Who looked at it",
        "Monday 23 November 2026 at 12:00 Terry Teacher, Made-up School Its page",
    ]


def test_a_disputes_page_leads_to_its_record(office: Office) -> None:
    """Replay and every form by a link, verifying by a button."""
    office.raised()
    visitor = office.visitor("teacher")
    page = visitor.page(f"/disputes/{REF}")
    assert f"/disputes/{REF}/replay" in page.xpath("//h2[@id='record']/following-sibling::ul[1]//a/@href")
    answer = visitor.submit(f"/disputes/{REF}", {}, action=f"/disputes/{REF}/verify")
    assert answer.status_code == 200, answer.text
    assert page.xpath(f"//form[@action='/disputes/{REF}/verify']//button[normalize-space()='Verify the record']")
