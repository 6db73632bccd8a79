"""What stands around the journals, against what must stand there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.application import (
    DisputeRecord,
    Ended,
    Misfit,
)
from engine.audit import End, TableDigest
from engine.dispute import Entry
from engine.store import mending, proving, worklist_rows
from engine.store.part import Part


class Integrity(Part):
    """What stands around the journals, against what must stand there."""

    def stored(self, ref: str) -> dict[str, Any]:
        """What stands in the tables around a dispute's journal, by place; raises RowUnreadable."""
        return proving.stored(self.connection, ref)

    def derived(self, record: DisputeRecord) -> dict[str, Any]:
        """What must stand there where the record's state is the one that its journal gives."""
        own = {"partnership": record.partnership, "pathway": record.pathway, "version": record.version}
        raised = {"raised_at": datetime.fromisoformat(record.state["dispute"]["raised"])}
        columns = own | raised | self.tx.disputes.columns(record)
        own = {n: columns[n] for n in proving.DISPUTE}
        return proving.derived(record.state, record.partnership, own, worklist_rows.rows(record))

    def differences(
        self, record: DisputeRecord, ended: Mapping[str, Ended], entries: Sequence[Entry]
    ) -> list[tuple[str, Any, Any]]:
        """Each place around a journal at which something else stands than this state gives."""
        return list(self._mending(record, ended, entries).differences())

    def mend(self, record: DisputeRecord, ended: Mapping[str, Ended], entries: Sequence[Entry]) -> None:
        """Put what this state gives around a journal, and take the dispute back from “set aside”."""
        self._mending(record, ended, entries).mend()
        self._touch("disputes", record.ref)

    def _mending(self, record: DisputeRecord, ended: Mapping[str, Ended], entries: Sequence[Entry]) -> mending.Mending:
        own = {"partnership": record.partnership, "pathway": record.pathway, "version": record.version}
        raised = {"raised_at": datetime.fromisoformat(record.state["dispute"]["raised"])}
        columns = own | raised | self.tx.disputes.columns(record)
        columns["revision"] = record.last_seq
        listed = worklist_rows.rows(record)
        return mending.Mending(self.connection, record.ref, columns, ended, record.state, entries, listed)

    def task_row(self, task: Mapping[str, Any], partnership: str) -> dict[str, Any]:
        """What must stand in the row of a task."""
        return proving.task_row(task, partnership)

    def misspelled(self, ref: str) -> list[Misfit]:
        """The values of a dispute's own rows that are not spelled as they are written."""
        return list(proving.misspelled(self.connection, ref))

    def misfits(self) -> list[Misfit]:
        """What stands beside the disputes and is not what chains, recorded changes and seals give."""
        return list(proving.misfits(self.connection))

    def strays(self) -> dict[str, list[str]]:
        """References that stand in tables of a dispute's own while there is no such dispute, with those tables."""
        return proving.strays(self.connection)

    def ends(self) -> list[End]:
        """Where each journal ends, by reference."""
        return proving.ends(self.connection)

    def around(self, until: datetime) -> dict[str, TableDigest]:
        """How many rows the tables beside the journals had up to an instant, and a digest of them."""
        return proving.around(self.connection, until)
