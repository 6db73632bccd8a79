"""A dispute's dates for one's own calendar: what ends, what is due to one, what was arranged; no child is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from icalendar import Calendar
from web_office import REF, TALKED, Office

from engine import london

if TYPE_CHECKING:
    from web_office import Visitor

ADDRESS = f"/disputes/{REF}/calendar.ics"


def events(visitor: Visitor) -> dict[str, Any]:
    """The events of the file by their title."""
    answer = visitor.get(ADDRESS)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{REF}.ics"'
    return {str(each["summary"]): each for each in Calendar.from_ical(answer.data).walk("VEVENT")}


def test_each_has_the_stage_s_end_and_what_is_due_to_them(office: Office) -> None:
    """By the instant, with a warning the day before; what another has to do is not in it."""
    office.raised()
    found = events(office.visitor("teacher"))
    assert found[f"{REF}: Stage 1: practitioners talk ends"].decoded("dtstart") == london("2026-11-30T17:00")
    due = found[f"{REF}: Due: Discuss the difference"]
    assert due.decoded("dtstart") == london("2026-11-24T17:00")
    assert str(due["url"]) == f"http://localhost/disputes/{REF}"
    assert len(due.walk("VALARM")) == 1
    assert f"{REF}: Due: Discuss the difference" not in events(office.visitor("head"))


def test_no_child_is_named_in_it(office: Office) -> None:
    """R4: other people read calendars."""
    office.raised(children=2)
    text = office.visitor("teacher").get(ADDRESS).text
    assert "A1" not in text
    assert "CR-1" not in text


def test_a_date_that_moves_keeps_its_name_and_one_that_is_over_goes(office: Office) -> None:
    """So that a calendar that has it already moves it, and does not show it twice."""
    office.raised()
    teacher = office.visitor("teacher")
    before = events(teacher)[f"{REF}: Stage 1: practitioners talk ends"]
    until = {"at_risk": "no", "until": ["26", "11", "2026"], "until-time": "16:00", "reason": "The child is not safe."}
    teacher.submit(f"/disputes/{REF}/protective", until)
    after = events(teacher)[f"{REF}: Stage 1: practitioners talk ends"]
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart") < before.decoded("dtstart")
    office.move(london("2026-12-01T10:00"))
    assert f"{REF}: Stage 1: practitioners talk ends" not in events(teacher)


def test_what_was_arranged_is_in_it(office: Office) -> None:
    """A meeting by the form that says when it will be."""
    office.raised()
    teacher = office.visitor("teacher")
    teacher.submit(office.task("teacher"), {**TALKED, "do": "complete"})
    asked = {"meeting": "yes", "meeting_why": "How to go on.", "do": "complete"}
    assert teacher.submit(office.task("teacher", "Professionals meeting?"), asked).status_code == 302
    arranged = {"meeting_at": ["25", "11", "2026"], "meeting_at-time": "10:00", "meeting_with": "All", "do": "complete"}
    task = next(line for person in ("teacher", "worker") for line in office.tasks(person) if "rrange" in line.title)
    answer = teacher.submit(f"/disputes/{REF}/tasks/{task.key}", arranged)
    assert answer.status_code == 302, answer.text
    meeting = events(teacher)[f"{REF}: {task.title}"]
    assert meeting.decoded("dtstart") == london("2026-11-25T10:00")
    assert meeting.decoded("dtend") == london("2026-11-25T11:00")


def test_it_is_a_look_and_no_stranger_s(office: Office) -> None:
    """Whoever may not see the dispute gets the answer of one that is not there."""
    office.raised()
    assert office.visitor("nurse").get(ADDRESS).status_code == 404
    events(office.visitor("teacher"))
    assert "Its dates, for a calendar" in office.visitor("manager").get(f"/disputes/{REF}/looks").text
