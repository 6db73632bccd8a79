"""Every column of every table is covered by something, or stands outside the record and is named as that (R2)."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tampering import Tampering, faults, live, tamperings, unguarded, unnamed
from town import BPMN, MONDAY, OPERATOR, Town, command
from town import closed as hung_up

from engine import Agency, SetClock, add_person, claim, collect, make_checkpoint, new_key, note_look, open_concord
from engine.commands import directing
from engine.commands.publishing import publish_files
from engine.commands.tasks import save_draft
from engine.store import Database
from engine.store.standing import STANDING, Standing, covered
from engine.store.tables import metadata
from engine.working_days import london

SEED = 20_261
DOCS = Path(__file__).parents[2] / "docs" / "auditors.md"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A database with every kind of row: tasks open, overdue, taken on and over, absences, closures, passwords …"""
    folder = tmp_path_factory.mktemp("columns")
    server = name = None
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "concord.db")
        url = f"sqlite:///{folder / 'concord.db'}"
    else:
        server = request.getfixturevalue("postgresql")
        name = server.create(request.getfixturevalue("postgresql_template"))
        url = server.at(name)
    town = Town(open_concord(url, SetClock(MONDAY)))
    live_through(town, folder / "key.pem")
    yield town
    hung_up(town.concord)
    if server:
        server.drop(name)


def live_through(town: Town, key: Path) -> None:
    """Leave a row of every kind."""
    new_key(key)
    concord = town.concord
    publish_files(concord, OPERATOR, collect(BPMN / "harrow", demo=True), "harrow", "escalation")
    add_person(concord, OPERATOR, town["school-practitioner"], "a long password", replace=True)
    directing.add_agency(
        concord, OPERATOR, Agency(id="school", partnership="birmingham", name="The School", kind="school"), replace=True
    )
    directing.add_absence(
        concord, OPERATOR, "police-practitioner", london("2026-03-02").date(), london("2026-03-09").date()
    )
    directing.add_closure(concord, OPERATOR, "birmingham", london("2026-04-07").date(), "Training")
    first, second = town.raises(children=2, risk=True), town.raises()
    note_look(concord, town["school-practitioner"], first, "page")
    referral = next(task for task in town.dispute(first).tasks if task.stage is None)
    who = town[town.who(town.dispute(first), referral)]
    claim(concord, who, first, referral.key, command())
    save_draft(concord, who, first, referral.key, {})
    town.move("2026-03-03T09:00")
    make_checkpoint(concord, key)
    town.completes("school-practitioner", first, "Stage1_Discuss")
    town.move("2026-03-11T12:00")
    make_checkpoint(concord, key)
    note_look(concord, town["council-practitioner"], first, "page")
    town.move("2026-03-11T15:00")
    with concord.store.begin() as tx:
        tx.set_setting("kept", "value")
        tx.set_aside(second, "It failed.")


def known(town: Town) -> list[str]:
    """The key that checkpoints are trusted by."""
    with town.concord.store.begin(write=False) as tx:
        newest = tx.newest_checkpoint()
    assert newest is not None
    return [newest.public_key]


def test_every_column_says_how_it_stands_to_the_record(lived: Town) -> None:
    """A column that came with a migration and that nobody classified is found here, in tables and in the database."""
    assert isinstance(lived.concord.store, Database)
    stand = {table: set(columns) for table, columns in STANDING.items()}
    drawn = {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables}
    assert stand == drawn | {"alembic_version": {"version_num"}}
    with lived.concord.store.engine.connect() as connection:
        assert stand == live(connection)


def test_what_stands_outside_the_record_is_told_to_auditors() -> None:
    """And nothing else does."""
    told = DOCS.read_text()
    for table, columns in STANDING.items():
        outside = [name for name, how in columns.items() if how is Standing.OUTSIDE]
        if not covered(table):
            assert f"`{table}`" in told, table
        elif outside:
            assert all(f"`{table}.{name}`" in told for name in outside), (table, outside)


def chosen(made: Iterator[Tampering]) -> list[Tampering]:
    """One way for each column of each table, some for its rows; all that is generated is tried in the long run."""
    count: dict[tuple[str, str | None], int] = {}
    found = []
    for act in made:
        place = (act.table, act.column)
        count[place] = count.get(place, 0) + 1
        if count[place] <= (3 if act.column is None else 1):
            found.append(act)
    return found


def passed_over(town: Town, *, some: bool) -> str:
    """The tamperings that verifying does not name."""
    assert isinstance(town.concord.store, Database)
    trusted = known(town)
    with unguarded(town.concord.store) as connection:
        assert faults(town.concord, connection, trusted) == []
        made = tamperings(connection, random.Random(SEED))  # noqa: S311 - the same every time
        acts = chosen(made) if some else list(made)
        assert len(acts) > 180
        told = (unnamed(town.concord, connection, act, trusted) for act in acts)
        return "\n".join(filter(None, told))


def test_a_value_or_a_row_that_was_changed_is_named_whatever_the_column(lived: Town) -> None:
    """Another value, one that compares equal, one that looks alike, nothing; a row removed, doubled, moved."""
    assert passed_over(lived, some=True) == ""


@pytest.mark.soak
def test_all_that_can_be_generated_is_named(lived: Town) -> None:
    """Every way, for every column, in every kind of row."""
    assert passed_over(lived, some=False) == ""
