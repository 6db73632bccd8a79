"""Who looks at a dispute: every page that shows something of one is noted, and every try that is refused.

Noted at one place, by endpoint, after the answer is made: a page that somebody adds is noted or named here, or a test
fails.
"""

from collections.abc import Mapping

from flask import Flask, Response, request

from engine import ConcordError, note_look, note_refused
from web.current import concord, desk

SHOWS: Mapping[str, str] = {
    "disputes.show": "page",
    "disputes.drawn": "diagram",
    "disputes.duties": "duties",
    "calendar_file.show": "calendar",
    "acts.risk": "risk",
    "acts.report": "risk",
    "acts.show": "act {name}",
    "acts.act": "act {name}",
    "acts.correction": "correct",
    "acts.correct_entry": "correct",
    "tasks.show": "task",
    "tasks.send": "task",
    "paperwork.show": "paperwork",
    "paperwork.send": "paperwork",
    "replay.show": "replay",
    "finding.looks": "looks",
    "record.ask": "record",
    "record.verify": "verification",
    "record.confirm": "erase",
    "record.erase_typed": "erase",
    "record.hold": "hold",
    "record.hold_or_lift": "hold",
}
"""What of a dispute a page shows; what is in braces is of its address."""
NOTED_BY_THE_ENGINE = frozenset({"exports.show"})
"""Taking the record away is noted where it is done, at the command line as well; here only where it is refused."""
SHOW_NOTHING = frozenset({"tasks.take", "tasks.tried", "tasks.pass_on", "replay.path", "disputes.keep_in_view"})
"""They do something and lead on; a try that is refused is noted as well."""
SHOWN = frozenset({200, 409, 422})
REFUSED, NOTHING_THERE = 403, 404
LINKED = "linked"
"""The question of an address that names the dispute from which another is raised."""


def init(app: Flask) -> None:
    """Note looks after each answer."""
    app.after_request(_note)


def _note(answer: Response) -> Response:
    person, ref = desk().person, _named()
    if person is None or ref is None:
        return answer
    what = _what()
    try:
        if answer.status_code in {REFUSED, NOTHING_THERE}:
            note_refused(concord(), person, ref, what, told_why=answer.status_code == REFUSED)
        elif answer.status_code in SHOWN and (request.endpoint in SHOWS or LINKED in request.args):
            note_look(concord(), person, ref, what)
    except ConcordError:  # the database failed meanwhile: the answer is made, and says so where it had to
        return answer
    return answer


def _named() -> str | None:
    """The dispute that the address names."""
    ref = (request.view_args or {}).get("ref") or request.args.get(LINKED)
    return str(ref)[:40] if ref and "\0" not in str(ref) else None


def _what() -> str:
    """What of it was asked for."""
    given = {name: str(value) for name, value in (request.view_args or {}).items()}
    if request.endpoint in NOTED_BY_THE_ENGINE:
        return f"export {given.get('as_', '')}"[:30]
    named = SHOWS.get(request.endpoint or "") or (request.endpoint or "").rpartition(".")[2].replace("_", " ")
    return named.format_map(given)[:30]
