"""The worker of this installation: its hourly chores, and its log. Knows no page."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from engine import HOUR, Chore, Concord, Worker, checkpoint_of_the_day, erase_due, forget_begun

log = structlog.get_logger()


def worker_of(concord: Concord, settings: Mapping[str, str]) -> Worker:
    """A worker that tells what it meets in the log; of what failed its kind, since its words may quote a row."""

    def tell(level: str, event: str, about: Mapping[str, Any]) -> None:
        why = {"why": _kind_of(str(about["why"]))} if level == "error" and "why" in about else {}
        getattr(log, level)(event, **{**about, **why})

    return Worker(concord=concord, tell=tell, moment=time.monotonic, chores=_chores(concord, settings))


def ended_by(worker: Worker) -> None:
    """Say of a worker that has ended by itself why: its database is another by now (decision 17)."""
    if worker.unfit is not None:
        raise worker.unfit


def _chores(concord: Concord, settings: Mapping[str, str]) -> list[Chore]:
    """What a worker looks after once an hour: what is past its time, the checkpoint of the day."""
    key = settings.get("CHECKPOINT_KEY")

    def erase() -> None:
        if erased := erase_due(concord, lambda ref, why: log.error("not erased", ref=ref, why=_kind_of(why))):
            log.info("erased after the retention period", disputes=erased)

    def seal() -> None:
        if key and (made := checkpoint_of_the_day(concord, Path(key))):
            log.info("checkpoint made", number=made.number)

    def forget() -> None:
        if forgotten := forget_begun(concord):
            log.info("forgotten what was begun and never raised", people=forgotten)

    return [
        Chore(name="forgetting what was begun and never raised", every=HOUR, do=forget),
        Chore(name="erasing after the retention period", every=HOUR, do=erase),
        Chore(name="making the checkpoint of the day", every=HOUR, do=seal),
    ]


def _kind_of(why: str) -> str:
    """The kind of an error of which the kind and the words are told."""
    return why.partition(":")[0]
