"""Three hundred disputes, every kind of end: all verify, each replay ends where it stands, no tampering hides."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from population import EACH, populated
from sqlalchemy import Connection, text

from engine import RECORD, Concord, verify
from engine.course import Course, fold
from engine.store import Database

FIELDS = ("v", "at", "role", "kind", "element", "actor", "data", "texts", "prev", "hash")


@dataclass
class Population:
    """The database, and each dispute as it was lived."""

    concord: Concord
    courses: dict[str, Course]
    share: float

    @property
    def store(self) -> Database:
        """Where they are kept."""
        assert isinstance(self.concord.store, Database)
        return self.concord.store


@pytest.fixture(params=[0.1, pytest.param(1, marks=pytest.mark.soak)], ids=["a tenth", "all"])
def people(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Population]:
    """A seeded tenth of the three hundred, or all of them."""
    found = Population(*populated(f"sqlite:///{tmp_path / 'concord.db'}", request.param), share=request.param)
    yield found
    found.store.close()


def test_each_verifies_each_replay_ends_where_it_stands_and_each_tampering_is_found(people: Population) -> None:
    """No false alarm among thousands of entries; then one thing is changed in each dispute, and each is named."""
    if people.share == 1:
        reach_every_end(people)
    clean = list(verify(people.concord))
    assert [verdict.fault for verdict in clean if verdict.fault and verdict.ref != RECORD] == []  # numbers are ours
    assert {verdict.ref for verdict in clean} >= people.courses.keys()
    assert sum(verdict.entries for verdict in clean) > 20_000 * people.share
    end_where_they_stand(people)
    done = spoil(people)
    found = {verdict.ref for verdict in verify(people.concord) if verdict.fault}
    assert {ref: what for ref, what in done.items() if ref not in found} == {}


def reach_every_end(people: Population) -> None:
    """Every end that is drawn was come to, and some disputes are still open."""
    assert len(people.courses) >= sum(EACH.values()) >= 300
    drawn, reached = set(), set()
    for course in people.courses.values():
        pathway = course.version.pathway
        ends = {e.properties["end"] for e in pathway.diagram.elements.values() if "end" in e.properties}
        drawn |= {(pathway.name, how) for how in ends}
        if course.dispute.closed and course.dispute.ending:
            reached.add((pathway.name, course.dispute.ending.how))
    assert drawn == reached
    assert any(course.dispute.closed is None for course in people.courses.values())


def end_where_they_stand(people: Population) -> None:
    """The journal, folded without running the diagram, gives the dispute itself."""
    with people.concord.store.begin(write=False) as tx:
        for ref, course in people.courses.items():
            assert fold(course.version.pathway, tx.journal.entries(ref)) == course.dispute, ref


def spoil(people: Population) -> dict[str, str]:
    """Change one thing in each dispute, straight in the database, its guards taken off; gives what was done."""
    dice = random.Random(20_28)  # noqa: S311 - the same changes every time
    with people.store.engine.begin() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        for name in names:
            connection.execute(text(f"DROP TRIGGER {name}"))
        return {ref: spoilt(connection, ref, dice) for ref in people.courses}


def spoilt(connection: Connection, ref: str, dice: random.Random) -> str:
    """Change a field of an entry, or remove, move or double an entry, or change what was typed; gives what was done."""
    last = connection.execute(text("SELECT MAX(seq) FROM entries WHERE ref = :ref"), {"ref": ref}).scalar_one()
    seq = dice.randint(1, last)
    given = {"ref": ref, "seq": seq, "last": last}
    at = "WHERE ref = :ref AND seq = :seq"
    typed = connection.execute(text("SELECT COUNT(*) FROM texts WHERE ref = :ref"), {"ref": ref}).scalar_one()
    way = dice.choice(("field", "field", "removed", "moved", "doubled", "cut off", "typed" if typed else "field"))
    match way:
        case "field":
            name = dice.choice(FIELDS)
            was = connection.execute(text(f"SELECT {name} FROM entries {at}"), given).scalar_one()
            connection.execute(text(f"UPDATE entries SET {name} = :now {at}"), {**given, "now": other(name, was)})
            return f"entry {seq}: {name}"
        case "removed":
            connection.execute(text(f"DELETE FROM entries {at}"), given)
        case "moved":
            connection.execute(text(f"UPDATE entries SET seq = :last + 7 {at}"), given)
        case "doubled":
            columns = f"ref, :last + 1, {', '.join(FIELDS)}"
            connection.execute(
                text(f"INSERT INTO entries (ref, seq, {', '.join(FIELDS)}) SELECT {columns} FROM entries {at}"), given
            )
        case "cut off":
            connection.execute(text("DELETE FROM entries WHERE ref = :ref AND seq >= :seq"), given)
        case _:
            connection.execute(text("UPDATE texts SET text = text || '.' WHERE ref = :ref"), given)
    return f"entry {seq}: {way}"


def other(name: str, was: object) -> object:
    """Another value of an entry's field, of the same form."""
    if name == "v":
        return 1
    if name in {"actor", "data", "texts"}:
        return json.dumps({**json.loads(str(was)), "added": "later"})
    return f"{was or ''}0"
