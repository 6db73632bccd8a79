"""What a replay shows: a frame, the state after it, and the tokens on the diagram. Values alone."""

from dataclasses import dataclass
from datetime import datetime

from engine.calendar import Span
from engine.dispute import Deadline, Ending, Referral, Task, Visit, meaning_of
from engine.pathway import Clause
from engine.replay.entered import Entered
from engine.replay.noting import Note, Version, answered
from engine.replay.timers import Timer

STEP = "Step"
MAIN, REFERRAL, CHILD, BESIDE = "main", "referral", "child", "beside"


@dataclass(frozen=True, kw_only=True)
class Token:
    """What stands at an element: of the main flow, of a referral or one child's, or of a branch beside.

    `number` is the referral's, from 1, by which it is told apart; `task` the open task at which it rests, if it does.
    """

    id: str
    element: str
    branch: str
    number: int = 0
    child: int | None = None
    task: str | None = None


@dataclass(frozen=True, kw_only=True)
class State:
    """A dispute as it stood after a frame, and every limit as it ran until then."""

    tasks: tuple[Task, ...]
    visits: tuple[Visit, ...]
    deadlines: tuple[Deadline, ...]
    referrals: tuple[Referral, ...]
    ending: Ending | None
    over: Ending | None
    closed: datetime | None
    limits: tuple[Timer, ...]
    tokens: tuple[Token, ...]

    @property
    def running(self) -> Visit | None:
        """The stage that is running, or none."""
        return next((v for v in reversed(self.visits) if v.left is None), None)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One step of a replay: what happened, by whom, where on the diagram, and the state after it.

    `flows` is the way on which `token` came from `source` to `element`; `since` the time since the frame before it,
    `idle` how long nobody had done anything when a timer fired.
    """

    n: int
    seq: int
    at: datetime
    kind: str
    who: str
    agency: str
    by_clock: bool
    words: str
    element: str | None
    source: str | None
    flows: tuple[str, ...]
    token: Token | None
    clauses: tuple[Clause, ...]
    answers: Entered
    texts: Entered
    notes: tuple[Note, ...]
    of: int | None
    mark: str
    since: Span
    idle: Span | None
    state: State

    @property
    def quick(self) -> bool:
        """Whether a replay that is played passes it over."""
        meaning = meaning_of(self.kind)
        return meaning is not None and meaning.quick

    @property
    def entered(self) -> tuple[tuple[str, tuple[Version, ...]], ...]:
        """What was entered, by label, as first written and as corrected since."""
        return answered(self.answers, self.texts, self.notes)
