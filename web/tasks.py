"""What is mine to do, and one task: its form, its draft, who has taken it on."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    Field,
    Form,
    Narrowing,
    Outcome,
    asked_to_cover,
    begun_by,
    claim,
    complete_task,
    hand_on,
    messages,
    note_attempt,
    person_named,
    save_draft,
    task_asked,
    task_page,
    validate,
    worklist,
)
from web.current import command_id, concord, desk, me, page_number
from web.directory_words import day_words
from web.fields import page_form, posted
from web.wording import RECORDED, REPEATED, SIDES, child_words

ASKED = frozenset({"about", "with", "stage", "overdue", "taken_on", "team", "raised", "followed"})
LONGEST_WORDS = 100
MOST_ALSO = 200

TRIED_SAID = "That you tried is recorded. This is still to be done: below is what happens next."
TRIED = Form(
    id="tried",
    name="tried",
    fields=(
        Field(
            key="tried_to_reach", type="textfield", label="Whom did you try to reach, and how?", max_length=200,
            required=True,
            description="With the time, if it was not now. This stays open, and its clock goes on.",
        ),
    ),
)  # fmt: skip

blueprint = Blueprint("tasks", __name__)


@blueprint.get("/")
def mine() -> str:
    """Show what is mine to do, a card for each dispute, and what else runs that I can see."""
    person, narrowing = me(), _narrowing()
    own, told = worklist(concord(), person, page_number(), narrowing), messages(concord(), person)
    return render_template(
        "tasks/mine.html",
        own=own,
        messages=told,
        begun=begun_by(concord(), person),
        covers=asked_to_cover(concord(), person),
        day_words=day_words,
        unshown=sorted({*own.unreadable, *told.unreadable}),
        child_words=child_words,
        me=person,
        command_id=command_id(),
        asked={name: value for name, value in request.args.items() if name in ASKED and value},
    )


def _narrowing() -> Narrowing:
    """What of the list is asked for, by the address."""
    given = request.args
    return Narrowing(
        text=given.get("about", "").strip()[:LONGEST_WORDS],
        agency=given.get("with", "")[:LONGEST_WORDS],
        stage=given.get("stage", "")[:LONGEST_WORDS],
        overdue=bool(given.get("overdue")),
        taken_on=bool(given.get("taken_on")),
        team=bool(given.get("team")),
        raised=bool(given.get("raised")),
        followed=bool(given.get("followed")),
    )


@blueprint.get("/disputes/<ref>/tasks/<key>")
def show(ref: str, key: str) -> str:
    """Show a task with its form."""
    return _page(ref, key)


@blueprint.post("/disputes/<ref>/tasks/<key>")
def send(ref: str, key: str) -> Response:
    """Complete a task, or keep what was typed for later."""
    here = desk()
    title, here.form = task_asked(concord(), me(), ref, key)
    answers: Mapping[str, Any] = posted(here.form, request.form) if here.form else {}
    also = request.form.getlist("also")[:MOST_ALSO]
    here.again = lambda errors: _page(ref, key, answers, errors, also)
    if request.form.get("do") == "draft":
        save_draft(concord(), me(), ref, key, answers)
        flash("What you typed is kept. The task is still open.", "success")
        return redirect(url_for("tasks.mine"))
    outcome = complete_task(concord(), me(), ref, key, command_id(), answers, also=also)
    if outcome.attempt:
        flash(TRIED_SAID, "success")
        return redirect(url_for("tasks.show", ref=ref, key=key))
    return _done(outcome, f"That is recorded: {title}.", RECORDED)


@blueprint.post("/disputes/<ref>/tasks/<key>/tried")
def tried(ref: str, key: str) -> Response:
    """Note that somebody could not be reached: the task stays open."""
    here = desk()
    here.form = TRIED
    answers = posted(TRIED, request.form)
    here.again = lambda errors: _page(ref, key, tried=(answers, errors))
    note_attempt(concord(), me(), ref, key, command_id(), str(validate(TRIED, answers)["tried_to_reach"]))
    flash(TRIED_SAID, "success")
    return redirect(url_for("tasks.show", ref=ref, key=key))


@blueprint.post("/disputes/<ref>/tasks/<key>/claim")
def take(ref: str, key: str) -> Response:
    """Take a task on, so that others see that somebody has."""
    claim(concord(), me(), ref, key, command_id())
    flash("You have taken this on.", "success")
    return redirect(url_for("tasks.show", ref=ref, key=key))


@blueprint.post("/disputes/<ref>/tasks/<key>/hand-on")
def pass_on(ref: str, key: str) -> Response:
    """Hand a task on to a colleague, or back to all who may do it."""
    to = request.form.get("to") or None
    outcome = hand_on(concord(), me(), ref, key, command_id(), to)
    name = person_named(concord(), to).name if to else ""
    words = f"It is with {name} now, and says so on both your lists." if to else "It is for all who may do it."
    return _done(outcome, words)


def _done(outcome: Outcome, words: str, category: str = "success") -> Response:
    flash(REPEATED if outcome.repeated else words, category)
    return redirect(url_for("disputes.show", ref=outcome.ref))


def _page(
    ref: str,
    key: str,
    answers: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    also: Sequence[str] | None = None,
    tried: tuple[Mapping[str, Any], Mapping[str, str]] = ({}, {}),
) -> str:
    page = task_page(concord(), me(), ref, key)
    shown = (page.draft or page.begins) if answers is None else answers
    form = page_form(page.form, shown, page.choices, errors or {}, page.now, begins=page.begins) if page.form else None
    attempt = None if page.asks_whether_reached else page_form(TRIED, tried[0], errors=tried[1])
    return render_template(
        "tasks/task.html",
        page=page,
        task=page.line,
        form=form,
        tried=attempt,
        error_list=attempt.error_list if attempt else (),
        also=also,
        command_id=command_id(),
        child=child_words(page.line.child),
        child_words=child_words,
        has_errors=bool(errors or tried[1]),
        me=me(),
        side_words=SIDES,
    )
