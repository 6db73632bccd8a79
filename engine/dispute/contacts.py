"""Whom to contact for a task, from a table beside the diagram, at the hour at which one looks. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from engine.calendar import working_days as days
from engine.dispute.model import Dispute
from engine.pathway import Pathway

DAY, NIGHT = time(7), time(21)


@dataclass(frozen=True, kw_only=True)
class Held:
    """The row of a contact table that holds: its number, whom to contact, and what to mind."""

    table: str
    row: int
    contact: str
    note: str


def hours(at: datetime, calendar: days.Calendar) -> str:
    """The part of the day: office hours, else day from 07:00, else night from 21:00 (set locally)."""
    if days.in_working_hours(at, calendar):
        return "office"
    wall = at.astimezone(days.LONDON).time()
    return "day" if DAY <= wall < NIGHT else "night"


def kinds(dispute: Dispute) -> dict[str, str]:
    """The kinds of the two agencies, by the names under which expressions and tables read them."""
    return {f"{party.side}_kind": party.kind for party in dispute.parties}


def contact(pathway: Pathway, dispute: Dispute, element: str, at: datetime, known: Mapping[str, Any]) -> Held | None:
    """The contact of a task that names a table, as of `at`; none where it names none."""
    name = pathway.diagram.elements[element].properties.get("contacts")
    table = pathway.tables.get(name or "")
    if table is None:
        return None
    calendar = days.Calendar.from_json(dict(dispute.calendar))
    stage = pathway.stage_of(element)
    own = {
        "hours": hours(at, calendar),
        "stage_number": stage.number if stage else None,
        "stage": stage.id if stage else None,  # tables that were published before named it by its id
    }
    values = {**dispute.answers, **known, **kinds(dispute), **own}
    row = table.match({column.name: values.get(column.name) for column in table.inputs})
    outputs = dict(row.outputs)
    return Held(
        table=str(name), row=row.number, contact=str(outputs.get("contact", "")), note=str(outputs.get("note") or "")
    )
