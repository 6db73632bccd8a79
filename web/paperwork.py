"""All that somebody has to file and to answer in one dispute: one page, one sending, each task an entry of its own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from engine import Answered, Form, FormInvalid, complete_together, paperwork_page, task_form
from web.current import command_id, concord, desk, me
from web.fields import page_form, posted
from web.wording import RECORDED, REPEATED, child_words

MOST_TASKS, MOST_ALSO = 50, 200
DONE = "done"
NOTHING = "Answer at least one of them: what you leave empty stays to be done"

blueprint = Blueprint("paperwork", __name__)


@blueprint.get("/disputes/<ref>/paperwork")
def show(ref: str) -> str:
    """Show the questions of everything that is to be filed and answered."""
    return _page(ref, {}, {})


@blueprint.post("/disputes/<ref>/paperwork")
def send(ref: str) -> Response:
    """Complete what was answered; what was left empty stays to be done."""
    here, given = desk(), request.form
    keys = list(dict.fromkeys(given.getlist("task")))[:MOST_TASKS]
    sections = {section.line.key: section for section in paperwork_page(concord(), me(), ref).sections}
    forms = {key: sections[key].form if key in sections else task_form(concord(), me(), ref, key) for key in keys}
    answers = {key: posted(form, given, _prefix(key)) if form else {} for key, form in forms.items()}
    begins = {key: sections[key].begins if key in sections else {} for key in keys}
    begun = {key for key in keys if _entered(key, answers[key], forms[key], given, begins[key])}
    also = {key: given.getlist(f"{_prefix(key)}also")[:MOST_ALSO] for key in keys}
    here.form = _whole(forms)
    here.again = lambda errors: _page(ref, answers, errors, also)
    if not begun:
        raise FormInvalid(errors={"": NOTHING})
    filled = [Answered(key=key, answers=answers[key], also=also[key]) for key in keys if key in begun]
    outcome = complete_together(concord(), me(), ref, command_id(), filled)
    count = sum(1 + len(each.also) for each in filled)
    words = "1 thing is recorded." if count == 1 else f"{count} things are recorded, each by itself."
    flash(REPEATED if outcome.repeated else words, RECORDED)
    return redirect(url_for("disputes.show", ref=ref))


def _whole(forms: Mapping[str, Form | None]) -> Form:
    """All that was asked, so that what was typed can be shown by its questions."""
    fields = (
        replace(field, key=_prefix(key) + field.key) for key, form in forms.items() if form for field in form.inputs
    )
    return Form(id="paperwork", name="paperwork", fields=tuple(fields))


def _prefix(key: str) -> str:
    return f"{key}-"


def _entered(
    key: str, answers: Mapping[str, Any], form: Form | None, given: MultiDict[str, str], begins: Mapping[str, Any]
) -> bool:
    """Whether somebody has entered anything for a task beside what it began with; where nothing is asked, its tick."""
    if form is None or not form.inputs:
        return bool(given.get(f"{_prefix(key)}{DONE}"))
    return any(answer and _plain(answer) != _plain(begins.get(name)) for name, answer in answers.items())


def _plain(answer: Any) -> Any:
    """An answer without what a browser makes of its line breaks and seconds."""
    return " ".join(answer.split()) if isinstance(answer, str) else answer


def _page(
    ref: str,
    answers: Mapping[str, Mapping[str, Any]],
    errors: Mapping[str, str],
    also: Mapping[str, list[str]] | None = None,
) -> str:
    page = paperwork_page(concord(), me(), ref)
    forms = {}
    for section in page.sections:
        key, start = section.line.key, f"{section.line.key}/"
        if section.form:
            wrong = {name.removeprefix(start): words for name, words in errors.items() if name.startswith(start)}
            shown = answers.get(key, section.draft or section.begins)
            forms[key] = page_form(
                section.form, shown, section.choices, wrong, page.now, _prefix(key), begins=section.begins
            )
    titles = {section.line.key: section.line.title for section in page.sections}
    listed = [
        {**error, "text": f"{titles[key]}: {error['text']}"} for key, form in forms.items() for error in form.error_list
    ]
    return render_template(
        "tasks/paperwork.html",
        page=page,
        forms=forms,
        error_list=listed or [{"text": words} for words in errors.values()],
        also=also,
        child_words=child_words,
        command_id=command_id(),
        has_errors=bool(errors),
    )
