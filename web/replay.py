"""The replay of a dispute: its path step by step on the diagram and in words, with the deadlines as they ran."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import Clause, FrameView, Replay, Token, mark_words, replay_page, token_label
from web.current import concord, me

blueprint = Blueprint("replay", __name__)

MARKS = {
    "stage": "Stage begins",
    "escalation": "Escalated",
    "missed": "Deadline missed",
    "risk": "Risk reported",
    "end": "Ends",
}


@blueprint.get("/disputes/<ref>/replay")
def show(ref: str) -> str:
    """Show the path of a dispute, from a step on where one is named."""
    page = replay_page(concord(), me(), ref)
    return render_template(
        "replay/page.html",
        page=page,
        shown=_step_named(page),
        told=told(page),
        marks=[(s.frame.n, MARKS[s.frame.mark], s.frame.mark, mark_words(s.frame)) for s in page.marks],
        legend=[(mark, words) for mark, words in MARKS.items() if any(s.frame.mark == mark for s in page.marks)],
        rules=rules,
        bodyClasses="app-wide app-replaying",
    )


@blueprint.get("/disputes/<ref>/path")
def path(ref: str) -> Response:
    """Lead on from the address at which a dispute's path stood before."""
    return redirect(url_for("replay.show", ref=ref), 301)


def _step_named(page: Replay) -> int | None:
    """The step that the address names, where there is such a step."""
    step = request.args.get("step", type=int)
    return step if step and 1 <= step <= len(page.steps) else None


def rules(clauses: Iterable[Clause]) -> list[tuple[str, str]]:
    """Clauses in two lots: what the protocol asks, and what was set locally."""
    found = list(clauses)
    lots = (("Protocol", [c.id for c in found if not c.local]), ("Set locally", [c.id for c in found if c.local]))
    return [(name, ", ".join(ids)) for name, ids in lots if ids]


class Pool:
    """Values that many steps share, sent once."""

    def __init__(self) -> None:
        self.values: list[list[Any]] = []
        self._places: dict[str, int] = {}

    def place(self, value: list[Any]) -> int:
        """Where a value stands."""
        place = self._places.setdefault(repr(value), len(self.values))
        if place == len(self.values):
            self.values.append(value)
        return place


def told(page: Replay) -> dict[str, Any]:
    """What the diagram is told: for each step what moves where, what stands where, and the deadlines then.

    The words of a step are in its row of the table; what did not change is left out.
    """
    tokens, deadlines = Pool(), Pool()
    return {
        "steps": [_step(step, tokens, deadlines) for step in page.steps],
        "tokens": tokens.values,
        "deadlines": deadlines.values,
    }


def _step(step: FrameView, tokens: Pool, deadlines: Pool) -> dict[str, Any]:
    frame = step.frame
    said = {
        "element": frame.element,
        "source": frame.source,
        "flows": list(frame.flows),
        "token": _token(frame.token) if frame.token else None,
        "mark": frame.mark,
        "quiet": frame.quick,
        "states": dict(step.states),
        "stage": step.stage,
    }
    return {
        **{name: value for name, value in said.items() if value},
        "tokens": tokens.place([_token(token) for token in frame.state.tokens]),
        "deadlines": deadlines.place([[line.name, line.words, line.outcome] for line in step.deadlines]),
    }


def _token(token: Token) -> list[str]:
    return [token.task or token.id, token.id, token.element, token.branch, token_label(token), str(token.number)]
