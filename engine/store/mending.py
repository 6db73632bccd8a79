"""What stands around one journal, whatever it is, against what must stand there; and putting that in its place.

Everything is read a column at a time: a value that is none of its column's kind is one fault, and hides no other.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    String,
    column,
    delete,
    insert,
    literal,
    select,
    type_coerce,
    update,
)

from engine.application import UNREADABLE, DisputeUnknown, Ended
from engine.course import plain
from engine.dispute import Entry, Kind, to_json
from engine.errors import ConcordError
from engine.store import packing, proving, worklist_rows
from engine.store import tables as t

Different = tuple[str, Any, Any]
OPEN, ENDED = "open", "ended"
GONE = "(missing)"
UNREAD = (ConcordError, *proving.NOT_OF_ITS_KIND)
TASKS = "tasks, row "


def lock(connection: Connection, ref: str) -> None:
    """Lock a dispute's row without reading what stands in it; raises DisputeUnknown where no table knows it."""
    wanted = select(literal(1)).where(t.disputes.c.ref == ref)
    if connection.dialect.name != "sqlite":
        wanted = wanted.with_for_update()
    if connection.execute(wanted).first() is None and not _entry_there(connection, ref):
        raise DisputeUnknown(ref=ref)


def _entry_there(connection: Connection, ref: str) -> bool:
    return connection.execute(select(literal(1)).where(t.entries.c.ref == ref).limit(1)).first() is not None


def ending(connection: Connection, ref: str) -> tuple[Any, Any]:
    """Where the dispute's own row says that its journal ends."""
    own = t.disputes.c.ref == ref
    return _value(connection, t.disputes.c.last_seq, own), _value(connection, t.disputes.c.last_hash, own)


def _value(connection: Connection, wanted: Column[Any], *where: Any) -> Any:
    plain_bool = isinstance(wanted.type, Boolean) and connection.dialect.name == "sqlite"  # takes anything for true
    try:
        found = connection.execute(select(type_coerce(wanted, Integer) if plain_bool else wanted).where(*where)).first()
    except UNREAD:
        return UNREADABLE
    if found is None:
        return GONE
    value = found[0]
    if plain_bool:
        return {0: False, 1: True}.get(value, UNREADABLE) if type(value) is int else UNREADABLE
    if isinstance(wanted.type, Integer) and not isinstance(value, int | None):
        return UNREADABLE
    return UNREADABLE if isinstance(wanted.type, String) and not isinstance(value, str | None) else value


class Mending:
    """One dispute's rows, and what must stand there: `columns` in its own, and what its state and entries give."""

    def __init__(
        self,
        connection: Connection,
        ref: str,
        columns: Mapping[str, Any],
        ended: Mapping[str, Ended],
        state: Mapping[str, Any],
        entries: Sequence[Entry],
        listed: Sequence[Mapping[str, Any]],
    ) -> None:
        self.connection = connection
        self.ref = ref
        self.columns = dict(columns)
        given = proving.derived(state, str(columns["partnership"]), {}).items()
        self.open = {place.removeprefix(TASKS): values for place, values in given if place.startswith(TASKS)}
        self.ended = ended
        self.worklist = {(row["key"], row["agency"]): dict(row) for row in listed}
        self.children = list(state["dispute"]["children"])
        self.state = plain(state)
        self.notices = Counter(
            (datetime.fromisoformat(e.at), str(e.data["to"]), str(e.data["message"]))
            for e in entries
            if e.kind == Kind.NOTICE_QUEUED
        )
        self.own = t.disputes.c.ref == ref
        self.rows = {row: self._row(row) for row in self._of(t.tasks)}
        self.placed = self._placed()

    def differences(self) -> Iterator[Different]:
        """Each place where something else stands than must."""
        for name, gives in self.columns.items():
            stood = _value(self.connection, t.disputes.c[name], self.own)
            if name == "state":
                stood, gives = self._state(stood), self.state  # noqa: PLW2901 - packed, neither tells anything
            if stood != gives or type(stood) is not type(gives):
                yield f"disputes, column {name}", stood, gives
        yield from self._tasks()
        there = self._worklist()
        for place in sorted({*there, *self.worklist}, key=str):
            stood, gives = there.get(place, GONE), self.worklist.get(place, GONE)
            if stood != gives:
                yield f"worklist, row {' '.join(place)}", stood, gives
        there = self._children()
        for number in sorted({*there, *range(len(self.children))}, key=str):
            stood = there.get(number, GONE)
            gives = self._child(number)
            if stood != gives:
                yield f"children, row {number}", stood, gives
        kept, bad = self._notices()
        for row in bad:
            yield f"notices, row {row}", UNREADABLE, GONE
        for notice in ((kept - self.notices) + (self.notices - kept)).elements():
            stood, gives = (list(notice), GONE) if kept[notice] > self.notices[notice] else (GONE, list(notice))
            yield "notices", stood, gives

    def _child(self, number: Any) -> Any:
        return self.children[number] if isinstance(number, int) and 0 <= number < len(self.children) else GONE

    def _state(self, stood: Any) -> Any:
        try:
            return packing.unpack(stood)
        except Exception:  # noqa: BLE001 - bytes of any kind
            return UNREADABLE

    # rows, each under what names it on this database

    def _of(self, table: Any) -> list[Any]:
        """What names each row of a dispute; SQLite's own number, since a key may be anything there."""
        sqlite = self.connection.dialect.name == "sqlite"
        name = column("rowid") if sqlite else next(c for c in table.primary_key.columns if c.name != "ref")
        wanted = select(name).select_from(table).where(table.c.ref == self.ref)
        return list(self.connection.execute(wanted).scalars())

    def _at(self, table: Any, row: Any) -> Any:
        if self.connection.dialect.name == "sqlite":
            return column("rowid") == row
        return next(c for c in table.primary_key.columns if c.name != "ref") == row

    def _read(self, table: Any, row: Any, names: Sequence[str]) -> dict[str, Any]:
        at = (self._at(table, row), table.c.ref == self.ref)
        return {name: _value(self.connection, table.c[name], *at) for name in names}

    # tasks

    def _row(self, row: Any) -> dict[str, Any]:
        return self._read(t.tasks, row, ("key", "status", *proving.TASK))

    def _placed(self) -> dict[Any, str]:
        """Which row is which task's. One whose key was spoilt is put where its element has none, for what was typed."""
        known = {**self.open, **self.ended}
        placed = {row: values["key"] for row, values in self.rows.items() if values["key"] in known}
        left = [key for key in known if key not in placed.values()]
        for row, values in self.rows.items():
            if row in placed:
                continue
            same = [key for key in left if self._must(key)["element"] == values["element"]]
            if same or len(left) == 1:
                placed[row] = (same or left)[0]
                left.remove(placed[row])
        return placed

    def _must(self, key: str, stood: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What must stand in a task's row; of the ways in which an ended one may stand, the one nearest to it."""
        if key in self.open:
            return {"key": key, "status": OPEN, **self.open[key]}
        ways = [proving.task_row(to_json(task), str(self.columns["partnership"])) for task in self.ended[key][0]]
        near = max(ways, key=lambda way: sum(way[name] == (stood or {}).get(name) for name in way))
        return {"key": key, "status": ENDED, **near}

    def _tasks(self) -> Iterator[Different]:
        for row, values in self.rows.items():
            if row not in self.placed:
                yield f"tasks, row {values['key']}", "open or ended", "the journal knows nothing of it"
                continue
            must = self._must(self.placed[row], values)
            for name, stood in values.items():
                if stood != must[name]:
                    yield f"tasks, row {self.placed[row]}, column {name}", stood, must[name]
        for key in self._absent():
            yield f"tasks, row {key}", GONE, self._must(key)

    def _absent(self) -> list[str]:
        there = set(self.placed.values())
        return [key for key in (*self.open, *(k for k, (_, must) in self.ended.items() if must)) if key not in there]

    def _worklist(self) -> dict[tuple[str, str], Any]:
        """The rows of worklists, by key and agency; one that can't be read is no row that there must be."""
        try:
            return {
                (str(row.key), str(row.agency)): row._asdict() for row in worklist_rows.of(self.connection, self.ref)
            }
        except UNREAD:
            return {(UNREADABLE, UNREADABLE): UNREADABLE}

    def _children(self) -> dict[Any, Any]:
        found = {}
        for row in self._of(t.children):
            child = self._read(t.children, row, ("number", "case_reference", "initials"))
            found[child.pop("number")] = child
        return found

    def _notices(self) -> tuple[Counter[Any], list[Any]]:
        kept: Counter[Any] = Counter()
        bad = []
        for row in self._of(t.notices):
            notice = self._read(t.notices, row, ("at", "to", "message", "delivered_at"))
            if UNREADABLE in notice.values():
                bad.append(row)
            else:
                kept[notice["at"], notice["to"], notice["message"]] += 1
        return kept, bad

    # writing

    def mend(self) -> None:
        """Put in its place what must stand there; what people typed and have not sent is kept."""
        values = {**self.columns, "set_aside": None}
        if self.connection.execute(update(t.disputes).where(self.own).values(values)).rowcount != 1:
            self.connection.execute(insert(t.disputes).values(ref=self.ref, **values))
        for row in self.rows:
            self._mend_task(row)
        for key in self._absent():
            self.connection.execute(insert(t.tasks).values(ref=self.ref, **self._must(key)))
        if self._worklist() != self.worklist:
            worklist_rows.replace(self.connection, self.ref, list(self.worklist.values()))
        if self._children() != dict(enumerate(self.children)):
            self.connection.execute(delete(t.children).where(t.children.c.ref == self.ref))
            rows = [{"ref": self.ref, "number": number, **child} for number, child in enumerate(self.children)]
            self.connection.execute(insert(t.children), rows)
        self._mend_notices()

    def _mend_task(self, row: Any) -> None:
        at = (self._at(t.tasks, row), t.tasks.c.ref == self.ref)
        if row not in self.placed:
            self.connection.execute(delete(t.tasks).where(*at))
            return
        must = self._must(self.placed[row], self.rows[row])
        if wrong := {name: must[name] for name, value in self.rows[row].items() if value != must[name]}:
            self.connection.execute(update(t.tasks).where(*at).values(wrong))

    def _mend_notices(self) -> None:
        """Each notice in the row that it had, which may be sealed; one too many goes, what is lost is queued."""
        left, wrong = Counter(self.notices), []
        for row in self._of(t.notices):
            notice = self._read(t.notices, row, ("at", "to", "message", "delivered_at"))
            told = (notice["at"], notice["to"], notice["message"])
            if UNREADABLE not in notice.values() and left[told] > 0:
                left[told] -= 1
            else:
                wrong.append((row, notice["delivered_at"]))
        lost = [{"at": at, "to": to, "message": message} for at, to, message in sorted(left.elements())]
        for place, (row, delivered) in enumerate(wrong):
            at = (self._at(t.notices, row), t.notices.c.ref == self.ref)
            if place >= len(lost):
                self.connection.execute(delete(t.notices).where(*at))
                continue
            gone = {"delivered_at": None} if delivered == UNREADABLE else {}
            self.connection.execute(update(t.notices).where(*at).values(lost[place] | gone))
        if rest := [{"ref": self.ref, **notice} for notice in lost[len(wrong) :]]:
            self.connection.execute(insert(t.notices), rest)
