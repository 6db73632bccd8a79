"""Notices that were queued, and delivering them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from engine.application import (
    NoticeRecord,
)
from engine.errors import ConcordError
from engine.store import proving, sealing
from engine.store import statements as said
from engine.store import tables as t
from engine.store.part import UNREADABLE_ROW, Part


class Notices(Part):
    """Notices that were queued, and delivering them."""

    def queue(self, ref: str, at: datetime, notices: Iterable[tuple[str, str]]) -> None:
        """Queue notices, each (to, message)."""
        rows = [{"ref": ref, "at": at, "to": to, "message": message} for to, message in notices]
        if rows:
            self.connection.execute(said.ADD_NOTICE, rows)

    def of(self, ref: str) -> list[NoticeRecord]:
        """The notices of a dispute."""
        with proving.readable("notices", ref):
            return [_notice(r) for r in self.connection.execute(said.NOTICES, {"of": ref})]

    def recent(self, partnership: str, most: int) -> list[NoticeRecord]:
        """The latest notices of a partnership, latest first; going on past one that can't be read."""
        n = t.notices.c
        wanted = select(n.id, n.ref).join(t.disputes, t.disputes.c.ref == n.ref)
        latest = wanted.where(t.disputes.c.partnership == partnership).order_by(n.id.desc()).limit(most)
        chosen = self.connection.execute(latest).all()
        rows = select(t.notices).order_by(n.id.desc())
        try:
            return [_notice(r) for r in self.connection.execute(rows.where(n.id.in_([c.id for c in chosen])))]
        except UNREADABLE_ROW:
            found = []
            for one in chosen:
                try:
                    found.append(_notice(self.connection.execute(rows.where(n.id == one.id)).one()))
                except UNREADABLE_ROW:
                    self.tx.unreadable.append(one.ref)
            return found

    def undelivered(self) -> bool:
        """Whether a notice waits to be delivered; takes no lock."""
        n = t.notices.c
        return self.connection.execute(select(n.id).where(n.delivered_at.is_(None)).limit(1)).first() is not None

    def deliver(self, at: datetime, most: int) -> tuple[list[NoticeRecord], list[int]]:
        """Take up to `most` undelivered notices and mark them delivered; with the numbers of those that can't be read.

        One that can't be read stays as it is, and keeps no other from being delivered.
        """
        n = t.notices.c
        wanted = select(n.id).where(n.delivered_at.is_(None)).order_by(n.id).limit(most)
        ids = self.connection.execute(wanted if self.sqlite else wanted.with_for_update(skip_locked=True)).scalars()
        found, unreadable = [], []
        for number in ids.all():
            try:
                found.append(_notice(self.connection.execute(select(t.notices).where(n.id == number)).one()))
            except (ConcordError, *proving.NOT_OF_ITS_KIND):
                unreadable.append(number)
        if found:
            self.connection.execute(
                update(t.notices).where(n.id.in_([notice.id for notice in found])).values(delivered_at=at)
            )
            sealing.seal(self.connection, sealing.NOTICES, at, [notice.id for notice in found])
        return found, unreadable


def _notice(row: Row[Any]) -> NoticeRecord:
    return proving.of_its_kind(NoticeRecord, row)
