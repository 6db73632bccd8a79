"""The migrations and the tables say the same, on each database."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

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
