"""The migrations and the tables say the same, on each database."""

from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from town import Town

from engine import Concord
from engine.store import Database
from engine.store.tables import metadata


def test_the_migrations_make_the_tables_that_the_code_uses(concord: Concord) -> None:
    """Decision 8: no column, type or index is missing or left over."""
    assert isinstance(concord.store, Database)
    with concord.store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_again_changes_nothing(concord: Concord) -> None:
    """Every start migrates."""
    assert isinstance(concord.store, Database)
    concord.store.migrate()
    with concord.store.begin(write=False) as tx:
        assert tx.versions.partnerships() == ["birmingham"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET data = '{}'",
        "DELETE FROM entries",
        "TRUNCATE entries",
        "REPLACE INTO entries SELECT * FROM entries LIMIT 1",
    ],
)
def test_the_database_itself_refuses_to_change_the_journal(town: Town, statement: str) -> None:
    """R2: whoever opens it with our account, by whatever statement."""
    ref = town.raises()
    before = town.journal(ref)
    assert isinstance(town.concord.store, Database)
    with pytest.raises(DBAPIError), town.concord.store.engine.begin() as connection:
        connection.execute(text(statement))
    assert town.journal(ref) == before


@pytest.mark.parametrize(
    ("by", "moved", "side"),
    [
        ("school-practitioner", "school", "raising"),
        ("council-practitioner", "council", "receiving"),
        ("co_chair", "office", "partnership"),
        ("school-practitioner", "council", "raising"),  # they acted for the school before they moved
        ("council-practitioner", "school", "raising"),  # they never acted: the agency of today
        ("police-practitioner", "police", ""),
        ("nobody", "", ""),
    ],
)
def test_what_was_typed_before_goes_to_its_writer_and_their_side(town: Town, by: str, moved: str, side: str) -> None:
    """E1: one column held one draft a task, shown to both sides."""
    ref = town.raises()
    moving = import_module("engine.store.migrations.versions.0007_unsent_words")
    assert isinstance(town.concord.store, Database)
    with town.concord.store.engine.begin() as connection:
        for column in ("draft", "draft_by"):
            connection.execute(text(f"ALTER TABLE tasks ADD COLUMN {column} TEXT"))
        typed = {"typed": '{"x": "Half a sent"}', "by": by, "ref": ref}
        connection.execute(text("UPDATE tasks SET draft = :typed, draft_by = :by WHERE ref = :ref"), typed)
        connection.execute(text("UPDATE people SET agency = :moved WHERE id = :by"), {"moved": moved, "by": by})
        moving.move(connection)
    with town.concord.store.begin(write=False) as tx:
        assert {(d.person, d.side, d.draft["x"], d.at) for d in tx.drafts.of(ref)} == {(by, side, "Half a sent", None)}
        assert len(tx.drafts.of(ref)) == len(town.tasks(ref))
