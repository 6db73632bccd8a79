"""What people type: line breaks, what nobody can see, and dates as anyone writes them."""

import pytest

from engine.forms import Field, Form, FormInvalid, cleaned, validate
from web.date_parts import joined, taken_apart

INVISIBLE = (
    "\u200b",
    "\u2060",
    "\u3164",
    "\u00ad",
    "\ufeff",
    "\u2800",
    "\u034f",
    "\u00a0 \u200d",
    "\ufe0f",
    "\x0b\x0c",
)
SEEN = ("a", "0", "🙂", "\u202ea", "ਬੱਚਾ", "孩子", "-", "e\u0301", "👨\u200d👩\u200d👧")


@pytest.mark.parametrize("text", INVISIBLE)
def test_what_nobody_can_see_is_no_answer(text: str) -> None:
    """Zero-width and blank letters alone: the question is asked again."""
    assert cleaned(text) == ""
    form = Form(id="f", name="f", fields=(Field(key="why", type="textarea", label="Why?", required=True),))
    with pytest.raises(FormInvalid) as refused:
        validate(form, {"why": text})
    assert refused.value.errors == {"why": "Enter an answer to “Why?”"}


@pytest.mark.parametrize("text", SEEN)
def test_what_can_be_seen_is_kept_as_it_is(text: str) -> None:
    """In any script, with joiners and marks inside."""
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("parts", "time", "iso"),
    [
        (("5", "11", "2026"), "10:00", "2026-11-05T10:00"),
        (("5", "November", "2026"), "", "2026-11-05"),
        (("5", "nov.", "2026"), "2pm", "2026-11-05T14:00"),
        (("5", "Sept", "2026"), "", "2026-09-05"),
        (("12-11-2026", "", ""), "10:00", "2026-11-12T10:00"),
        (("", "12/11/2026", ""), "", "2026-11-12"),
        (("12.11.2026", "", ""), "", "2026-11-12"),
        (("12 November 2026", "", ""), "", "2026-11-12"),
        (("2026-11-12", "", ""), "", "2026-11-12"),
        (("12/11/26", "", ""), "", "26-11-12"),
        (("", "", ""), "", ""),
        (("5", "", "2026"), "", "2026--05"),
    ],
)
def test_a_date_is_read_as_it_is_written(parts: tuple[str, str, str], time: str, iso: str) -> None:
    """In three boxes, by the month's name, or pasted whole into one of them."""
    assert joined(parts, time) == iso


@pytest.mark.parametrize(
    ("parts", "time"),
    [
        (("5", "junk", "2026"), "10:00"),
        (("5", "ma", "2026"), ""),
        (("five", "11", "2026"), ""),
        (("5th", "11", "2026"), "x"),
    ],
)
def test_what_is_no_date_is_shown_again_as_it_was_typed(parts: tuple[str, str, str], time: str) -> None:
    """“junk” is not June, and no box shows what was typed in another."""
    given = joined(parts, time)
    assert taken_apart(given) == (*parts, time)
    assert wrong("datetime", given) is not None


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [
        ("datetime", joined(("12/11/26", "", ""), "10:00"), "must have a year of four digits, like 2026"),
        ("date", joined(("12", "11", "26")), "must have a year of four digits, like 2026"),
        ("datetime", joined(("5", "11", "2026")), "must have a time as well, like 14:30"),
        ("datetime", joined(("31", "2", "2026"), "10:00"), "must be a real date and time"),
        ("date", joined(("5", "", "2026")), "must be a date with a day, a month and a year"),
    ],
)
def test_each_thing_that_is_wrong_with_a_date_is_said_as_that(kind: str, answer: str, said: str) -> None:
    """One message for all of them helps nobody."""
    assert said in str(wrong(kind, answer))


def wrong(kind: str, answer: str) -> str | None:
    """What is wrong with the answer to a question for a date, or for a date and time."""
    form = Form(
        id="f", name="f", fields=(Field(key="at", type="datetime", subtype=kind, label="When?", required=True),)
    )
    try:
        validate(form, {"at": answer})
    except FormInvalid as refused:
        return refused.errors["at"]
    return None
