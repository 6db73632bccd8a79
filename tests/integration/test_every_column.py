"""Every column of every table is covered by something, or stands outside the record and is named as that (R2)."""

import random
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from lived import lived_in
from tampering import Tampering, faults, live, tamperings, unguarded, unnamed
from town import Town

from engine.store import Database
from engine.store.standing import STANDING, Standing, covered
from engine.store.tables import metadata

SEED = 20_261
DOCS = Path(__file__).parents[2] / "docs" / "auditors.md"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A database with every kind of row."""
    with lived_in(request, tmp_path_factory.mktemp("columns"), request.param) as town:
        yield town


def known(town: Town) -> list[str]:
    """The key that checkpoints are trusted by."""
    with town.concord.store.begin(write=False) as tx:
        newest = tx.checkpoints.newest()
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


def passed_over(town: Town, seed: int, most: int | None = None) -> str:
    """The tamperings that verifying does not name; of `most` chosen by the seed, else of some for each column."""
    assert isinstance(town.concord.store, Database)
    trusted = known(town)
    with unguarded(town.concord.store) as connection:
        assert faults(town.concord, connection, trusted) == []
        made = tamperings(connection, random.Random(seed))  # noqa: S311 - the same again for the same seed
        acts = list(islice(made, most)) if most else chosen(made)
        assert len(acts) >= (most or 150)
        told = (unnamed(town.concord, connection, act, trusted) for act in acts)
        return "\n".join(filter(None, told))


def test_a_value_or_a_row_that_was_changed_is_named_whatever_the_column(lived: Town) -> None:
    """Another value, one that compares equal, one that looks alike, nothing; a row removed, doubled, moved."""
    assert passed_over(lived, SEED) == ""


@pytest.mark.soak
def test_three_hundred_tamperings_that_nobody_has_tried_are_named(lived: Town) -> None:
    """Whichever value of whichever row they change, and in whatever way; seeds of the hour."""
    seed = int(time.time())
    assert passed_over(lived, seed, 300) == "", seed
