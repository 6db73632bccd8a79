"""The only importer of SQLAlchemy: tables, queries, migrations. Knows no workflow."""

from engine.store.database import Database

__all__ = ["Database"]
