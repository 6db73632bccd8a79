"""What each noun of the store is made of: its statements run in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

from engine.application import RowUnreadable
from engine.store import proving

if TYPE_CHECKING:
    from sqlalchemy import Row

    from engine.store.transaction import SqlTransaction

UNREADABLE_ROW = (RowUnreadable, *proving.NOT_OF_ITS_KIND)
"""What reading a row raises that was tampered with: a list goes on past it."""


class Part:
    """The statements of one noun, in one transaction."""

    def __init__(self, tx: SqlTransaction) -> None:
        self.tx = tx
        self.connection = tx.connection
        self.sqlite = tx.sqlite

    def _one(self, statement: Any) -> Row[Any] | None:
        return self.connection.execute(statement).one_or_none()

    def _upsert(self, table: Any, keys: list[str], values: list[dict[str, Any]]) -> None:
        made = (sqlite if self.sqlite else postgresql).insert(table)
        kept = {name: made.excluded[name] for name in values[0] if name not in keys}
        self.connection.execute(made.on_conflict_do_update(index_elements=keys, set_=kept), values)

    def _touch(self, table: str, *key: Any) -> None:
        """Take note that a row beside the journals was changed, until a change records it."""
        self.tx.touched[table, key] = None
