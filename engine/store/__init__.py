"""The only importer of SQLAlchemy: tables, queries, migrations. Knows no workflow."""

from engine.store.database import Database
from engine.store.guards import grants

__all__ = [
    "Database",
    "grants",
]
