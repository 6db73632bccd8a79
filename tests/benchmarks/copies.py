"""Copies of a dispute's row, for measuring a large database; no use case makes them."""

from sqlalchemy import text

from engine.store import Database

COPY = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)
INSERT INTO disputes
SELECT 'COPY-' || :many || '-' || n.i, partnership, pathway, version, revision, state, last_seq, last_hash,
       raising, receiving, stage, raised_at, next_due, closed_at, "end", end_stage, set_aside,
       raising_agency, receiving_agency, reached, missed, risk, ended_at
FROM disputes, n WHERE ref = :ref
"""


def multiply(database: Database, ref: str, many: int) -> None:
    """Add `many` copies of a dispute's row."""
    with database.engine.begin() as connection:
        connection.execute(text(COPY), {"ref": ref, "many": many})


def size(database: Database) -> int:
    """Bytes that an SQLite database takes."""
    with database.engine.begin() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        return int(pages * connection.execute(text("PRAGMA page_size")).scalar_one())
