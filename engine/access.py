"""Who may see a dispute and who may act in it. Knows no store."""

from collections.abc import Mapping

from engine.decisions import DecisionTable
from engine.directory import Person, holds
from engine.dispute import BOTH, PARTNERSHIP, Dispute, Task


def may_see(person: Person, dispute: Dispute, partnership: str) -> bool:
    """The people of both sides, the partnership's own and its auditors; nobody of another partnership."""
    return person.partnership == partnership and (person.oversees or dispute.side_of(person.agency) is not None)


def sides_of(person: Person, dispute: Dispute) -> set[str]:
    """The sides for which a person may act."""
    if person.of_partnership:
        return {PARTNERSHIP}
    side = dispute.side_of(person.agency)
    return {side, BOTH} if side else set()


def may_do(person: Person, dispute: Dispute, task: Task, tables: Mapping[str, DecisionTable]) -> bool:
    """Whether a task is this person's to do: their side, the role that acts at its tier, and not barred (W).

    That somebody has taken a task on keeps nobody else from doing it: they may have fallen ill.
    """
    if task.side not in sides_of(person, dispute) or (person.id, task.tier) in dispute.barred:
        return False
    if task.role is not None:
        return task.role in person.roles
    return holds(person, tables, task.tier)
