"""Changes of live data, each recorded with the rows that it left."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Row, select

from engine.application import (
    ChangeRecord,
)
from engine.dispute import Actor, to_json
from engine.store import proving, recording
from engine.store import tables as t
from engine.store.part import Part

CONCORD = Actor(id="concord", name="Concord", agency="", role="system")


class Changes(Part):
    """Changes of live data, each recorded with the rows that it left."""

    def record(self, at: datetime, actor: Actor, kind: str, data: Mapping[str, Any]) -> None:
        """Record a change of live data, with the rows that it left."""
        told = (_text(to_json(actor)), kind, _text(to_json(dict(data))))
        recording.add_act(self.connection, at, told, recording.rows_of(self.connection, self.tx.touched))
        self.tx.touched.clear()

    def settle(self) -> None:
        """Record what was changed beside the journals and no act tells of; the last thing before a commit."""
        if self.tx.touched:
            self.record(datetime.now(UTC), CONCORD, "RowsChanged", {})

    def latest(self, partnership: str, most: int) -> list[ChangeRecord]:
        """The latest changes of a partnership's live data, latest first."""
        c = t.acts.c
        told = f'"partnership":{_text(partnership)}'  # as _text writes it; a quotation mark in a value is escaped there
        rows = self.connection.execute(
            select(t.acts).where(c.data.contains(told, autoescape=True)).order_by(c.id.desc()).limit(most)
        )
        return [_act(row) for row in rows]

    def of_kind(self, kind: str) -> list[ChangeRecord]:
        """All acts of a kind, in order."""
        c = t.acts.c
        return [_act(row) for row in self.connection.execute(select(t.acts).where(c.kind == kind).order_by(c.id))]

    def acted(self, actor_id: str) -> bool:
        """Whether somebody of that id has ever changed live data."""
        named = f'"id":{_text(actor_id)}'  # as _text writes it
        return (
            self._one(select(t.acts.c.id).where(t.acts.c.actor.contains(named, autoescape=True)).limit(1)) is not None
        )


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _act(row: Row[Any]) -> ChangeRecord:
    with proving.readable("acts", f"act {row.id}"):
        return ChangeRecord(id=row.id, at=row.at, actor=json.loads(row.actor), kind=row.kind, data=json.loads(row.data))
