"""A dispute's record as such: is it as it was written, and erasing what was typed when that is called for."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    DisputePage,
    Field,
    Form,
    Right,
    ask_erasure,
    call_off_erasure,
    confirm_erasure,
    erase,
    lift_hold,
    may_erase,
    place_hold,
    record_page,
    validate,
    verifiable,
    verify_as,
)
from web.current import command_id, concord, desk, me
from web.fields import page_form, posted

KEPT = "The reason is kept with the record for good. Don’t repeat in it what is to be erased."

ERASED = "What was typed in this disagreement is erased. The record says that it was, and when."


def _form(name: str, label: str, description: str) -> Form:
    reason = Field(key="reason", type="textarea", label=label, description=description, required=True, max_length=4000)
    return Form(id=name, name=name, fields=(reason,))


ERASURE = _form("erasure", "Why is it erased?", KEPT)
CALLED_OFF = _form("called-off", "Why is it called off?", "The reason is kept with the record.")
HOLD = _form("hold", "Why is it held?", "Name the order or the inquiry. The reason is kept with the record.")
LIFTED = _form("lifted", "Why is the hold taken off?", "The reason is kept with the record.")

blueprint = Blueprint("record", __name__)


@blueprint.get("/disputes/<ref>/verify")
def ask(ref: str) -> str:
    """Say what verifying does, with its button."""
    closed = verifiable(concord(), me(), ref)
    return render_template("record/ask.html", ref=ref, erases=closed and may_erase(me()))


@blueprint.post("/disputes/<ref>/verify")
def verify(ref: str) -> str:
    """Verify a dispute's record and say what was found."""
    found = verify_as(concord(), me(), ref)
    return render_template("record/verified.html", ref=ref, found=found, verdict=found.verdict)


@blueprint.get("/disputes/<ref>/erase")
def confirm(ref: str) -> str:
    """Ask for the reason, or for somebody else's confirmation, and say what goes and what stays."""
    return _erasure_page(record_page(concord(), me(), ref), {}, {})


@blueprint.post("/disputes/<ref>/erase")
def erase_typed(ref: str) -> Response:
    """Erase what was typed, ask for it, confirm it, or call it off."""
    do, page = request.form.get("do", ""), record_page(concord(), me(), ref)
    here = desk()
    if do == "confirm":
        confirm_erasure(concord(), me(), ref, command_id())
        return _told(ref, ERASED)
    here.form = CALLED_OFF if do == "call-off" else ERASURE
    answers = posted(here.form, request.form)
    here.again = lambda errors: _erasure_page(page, answers, errors)
    reason = str(validate(here.form, answers)["reason"])
    if do == "call-off":
        call_off_erasure(concord(), me(), ref, command_id(), reason)
        return _told(ref, "The erasure is called off. Everything that was typed is still there.")
    if page.kept_until is not None:
        ask_erasure(concord(), me(), ref, command_id(), reason)
        return _told(ref, "The erasure is asked for. Somebody else can confirm it tomorrow.")
    erase(concord(), me(), ref, command_id(), reason)
    return _told(ref, ERASED)


@blueprint.get("/disputes/<ref>/hold")
def hold(ref: str) -> str:
    """Ask why a legal hold is put on, or taken off."""
    return _hold_page(record_page(concord(), me(), ref), {}, {})


@blueprint.post("/disputes/<ref>/hold")
def hold_or_lift(ref: str) -> Response:
    """Put a legal hold on, or take it off."""
    page, here = record_page(concord(), me(), ref), desk()
    here.form = LIFTED if page.hold else HOLD
    answers = posted(here.form, request.form)
    here.again = lambda errors: _hold_page(page, answers, errors)
    reason = str(validate(here.form, answers)["reason"])
    (lift_hold if page.hold else place_hold)(concord(), me(), ref, command_id(), reason)
    return _told(ref, "The hold is taken off." if page.hold else "It is held: nothing that was typed is erased.")


def _told(ref: str, words: str) -> Response:
    flash(words, "success")
    return redirect(url_for("disputes.show", ref=ref))


def _erasure_page(page: DisputePage, answers: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    return render_template(
        "record/erase.html",
        page=page,
        form=page_form(CALLED_OFF if page.erasure else ERASURE, answers, errors=errors),
        begins=bool(page.can & {Right.ERASE, Right.ASK_ERASURE}),
        mine=page.erasure is not None and page.erasure.is_of(me().actor),
        command_id=command_id(),
        has_errors=bool(errors),
    )


def _hold_page(page: DisputePage, answers: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    form = page_form(LIFTED if page.hold else HOLD, answers, errors=errors)
    return render_template("record/hold.html", page=page, form=form, command_id=command_id(), has_errors=bool(errors))
