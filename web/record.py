"""A dispute's record as such: is it as it was written, and erasing what was typed when that is called for."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import Field, Form, SideWrong, dispute_page, erase, may_erase, validate, verifiable, verify_as
from web.current import command_id, concord, desk, me
from web.fields import page_form, posted

REASON = Field(
    key="reason",
    type="textarea",
    label="Why is it erased?",
    description="The reason is kept with the record. Don’t repeat in it what is to be erased.",
    required=True,
    max_length=4000,
)
ERASURE = Form(id="erasure", name="erasure", fields=(REASON,))

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
    """Ask for the reason, and say what goes and what stays."""
    return _erasure_page(ref, {}, {})


@blueprint.post("/disputes/<ref>/erase")
def erase_typed(ref: str) -> Response:
    """Erase what was typed."""
    here = desk()
    here.form = ERASURE
    answers = posted(ERASURE, request.form)
    here.again = lambda errors: _erasure_page(ref, answers, errors)
    values = validate(ERASURE, answers)
    erase(concord(), me(), ref, command_id(), str(values["reason"]))
    flash("What was typed in this disagreement is erased. The record says that it was, and when.", "success")
    return redirect(url_for("disputes.show", ref=ref))


def _erasure_page(ref: str, answers: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    page = dispute_page(concord(), me(), ref)
    if not may_erase(me()):
        raise SideWrong(who="the business manager")
    form = page_form(ERASURE, answers, errors=errors)
    return render_template(
        "record/erase.html",
        page=page,
        form=form,
        allowed=page.dispute.closed is not None,
        command_id=command_id(),
        has_errors=bool(errors),
    )
