"""A scenario as somebody wrote it, read strictly before anything of it runs. Knows no pathway."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine.calendar import working_days as days
from engine.errors import ConcordError

FIRST, LAST = days.london("2000-01-01T00:00"), days.london("2100-01-01T00:00")
LONGEST = timedelta(days=3660)
MOST_CHILDREN, MOST_STEPS = 20, 2_000
KINDS = ("complete", "report_risk", "risk_over", "escalate", "shorten", "withdraw", "say_resolved", "wait")
EXAMPLE = (
    '{"raised": "2026-12-23T10:00", "start": {"children": 2}, "steps": [{"at": "2026-12-24T09:00", "do": "wait"}]}'
)


class ScenarioUnreadable(ConcordError):
    """{where} can't be read: {why} Write a scenario like {example}"""


class ScenarioWrong(ConcordError):
    """Step {number} of the scenario can't be done: {why}"""


class InstantFar(ConcordError):
    """{text} is too far away: it must be from 2000 to 2099, and no more than ten years after the raising."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A scenario that can be read: when it begins, with what answers, and its steps."""

    raised: datetime
    start: Mapping[str, Any]
    steps: tuple[Mapping[str, Any], ...]


def from_file(path: Path) -> Any:
    """The JSON of a file; raises ScenarioUnreadable."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError, OSError) as error:
        raise _unreadable(path.name, f"it is not JSON ({type(error).__name__}: {error}).") from error


def read(given: Any) -> Told:
    """Read a scenario; raises ScenarioUnreadable, ScenarioWrong, InstantUnreadable or InstantFar."""
    if not isinstance(given, Mapping):
        raise _unreadable("The scenario", f"it is {_named(given)}, not an object with “raised”.")
    for key in given:
        if key not in {"raised", "start", "steps"}:
            raise _unreadable("The scenario", f"“{_short(key)}” means nothing in it.")
    if not isinstance(given.get("raised"), str):
        raise _unreadable("The scenario", "it must say in “raised” when the dispute is raised.")
    raised = instant(given["raised"])
    start = starting(given.get("start"))
    steps = given.get("steps", [])
    if not isinstance(steps, list) or len(steps) > MOST_STEPS:
        raise _unreadable("The scenario", f"“steps” must be a list of at most {MOST_STEPS} steps.")
    for number, step in enumerate(steps, 1):
        for why in _wrong(step):
            raise ScenarioWrong(number=number, why=why)
        try:
            instant(step["at"], raised)
            if step["do"] == "shorten":
                instant(step["to"], raised)
        except ConcordError as error:
            raise ScenarioWrong(number=number, why=str(error)) from error
    return Told(raised=raised, start=start, steps=tuple(steps))


def starting(given: Any) -> Mapping[str, Any]:
    """The answers with which a dispute begins; raises ScenarioUnreadable."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise _unreadable("“start”", f"it is {_named(given)}, not an object of answers.")
    for key, value in given.items():
        fits, wanted = START.get(key, (_answer, "a choice, a number, text, true or false, or a list of choices"))
        if not fits(value):
            raise _unreadable("“start”", f"“{_short(key)}” must be {wanted}.")
    if given.get("protective") is not None:
        instant(given["protective"])
    return given


def instant(text: str, raised: datetime | None = None) -> datetime:
    """An instant that a calendar knows; raises InstantUnreadable, WallTimeMissing or InstantFar."""
    at = days.london(text)
    if not FIRST <= at < LAST or (raised is not None and at > raised + LONGEST):
        raise InstantFar(text=_short(text))
    return at


def _wrong(step: Any) -> Iterator[str]:
    """What is wrong with a step, before anything is done."""
    if not isinstance(step, Mapping):
        yield f"it is {_named(step)}, not an object with “at” and “do”."
        return
    for key in ("at", "do"):
        if key not in step:
            yield f"it lacks '{key}'."
    kind = step.get("do")
    if kind not in KINDS:
        yield f"“{_short(kind)}” is not one of {', '.join(KINDS)}."
        return
    allowed = {"at": TEXT, "do": TEXT, "reason": TEXT, "side": SIDE, **MORE.get(str(kind), {})}
    for key, value in step.items():
        if key not in allowed:
            yield f"“{_short(key)}” means nothing in a step “{kind}”; known are {', '.join(allowed)}."
        elif not allowed[key][0](value):
            yield f"“{key}” must be {allowed[key][1]}."
    needed = {"complete": "task", "shorten": "to"}.get(str(kind))
    if needed and needed not in step:
        yield f"it lacks '{needed}'."


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _answer(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return value is None or isinstance(value, str | bool) or (isinstance(value, int | float) and abs(value) < 1e15)


def _answers(value: Any) -> bool:
    return value is None or (isinstance(value, Mapping) and all(map(_answer, value.values())))


def _children(value: Any) -> bool:
    if isinstance(value, list):
        known = {"case_reference", "initials"}
        whole = all(isinstance(each, Mapping) and each.keys() == known for each in value)
        return 1 <= len(value) <= MOST_CHILDREN and whole and all(all(map(_text, each.values())) for each in value)
    return _whole(value) and 1 <= value <= MOST_CHILDREN


def _numbers(value: Any) -> bool:
    return isinstance(value, list) and all(_whole(each) and 0 <= each < MOST_CHILDREN for each in value)


def _risk(value: Any) -> bool:
    return value is None or isinstance(value, bool) or value in ("yes", "no")


def _when(value: Any) -> bool:
    return value is None or isinstance(value, str)


Rule = tuple[Callable[[Any], bool], str]
TEXT: Rule = (_text, "text")
SIDE: Rule = (lambda value: value in ("raising", "receiving", "partnership", None), "raising, receiving or partnership")
MORE: Mapping[str, Mapping[str, Rule]] = {
    "complete": {
        "task": TEXT,
        "answers": (_answers, "an object of answers"),
        "check": (lambda value: isinstance(value, bool), "true or false"),
    },
    "report_risk": {"children": (_numbers, "a list of the children's numbers, the first being 0")},
    "shorten": {"to": TEXT},
}
START: Mapping[str, Rule] = {
    "children": (_children, f"a number from 1 to {MOST_CHILDREN}, or a list of case_reference and initials"),
    "risk": (_risk, "true or false"),
    "protective": (_when, "an instant"),
    "raising_kind": TEXT,
    "receiving_kind": TEXT,
}


def _unreadable(where: str, why: str) -> ScenarioUnreadable:
    return ScenarioUnreadable(where=where, why=why, example=EXAMPLE)


def _named(value: Any) -> str:
    return {list: "a list", str: "text", type(None): "nothing", bool: "a yes or no"}.get(type(value), "a number")


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
