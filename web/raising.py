"""Raising a disagreement: danger first, then what it is about, then what is open about the same case already."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from engine import (
    BegunRecord,
    Link,
    RaisePage,
    RaisingNotOpen,
    Summary,
    begun_by,
    keep_begun,
    open_about,
    raise_dispute,
    raise_page,
    raised_before,
    throw_away_begun,
)
from web.current import command_id, concord, desk, me, typed
from web.fields import page_form, posted
from web.raising_form import FEWEST, PROTECTIVE, RISK, Raising, begun_with, raising_form, rows_filled, rows_sent
from web.wording import RECORDED, URGENT, call_words

RAISED_BEFORE = "You had sent this before. It was raised once, the first time."
RISK_UNSAID = "Say whether a child is at risk of significant harm"

blueprint = Blueprint("raising", __name__)


@blueprint.before_request
def _of_an_agency() -> None:
    if me().oversees:
        raise RaisingNotOpen


@blueprint.get("/raise")
def first() -> str:
    """Ask about risk before anything else (S2, S5)."""
    return _first({}, {})


@blueprint.post("/raise")
def answered() -> Response | tuple[str, int]:
    """Carry the answer on to the next step."""
    answers = posted(RISK, request.form)
    if answers["risk"] not in {"yes", "no"}:
        return _first(answers, {"risk": RISK_UNSAID}), 422
    if answers["risk"] == "yes":
        flash(f"You said that a child is at risk. {call_words(_asked().risk)}", URGENT)
    return redirect(_on("raising.details", risk=answers["risk"]))


@blueprint.get("/raise/details")
def details() -> str | Response:
    """Ask what it is about."""
    if request.args.get("risk") not in {"yes", "no"}:
        return redirect(_on("raising.first"))
    page = _asked()
    kept = None if page.link else begun_by(concord(), me())
    begun: Mapping[str, Any] = begun_with(page)
    rows = max(FEWEST, len(page.children))
    if kept is not None:
        values: MultiDict[str, str] = MultiDict((name, text) for name, texts in kept.typed.items() for text in texts)
        rows = rows_filled(values)
        begun = {name: value for name, value in posted(raising_form(page, rows).all, values).items() if value}
    return _details(rows, begun, {}, kept)


@blueprint.post("/raise/details")
def send() -> str | Response | tuple[str, int]:
    """Raise it, unless a row is wanted or something is open about the same case."""
    if request.form.get("risk") not in {"yes", "no"}:
        return _first({}, {"risk": RISK_UNSAID}), 422
    here, page, do = desk(), _asked(), request.form.get("do")
    rows = rows_sent(request.form, more=do == "add")
    form = raising_form(page, rows)
    here.form = form.all
    answers = posted(form.all, request.form)
    here.again = lambda errors: _details(rows, answers, errors)
    if do in {"add", "back"}:
        return _details(rows, answers, {})
    if do == "later":
        keep_begun(concord(), me(), typed())
        flash("What you typed is kept, for you alone. Nothing has been raised yet.", "success")
        return redirect(url_for("tasks.mine", begun=""))
    raised = form.read(answers, posted(form.waits, request.form))
    known = {page.link.ref if page.link else "", raised_before(concord(), command_id())}
    about = open_about(concord(), me(), [child.case_reference for child in raised.children])
    open_ones = [each for each in about if each.ref not in known]
    if open_ones and do != "anyway":
        return _already(open_ones, rows, raised)
    return _raise(page, raised)


@blueprint.post("/raise/begun")
def throw_away() -> Response:
    """Forget what was begun."""
    throw_away_begun(concord(), me())
    flash("What you had begun is thrown away.", "success")
    return redirect(url_for("tasks.mine", begun=""))


def _asked() -> RaisePage:
    """Give the pathway that was chosen, the main one where none was; and the dispute that it is raised from."""
    carried = _carried()
    link = Link(ref=carried["linked"], task=carried.get("task", "")) if "linked" in carried else None
    return raise_page(concord(), me(), carried.get("pathway"), link, risk=_risk())


def _risk() -> bool:
    """Whether a child is at risk, as it was answered on the step before."""
    return request.values.get("risk") == "yes"


def _on(step: str, **more: str) -> str:
    """Give the address of a step, with what is handed on to it."""
    values: dict[str, Any] = {**more, **_carried()}
    return url_for(step, **values)


def _carried() -> dict[str, str]:
    """Give what is handed on from step to step: the pathway, and the dispute and task that it is raised from."""
    return {name: request.values[name] for name in ("pathway", "linked", "task") if request.values.get(name)}


def _raise(page: RaisePage, raised: Raising) -> Response:
    outcome = raise_dispute(
        concord(), me(), command_id(), pathway=page.pathway, receiving=raised.receiving, answers=raised.answers,
        children=raised.children, risk=_risk(), protective=raised.protective, link=page.link,
        decided=raised.decided, unsent=raised.unsent,
    )  # fmt: skip
    said = RAISED_BEFORE if outcome.repeated else "The disagreement is raised."
    words = f"{said} Its reference is {outcome.ref}."
    if _risk():
        flash(f"The risk is reported. {call_words(page.risk)} {words}", URGENT)
    else:
        flash(words, RECORDED)
    return redirect(url_for("disputes.show", ref=outcome.ref, raised=""))


def _first(answers: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    page = _asked()
    form = page_form(RISK, answers, errors=errors)
    return render_template("raising/first.html", page=page, form=form, has_errors=bool(errors))


def _details(rows: int, answers: Mapping[str, Any], errors: Mapping[str, str], kept: BegunRecord | None = None) -> str:
    page = _asked()
    form = raising_form(page, rows)
    return render_template(
        "raising/details.html",
        page=page,
        rows=rows,
        more_open=rows > FEWEST
        or any(answers.get(f"case-{n}") or answers.get(f"initials-{n}") for n in range(2, rows + 1)),
        protective_open=bool(answers.get(PROTECTIVE) or PROTECTIVE in errors),
        form=page_form(form.all, answers, form.choices, errors, page.now, unmarked=form.rows_named),
        own={field.key for field in form.own.inputs},
        risk=request.values.get("risk"),
        command_id=command_id(),
        has_errors=bool(errors),
        keeper=me().id,
        fresh=request.method == "GET",
        kept=kept,
    )


def _already(found: Sequence[Summary], rows: int, raised: Raising) -> str:
    return render_template(
        "raising/already.html",
        found=found,
        kept=[(name, text) for name, texts in typed().items() for text in texts],
        rows=rows,
        cases=sorted({child.case_reference for child in raised.children}),
        command_id=command_id(),
    )
