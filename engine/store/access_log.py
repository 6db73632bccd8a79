"""Who looked at what."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import insert, select

from engine.application import (
    Look,
)
from engine.store import sealing
from engine.store import tables as t
from engine.store.part import Part


class Looks(Part):
    """Who looked at what."""

    def note(self, look: Look) -> None:
        """Note that somebody looked."""
        self.connection.execute(insert(t.looks).values(asdict(look)))

    def looked(self, person: str, ref: str, what: str, since: datetime) -> bool:
        """Whether a person has looked at this since an instant."""
        c = t.looks.c
        same = (c.ref == ref, c.at > since, c.person == person, c.what == what)
        return self._one(select(c.id).where(*same).limit(1)) is not None

    def seal(self, at: datetime) -> int:
        """Seal who looked since; gives how many looks that were."""
        return sealing.seal_looks(self.connection, at)

    def unsealed(self) -> tuple[int, datetime | None]:
        """How many looks no seal covers yet, and when the first of them was."""
        ids = sealing.waiting(self.connection)
        first = self._one(select(t.looks.c.at).where(t.looks.c.id == ids[0])) if ids else None
        return len(ids), first.at if first else None

    def of(self, ref: str) -> list[Look]:
        """Who looked at a dispute, latest first."""
        c = t.looks.c
        told = select(c.ref, c.person, c.name, c.agency, c.what, c.at).where(c.ref == ref)
        rows = self.connection.execute(told.order_by(c.at.desc(), c.id.desc()))
        return [Look(**row._asdict()) for row in rows]
