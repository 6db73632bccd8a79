"""What Concord knows as a signal is heard: what gateways may ask beside what was answered (S2, E5). Pure."""

from engine.course.event import Event
from engine.dispute import BOTH, PARTNERSHIP, RAISING, RECEIVING, Dispute, Input
from engine.pathway import RAISING_ASKED, RECEIVING_ASKED, SAID_BY, Pathway


def known(pathway: Pathway, dispute: Dispute, given: Input) -> dict[str, bool | str]:
    """Whether the risk question is open to each side already, and who has said that there is an agreement."""
    if not pathway.facts_read:
        return {}
    asked = {task.side for task in dispute.tasks if pathway.asks(task.element, "at_risk")}
    return {
        RAISING_ASKED: bool(asked & {RAISING, BOTH}),
        RECEIVING_ASKED: bool(asked & {RECEIVING, BOTH}),
        SAID_BY: said_by(dispute, given),
    }


def said_by(dispute: Dispute, given: Event | Input) -> str:
    """The side for which somebody speaks: a task's, or that of their agency (E5)."""
    return str(given.data.get("side") or dispute.side_of(given.actor.agency) or PARTNERSHIP)
