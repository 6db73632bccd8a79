"""The migrations and the tables say the same, on each database."""

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
        assert tx.partnerships() == ["birmingham"]


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
