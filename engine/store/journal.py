"""Journals and what was typed beside them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row

from engine.application import (
    JournalElsewhere,
)
from engine.audit import Sealed
from engine.dispute import Entry, Text
from engine.store import mending, proving
from engine.store import statements as said
from engine.store.part import Part

_MAPPING = msgspec.json.Decoder(dict[str, Any])


class Journal(Part):
    """Journals and what was typed beside them."""

    def append(self, entries: Sequence[Entry], texts: Sequence[tuple[int, Text]]) -> None:
        """Append entries to the journal and the texts beside it; raises JournalElsewhere where they don't follow."""
        before = self.connection.execute(said.LAST, {"of": entries[0].ref}).one_or_none()
        if (before.seq + 1, before.hash) != (entries[0].seq, entries[0].prev) if before else entries[0].seq != 1:
            raise JournalElsewhere(ref=entries[0].ref)
        self.connection.execute(
            said.ADD_ENTRY,
            [
                {
                    "ref": e.ref,
                    "seq": e.seq,
                    "v": e.v,
                    "at": e.at,
                    "role": e.role,
                    "kind": e.kind,
                    "element": e.element,
                    "actor": _ordered(e.actor),
                    "data": _ordered(e.data),
                    "texts": _ordered(e.texts),
                    "prev": e.prev,
                    "hash": e.hash,
                }
                for e in entries
            ],
        )
        if texts:
            ref = entries[0].ref
            self.connection.execute(
                said.ADD_TEXT,
                [{"ref": ref, "seq": seq, "name": x.name, "salt": x.salt, "text": x.text} for seq, x in texts],
            )

    def entries(self, ref: str) -> list[Entry]:
        """The journal of a dispute."""
        rows = self.connection.execute(said.ENTRIES, {"of": ref})
        return [_entry(r) for r in rows]

    def texts(self, ref: str) -> dict[tuple[int, str], Text]:
        """What was typed, by entry and name."""
        rows = self.connection.execute(said.TEXTS, {"of": ref})
        return {(r.seq, r.name): Text(name=r.name, salt=r.salt, text=r.text) for r in rows}

    def typed(self, refs: Sequence[str], name: str) -> dict[str, str]:
        """What was typed first under a name in each of these disputes; nothing of one where it has been erased."""
        found = self.connection.execute(said.TYPED, {"of": list(refs), "name": name})
        return {row.ref: row.text for row in reversed(found.all())}

    def ending(self, ref: str) -> tuple[Any, Any]:
        """The number and hash of the journal's last entry as the dispute's own row has them, whatever stands there."""
        return mending.ending(self.connection, ref)

    def erase(self, ref: str, keep: Sequence[int] = ()) -> int:
        """Delete what was typed in a dispute but for these entries, drafts too; gives how many texts went."""
        return proving.erase(self.connection, ref, keep)

    def erasable(self, partnership: str, closed_before: datetime, most: int) -> list[str]:
        """References of disputes that closed before an instant and hold something that was typed, oldest first."""
        return proving.erasable(self.connection, partnership, closed_before, most)


class Checkpoints(Part):
    """Signed checkpoints."""

    def all(self) -> list[Sealed]:
        """The stored checkpoints, in order."""
        return proving.checkpoints(self.connection)

    def newest(self) -> Sealed | None:
        """The last checkpoint that was stored."""
        return proving.newest_checkpoint(self.connection)

    def add(self, checkpoint: Sealed) -> bool:
        """Store a checkpoint; false where another one of its number was stored at the same moment."""
        return proving.add_checkpoint(self.connection, checkpoint)


def _ordered(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _entry(row: Row[Any]) -> Entry:
    with proving.readable("entries", f"{row.ref}, entry {row.seq}"):
        told = {name: _MAPPING.decode(getattr(row, name)) for name in ("actor", "data", "texts")}
        datetime.fromisoformat(row.at)
        return proving.of_its_kind(Entry, row, **told)
