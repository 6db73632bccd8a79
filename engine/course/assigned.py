"""For whom a task opens: its tier, its side and its child. Pure; knows no people."""

from engine.course.executor import Open
from engine.dispute import BOTH, REPORTER, Dispute
from engine.pathway import Pathway


def tier(pathway: Pathway, open_: Open) -> str:
    """The tier of a task: the one that it names, or that of the stage which its signal carries."""
    element = pathway.diagram.elements[open_.element]
    named = element.properties.get("tier") or element.tier or "any"
    if named != "stage":
        return named
    stage = pathway.stage(str(open_.data.get("stage") or ""))
    return stage.tier if stage else pathway.diagram.tiers[0].key


def side(pathway: Pathway, dispute: Dispute, open_: Open) -> str:
    """The side of a task; of a report's task that of whoever reported (S3)."""
    named = pathway.diagram.elements[open_.element].properties.get("side", BOTH)
    if named != REPORTER:
        return named
    referral = dispute.referral(open_.within)
    return referral.side or BOTH if referral else BOTH


def child(dispute: Dispute, open_: Open) -> int | None:
    """The number of the child that a task is for, of the report that it belongs to or of the dispute."""
    if open_.index is None:
        return None
    referral = dispute.referral(open_.within)
    return referral.children[open_.index] if referral and open_.index < len(referral.children) else open_.index
