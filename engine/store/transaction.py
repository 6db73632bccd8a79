"""One transaction on the tables: what the use cases read and write."""

import json
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.application import (
    AbsenceRecord,
    ChangeRecord,
    CommandRepeated,
    DisputeMovedOn,
    DisputeRecord,
    DisputeUnknown,
    DraftRecord,
    Ended,
    FoundRows,
    JournalElsewhere,
    Look,
    Misfit,
    NoticeRecord,
    PathwayUnpublished,
    PersonUnknown,
    Query,
    RowUnreadable,
    Summary,
    TaskRecord,
    Tried,
    WorkerRecord,
)
from engine.audit import End, Sealed, TableDigest
from engine.dispute import Actor, Agency, Entry, Person, Text, to_json
from engine.errors import ConcordError
from engine.pathway import Prefix
from engine.store import due, mending, numbering, packing, proving, recording, sealing, signing, unsent
from engine.store import search as finding
from engine.store import statements as said
from engine.store import tables as t

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, LookupError, OSError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
"""What reading an archive raises that was tampered with."""


UNREADABLE_ROW = (RowUnreadable, *proving.NOT_OF_ITS_KIND)
LATEST_FIRST = (t.disputes.c.raised_at.desc(), t.disputes.c.ref.desc())
CONCORD = Actor(id="concord", name="Concord", agency="", role="system")


class SqlTransaction:
    """The statements of one transaction; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.sqlite = connection.dialect.name == "sqlite"
        self._known: dict[str, list[Person]] = {}
        self.unreadable: list[str] = []
        self._touched: dict[recording.Key, None] = {}

    def _one(self, statement: Any) -> Row[Any] | None:
        return self.connection.execute(statement).one_or_none()

    def _upsert(self, table: Any, keys: list[str], values: list[dict[str, Any]]) -> None:
        made = (sqlite if self.sqlite else postgresql).insert(table)
        kept = {name: made.excluded[name] for name in values[0] if name not in keys}
        self.connection.execute(made.on_conflict_do_update(index_elements=keys, set_=kept), values)

    # commands that were carried out

    def command(self, command_id: str) -> Mapping[str, Any] | None:
        """What a command that was carried out before gave, or none."""
        row = self.connection.execute(said.COMMAND, {"of": command_id}).one_or_none()
        return json.loads(row.result) if row else None

    def remember(self, command_id: str, ref: str, at: datetime, result: Mapping[str, Any]) -> None:
        """Note that a command was carried out; raises CommandRepeated where another did so meanwhile."""
        row = {"id": command_id, "ref": ref, "at": at, "result": json.dumps(dict(result))}
        if self.connection.execute(said.REMEMBER[self.sqlite], row).one_or_none() is None:
            raise CommandRepeated(command_id=command_id)

    # disputes

    def dispute(self, ref: str, *, lock: bool = False) -> DisputeRecord:
        """The dispute; locked, no one else changes it until this transaction ends."""
        wanted = said.LOCKED if lock and not self.sqlite else said.DISPUTE
        row = self.connection.execute(wanted, {"of": ref}).one_or_none()
        if row is None:
            raise DisputeUnknown(ref=ref)
        with proving.readable("disputes", ref):
            return proving.of_its_kind(DisputeRecord, row, state=_state(row))

    def _columns(self, record: DisputeRecord) -> dict[str, Any]:
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
            **finding.columns_of(found),
        }

    def add_dispute(self, record: DisputeRecord) -> None:
        """Store a new dispute."""
        found = record.state["dispute"]
        self.connection.execute(
            insert(t.disputes).values(
                ref=record.ref,
                partnership=record.partnership,
                pathway=record.pathway,
                version=record.version,
                raised_at=datetime.fromisoformat(found["raised"]),
                **self._columns(record),
            )
        )
        for number, child in enumerate(found["children"]):
            self.connection.execute(insert(t.children).values(ref=record.ref, number=number, **child))
        self._sync_tasks(record, ())

    def save_dispute(self, record: DisputeRecord, before: DisputeRecord) -> None:
        """Store a dispute's new state in place of the one that was read before."""
        given = {"of": record.ref, "was": before.revision, **self._columns(record)}
        if self.connection.execute(said.SAVE, given).rowcount != 1:
            raise DisputeMovedOn(ref=record.ref)
        self._sync_tasks(record, before.state["dispute"]["tasks"])

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

    def next_number(self, partnership: str, year: int) -> int:
        """The next number of a dispute of a partnership in a year."""
        made = (
            (sqlite if self.sqlite else postgresql).insert(t.numbers).values(partnership=partnership, year=year, last=1)
        )
        statement = made.on_conflict_do_update(
            index_elements=["partnership", "year"], set_={"last": t.numbers.c.last + 1}
        )
        return int(self.connection.execute(statement.returning(t.numbers.c.last)).scalar_one())

    def prefixes(self) -> list[Prefix]:
        """The prefixes that partnerships have taken, in the order in which they did."""
        return numbering.prefixes(self.connection)

    def add_prefix(self, prefix: str, partnership: str, at: datetime) -> bool:
        """Take a prefix; false where somebody has it."""
        self._touch("prefixes", prefix)
        return numbering.add_prefix(self.connection, prefix, partnership, at)

    def partnerships_of(self, refs: Sequence[str] | None = None) -> dict[str, str]:
        """The partnership of each dispute by its own row, of some or of all."""
        return numbering.partnerships_of(self.connection, refs)

    def first_uses(self) -> list[tuple[str, str, datetime]]:
        """Each prefix with a partnership whose disputes carry it, and when the first of them was raised."""
        return numbering.first_uses(self.connection)

    # journal

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
                insert(t.texts),
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

    # proving and erasing

    def stored(self, ref: str) -> dict[str, Any]:
        """What stands in the tables around a dispute's journal, by place; raises RowUnreadable."""
        return proving.stored(self.connection, ref)

    def derived(self, record: DisputeRecord) -> dict[str, Any]:
        """What must stand there where the record's state is the one that its journal gives."""
        own = {"partnership": record.partnership, "pathway": record.pathway, "version": record.version}
        raised = {"raised_at": datetime.fromisoformat(record.state["dispute"]["raised"])}
        columns = own | raised | self._columns(record)
        return proving.derived(record.state, record.partnership, {n: columns[n] for n in proving.DISPUTE})

    def lock(self, ref: str) -> None:
        """Lock a dispute without reading what stands in its row; raises DisputeUnknown."""
        mending.lock(self.connection, ref)

    def ending(self, ref: str) -> tuple[Any, Any]:
        """The number and hash of the journal's last entry as the dispute's own row has them, whatever stands there."""
        return mending.ending(self.connection, ref)

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
        columns = own | raised | self._columns(record)
        columns["revision"] = record.last_seq
        return mending.Mending(self.connection, record.ref, columns, ended, record.state, entries)

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

    def numbers(self) -> dict[tuple[str, int], int]:
        """The last number that was given to a dispute, by partnership and year."""
        return proving.numbers(self.connection)

    def ends(self) -> list[End]:
        """Where each journal ends, by reference."""
        return proving.ends(self.connection)

    def around(self, until: datetime) -> dict[str, TableDigest]:
        """How many rows the tables beside the journals had up to an instant, and a digest of them."""
        return proving.around(self.connection, until)

    def checkpoints(self) -> list[Sealed]:
        """The stored checkpoints, in order."""
        return proving.checkpoints(self.connection)

    def newest_checkpoint(self) -> Sealed | None:
        """The last checkpoint that was stored."""
        return proving.newest_checkpoint(self.connection)

    def add_checkpoint(self, checkpoint: Sealed) -> bool:
        """Store a checkpoint; false where another one of its number was stored at the same moment."""
        return proving.add_checkpoint(self.connection, checkpoint)

    def erase(self, ref: str, keep: Sequence[int] = ()) -> int:
        """Delete what was typed in a dispute but for these entries, drafts too; gives how many texts went."""
        return proving.erase(self.connection, ref, keep)

    def erasable(self, partnership: str, closed_before: datetime, most: int) -> list[str]:
        """References of disputes that closed before an instant and hold something that was typed, oldest first."""
        return proving.erasable(self.connection, partnership, closed_before, most)

    # notices

    def queue_notices(self, ref: str, at: datetime, notices: Iterable[tuple[str, str]]) -> None:
        """Queue notices, each (to, message)."""
        rows = [{"ref": ref, "at": at, "to": to, "message": message} for to, message in notices]
        if rows:
            self.connection.execute(said.ADD_NOTICE, rows)

    def notices(self, ref: str) -> list[NoticeRecord]:
        """The notices of a dispute."""
        with proving.readable("notices", ref):
            return [_notice(r) for r in self.connection.execute(said.NOTICES, {"of": ref})]

    def recent_notices(self, partnership: str, most: int) -> list[NoticeRecord]:
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
                    self.unreadable.append(one.ref)
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

    # tasks

    def tasks(self, ref: str) -> list[TaskRecord]:
        """All tasks of a dispute, ended ones too."""
        with proving.readable("tasks", ref):
            return [_task(r) for r in self.connection.execute(said.TASKS, {"of": ref})]

    def with_open_tasks(self, partnership: str) -> list[str]:
        """The references of a partnership's disputes in which a task is open, what is due soonest first."""
        c = t.tasks.c
        wanted = select(c.ref).where(c.partnership == partnership, c.status == "open").order_by(c.due)
        return list(dict.fromkeys(self.connection.execute(wanted).scalars()))

    def open_tasks(self, partnership: str) -> list[tuple[TaskRecord, Summary]]:
        """The open tasks of a partnership with their disputes."""
        rows = self.connection.execute(
            select(t.tasks)
            .where(t.tasks.c.partnership == partnership, t.tasks.c.status == "open")
            .order_by(t.tasks.c.due)
        ).all()
        found = {s.ref: s for s in self._summaries(t.disputes.c.ref.in_({r.ref for r in rows}))} if rows else {}
        return [(_task(r), found[r.ref]) for r in rows]

    def keep_draft(self, draft: DraftRecord) -> None:
        """Keep what somebody typed for a task, in place of what they typed for it before."""
        unsent.keep(self.connection, draft)

    def drafts(self, ref: str) -> list[DraftRecord]:
        """What was typed in a dispute and not sent, by whomever; the latest first."""
        return unsent.kept(self.connection, ref)

    def drop_draft(self, ref: str, key: str, person: str, side: str) -> None:
        """Forget what somebody typed for a task: they have sent it."""
        unsent.drop(self.connection, ref, key, person, side)

    # the sweep

    def claim_due(self, now: datetime, besides: Collection[str] = ()) -> str | None:
        """A dispute with something due by now, the soonest, locked; none that another worker has, or that is named."""
        return due.claim(self.connection, now, besides)

    def any_due(self, now: datetime) -> bool:
        """Whether anything is due; takes no lock."""
        return due.any_due(self.connection, now)

    def set_aside(self, ref: str, why: str | None) -> bool:
        """Set a dispute aside from the sweep, visibly, or take it back; false where somebody has it locked just now."""
        self._touch("disputes", ref)
        return due.set_aside(self.connection, ref, why)

    def put_aside(self) -> dict[str, str]:
        """Every dispute that is set aside, with why."""
        return due.put_aside(self.connection)

    def next_due(self) -> datetime | None:
        """The next instant at which anything fires."""
        return due.next_due(self.connection)

    def now(self) -> datetime:
        """The present instant by the database's own clock."""
        return due.now(self.connection)

    def following(self, ref: str, most: int) -> list[str]:
        """The references after one, in order, of disputes that are not set aside."""
        return due.following(self.connection, ref, most)

    def beat(self, worker: str, program: str, ahead: timedelta, *, fired: bool) -> None:
        """Note that a worker works, and how late the timers are, by the database's clock and what it is ahead by."""
        due.beat(self.connection, worker, program, ahead, fired=fired)

    def lag(self, ahead: timedelta) -> timedelta:
        """How long the oldest timer has been due and is not fired; nothing where none is due."""
        return due.lag(self.connection, ahead)

    def gone(self, worker: str) -> None:
        """Forget a worker that has ended."""
        due.gone(self.connection, worker)

    def workers(self) -> list[WorkerRecord]:
        """The workers that are known, whoever turned last first."""
        return due.workers(self.connection)

    # finding

    def _summaries(self, *where: Any) -> list[Summary]:
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
                self.unreadable.append(ref)
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
        return [proving.of_its_kind(Summary, r, cases=cases.get(r.ref, ()), standing="") for r in rows]

    def references(self) -> list[str]:
        """The references of all disputes."""
        return list(self.connection.execute(select(t.disputes.c.ref).order_by(t.disputes.c.ref)).scalars())

    def summaries(self, partnership: str) -> list[Summary]:
        """The disputes of a partnership, latest first."""
        return self._summaries(t.disputes.c.partnership == partnership)

    def open_about(self, partnership: str, case_references: Sequence[str]) -> list[Summary]:
        """Open disputes about any of these cases."""
        about = select(t.children.c.ref).where(t.children.c.case_reference.in_(list(case_references)))
        return self._summaries(
            t.disputes.c.partnership == partnership, t.disputes.c.closed_at.is_(None), t.disputes.c.ref.in_(about)
        )

    def find(self, query: Query, offset: int = 0, most: int | None = None) -> FoundRows:
        """The disputes that are wanted, latest first, and how many there are."""
        try:
            return finding.found(self.connection, query, offset, most)
        except UNREADABLE_ROW:
            count, refs = finding.chosen(self.connection, query, offset, most)
            lines = self._past(refs, lambda ref: list(finding.lines(self.connection, [ref])))
            return FoundRows(count=count, lines=tuple(lines))

    def noted(self, refs: Sequence[str]) -> dict[str, list[tuple[int, str, int]]]:
        """The corrections and contradictions of disputes: number, kind, and the number of what it speaks of."""
        return finding.noted(self.connection, refs)

    def look(self, look: Look) -> None:
        """Note that somebody looked."""
        self.connection.execute(insert(t.looks).values(asdict(look)))

    def looked(self, person: str, ref: str, what: str, since: datetime) -> bool:
        """Whether a person has looked at this since an instant."""
        c = t.looks.c
        same = (c.ref == ref, c.at > since, c.person == person, c.what == what)
        return self._one(select(c.id).where(*same).limit(1)) is not None

    def seal_looks(self, at: datetime) -> int:
        """Seal who looked since; gives how many looks that were."""
        return sealing.seal_looks(self.connection, at)

    def unsealed(self) -> tuple[int, datetime | None]:
        """How many looks no seal covers yet, and when the first of them was."""
        ids = sealing.waiting(self.connection)
        first = self._one(select(t.looks.c.at).where(t.looks.c.id == ids[0])) if ids else None
        return len(ids), first.at if first else None

    def looks(self, ref: str) -> list[Look]:
        """Who looked at a dispute, latest first."""
        c = t.looks.c
        told = select(c.ref, c.person, c.name, c.agency, c.what, c.at).where(c.ref == ref)
        rows = self.connection.execute(told.order_by(c.at.desc(), c.id.desc()))
        return [Look(**row._asdict()) for row in rows]

    # versions

    def add_version(
        self, version: str, partnership: str, pathway: str, at: datetime, files: Mapping[str, bytes], reader: int
    ) -> bool:
        """Store a published version and make it current; false where it is the current one already."""
        c = t.publications.c
        last = self._one(select(c.version, c.number).where(c.pathway == pathway).order_by(c.number.desc()).limit(1))
        if last is not None and last.version == version:
            return False
        number = (last.number if last else 0) + 1
        made = sqlite if self.sqlite else postgresql
        if self._one(select(t.versions.c.version).where(t.versions.c.version == version)) is None:
            first = {
                "version": version,
                "partnership": partnership,
                "pathway": pathway,
                "published_at": at,
                "number": number,
                "files": packing.pack_files(files),
                "reader": reader,
            }
            self.connection.execute(made.insert(t.versions).values(first).on_conflict_do_nothing())
            self._touch("versions", version)
        published = made.insert(t.publications).values(pathway=pathway, number=number, version=version, at=at)
        once = published.on_conflict_do_nothing().returning(c.number)  # another process may publish the same just now
        self._touch("publications", pathway, number)
        return self.connection.execute(once).one_or_none() is not None

    def reader(self, version: str) -> int:
        """The number of the reader that a version was published under."""
        return int(
            self.connection.execute(select(t.versions.c.reader).where(t.versions.c.version == version)).scalar_one()
        )

    def files(self, version: str) -> dict[str, bytes]:
        """The files of a version."""
        row = self._one(select(t.versions.c.files).where(t.versions.c.version == version))
        if row is None:
            raise PathwayUnpublished(pathway=version)
        try:
            return packing.unpack_files(row.files)
        except UNREADABLE as error:
            raise RowUnreadable(table="versions", ref=f"version {version[:12]}") from error

    def proof(self, version: str, prover: int) -> str | None:
        """What a prover found of a version, as it was kept."""
        c = t.proofs.c
        row = self._one(select(c.result).where(c.version == version, c.prover == prover))
        return row.result if row else None

    def keep_proof(self, version: str, prover: int, result: str) -> None:
        """Keep what a prover found of a version."""
        self._upsert(t.proofs, ["version", "prover"], [{"version": version, "prover": prover, "result": result}])

    def unproven(self, version: str) -> str:
        """Why a version was published without its proof; nothing where it was not."""
        row = self._one(select(t.unproven.c.reason).where(t.unproven.c.version == version))
        return row.reason if row else ""

    def mark_unproven(self, version: str, at: datetime, reason: str) -> bool:
        """Note that a version is published without its proof, and why; false where that is noted already."""
        if self.unproven(version):
            return False
        self._touch("unproven", version)
        made = (sqlite if self.sqlite else postgresql).insert(t.unproven)
        once = made.values(version=version, at=at, reason=reason).on_conflict_do_nothing()
        return self.connection.execute(once.returning(t.unproven.c.version)).one_or_none() is not None

    def versions(self) -> list[str]:
        """All versions that were ever published."""
        return list(self.connection.execute(select(t.versions.c.version).order_by(t.versions.c.version)).scalars())

    def current_version(self, pathway: str) -> str:
        """The version of a pathway that new disputes run on."""
        c = t.publications.c
        row = self._one(select(c.version).where(c.pathway == pathway).order_by(c.number.desc()).limit(1))
        if row is None:
            raise PathwayUnpublished(pathway=pathway)
        return str(row.version)

    def pathways(self, partnership: str) -> list[str]:
        """The published pathways of a partnership: the main one first."""
        c = t.versions.c
        return list(
            self.connection.execute(
                select(c.pathway).where(c.partnership == partnership).distinct().order_by(c.pathway)
            ).scalars()
        )

    def partnerships(self) -> list[str]:
        """Those that have published a pathway."""
        return list(
            self.connection.execute(
                select(t.versions.c.partnership).distinct().order_by(t.versions.c.partnership)
            ).scalars()
        )

    # the directory

    def _people(self, wanted: Any, of: str) -> list[Person]:
        rows = self.connection.execute(wanted, {"of": of})
        return [Person(**{**r._asdict(), "roles": tuple(msgspec.json.decode(r.roles))}) for r in rows]

    def people(self, partnership: str) -> list[Person]:
        """The people of a partnership; read once in a transaction."""
        if partnership not in self._known:
            self._known[partnership] = self._people(said.PEOPLE, partnership)
        return list(self._known[partnership])

    def absent(self, day: date) -> dict[str, date]:
        """Who is absent on a day, and until when."""
        rows = self.connection.execute(said.ABSENT, {"of": day})
        return {r.person: r.last for r in rows}

    def person(self, person_id: str) -> Person:
        """One person."""
        found = self._people(said.PERSON, person_id)
        if not found:
            raise PersonUnknown(person=person_id)
        return found[0]

    def agency(self, agency_id: str) -> Agency | None:
        """One agency, of whatever partnership."""
        r = self._one(select(t.agencies).where(t.agencies.c.id == agency_id))
        return Agency(id=r.id, partnership=r.partnership, name=r.name, kind=r.kind) if r else None

    def agencies(self, partnership: str) -> list[Agency]:
        """The agencies of a partnership."""
        rows = self.connection.execute(
            select(t.agencies).where(t.agencies.c.partnership == partnership).order_by(t.agencies.c.name)
        )
        return [Agency(id=r.id, partnership=r.partnership, name=r.name, kind=r.kind) for r in rows]

    def add_agency(self, agency: Agency, *, replace: bool = True) -> bool:
        """Add an agency, or replace one of the same partnership; false where another one has its id."""
        self._known.clear()
        told = {"id": agency.id, "partnership": agency.partnership, "name": agency.name, "kind": agency.kind}
        return self._put(t.agencies, told, replace=replace)

    def add_person(self, person: Person, password_hash: str | None = None, *, replace: bool = True) -> bool:
        """Add a person, or replace one of the same partnership; false where another one has their id.

        Their password stays unless another one is given.
        """
        self._known.clear()
        told = {
            "id": person.id,
            "partnership": person.partnership,
            "agency": person.agency,
            "name": person.name,
            "email": person.email,
            "roles": json.dumps(list(person.roles)),
        }
        if password_hash:
            told["password_hash"] = password_hash
        return self._put(t.people, told, replace=replace)

    def _put(self, table: Any, row: dict[str, Any], *, replace: bool) -> bool:
        """Write a row of the directory; nobody of another partnership is written over, even at the same moment."""
        made = (sqlite if self.sqlite else postgresql).insert(table).values(row)
        if replace:
            changed = {name: made.excluded[name] for name in row if name not in {"id", "partnership"}}
            same = table.c.partnership == row["partnership"]
            made = made.on_conflict_do_update(index_elements=["id"], set_=changed, where=same)
        else:
            made = made.on_conflict_do_nothing(index_elements=["id"])
        if self.connection.execute(made.returning(table.c.id)).one_or_none() is None:
            return False
        self._touch(str(table.name), row["id"])
        return True

    def password_hash(self, person_id: str) -> str | None:
        """The person's password hash, for sign-in."""
        row = self._one(select(t.people.c.password_hash).where(t.people.c.id == person_id))
        return row.password_hash if row else None

    def signed_in(self, person_id: str) -> tuple[Person, str | None, int]:
        """One person with their password's hash and how often their sessions were ended."""
        told = signing.signed_in(self.connection, person_id)
        if told is None:
            raise PersonUnknown(person=person_id)
        stored, ended, roles = told.pop("password_hash"), told.pop("ended"), msgspec.json.decode(told.pop("roles"))
        return Person(**told, roles=tuple(roles)), stored, int(ended)

    def end_sessions(self, person_id: str) -> None:
        """End a person's sessions."""
        signing.end_sessions(self.connection, person_id)

    def attempts(self, keys: Sequence[str], at: datetime) -> dict[str, Tried]:
        """How often each of these, given in order, was tried in vain; locked against others who try."""
        return signing.attempts(self.connection, keys, at)

    def note_attempt(self, key: str, tried: Tried) -> None:
        """Keep how often something was tried in vain."""
        signing.note(self.connection, key, tried)

    def take_back_attempt(self, key: str) -> None:
        """Take back a try that was counted and was not in vain."""
        signing.take_back(self.connection, key)

    def forget_attempts(self, keys: Sequence[str]) -> None:
        """Forget what was tried in vain."""
        signing.forget(self.connection, keys)

    def forget_attempts_before(self, at: datetime) -> None:
        """Forget what was last tried before an instant."""
        signing.forget_before(self.connection, at)

    def add_absence(self, person_id: str, first: date, last: date) -> None:
        """Note that a person is absent from the first to the last day."""
        made = insert(t.absences).values(person=person_id, first=first, last=last).returning(t.absences.c.id)
        self._touch("absences", self.connection.execute(made).scalar_one())

    def remove_absences(self, person_id: str, day: date) -> None:
        """A person is back: absences that cover the day end."""
        c = t.absences.c
        gone = delete(t.absences).where(c.person == person_id, c.first <= day, c.last >= day).returning(c.id)
        for absence in self.connection.execute(gone).scalars().all():
            self._touch("absences", absence)

    def absences(self, partnership: str, day: date) -> list[AbsenceRecord]:
        """The absences in a partnership that end on a day or later, soonest first."""
        c = t.absences.c
        rows = self.connection.execute(
            select(c.id, c.person, c.first, c.last)
            .join_from(t.absences, t.people)
            .where(t.people.c.partnership == partnership, c.last >= day)
            .order_by(c.first, c.last, c.id)
        )
        return [AbsenceRecord(**r._asdict()) for r in rows]

    def end_absence(self, absence: int, last: date | None) -> None:
        """Move an absence's last day, or take the absence away."""
        own = t.absences.c.id == absence
        self.connection.execute(
            delete(t.absences).where(own) if last is None else update(t.absences).where(own).values(last=last)
        )
        self._touch("absences", absence)

    def closures(self, partnership: str) -> list[date]:
        """The extra closure days (T2)."""
        return list(
            self.connection.execute(select(t.closures.c.day).where(t.closures.c.partnership == partnership)).scalars()
        )

    def closure_reasons(self, partnership: str) -> list[tuple[date, str]]:
        """The extra closure days with their reasons, by day."""
        c = t.closures.c
        rows = self.connection.execute(select(c.day, c.reason).where(c.partnership == partnership).order_by(c.day))
        return [(r.day, r.reason) for r in rows]

    def add_closure(self, partnership: str, day: date, reason: str) -> None:
        """Add an extra closure day."""
        self._upsert(t.closures, ["partnership", "day"], [{"partnership": partnership, "day": day, "reason": reason}])
        self._touch("closures", partnership, day)

    def record_change(self, at: datetime, actor: Actor, kind: str, data: Mapping[str, Any]) -> None:
        """Record a change of live data, with the rows that it left."""
        told = (_text(to_json(actor)), kind, _text(to_json(dict(data))))
        recording.add_act(self.connection, at, told, recording.rows_of(self.connection, self._touched))
        self._touched.clear()

    def _touch(self, table: str, *key: Any) -> None:
        """Take note that a row beside the journals was changed, until an act records it."""
        self._touched[table, key] = None

    def settle(self) -> None:
        """Record what was changed beside the journals and no act tells of; the last thing before a commit."""
        if self._touched:
            self.record_change(datetime.now(UTC), CONCORD, "RowsChanged", {})

    def changes(self, partnership: str, most: int) -> list[ChangeRecord]:
        """The latest changes of a partnership's live data, latest first."""
        c = t.acts.c
        told = f'"partnership":{_text(partnership)}'  # as _text writes it; a quotation mark in a value is escaped there
        rows = self.connection.execute(
            select(t.acts).where(c.data.contains(told, autoescape=True)).order_by(c.id.desc()).limit(most)
        )
        return [_act(row) for row in rows]

    def changes_of(self, kind: str) -> list[ChangeRecord]:
        """All acts of a kind, in order."""
        c = t.acts.c
        return [_act(row) for row in self.connection.execute(select(t.acts).where(c.kind == kind).order_by(c.id))]

    def has_passwords(self) -> bool:
        """Whether anybody has a password."""
        return self._one(select(t.people.c.id).where(t.people.c.password_hash.is_not(None)).limit(1)) is not None

    def acted(self, actor_id: str) -> bool:
        """Whether somebody of that id has ever changed live data."""
        named = f'"id":{_text(actor_id)}'  # as _text writes it
        return (
            self._one(select(t.acts.c.id).where(t.acts.c.actor.contains(named, autoescape=True)).limit(1)) is not None
        )

    def schema(self) -> tuple[str, ...]:
        """The heads of the migrations that the tables are at; none where there are no tables."""
        return tuple(MigrationContext.configure(self.connection).get_current_heads())

    def setting(self, name: str) -> str | None:
        """A setting of the installation."""
        row = self._one(select(t.settings.c.value).where(t.settings.c.name == name))
        return row.value if row else None

    def set_setting(self, name: str, value: str) -> None:
        """Change a setting of the installation."""
        self._upsert(t.settings, ["name"], [{"name": name, "value": value}])
        self._touch("settings", name)


def _live(task: Mapping[str, Any]) -> dict[str, Any]:
    """What can change of a task while it is open."""
    due = datetime.fromisoformat(task["due"]) if task["due"] else None
    return {"due": due, "overdue": task["overdue"], "claimed_by": task["claimed_by"]}


def _opened(record: DisputeRecord, task: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a task that has been opened."""
    same = {name: task[name] for name in ("key", "element", "tier", "side", "role", "child")}
    place = {"ref": record.ref, "partnership": record.partnership, "status": "open"}
    return place | same | {"opened_at": datetime.fromisoformat(task["opened"])} | _live(task)


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _ordered(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _state(row: Row[Any]) -> dict[str, Any]:
    try:
        return packing.unpack(row.state)
    except (zlib.error, msgspec.DecodeError, TypeError) as error:
        raise RowUnreadable(table="disputes", ref=f"{row.ref}, column state") from error


def _entry(row: Row[Any]) -> Entry:
    with proving.readable("entries", f"{row.ref}, entry {row.seq}"):
        told = {name: _MAPPING.decode(getattr(row, name)) for name in ("actor", "data", "texts")}
        datetime.fromisoformat(row.at)
        return proving.of_its_kind(Entry, row, **told)


_MAPPING = msgspec.json.Decoder(dict[str, Any])


def _act(row: Row[Any]) -> ChangeRecord:
    with proving.readable("acts", f"act {row.id}"):
        return ChangeRecord(id=row.id, at=row.at, actor=json.loads(row.actor), kind=row.kind, data=json.loads(row.data))


def _notice(row: Row[Any]) -> NoticeRecord:
    return proving.of_its_kind(NoticeRecord, row)


def _task(row: Row[Any]) -> TaskRecord:
    return proving.of_its_kind(TaskRecord, row)
