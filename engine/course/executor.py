"""What a running diagram can be told and can tell: the interface that engine/spiff implements. Knows no dispute."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.errors import ConcordError

TASK = "userTask"
"""The kind of what is open that people do."""


class NotWaiting(ConcordError):
    """Nothing in this dispute waits for {what} now."""


class Endless(ConcordError):
    """The diagram goes round and round at {element} without waiting for anybody. Give the loop a task or a timer."""


@dataclass(frozen=True, kw_only=True)
class Open:
    """An element that is open: a user task, a waiting timer, a running subprocess. `key`: its element and turn."""

    key: str
    element: str
    kind: str
    host: str | None
    within: str | None
    index: int | None
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Step:
    """The token passed `element`, coming from `source` (none where an event from outside began it)."""

    element: str
    source: str | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one input did: the path taken, what opened, what ended, and what was interrupted before it was done."""

    path: tuple[Step, ...]
    opened: tuple[Open, ...]
    ended: tuple[Open, ...]
    interrupted: tuple[Open, ...]


class Run(Protocol):
    """One run of a diagram; every change of it is a call of one of its methods and tells what it did."""

    @property
    def completed(self) -> bool:
        """Whether nothing is open any more, event subprocesses included."""
        ...

    def state(self) -> dict[str, Any]:
        """The run as JSON; equal for equal runs."""
        ...

    def know(self, facts: dict[str, bool | str]) -> None:
        """What gateways that are come by from now on may ask beside what was answered; no part of the state."""
        ...

    def open(self) -> tuple[Open, ...]:
        """All that is open now."""
        ...

    def joining(self) -> tuple[tuple[str, str], ...]:
        """The tokens that wait at joins, which are not open: for each the join, and what it came from."""
        ...

    def complete(self, key: str, answers: dict[str, Any]) -> Change:
        """Complete a user task; raises NotWaiting where it is not open."""
        ...

    def fire(self, key: str) -> Change:
        """Fire a waiting timer; raises NotWaiting where it does not wait."""
        ...

    def hears(self, name: str) -> bool:
        """Whether a signal of that name would be heard now."""
        ...

    def signal(self, name: str, payload: Any = None) -> Change:
        """Send a signal from outside; raises NotWaiting where none hears it."""
        ...

    def forget_event_subprocesses(self) -> None:
        """Drop what runs beside the main flow; for the proof, which walks the main flow alone."""
        ...


class Executor(Protocol):
    """Starts and loads runs of one version."""

    def start(self, data: dict[str, Any]) -> tuple[Run, Change]:
        """Start a run with its start answers."""
        ...

    def load(self, stored: dict[str, Any]) -> Run:
        """A run as it was saved."""
        ...
