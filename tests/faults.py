"""Concord whose store, transactions, process engine or clock fail at the n-th call of one method."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from engine import Concord
from engine.application import StoreUnavailable
from engine.course import Version

STORE = ("begin", "commit")
TRANSACTION = (
    "disputes.get", "journal.append", "disputes.save", "notices.queue", "timers.claim", "timers.any_due",
    "commands.remember", "commands.done", "directory.people", "directory.absent", "directory.closures",
    "versions.files", "timers.set_aside", "notices.deliver", "notices.undelivered", "workers.beat",
)  # fmt: skip
EXECUTOR = ("load",)
RUN = ("fire", "signal", "complete", "state")
CLOCK = ("now",)
CALLS = tuple(f"{of}.{name}" for of, names in (
    ("store", STORE), ("transaction", TRANSACTION), ("executor", EXECUTOR), ("run", RUN), ("clock", CLOCK),
) for name in names)  # fmt: skip


class Injected(RuntimeError):
    """What no code expects."""


class InjectedAway(StoreUnavailable):
    """The database fails just now. ({why})"""


class Faulty:
    """A Concord beside the sound one, on the same database; once armed, one call of it fails, once."""

    def __init__(self, sound: Concord) -> None:
        self.call, self.at, self.left, self.away, self.raised = "", 0, 0, False, 0
        self.sound = sound
        self.concord = copy(sound)
        self.concord.store, self.concord.clock = Wrapped(sound.store, self), Clock(sound.clock, self)
        self.concord.version = self.version  # type: ignore[method-assign]
        self.known: dict[str, Version] = {}

    def arm(self, call: str, at: int, *, away: bool) -> None:
        """Let the n-th call of a method fail, as the database does or as nothing does."""
        self.call, self.at, self.left, self.away = call, at, at, away and call.startswith(("store", "transaction"))

    def disarm(self) -> None:
        """Nothing fails any more."""
        self.call = ""

    def meet(self, call: str) -> None:
        """Raise where this is the call that fails."""
        if call != self.call:
            return
        self.left -= 1
        if self.left == 0:
            self.raised += 1
            raise InjectedAway(why="injected") if self.away else Injected(f"call {self.at} of {call}")

    def version(self, tx: Any, digest: str) -> Version:
        """A version whose process engine fails."""
        if digest not in self.known:
            found = self.sound.version(tx, digest)
            self.known[digest] = Version(pathway=found.pathway, executor=Executor(found.executor, self))  # type: ignore[arg-type]
        return self.known[digest]


class Around:
    """Something of which certain calls are met first."""

    OF = ""
    NAMES: tuple[str, ...] = ()

    def __init__(self, inner: Any, faulty: Faulty) -> None:
        self._inner, self._faulty = inner, faulty

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name not in self.NAMES:
            return found

        def called(*given: Any, **named: Any) -> Any:
            self._faulty.meet(f"{self.OF}.{name}")
            return self._given(found(*given, **named))

        return called

    def _given(self, found: Any) -> Any:
        return found


class Clock(Around):
    """A clock."""

    OF, NAMES = "clock", CLOCK


class Run(Around):
    """A running workflow."""

    OF, NAMES = "run", RUN


class Executor(Around):
    """What runs a diagram."""

    OF, NAMES = "executor", EXECUTOR

    def _given(self, found: Any) -> Any:
        return Run(found, self._faulty)


class Noun(Around):
    """One noun of a transaction."""

    OF = "transaction"

    def __init__(self, inner: Any, faulty: Faulty, noun: str) -> None:
        super().__init__(inner, faulty)
        self.NAMES = tuple(name.partition(".")[2] for name in TRANSACTION if name.startswith(f"{noun}."))
        self.OF = f"transaction.{noun}"


class Opened:
    """A transaction."""

    def __init__(self, inner: Any, faulty: Faulty) -> None:
        self._inner, self._faulty = inner, faulty

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        met = any(each.startswith(f"{name}.") for each in TRANSACTION)
        return Noun(found, self._faulty, name) if met else found


class Wrapped(Around):
    """A store."""

    OF = "store"

    @contextmanager
    def begin(self, **given: Any) -> Iterator[Any]:
        """A transaction, which may fail to begin, or at its end: then nothing of it stays."""
        self._faulty.meet("store.begin")
        with self._inner.begin(**given) as tx:
            yield Opened(tx, self._faulty)
            self._faulty.meet("store.commit")
