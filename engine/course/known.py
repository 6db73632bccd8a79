"""What Concord knows as a signal is heard: what gateways may ask beside what was answered (S2, E5). Pure."""

from engine.course.event import Event
from engine.dispute import BOTH, PARTNERSHIP, RAISING, RECEIVING, Dispute, Input
from engine.pathway import RAISING_ASKED, RECEIVING_ASKED, SAID_BY, Pathway

AT_RISK = "at_risk"
"""The question whether a child is at risk of significant harm."""


def known(pathway: Pathway, dispute: Dispute, given: Input) -> dict[str, bool | str]:
    """Whether the risk question is open to each side already, and who has said that there is an agreement."""
    if not pathway.facts_read:
        return {}
    asked = asked_about_risk(pathway, dispute)
    return {
        RAISING_ASKED: bool(asked & {RAISING, BOTH}),
        RECEIVING_ASKED: bool(asked & {RECEIVING, BOTH}),
        SAID_BY: said_by(dispute, given),
    }


def asked_about_risk(pathway: Pathway, dispute: Dispute) -> set[str]:
    """The sides to which a question about risk is open (S2)."""
    return {task.side for task in dispute.tasks if pathway.asks(task.element, AT_RISK)}


def said_by(dispute: Dispute, given: Event | Input) -> str:
    """The side for which somebody speaks: a task's, or that of their agency (E5)."""
    return str(given.data.get("side") or dispute.side_of(given.actor.agency) or PARTNERSHIP)
