"""Finding disputes, saving what was found, and who looked at a dispute."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from engine import (
    Exported,
    FormInvalid,
    Found,
    FoundLine,
    Wanted,
    find,
    find_choices,
    find_log,
    looks_at,
    note_look,
    validate,
)
from web.act_forms import ACTS
from web.current import concord, desk, me, page_number
from web.exports import download
from web.fields import page_form, posted
from web.finding_form import DAYS, FORM, wanted

EVERY = 0
NOT_ASKED = frozenset({"page"})
FOLDED = frozenset({*DAYS, "version", "pathway"})
COLUMNS = (
    "Reference", "Protocol", "Version", "Raised by", "With", "Case references", "Raised", "Stage reached",
    "How it ended", "Ended", "Closed", "Deadline missed", "Risk reported", "Corrections and contradictions",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LOOKED_AT = {
    "page": "Its page",
    "diagram": "Its diagram",
    "replay": "Its replay",
    "task": "A task",
    "calendar": "Its dates, for a calendar",
    "paperwork": "What is to be filed and answered",
    "risk": "Reporting risk",
    "correct": "Correcting an entry",
    "looks": "Who looked at it",
    "record": "The record",
    "erase": "Erasing what was typed",
    "hold": "Putting it on hold",
    "verification": "Verified the record",
    "export xes": "Saved as an event log (XES)",
    "export json": "Saved as JSON lines",
    "export pdf": "Saved as a chronology (PDF)",
    "export outcome": "Saved its outcome (PDF)",
    "export stage": "Saved the record of a stage (PDF)",
    "export bundle": "Saved as a bundle",
}
REFUSED = "refused "

blueprint = Blueprint("finding", __name__)


@blueprint.get("/find")
def show() -> str | tuple[str, int]:
    """Show what is looked for, and a page of what was found."""
    desk().again = lambda errors: _page(None, errors)
    return _page(find(concord(), me(), _asked(), page_number()), {})


@blueprint.get("/find.csv")
def table() -> Response:
    """Save all that was found as a table."""
    desk().again = lambda errors: _page(None, errors)
    found = find(concord(), me(), _asked(), EVERY)
    named = found.unreadable if me().oversees else ("(another one)",) * len(found.unreadable)
    note_look(concord(), me(), "", "list csv")
    return download(Exported(name="disagreements.csv", media="text/csv", body=as_csv(found.lines, named)))


@blueprint.get("/find.xes")
def log() -> Response:
    """Save all that was found as one event log."""
    desk().again = lambda errors: _page(None, errors)
    body = find_log(concord(), me(), _asked())
    note_look(concord(), me(), "", "list xes")
    return download(Exported(name="disagreements.xes", media="application/xml", body=body))


@blueprint.get("/disputes/<ref>/looks")
def looks(ref: str) -> str:
    """Show who looked at a dispute, to those who oversee."""
    found = looks_at(concord(), me(), ref)
    return render_template("finding/looks.html", ref=ref, looks=[(look, *looked_at(look.what)) for look in found])


def looked_at(what: str) -> tuple[bool, str]:
    """Whether a try was refused, and what somebody looked at or tried to, in words."""
    refused, thing = what.startswith(REFUSED), what.removeprefix(REFUSED)
    act = ACTS.get(thing.removeprefix("act ")) if thing.startswith("act ") else None
    return refused, act.title if act else LOOKED_AT.get(thing, thing[:1].upper() + thing[1:])


def as_csv(lines: Iterable[FoundLine], unreadable: Iterable[str] = ()) -> bytes:
    """Give a table that spreadsheets open as it is: UTF-8 with its mark, nothing taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in lines:
        cells = (
            line.ref, line.pathway, line.version[:12], line.raising, line.receiving, ", ".join(line.cases),
            _clock(line.raised), line.reached, line.end or "Still open", _clock(line.ended),
            _clock(line.closed) or ("Still to be filed" if line.end else ""), _yes(line.missed), _yes(line.risk),
            "; ".join(line.notes),
        )  # fmt: skip
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    for ref in unreadable:
        writer.writerow([ref, "Can’t be shown: what is stored of it is damaged"])
    return out.getvalue().encode("utf-8-sig")


def _clock(at: datetime | None) -> str:
    return at.astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m-%d %H:%M") if at else ""


def _yes(told: bool) -> str:
    return "Yes" if told else "No"


def _answers() -> dict[str, Any]:
    return posted(FORM, request.args)


def _asked() -> Wanted:
    """Give what is looked for; raises FormInvalid, and then the page says what to put right."""
    values = validate(FORM, _answers(), find_choices(concord(), me()))
    if values["pathway"] and values["stage"] and not values["stage"].startswith(f"{values['pathway']}:"):
        raise FormInvalid(errors={"stage": "Select a stage of the protocol that you selected"})
    return wanted(values)


def _page(found: Found | None, errors: Mapping[str, str]) -> str:
    choices = find_choices(concord(), me())
    form = page_form(FORM, _answers(), choices, errors)
    for name in ("agency", "pathway", "stage", "end"):
        form.wtform[name].choices[0] = SelectChoice("", "Any")
    given = [(name, text) for name, text in request.args.items(multi=True) if text and name not in NOT_ASKED]
    return render_template(
        "finding/page.html",
        form=form,
        fields={name: form.wtform[name] for name in (field.key for field in FORM.inputs)},
        several=len(choices["pathways"]) > 1,
        found=found,
        filtered=bool(given),
        more=any(name in FOLDED for name, _ in given),
        me=me(),
        turned=_turned,
        saved=_saved,
        has_errors=bool(errors),
        bodyClasses="app-wide",
    )


def _same() -> list[tuple[str, str]]:
    return [(name, text) for name, text in request.args.items(multi=True) if name not in NOT_ASKED]


def _turned(page: int) -> str:
    """Give the address of another page of the same search."""
    return f"{url_for('finding.show')}?{urlencode([*_same(), ('page', str(page))])}#found"


def _saved(endpoint: str) -> str:
    """Give the address under which the same search is saved."""
    asked = urlencode(_same())
    return url_for(endpoint) + (f"?{asked}" if asked else "")
