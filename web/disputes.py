"""One dispute: where it stands, what is to do, what happened, and its diagram."""

from flask import Blueprint, Response, render_template, request

from engine import DisputePage, Right, TaskLine, diagram_of, dispute_page
from web.act_forms import ACTS
from web.current import concord, me
from web.happenings import happenings
from web.wording import SIDES, child_words

HOLDING = {Right.HOLD, Right.LIFT_HOLD}
ERASING = {Right.ERASE, Right.ASK_ERASURE, Right.CONFIRM_ERASURE, Right.CALL_OFF_ERASURE}

blueprint = Blueprint("disputes", __name__)


@blueprint.get("/disputes/<ref>")
def show(ref: str) -> str:
    """Show a dispute."""
    page = dispute_page(concord(), me(), ref)
    return render_template(
        "disputes/dispute.html",
        page=page,
        dispute=page.dispute,
        tasks=in_order(page),
        happenings=happenings(page.lines),
        agencies={party.agency: party.name for party in page.dispute.parties},
        raised="raised" in request.args,
        oversees=me().oversees,
        own_agency=me().agency,
        acts=ACTS,
        holds=bool(page.can & HOLDING),
        erases=bool(page.can & ERASING),
        child_words=child_words,
        side_words=SIDES,
        bodyClasses="app-wide",
    )


@blueprint.get("/disputes/<ref>/diagram.bpmn")
def drawn(ref: str) -> Response:
    """Send the diagram of the version that the dispute runs on."""
    return Response(diagram_of(concord(), me(), ref), mimetype="application/xml")


def in_order(page: DisputePage) -> list[TaskLine]:
    """Give the open tasks: referrals first, then mine, then by what is due soonest."""
    return sorted(page.tasks, key=lambda t: (not t.urgent, not t.mine, t.due is None, t.due or page.now, t.order))
