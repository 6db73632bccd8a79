"""Turns the answers given to a form into validated values, or into what to do about each; knows no web and no task."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from engine.calendar.working_days import london
from engine.forms.schema import Field, Form, FormInvalid, Option
from engine.forms.typed import cleaned

_Day = TypeVar("_Day", bound=date)
_LONDON = ZoneInfo("Europe/London")
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_TRUE = frozenset({"true", "on", "yes", "y", "1"})
_FALSE = frozenset({"", "false", "off", "no", "n", "0"})
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHORT = re.compile(r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{1,2}(T.*)?", re.DOTALL)
_DATETIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


class _WrongError(Exception):
    """What to do about one answer."""


def validate(
    form: Form,
    answers: Mapping[str, Any],
    choices: Mapping[str, Sequence[Option]] = _NOTHING,
    context: Mapping[str, Any] = _NOTHING,
    *,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Give a value for every field that takes an answer: None where unanswered or hidden, False for a checkbox.

    Answers may be strings as a browser posts them, or typed as in JSON. `choices` holds the lists that fields take
    their options from, `context` the other names that conditions and rules read. A condition sees the answers above
    it, null where those are hidden. A rule must come out true, unless all that it reads is hidden or it reads an
    answer that is refused itself. `now` is the instant of answering, which no answer that lies in the past may be
    after. FormInvalid holds everything there is to put right, by field.
    """
    keys = {field.key for field in form.inputs}
    errors = {str(key): "This form has no such question" for key in answers if key not in keys}
    values: dict[str, Any] = {field.key: field.empty for field in form.inputs}
    hidden: set[str] = set()
    for field in form.inputs:
        if field.hide and field.hide.holds({**context, **values}):
            hidden.add(field.key)
            continue
        try:
            values[field.key] = _read(field, answers.get(field.key), choices)
            _not_to_come(field, values[field.key], now)
        except _WrongError as wrong:
            errors[field.key] = str(wrong)
    for rule in form.rules:
        own = [field.key for field in form.inputs if field.key in rule.expression.names]
        if (own and hidden.issuperset(own)) or errors.keys() & set(own):
            continue
        if not rule.expression.holds({**context, **values}):
            errors[own[-1] if own else ""] = rule.message
    if errors:
        raise FormInvalid(errors=errors)
    return values


def _read(field: Field, answer: Any, choices: Mapping[str, Sequence[Option]]) -> Any:
    if isinstance(answer, str):
        answer = cleaned(answer)
    if field.type == "checkbox":
        return _checkbox(field, answer)
    if answer is None or answer in ("", [], ()):
        if field.required:
            raise _WrongError(_missing(field))
        return None
    if field.type == "number":
        return _number(field, answer)
    if field.type == "datetime":
        return _date(field, answer) if field.subtype == "date" else _datetime(field, answer)
    if field.type in ("textfield", "textarea"):
        return _text(field, answer)
    options = choices.get(field.options_from, ()) if field.options_from else field.options
    offered = [option.value for option in options]
    return _checklist(field, answer, offered) if field.type == "checklist" else _choice(field, answer, offered)


def _checkbox(field: Field, answer: Any) -> bool:
    text = "" if answer is None else str(answer).lower()
    if text not in _TRUE | _FALSE:
        raise _WrongError(f"Tick “{field.label}” or leave it empty")
    ticked = text in _TRUE
    if field.required and not ticked:
        raise _WrongError(f"Tick “{field.label}” to go on")
    return ticked


def _text(field: Field, answer: Any) -> str:
    if not isinstance(answer, str):
        raise _WrongError(f"{_subject(field)} must be text")
    allowed = "\t" if field.type == "textfield" else "\t\n"
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in allowed for letter in answer):
        one_line = field.type == "textfield" and "\n" in answer
        raise _WrongError(f"{_subject(field)} must {'be on one line' if one_line else 'not hold control characters'}")
    if field.max_length is not None and len(answer) > field.max_length:
        raise _WrongError(f"{_subject(field)} must be {field.max_length:,} characters or fewer")
    if field.min_length is not None and len(answer) < field.min_length:
        raise _WrongError(f"{_subject(field)} must be {field.min_length:,} characters or more")
    if field.pattern and not re.search(field.pattern, answer, re.ASCII):
        raise _WrongError(f"{_subject(field)} must be in the right format")
    return answer


def _number(field: Field, answer: Any) -> int | float:
    if isinstance(answer, bool) or not isinstance(answer, (str, int, float, Decimal)):
        raise _WrongError(f"{_subject(field)} must be a number")
    plain = answer if isinstance(answer, str) else _digits(answer)
    if not _NUMBER.fullmatch(plain):
        raise _WrongError(f"{_subject(field)} must be a number, like 3")
    value = Decimal(plain)
    if field.decimals is not None and value != round(value, field.decimals):
        limit = f"have {field.decimals} decimal places at most" if field.decimals else "be a whole number"
        raise _WrongError(f"{_subject(field)} must {limit}")
    if field.min is not None and value < Decimal(str(field.min)):
        raise _WrongError(f"{_subject(field)} must be {field.min} or more")
    if field.max is not None and value > Decimal(str(field.max)):
        raise _WrongError(f"{_subject(field)} must be {field.max} or less")
    return int(value) if value == value.to_integral_value() else float(value)


def _digits(answer: float | Decimal) -> str:
    value = Decimal(str(answer))
    return f"{value:f}" if value.is_finite() and -20 < value.adjusted() < 15 else ""


def _choice(field: Field, answer: Any, offered: list[str]) -> str:
    if not isinstance(answer, str) or answer not in offered:
        raise _WrongError(f"{_missing(field)} from the list")
    return answer


def _checklist(field: Field, answer: Any, offered: list[str]) -> list[str]:
    chosen = [answer] if isinstance(answer, str) else answer
    if not isinstance(chosen, (list, tuple)) or not all(item in offered for item in chosen):
        raise _WrongError(f"{_missing(field)} from the list")
    return [value for value in offered if value in chosen]


def _date(field: Field, answer: Any) -> str:
    try:
        if not isinstance(answer, str) or not _DATE.fullmatch(answer):
            _short_year(field, answer)
            raise _WrongError(f"{_subject(field)} must be a date with a day, a month and a year")
        return _this_age(field, date.fromisoformat(answer)).isoformat()
    except ValueError:
        raise _WrongError(f"{_subject(field)} must be a real date") from None


def _datetime(field: Field, answer: Any) -> str:
    try:
        if not isinstance(answer, str) or not _DATETIME.fullmatch(answer):
            _short_year(field, answer)
            if isinstance(answer, str) and _DATE.fullmatch(answer):
                raise _WrongError(f"{_subject(field)} must have a time as well, like 14:30")
            raise _WrongError(f"{_subject(field)} must be a date with a time, like 2026-03-27 and 14:30")
        given = datetime.fromisoformat(answer).replace(microsecond=0)
    except ValueError:
        raise _WrongError(f"{_subject(field)} must be a real date and time") from None
    _this_age(field, given)
    if given.tzinfo:
        given = given.astimezone(_LONDON).replace(tzinfo=None)
    elif given.replace(tzinfo=_LONDON).astimezone(UTC).astimezone(_LONDON).replace(tzinfo=None) != given:
        raise _WrongError(f"{_subject(field)} must be a time that exists: the clocks go forward in that hour")
    return given.isoformat(timespec="seconds" if given.second else "minutes")


def _not_to_come(field: Field, value: Any, now: datetime | None) -> None:
    """What is asked about has happened: a time to come is a slip, or a promise (S4)."""
    if not field.past or now is None or value is None:
        return
    here = now.astimezone(_LONDON)
    if field.subtype == "date" and date.fromisoformat(value) > here.date():
        raise _WrongError(f"{_subject(field)} must not be a day to come")
    if field.subtype != "date" and london(value) > now:
        raise _WrongError(f"{_subject(field)} must not be a time to come: it is {here:%H:%M} on {here:%-d %B} now")


def _short_year(field: Field, answer: Any) -> None:
    """Ask for the year of “12/11/26”: nobody guesses the century, or which of the three is the year."""
    if isinstance(answer, str) and _SHORT.fullmatch(answer):
        raise _WrongError(f"{_subject(field)} must have a year of four digits, like 2026")


def _this_age(field: Field, given: _Day) -> _Day:
    if not 1900 <= given.year < 2200:
        raise _WrongError(f"{_subject(field)} must have a year between 1900 and 2199")
    return given


def _subject(field: Field) -> str:
    return f"Your answer to “{field.label}”" if field.label.endswith("?") else field.label


def _missing(field: Field) -> str:
    verb = "Select" if field.type in ("radio", "select", "checklist") else "Enter"
    if field.label.endswith("?"):
        return f"{verb} an answer to “{field.label}”"
    acronym = field.label[1:2].isupper()
    return f"{verb} {field.label if acronym else field.label[:1].lower() + field.label[1:]}"


def split(form: Form | None, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Closed answers, and what was typed (decision 7)."""
    typed = set(form.text_names) if form else set()
    closed = {k: v for k, v in values.items() if k not in typed and v is not None}
    return closed, {k: str(v) for k, v in values.items() if k in typed and v}
