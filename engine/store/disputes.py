"""Disputes as rows: locked, read, stored, listed and searched."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, insert, select

from engine.application import (
    DisputeMovedOn,
    DisputeRecord,
    DisputeUnknown,
    FoundRows,
    Query,
    RowUnreadable,
    Summary,
)
from engine.store import mending, packing, proving, search, worklist_rows
from engine.store import statements as said
from engine.store import tables as t
from engine.store.part import UNREADABLE_ROW, Part

LATEST_FIRST = (t.disputes.c.raised_at.desc(), t.disputes.c.ref.desc())


class Disputes(Part):
    """Disputes as rows: locked, read, stored, listed and searched."""

    def get(self, ref: str, *, lock: bool = False) -> DisputeRecord:
        """The dispute; locked, no one else changes it until this transaction ends."""
        wanted = said.LOCKED if lock and not self.sqlite else said.DISPUTE
        row = self.connection.execute(wanted, {"of": ref}).one_or_none()
        if row is None:
            raise DisputeUnknown(ref=ref)
        with proving.readable("disputes", ref):
            return proving.of_its_kind(DisputeRecord, row, state=_state(row))

    def several(self, refs: Sequence[str]) -> dict[str, DisputeRecord]:
        """Disputes by their references; where a row can't be read, the others."""
        try:
            found = [row for some in _parts(refs) for row in self.connection.execute(said.DISPUTES, {"of": some})]
            return {row.ref: proving.of_its_kind(DisputeRecord, row, state=_state(row)) for row in found}
        except UNREADABLE_ROW:
            return {record.ref: record for record in self._past(refs, lambda ref: [self.get(ref)])}

    def columns(self, record: DisputeRecord) -> dict[str, Any]:
        """What stands in a dispute's row beside what never changes."""
        found = record.state["dispute"]
        sides = {p["side"]: p["name"] for p in found["parties"]}
        running = [v["stage"] for v in found["visits"] if v["left"] is None]
        dues = [datetime.fromisoformat(d["due"]) for d in found["deadlines"]]
        closed = found["closed"]
        return {
            "revision": record.revision,
            "state": packing.pack(record.state),
            "last_seq": record.last_seq,
            "last_hash": record.last_hash,
            "raising": sides.get("raising", ""),
            "receiving": sides.get("receiving", ""),
            "stage": running[-1] if running else None,
            "next_due": min(dues, default=None),
            "closed_at": datetime.fromisoformat(closed) if closed else None,
            "missed": record.missed,
            **search.columns_of(found),
        }

    def add(self, record: DisputeRecord) -> None:
        """Store a new dispute."""
        found = record.state["dispute"]
        self.connection.execute(
            insert(t.disputes).values(
                ref=record.ref,
                partnership=record.partnership,
                pathway=record.pathway,
                version=record.version,
                raised_at=datetime.fromisoformat(found["raised"]),
                **self.columns(record),
            )
        )
        for number, child in enumerate(found["children"]):
            self.connection.execute(insert(t.children).values(ref=record.ref, number=number, **child))
        self._sync_tasks(record, ())
        worklist_rows.change(self.connection, record)

    def save(self, record: DisputeRecord, before: DisputeRecord) -> None:
        """Store a dispute's new state in place of the one that was read before."""
        given = {"of": record.ref, "was": before.revision, **self.columns(record)}
        if self.connection.execute(said.SAVE, given).rowcount != 1:
            raise DisputeMovedOn(ref=record.ref)
        self._sync_tasks(record, before.state["dispute"]["tasks"])
        worklist_rows.change(self.connection, record, before)

    def _sync_tasks(self, record: DisputeRecord, tasks: Sequence[Mapping[str, Any]]) -> None:
        """Bring the rows of the tasks that were open before to what is open now."""
        now = {task["key"]: task for task in record.state["dispute"]["tasks"]}
        before = {task["key"]: task for task in tasks}
        if gone := [{"of": record.ref, "task": key, "status": "ended"} for key in before if key not in now]:
            self.connection.execute(said.CHANGE, gone)
        if new := [_opened(record, task) for key, task in now.items() if key not in before]:
            self.connection.execute(said.ADD_TASK, new)
        for key in now.keys() & before.keys():
            if (live := _live(now[key])) != _live(before[key]):
                self.connection.execute(said.CHANGE, {"of": record.ref, "task": key, **live})

    def lock(self, ref: str) -> None:
        """Lock a dispute without reading what stands in its row; raises DisputeUnknown."""
        mending.lock(self.connection, ref)

    def summaries(self, *where: Any) -> list[Summary]:
        """All at once; where a row can't be read, one by one past it."""
        try:
            return self._all_summaries(*where)
        except UNREADABLE_ROW:
            refs = self.connection.execute(select(t.disputes.c.ref).where(*where).order_by(*LATEST_FIRST)).scalars()
            return list(self._past(refs.all(), lambda ref: self._all_summaries(t.disputes.c.ref == ref)))

    def _past(self, refs: Iterable[str], read: Callable[[str], list[Any]]) -> Iterator[Any]:
        """What is read of each dispute, going on past those of which something can't be read."""
        for ref in refs:
            try:
                found = read(ref)
            except UNREADABLE_ROW:
                self.tx.unreadable.append(ref)
            else:
                yield from found

    def _all_summaries(self, *where: Any) -> list[Summary]:
        c = t.disputes.c
        rows = self.connection.execute(
            select(
                c.ref,
                c.partnership,
                c.pathway,
                c.raising,
                c.receiving,
                c.stage,
                c.raised_at,
                c.next_due,
                c.closed_at,
                c.end,
                c.set_aside,
            )
            .where(*where)
            .order_by(*LATEST_FIRST)
        ).all()
        cases: dict[str, list[str]] = {}
        if rows:
            for child in self.connection.execute(
                select(t.children.c.ref, t.children.c.case_reference)
                .where(t.children.c.ref.in_([r.ref for r in rows]))
                .order_by(t.children.c.number)
            ):
                cases.setdefault(child.ref, []).append(child.case_reference)
        return [proving.of_its_kind(Summary, r, cases=cases.get(r.ref, ())) for r in rows]

    def references(self) -> list[str]:
        """The references of all disputes."""
        return list(self.connection.execute(select(t.disputes.c.ref).order_by(t.disputes.c.ref)).scalars())

    def open_about(self, partnership: str, case_references: Sequence[str]) -> list[Summary]:
        """Open disputes about any of these cases."""
        about = select(t.children.c.ref).where(t.children.c.case_reference.in_(list(case_references)))
        return self.summaries(
            t.disputes.c.partnership == partnership, t.disputes.c.closed_at.is_(None), t.disputes.c.ref.in_(about)
        )

    def find(self, query: Query, offset: int = 0, most: int | None = None) -> FoundRows:
        """The disputes that are wanted, latest first, and how many there are."""
        try:
            return search.found(self.connection, query, offset, most)
        except UNREADABLE_ROW:
            count, refs = search.chosen(self.connection, query, offset, most)
            lines = self._past(refs, lambda ref: list(search.lines(self.connection, [ref])))
            return FoundRows(count=count, lines=tuple(lines))

    def noted(self, refs: Sequence[str]) -> dict[str, list[tuple[int, str, int]]]:
        """The corrections and contradictions of disputes: number, kind, and the number of what it speaks of."""
        return search.noted(self.connection, refs)


def _parts(refs: Sequence[str]) -> Iterator[list[str]]:
    """So many at a time as every database takes in one question."""
    for start in range(0, len(refs), search.MANY):
        yield list(refs[start : start + search.MANY])


def _live(task: Mapping[str, Any]) -> dict[str, Any]:
    """What can change of a task while it is open."""
    due = datetime.fromisoformat(task["due"]) if task["due"] else None
    return {"due": due, "overdue": task["overdue"], "claimed_by": task["claimed_by"]}


def _opened(record: DisputeRecord, task: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a task that has been opened."""
    same = {name: task[name] for name in ("key", "element", "tier", "side", "role", "child")}
    place = {"ref": record.ref, "partnership": record.partnership, "status": "open"}
    return place | same | {"opened_at": datetime.fromisoformat(task["opened"])} | _live(task)


def _state(row: Row[Any]) -> dict[str, Any]:
    try:
        return packing.unpack(row.state)
    except (zlib.error, msgspec.DecodeError, TypeError) as error:
        raise RowUnreadable(table="disputes", ref=f"{row.ref}, column state") from error
