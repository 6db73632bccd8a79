"""Whether a limit of time says something that can be counted: deadline(…), due(…), reminder(). Computes no instant."""

from collections.abc import Mapping
from typing import Any

from engine import feel
from engine.feel import Call, Literal

MOMENTS = ("task", "stage", "first_part", "agreement", "meeting", "raised", "disagreement")
_WHOLE = {"working_days": 120, "hours": 720, "months": 24, "cumulative": 365, "at_least": 120, "after_first_part": 120}
_TRUE = {"immediately", "same_working_day"}
_KNOWN = {
    "deadline": {"working_days", "hours", "months", "cumulative", "from", "at_least", "after_first_part"},
    "due": {"working_days", "hours", "months", "from", "at_least", *_TRUE},
    "reminder": set[str](),
}
_ONE_OF = {"deadline": ("working_days", "hours", "months"), "due": ("working_days", "hours", "months", *sorted(_TRUE))}


class LimitMisread(ValueError):
    """What is wrong with a limit, in plain words."""


def read_limit(text: str, functions: tuple[str, ...]) -> tuple[str, Mapping[str, Any]]:
    """Give the function and its arguments; LimitMisread or FeelError says what is wrong."""
    expression = feel.parse(text)
    offered = " or ".join(f"{name}(…)" for name in functions)
    if not isinstance(expression.root, Call) or expression.root.function not in functions:
        raise LimitMisread(f"“{text}” is not {offered} alone. Write {offered}")
    if not all(isinstance(argument, Literal) for argument in expression.root.arguments):
        raise LimitMisread(f"“{text}” has an argument that is no plain value. Write the number itself")
    name, given = expression.calls[0]
    _check(text, name, given)
    return name, given


def _check(text: str, name: str, given: Mapping[str, Any]) -> None:
    if unknown := sorted(given.keys() - _KNOWN[name]):
        known = ", ".join(sorted(_KNOWN[name])) or "nothing at all"
        raise LimitMisread(f"“{text}” says {unknown[0]}, which {name} does not know. It knows {known}")
    one_of = _ONE_OF.get(name, ())
    if one_of and len(given.keys() & set(one_of)) != 1:
        raise LimitMisread(f"“{text}” must say exactly one of {', '.join(one_of)}")
    for parameter, value in given.items():
        _plausible(text, parameter, value)
    days, cumulative = given.get("working_days"), given.get("cumulative")
    if days is not None and cumulative is not None and cumulative < days:
        raise LimitMisread(f"“{text}” has a cumulative maximum below the stage's own days. Correct one of the two")


def _plausible(text: str, parameter: str, value: Any) -> None:
    if parameter == "from" and value not in MOMENTS:
        raise LimitMisread(f"“{text}” counts from “{value}”. It can count from {', '.join(MOMENTS)}")
    if parameter in _TRUE and value is not True:
        raise LimitMisread(f"“{text}” must say {parameter}: true, or leave it out")
    if (most := _WHOLE.get(parameter)) is None:
        return
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise LimitMisread(f"“{text}”: {parameter} must be a whole number from 1 to {most}")
