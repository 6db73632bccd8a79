"""What the use cases need of the store: versions, timers, workers, commands. Knows no database."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from engine.application.records import (
    WorkerRecord,
)


class Versions(Protocol):
    """Published versions, their files and their proofs."""

    def add(
        self, version: str, partnership: str, pathway: str, at: datetime, files: Mapping[str, bytes], reader: int
    ) -> bool:
        """Store a published version with the number of its reader; false where it is current already."""
        ...

    def reader(self, version: str) -> int:
        """The number of the reader that a version was published under."""
        ...

    def files(self, version: str) -> dict[str, bytes]:
        """The files of a version."""
        ...

    def proof(self, version: str, prover: int) -> str | None:
        """What a prover found of a version, as it was kept."""
        ...

    def keep_proof(self, version: str, prover: int, result: str) -> None:
        """Keep what a prover found of a version."""
        ...

    def unproven(self, version: str) -> str:
        """Why a version was published without its proof; nothing where it was not."""
        ...

    def mark_unproven(self, version: str, at: datetime, reason: str) -> bool:
        """Note that a version is published without its proof, and why; false where that is noted already."""
        ...

    def attach(self, version: str, name: str, content: bytes, at: datetime) -> None:
        """Keep a protocol's published document beside a version, in place of one that was there."""
        ...

    def documents(self, versions: Iterable[str]) -> dict[str, str]:
        """What the documents are called that are kept beside these versions."""
        ...

    def document(self, partnership: str, version: str) -> tuple[str, bytes] | None:
        """The document beside a version of a partnership: what it is called, and itself; none where there is none."""
        ...

    def all(self) -> list[str]:
        """All versions that were ever published."""
        ...

    def current(self, pathway: str) -> str:
        """The version of a pathway that new disputes run on; raises PathwayUnpublished."""
        ...

    def pathways(self, partnership: str) -> dict[str, str]:
        """The published pathways of a partnership, the main one first, each with its current version."""
        ...

    def partnerships(self) -> list[str]:
        """Those that have published a pathway."""
        ...


class Timers(Protocol):
    """What is due, and who fires it."""

    def claim(self, now: datetime, besides: Collection[str] = ()) -> str | None:
        """A dispute with something due by now, the soonest, locked; none that another worker has, or that is named."""
        ...

    def any_due(self, now: datetime) -> bool:
        """Whether anything is due; takes no lock."""
        ...

    def set_aside(self, ref: str, why: str | None) -> bool:
        """Set a dispute aside from the sweep, visibly, or take it back; false where somebody has it locked just now."""
        ...

    def put_aside(self) -> Mapping[str, str]:
        """Every dispute that is set aside, with why."""
        ...

    def next_due(self) -> datetime | None:
        """The next instant at which anything fires."""
        ...

    def now(self) -> datetime:
        """The present instant by the database's own clock."""
        ...

    def following(self, ref: str, most: int) -> list[str]:
        """The references after one, in order, of disputes that are not set aside."""
        ...


class Workers(Protocol):
    """The workers and their heartbeat."""

    def beat(self, worker: str, program: str, ahead: timedelta, *, fired: bool) -> None:
        """Note that a worker works, and how late the timers are, by the database's clock and what it is ahead by.

        Those that have said nothing for long are forgotten.
        """
        ...

    def lag(self, ahead: timedelta) -> timedelta:
        """How long the oldest timer has been due and is not fired; nothing where none is due."""
        ...

    def gone(self, worker: str) -> None:
        """Forget a worker that has ended."""
        ...

    def known(self) -> list[WorkerRecord]:
        """The workers that are known, whoever turned last first."""
        ...


class Commands(Protocol):
    """Commands that were carried out, so that none is carried out twice."""

    def done(self, command_id: str) -> Mapping[str, Any] | None:
        """What a command that was carried out before gave, or none."""
        ...

    def remember(self, command_id: str, ref: str, at: datetime, result: Mapping[str, Any]) -> None:
        """Note that a command was carried out; raises CommandRepeated where another did so meanwhile."""
        ...
