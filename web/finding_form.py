"""What the finding page asks, and what was asked as the engine takes it. Knows no request."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine import Field, Form, Wanted

DAYS = ("raised_from", "raised_to", "ended_from", "ended_to")
TEXTS = ("reference", "case", "agency", "pathway", "stage", "end", "version")
LONGEST = 60


def _text(key: str, label: str, description: str) -> Field:
    return Field(key=key, type="textfield", label=label, description=description, max_length=LONGEST)


def _day(key: str, label: str) -> Field:
    return Field(key=key, type="datetime", subtype="date", label=label)


def _select(key: str, label: str, options_from: str, description: str = "") -> Field:
    return Field(key=key, type="select", label=label, options_from=options_from, description=description)


FORM = Form(
    id="find",
    name="find",
    fields=(
        _text("reference", "Reference", "Part of it will do, like 2026-0004"),
        _text("case", "Child’s case reference", "Part of it will do"),
        _select("agency", "Agency", "agencies", "On either side"),
        _select("pathway", "Protocol", "pathways"),
        _select("stage", "Stage reached", "stages", "This stage or one after it"),
        _select("end", "How it ended", "ends"),
        _day("raised_from", "Raised from"),
        _day("raised_to", "Raised to"),
        _day("ended_from", "Ended from"),
        _day("ended_to", "Ended to"),
        _text("version", "Version of the protocol", "Its first characters will do"),
        Field(key="mine", type="checkbox", label="I raised it"),
        Field(key="missed", type="checkbox", label="A deadline was missed"),
        Field(key="risk", type="checkbox", label="Risk of significant harm was reported"),
    ),
)


def wanted(values: Mapping[str, Any]) -> Wanted:
    """Give validated answers as what is looked for."""
    days = {name: date.fromisoformat(values[name]) if values[name] else None for name in DAYS}
    asked: dict[str, Any] = {**{name: values[name] or "" for name in TEXTS}, **days}
    return Wanted(**asked, mine=values["mine"], missed=values["missed"], risk=values["risk"])
