"""Whether this installation serves and fires: the database is there, its tables fit, and a worker turns in time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from engine.application import KIND, Concord, DatabaseUnfit, StoreUnavailable, Transaction, WorkerRecord, refuse_unfit
from engine.calendar import ahead

SILENT = timedelta(seconds=60)
"""A worker that has said nothing for so long fires nothing."""
LATE = timedelta(minutes=5)
"""Timers that have been due for so long and are not fired are late [local]."""
PATIENCE = 2.0


@dataclass(frozen=True, kw_only=True)
class Health:
    """Whether it serves and fires, and in words what is wrong; ages and the lag in seconds, by the database's clock.

    `set_aside` are the disputes whose clock is stopped by a fault: that wants a person, not another process.
    """

    ready: bool
    wrong: tuple[str, ...]
    workers: tuple[WorkerRecord, ...] = ()
    silent: int | None = None
    lag: int = 0
    set_aside: int = 0

    @property
    def fires(self) -> bool:
        """Whether timers fire, as far as can be seen."""
        return self.ready

    def told(self) -> Mapping[str, object]:
        """The same as plain values."""
        return {
            "ready": self.ready,
            "wrong": list(self.wrong),
            "seconds_since_a_worker_turned": self.silent,
            "seconds_that_timers_are_late": self.lag,
            "disputes_set_aside": self.set_aside,
            "workers": [
                {
                    "id": w.id, "program": w.program, "started": w.started.isoformat(), "turned": w.turned.isoformat(),
                    "fired": w.fired.isoformat() if w.fired else None, "lag": w.lag,
                }
                for w in self.workers
            ],
        }  # fmt: skip


def health(concord: Concord) -> Health:
    """How this installation is; it waits for nobody's lock, and raises nothing where the database is away."""
    try:
        if not concord.store.current():
            return Health(ready=False, wrong=("The tables are not those of this version of Concord.",))
        with concord.store.begin(write=False, patience=PATIENCE) as tx:
            refuse_unfit(tx.settings.get(KIND), concord.kind)
            return _seen(concord, tx)
    except (StoreUnavailable, DatabaseUnfit) as error:
        return Health(ready=False, wrong=(str(error),))


def _seen(concord: Concord, tx: Transaction) -> Health:
    workers = tuple(tx.workers.known())
    silent = tx.timers.now() - workers[0].turned if workers else None
    lag = tx.workers.lag(ahead(concord.clock))
    wrong = tuple(_wrong(silent, lag))
    return Health(
        ready=not wrong, wrong=wrong, workers=workers, lag=int(lag.total_seconds()),
        set_aside=len(tx.timers.put_aside()),
        silent=None if silent is None else int(silent.total_seconds()),
    )  # fmt: skip


def _wrong(silent: timedelta | None, lag: timedelta) -> Iterator[str]:
    if silent is None:
        yield "No worker has ever turned here: nothing fires by itself."
    elif silent > SILENT:
        yield f"No worker has turned for {int(silent.total_seconds())} seconds: nothing fires by itself."
    if lag > LATE:
        yield f"Timers are {int(lag.total_seconds())} seconds late."
