"""Whether partnership.toml says only what Concord reads, and says it so that it can be read. An allow-list."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import time
from typing import Any

from engine.bounds import shortened
from engine.calendar import CLOSES, OPENS
from engine.pathway.definition import Pathway
from engine.pathway.likeness import nearest
from engine.pathway.references import PREFIX
from engine.pathway.rules.drawing import PUBLICATION, Finding
from engine.pathway.rules.offices import offices

MOST_YEARS, MOST_HOURS = 100, 40
NUMBERS = {"front_door": "the front door", "out_of_hours": "out of hours"}
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")

Fits = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _telephone(value: Any) -> bool:
    return isinstance(value, str) and (not value or any(letter.isdigit() for letter in value))


def _email(value: Any) -> bool:
    return isinstance(value, str) and (not value or re.fullmatch(r"[^@\s]+@[^@\s]+", value) is not None)


def _years(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_YEARS


def _time(value: Any) -> bool:
    return isinstance(value, str) and TIME.fullmatch(value) is not None


def _prefix(value: Any) -> bool:
    return isinstance(value, str) and (not value or PREFIX.fullmatch(value) is not None)


def _moves_up(value: Any) -> bool:
    return bool(value == "same_working_day")


def _working_hours(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_HOURS


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


WORDS = (_text, 'text in quotation marks, "" where there is none')
HOUR = (_time, 'a time of day like "09:00"')
CONTACT: Mapping[str, tuple[Fits, str]] = {
    "name": WORDS,
    "role": WORDS,
    "agency": WORDS,
    "telephone": (_telephone, 'a telephone number in quotation marks, "" where there is none'),
    "email": (_email, 'an e-mail address in quotation marks, "" where there is none'),
    "note": WORDS,
    "verify": (_truth, "true or false"),
}
ROLE: Mapping[str, tuple[Fits, str]] = {
    "name": WORDS,
    "called": WORDS,
    **dict.fromkeys(("senior", "office", "told_anywhere"), (_truth, "true or false")),
}
CLAUSES: Mapping[str, tuple[Fits, str]] = {"ids": (_texts, 'a list of clauses like ["BIR-1.1", "BIR-1.2"]')}
TABLES: Mapping[str, Mapping[str, tuple[Fits, str]]] = {
    "partnership": {
        "name": WORDS,
        "title": WORDS,
        "protocol": WORDS,
        "immediate_danger": (_telephone, 'a telephone number in quotation marks, like "999"'),
        "threshold_guidance": WORDS,
        "reference": (_prefix, '2 to 8 capital letters in quotation marks, like "BIR"'),
    },
    "front_door": CONTACT,
    "out_of_hours": CONTACT,
    "out_of_hours_paediatrics": CONTACT,
    "hours": {"start": HOUR, "end": HOUR},
    "retention": {"years": (_years, f"a whole number from 1 to {MOST_YEARS}")},
    "risk": {
        "move_up": (_moves_up, '"same_working_day"'),
        "move_up_after_working_hours": (_working_hours, f"a whole number from 1 to {MOST_HOURS}"),
    },
}
OF_TABLES = {"contacts": CONTACT, "roles": ROLE}
"""Tables of tables, each with a name that is the partnership's to choose."""
FREE = ("scope", "kinds")
"""The answers of a form's field `scope`, and for each where it is pointed to; kinds of agencies, and their names."""
KNOWN = (*TABLES, *OF_TABLES, *FREE, "clauses")


def settings(pathway: Pathway) -> Iterator[Finding]:
    """Every table, key and value of partnership.toml, and what must be there before publication (S6)."""
    for name, values in pathway.settings.items():
        yield from _table(name, values)
    yield from offices(pathway.settings)
    yield from _hours(pathway.settings.get("hours"))
    yield from _numbers(pathway.settings)


def _table(name: str, values: Any) -> Iterator[Finding]:
    if not isinstance(values, Mapping):
        found = f"[{_shown(name)}]" if name in KNOWN else "a heading, [partnership] for example"
        yield _wrong(name, f"The setting {_shown(name)} in partnership.toml stands alone. Put it under {found}.")
    elif name in TABLES:
        yield from _keys(name, values, TABLES[name])
    elif name in OF_TABLES:
        yield from _each(name, values, OF_TABLES[name])
    elif name in FREE:
        yield from _keys(name, values, dict.fromkeys(values, WORDS))
    elif name == "clauses":
        yield from _clauses(values)
    else:
        message = f"[{_shown(name)}] in partnership.toml means nothing. {nearest(name, KNOWN, '[{}]')}"
        yield _wrong(name, message)


def _keys(table: str, values: Mapping[str, Any], known: Mapping[str, tuple[Fits, str]]) -> Iterator[Finding]:
    for key, value in values.items():
        if key not in known:
            means = f"{_shown(key)} under [{_shown(table)}] in partnership.toml means nothing. {nearest(key, known)}"
            yield _wrong(table, means)
        elif not known[key][0](value):
            here = f"[{_shown(table)}] {_shown(key)} in partnership.toml is {_shown(value, quoted=True)}."
            yield _wrong(table, f"{here} It must be {known[key][1]}. Correct it.")


def _each(name: str, values: Mapping[str, Any], known: Mapping[str, tuple[Fits, str]]) -> Iterator[Finding]:
    for key, inside in values.items():
        if isinstance(inside, Mapping):
            yield from _keys(f"{name}.{key}", inside, known)
        else:
            told = f"{_shown(key)} under [{name}] in partnership.toml stands alone. Put it under [{name}.…]."
            yield _wrong(name, told)


def _clauses(values: Mapping[str, Any]) -> Iterator[Finding]:
    """The partnership's own clauses, what answers elsewhere, and a table of both for each side pathway."""
    for name, inside in (("clauses", values), *values.items()):
        if name in {"ids", "elsewhere"}:
            continue
        if not isinstance(inside, Mapping):
            yield _wrong("clauses", f"{_shown(name)} under [clauses] means nothing. {nearest(name, ['ids'])}")
            continue
        at = "clauses" if name == "clauses" else f"clauses.{name}"
        beside = inside.get("elsewhere", {})
        yield from _keys(at, {k: v for k, v in inside.items() if k == "ids" or at != "clauses"}, {
            **CLAUSES, "elsewhere": (lambda given: isinstance(given, Mapping), "a table of clauses"),
        })  # fmt: skip
        if isinstance(beside, Mapping):
            yield from _keys(f"{at}.elsewhere", beside, dict.fromkeys(beside, WORDS))
        elif at == "clauses":
            yield _wrong("clauses", "[clauses] elsewhere must be a table of clauses. Correct it.")


def _hours(values: Any) -> Iterator[Finding]:
    """Working hours begin before they end (T2); where only one is given, the other is the usual one."""
    if not isinstance(values, Mapping):
        return
    given = [values.get("start", OPENS.isoformat("minutes")), values.get("end", CLOSES.isoformat("minutes"))]
    if all(map(_time, given)) and time.fromisoformat(given[0]) >= time.fromisoformat(given[1]):
        message = f"[hours] in partnership.toml must start before they end: {given[0]} to {given[1]}. Correct them."
        yield _wrong("hours", message)


def _numbers(given: Mapping[str, Any]) -> Iterator[Finding]:
    """S6: without its front door's and its out-of-hours number a pathway can't be published."""
    for section, words in NUMBERS.items():
        contact = given.get(section)
        number = contact.get("telephone") if isinstance(contact, Mapping) else None
        if not isinstance(number, str) or not any(character.isdigit() for character in number):
            message = (
                f"The telephone number for {words} is missing. Write it in partnership.toml, [{section}] telephone."
            )
            yield Finding(rule="S6", element=section, message=message, blocks=PUBLICATION)


def _shown(value: Any, *, quoted: bool = False) -> str:
    text = shortened(str(value))
    return f"“{text}”" if quoted else text


def _wrong(table: str, message: str) -> Finding:
    return Finding(rule="settings", element=_shown(table), message=message)
