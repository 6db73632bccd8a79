"""What the people of a dispute can do at any time, each on a small page of its own."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    AT_RISK,
    Ahead,
    DisputePage,
    act_choices,
    contradict,
    correct,
    correction_page,
    dispute_page,
    report_risk,
    reporting_page,
    validate,
)
from web.act_forms import ACTS, CONTRADICTION, SEEN, correction_form, risk_form
from web.characters import LONGEST_NUMBER
from web.current import command_id, concord, desk, me, page_number
from web.fields import page_form, posted
from web.wording import REPEATED, URGENT, call_words, child_words

VALUE, LOOK = "value", "look"
LONGEST_WORDS = 100

ACT = f"/disputes/<ref>/<any({', '.join(repr(name) for name in ACTS)}):name>"

blueprint = Blueprint("acts", __name__)


@blueprint.get("/risk")
def risks() -> str:
    """Show whom to call, and each disagreement in which a risk can be reported from here (S1)."""
    text = request.args.get("about", "").strip()[:LONGEST_WORDS]
    page = reporting_page(concord(), me(), page_number(), text)
    return render_template(
        "acts/risks.html",
        page=page,
        child_words=child_words,
        me=me(),
        command_of={d.ref: str(uuid4()) for d in page.disputes},
    )


@blueprint.get("/disputes/<ref>/risk")
def risk(ref: str) -> str:
    """Show whom to call, and ask which children are at risk (S1, S5, S6)."""
    page = dispute_page(concord(), me(), ref)
    everyone = [str(n) for n in range(len(page.dispute.children))]
    return _risk_page(page, {"children": everyone}, {})


@blueprint.post("/disputes/<ref>/risk")
def report(ref: str) -> Response:
    """Report risk: the referral opens beside whatever runs."""
    page = dispute_page(concord(), me(), ref)
    here = desk()
    here.form = risk_form(page.dispute.children)
    answers = posted(here.form, request.form)
    here.again = lambda errors: _risk_page(page, answers, errors)
    children = [int(n) for n in answers["children"] if n.isdecimal() and len(n) <= LONGEST_NUMBER]
    outcome = report_risk(concord(), me(), ref, command_id(), children, answers["what"])
    flash(f"{REPEATED if outcome.repeated else 'The risk is reported.'} {call_words(page.risk)}", URGENT)
    return redirect(_referral(ref))


@blueprint.get(ACT)
def show(ref: str, name: str) -> str:
    """Ask for what an act needs."""
    return _act_page(ref, name, {}, {})


@blueprint.post(ACT)
def act(ref: str, name: str) -> Response:
    """Carry an act out, or show first what it would change; who says that a child is at risk reports that next (S2)."""
    chosen, here = ACTS[name], desk()
    here.form = chosen.form
    answers = posted(chosen.form, request.form)
    here.again = lambda errors: _act_page(ref, name, answers, errors)
    values = validate(chosen.form, answers, act_choices(concord(), me(), ref)) | {SEEN: request.form.get(SEEN, "")}
    if chosen.ahead is not None and request.form.get("do") == LOOK:
        return make_response(_act_page(ref, name, answers, {}, chosen.ahead(concord(), me(), ref, values)))
    outcome = chosen.carry_out(concord(), me(), ref, command_id(), values)
    flash(REPEATED if outcome.repeated else chosen.done, "success")
    if values.get(AT_RISK) != "yes":
        return redirect(url_for("disputes.show", ref=outcome.ref))
    flash(f"You said that a child is at risk. {call_words(dispute_page(concord(), me(), outcome.ref).risk)}", URGENT)
    return redirect(url_for("acts.risk", ref=outcome.ref))


@blueprint.get("/disputes/<ref>/entries/<int:seq>/correct")
def correction(ref: str, seq: int) -> str:
    """Ask what is right instead of an entry, or what is said against another side's; the entry itself stays (R2)."""
    return _correction_page(ref, seq, {}, {})


@blueprint.post("/disputes/<ref>/entries/<int:seq>/correct")
def correct_entry(ref: str, seq: int) -> Response:
    """Add a correction, or a contradiction of what another side said."""
    here, page, name = desk(), correction_page(concord(), me(), ref, seq), _asked_field()
    answer = page.fields.get(name or "") if page.own else None
    here.form = correction_form(answer) if page.own else CONTRADICTION
    answers = posted(here.form, request.form)
    here.again = lambda errors: _correction_page(ref, seq, answers, errors)
    values = validate(here.form, answers, page.choices, now=concord().clock.now())
    if page.own:
        field = name if answer else None
        reason = str(values["reason"])
        outcome = correct(concord(), me(), ref, command_id(), seq, reason, field, values.get(VALUE))
    else:
        outcome = contradict(concord(), me(), ref, command_id(), seq, str(values["reason"]), name)
    done = "The correction stands beside the entry." if page.own else "What you say stands beside what they said."
    flash(REPEATED if outcome.repeated else done, "success")
    return redirect(url_for("disputes.show", ref=ref, _anchor=f"entry-{seq}"))


def _asked_field() -> str | None:
    return request.args.get("field") or None


def _referral(ref: str) -> str:
    """Give the address of the newest referral task that is mine to do, else of the dispute."""
    page = dispute_page(concord(), me(), ref)
    opened = {task.key: task.opened for task in page.dispute.tasks}
    mine = [task for task in page.tasks if task.urgent and task.mine]
    if not mine:
        return url_for("disputes.show", ref=ref)
    newest = max(mine, key=lambda task: opened[task.key])
    return url_for("tasks.show", ref=ref, key=newest.key)


def _risk_page(page: DisputePage, answers: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    form = page_form(risk_form(page.dispute.children), answers, errors=errors)
    return render_template("acts/risk.html", page=page, form=form, command_id=command_id(), has_errors=bool(errors))


def _act_page(
    ref: str,
    name: str,
    answers: Mapping[str, Any],
    errors: Mapping[str, str],
    ahead: Ahead | None = None,
) -> str:
    page, chosen = dispute_page(concord(), me(), ref), ACTS[name]
    if chosen.ahead is not None and chosen.told_at_once and chosen.right in page.can:
        ahead = chosen.ahead(concord(), me(), ref, {})
    visit = page.dispute.visit
    form = page_form(chosen.form, answers, act_choices(concord(), me(), ref), errors)
    return render_template(
        "acts/act.html",
        page=page,
        act=chosen,
        ahead=ahead,
        looked=request.method == "POST" and ahead is not None and not errors,
        seen=visit.key if visit else "",
        refused=page.refused.get(chosen.right),
        form=form,
        command_id=command_id(),
        has_errors=bool(errors),
    )


def _correction_page(ref: str, seq: int, answers: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    page, name = correction_page(concord(), me(), ref, seq), _asked_field()
    answer = page.fields.get(name or "")
    form = page_form(
        correction_form(answer) if page.own else CONTRADICTION, answers, page.choices, errors, concord().clock.now()
    )
    return render_template(
        "acts/correct.html",
        page=page,
        line=page.line,
        form=form,
        answer=answer,
        address=url_for("acts.correct_entry", ref=ref, seq=seq, field=name if answer else None),
        command_id=command_id(),
        has_errors=bool(errors),
    )
