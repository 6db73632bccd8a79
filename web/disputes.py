"""One dispute: where it stands, what is to do, what happened, and its diagram."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine import Right, TaskPage, diagram_of, dispute_page, duties_page, follow, in_order, piled
from web.act_forms import ACTS
from web.compressing import packed
from web.current import command_id, concord, me
from web.fields import PageForm, page_form
from web.happenings import happenings
from web.wording import SIDES, child_words, next_words

HOLDING = {Right.HOLD, Right.LIFT_HOLD}
ERASING = {Right.ERASE, Right.ASK_ERASURE, Right.CONFIRM_ERASURE, Right.CALL_OFF_ERASURE}

blueprint = Blueprint("disputes", __name__)


@blueprint.get("/disputes/<ref>")
def show(ref: str) -> str:
    """Show a dispute."""
    page = dispute_page(concord(), me(), ref)
    tasks = in_order(page.tasks)
    ordinary = [task for task in tasks if not task.urgent]
    return render_template(
        "disputes/dispute.html",
        page=page,
        dispute=page.dispute,
        tasks=tasks,
        mine=[task for task in ordinary if task.mine],
        others=[task for task in ordinary if not task.mine],
        piled=piled,
        happenings=happenings(page.lines),
        agencies={party.agency: party.name for party in page.dispute.parties},
        raised="raised" in request.args,
        then=next_words(page),
        oversees=me().oversees,
        own_agency=me().agency,
        acts=ACTS,
        holds=bool(page.can & HOLDING),
        erases=bool(page.can & ERASING),
        child_words=child_words,
        side_words=SIDES,
        form=_form(page.next),
        command_id=command_id(),
        me=me(),
        bodyClasses="app-wide",
    )


@blueprint.post("/disputes/<ref>/follow")
def keep_in_view(ref: str) -> Answer:
    """Follow a dispute, or no longer."""
    on = request.form.get("do") == "follow"
    follow(concord(), me(), ref, on=on)
    flash(f"You follow {ref}." if on else f"You no longer follow {ref}.", "success")
    return redirect(url_for("disputes.show", ref=ref))


def _form(task: TaskPage | None) -> PageForm | None:
    """The form of the next decision, with what was kept of it."""
    if task is None or task.form is None:
        return None
    return page_form(task.form, task.draft or task.begins, task.choices, now=task.now, begins=task.begins)


@blueprint.get("/disputes/<ref>/duties")
def duties(ref: str) -> str:
    """Show what the protocol asks, and what became of each duty in this dispute."""
    return render_template("disputes/duties.html", page=duties_page(concord(), me(), ref), bodyClasses="app-wide")


@blueprint.get("/disputes/<ref>/diagram.bpmn")
def drawn(ref: str) -> Response:
    """Send the diagram of the version that the dispute runs on."""
    answer = packed(diagram_of(concord(), me(), ref))
    answer.mimetype = "application/xml"
    return answer
