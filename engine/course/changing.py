"""Parts of a dispute with other values: a task, a passage through a stage. Pure."""

from dataclasses import replace
from typing import Any

from engine.dispute import (
    Dispute,
)


def with_task(dispute: Dispute, key: str, **values: Any) -> Dispute:
    """The dispute with other values of one task."""
    return replace(dispute, tasks=tuple(replace(t, **values) if t.key == key else t for t in dispute.tasks))


def with_visit(dispute: Dispute, key: str | None, **values: Any) -> Dispute:
    """The dispute with other values of one passage through a stage."""
    return replace(dispute, visits=tuple(replace(v, **values) if v.key == key else v for v in dispute.visits))


def without_task(dispute: Dispute, key: str) -> Dispute:
    """A task is open no more, and its timers wait no more."""
    tasks = tuple(t for t in dispute.tasks if t.key != key)
    return replace(dispute, tasks=tasks, deadlines=tuple(d for d in dispute.deadlines if d.host != key))
