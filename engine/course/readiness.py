"""What a point of a dispute takes: which acts of people its diagram and its state are ready for. Knows no people.

Part of re-execution: an input that a journal holds must be taken again at the same point, whoever could give it today.
"""

from collections.abc import Callable, Mapping

from engine.course.executor import Run
from engine.dispute import Dispute, Kind
from engine.pathway import ESCALATED_EARLY, RESOLUTION_SAID, RISK_REPORTED, WITHDRAWN

RESOLVED = "resolved"
"""The signal by which a confirmed agreement ends what waits for it."""
CLOSED = "the dispute is closed. Call the number shown, or 999, and raise a new one if you must."


def refusal(kind: str, dispute: Dispute, run: Run) -> str:
    """Why a dispute does not take an act of this kind now; empty where it does."""
    return next((why for takes, why in TAKES.get(kind, ()) if not takes(dispute, run)), "")


def resolvable(dispute: Dispute, run: Run) -> bool:
    """Whether saying that it is resolved leads anywhere: a stage runs, or something waits for an agreement (E5)."""
    return run.hears(RESOLUTION_SAID) and (dispute.visit is not None or run.hears(RESOLVED))


def _hears(signal: str) -> Callable[[Dispute, Run], bool]:
    return lambda _, run: run.hears(signal)


TAKES: Mapping[str, tuple[tuple[Callable[[Dispute, Run], bool], str], ...]] = {
    Kind.RISK_REPORTED: (
        (lambda _, run: not run.completed, CLOSED),
        (_hears(RISK_REPORTED), "the pathway has no risk branch."),
    ),
    Kind.ESCALATED_EARLY: ((_hears(ESCALATED_EARLY), "no stage is running that could be escalated."),),
    Kind.WITHDRAWN: (
        (_hears(WITHDRAWN), "no stage is running that could be withdrawn from."),
        (lambda dispute, _: dispute.leaver is None, "a withdrawal waits to be countersigned already."),
    ),
    Kind.RESOLUTION_SAID: ((resolvable, "no stage is running that could be resolved."),),
    Kind.HOLD_PLACED: ((lambda dispute, _: not dispute.held, "a legal hold stands already."),),
    Kind.HOLD_LIFTED: ((lambda dispute, _: dispute.held, "no legal hold stands."),),
}
"""What an act needs of the point at which it is done, and what is said where that is wanting."""
