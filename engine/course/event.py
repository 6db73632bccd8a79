"""Something that happened in a dispute, whole. Changes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.dispute import (
    Actor,
    Dispute,
)
from engine.pathway import Pathway

PROTECTIVE, ACKNOWLEDGED = "protective", "acknowledged"
WHOLE = 4
"""From this format on an entry says of which run of a subprocess a task is, and on what a timer stands.

Parts of stages have limits of their own, a task that ends undone says why, and what was not done in time is told.
"""
WORKED = 5
"""From this format on a protective timescale is shared out by working hours, and what has too little is passed over."""
WHOLE_DIAGRAM = frozenset({"deadline", "reminder"})
"""The timers that a diagram draws; the others are a task's own, or wait for what is in no diagram."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened in a turn: the input itself, or what it brought about.

    `data` is all that it says, also what a journal leaves unsaid since it follows from what stands before.
    """

    role: str
    kind: str
    at: datetime
    actor: Actor
    element: str | None
    data: Mapping[str, Any]


Evolving = Callable[[Pathway, Dispute, Event], Dispute]
"""What an event makes of a dispute on its pathway."""
