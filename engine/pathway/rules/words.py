"""Whether names, documentation and forms say the same as a limit's expression (D12): number and unit, no other word."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.feel import FeelError
from engine.pathway.diagram import Element
from engine.pathway.rules.drawing import PUBLICATION, Drawing, Finding, called
from engine.pathway.rules.timer_expressions import LimitMisread, read_limit

Amount = tuple[str, int]
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]  # fmt: skip
NUMBERS: Mapping[str, int] = {word: number for number, word in enumerate(WORDS, start=1)} | {"thirty": 30, "sixty": 60}
SAID = re.compile(
    rf"(?<![\d.,])(\d{{1,4}}|\b(?:{'|'.join(NUMBERS)}))[ -]+(?:(working|calendar)[ -]+)?(day|hour|week|month)s?\b",
    re.IGNORECASE,
)
UNITS = {"working_days": "working day", "cumulative": "working day", "at_least": "working day",
         "after_first_part": "working day", "hours": "hour", "months": "month"}  # fmt: skip
WEEK = 5  # working days (T7)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A text that may say a limit: how to call it, where in the modeller it is mended, and what it says."""

    what: str
    panel: str
    text: str


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[tuple[str, Amount], ...]:
    """Each number with its unit, as it is written and as it is meant."""
    return tuple((found[0], _meant(found)) for found in SAID.finditer(text))


def _meant(found: re.Match[str]) -> Amount:
    """A day is a working day unless another is named."""
    number = int(found[1]) if found[1].isdigit() else NUMBERS[found[1].lower()]
    kind, unit = (found[2] or "working").lower(), found[3].lower()
    if kind == "calendar":
        return f"calendar {unit}", number
    if unit in {"day", "week"}:
        return "working day", number * (WEEK if unit == "week" else 1)
    return unit, number


def limit_words(drawing: Drawing) -> Iterator[Finding]:
    """D12: one finding for each limit, with every place that says otherwise.

    It keeps a pathway from being published, not from being tried out and proven with another limit.
    """
    stages = _stages(drawing)
    for element in drawing.elements.values():
        own = _deadline(element) or _due(element)
        if own is None:
            continue
        places, around = [*_of(element), *_asked(drawing, element)], _around(drawing, element, stages)
        if around is None:
            continue
        if host := drawing.elements.get(element.attached_to or ""):
            around = ()
            places += [place for each in _within(drawing, host) for place in _of(each, other=True)]
        if wrong := [*_otherwise(places, own, around)]:
            yield _finding(element, own, wrong)


def _stages(drawing: Drawing) -> Mapping[str, Amount]:
    """The length of each stage, by its deadline."""
    timed = [(event.attached_to, _deadline(event)) for event in drawing.elements.values() if event.attached_to]
    return {stage: limit[0] for stage, limit in timed if stage and limit}


def _finding(element: Element, own: tuple[Amount, ...], wrong: list[str]) -> Finding:
    unit, number = own[0]
    limit = f"The limit of {called(element)} is {number} {unit}{'' if number == 1 else 's'}"
    message = f"{limit}, but {' and '.join(wrong)}. Let all say the same."
    return Finding(rule="D12", element=element.id, message=message, blocks=PUBLICATION)


def _amounts(text: str, functions: tuple[str, ...]) -> tuple[Amount, ...] | None:
    """What a limit says, its own length first; none where it is none, or none of a number."""
    try:
        _, given = read_limit(text, functions)
    except (FeelError, LimitMisread):
        return None  # told as that
    return (
        tuple(
            (UNITS[name], int(given[name]))
            for name in ("working_days", "hours", "months", "cumulative", "at_least", "after_first_part")
            if name in given
        )
        or None
    )


def _deadline(event: Element) -> tuple[Amount, ...] | None:
    return _amounts(event.timer, ("deadline",)) if event.timer else None


def _due(element: Element) -> tuple[Amount, ...] | None:
    return _amounts(element.properties["due"], ("due", "deadline")) if "due" in element.properties else None


def _around(drawing: Drawing, element: Element, stages: Mapping[str, Amount]) -> tuple[Amount, ...] | None:
    """The limits of the stages that an element stands in; none where one has no deadline, which is told as that."""
    at, found = drawing.elements.get(element.parent), list[Amount]()
    while at is not None:
        if at.id in drawing.stage_ids and at.id not in stages:
            return None
        found += [stages[at.id]] if at.id in stages else []
        at = drawing.elements.get(at.parent)
    return tuple(found)


def _within(drawing: Drawing, stage: Element) -> Iterator[Element]:
    """A stage or task, and what is in it without a limit of its own."""
    if "due" not in stage.properties:
        yield stage
    for element in drawing.elements.values():
        if element.parent == stage.id and not element.timer and "due" not in element.properties:
            yield element


def _of(element: Element, *, other: bool = False) -> Iterator[Place]:
    its = f"{called(element)}: its" if other else "its"
    yield Place(what=f"{its} name", panel="General, Name", text=element.name)
    yield Place(what=f"{its} documentation", panel="Documentation", text=element.words)


def _asked(drawing: Drawing, element: Element) -> Iterator[Place]:
    form = drawing.pathway.form_of(element.id)
    for field in form.fields if form is not None else ():
        said = {"Label": field.label, "Description": field.description, "Text": field.text}
        for panel, text in said.items():
            what = f"the form {element.properties['form']}, at “{field.key or field.type}”,"
            yield Place(what=what, panel=panel, text=text)


def _otherwise(places: list[Place], own: tuple[Amount, ...], around: tuple[Amount, ...]) -> Iterator[str]:
    """What says another limit. The cumulative one may stand beside its own, a stage's where its own is said too."""
    said = [(place, found) for place in places if (found := amounts(place.text))]
    spoken = any(amount == own[0] for _, found in said for _, amount in found)
    for place, found in said:
        beside = own if own[0] in [amount for _, amount in found] else own[:1]
        known = {*beside, *(around if spoken else ())}
        for words in dict.fromkeys(words for words, amount in found if amount not in known):
            yield f"{place.what} says “{words}” ({place.panel})"
