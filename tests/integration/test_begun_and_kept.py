"""Raising is begun, kept, and come back to from anywhere; nobody else reads it, and it is forgotten in time."""

from datetime import timedelta
from typing import Any

from lxml import html
from town import Town
from web_office import ANSWERS, REF, Office, words

from engine import begun_by, forget_begun, keep_begun

FORM = "/raise/details?risk=no"
HALF: dict[str, Any] = {
    "case-1": "CR-77",
    "initials-1": "A.B.",
    "case-5": "CR-78",
    "disagreement": "They closed the case.",
    "reasons": ["level_of_risk", "other"],
    "rows": "5",
    "do": "later",
}


def shown(page: html.HtmlElement) -> dict[str, str]:
    """What stands in the form of raising."""
    return {
        "case-1": page.xpath("string(//input[@name='case-1']/@value)"),
        "case-5": page.xpath("string(//input[@name='case-5']/@value)"),
        "disagreement": page.xpath("string(//textarea[@name='disagreement'])").strip(),
        "reasons": ",".join(page.xpath("//input[@name='reasons'][@checked]/@value")),
    }


def test_what_is_begun_is_there_again_in_another_browser_as_it_was_typed(office: Office) -> None:
    """Half of it is enough; the list says since when, and leads on; it can be thrown away."""
    teacher = office.visitor("teacher")
    said = teacher.follow(teacher.submit(FORM, HALF, action="/raise/details"))
    assert "What you typed is kept, for you alone. Nothing has been raised yet." in said
    again = office.visitor("teacher")
    assert "You began to raise a disagreement on Monday 23 November 2026 at 12:00" in words(again.page("/"))
    link = again.page("/").xpath("string(//a[contains(., 'Go on with it')]/@href)")
    page = again.page(link)
    assert shown(page) == {
        "case-1": "CR-77", "case-5": "CR-78", "disagreement": "They closed the case.", "reasons": "level_of_risk,other",
    }  # fmt: skip
    assert "You kept this on Monday 23 November 2026 at 12:00" in words(page)
    assert "You began to raise" not in words(office.visitor("other_teacher").page("/"))
    assert shown(office.visitor("other_teacher").page(FORM))["disagreement"] == ""
    said = again.follow(again.submit("/", {}, action="/raise/begun"))
    assert "thrown away" in said
    assert shown(again.page(FORM))["case-1"] == ""


def test_once_it_is_raised_nothing_is_begun_any_more(office: Office) -> None:
    """The next one begins empty."""
    teacher = office.visitor("teacher")
    teacher.submit(FORM, HALF, action="/raise/details")
    whole = {**ANSWERS, "case-1": "CR-77", "initials-1": "A.B.", "receiving-agency": "council", "do": "raise"}
    assert REF in teacher.follow(teacher.submit(FORM, whole, action="/raise/details"))
    assert "You began to raise" not in words(teacher.page("/"))
    assert shown(teacher.page(FORM))["case-1"] == ""


def test_it_is_forgotten_after_thirty_days(town: Town) -> None:
    """Nobody's half sentence about a child stands about for ever."""
    teacher, other = town["school-practitioner"], town["health-practitioner"]
    keep_begun(town.concord, teacher, {"disagreement": ["We see it differently."]})
    town.move("2026-03-20T12:00")
    keep_begun(town.concord, other, {"disagreement": ["So do we."]})
    town.concord.clock.advance(timedelta(days=14))  # type: ignore[attr-defined]
    assert forget_begun(town.concord) == 1
    assert begun_by(town.concord, teacher) is None
    assert begun_by(town.concord, other) is not None
