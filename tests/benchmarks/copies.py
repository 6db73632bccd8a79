"""Copies of a dispute's row, for measuring a large database; no use case makes them."""

from sqlalchemy import text

from engine.store import Database

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)"
COPY = f"""
{NUMBERS}
INSERT INTO disputes
SELECT 'COPY-' || :kind || :many || '-' || n.i, partnership, pathway, version, revision, state, last_seq, last_hash,
       raising, receiving, stage, raised_at, next_due, CASE WHEN :kind = 'closed' THEN raised_at END, "end", end_stage,
       set_aside, raising_agency, receiving_agency, reached, missed, risk, ended_at
FROM disputes, n WHERE ref = :ref
"""
OPEN = f"""
{NUMBERS}
INSERT INTO worklist
SELECT 'COPY-' || :kind || :many || '-' || n.i, key, agency, partnership, version, tier, role, staged, apart, stands_in,
       weight, due, overdue, place
FROM worklist, n WHERE ref = :ref
"""


def multiply(database: Database, ref: str, many: int, *, closed: bool = False) -> None:
    """Add `many` copies of an open dispute's rows, or of what is left of it once it is closed."""
    with database.engine.begin() as connection:
        given = {"ref": ref, "many": many, "kind": "closed" if closed else ""}
        connection.execute(text(COPY), given)
        if not closed:
            connection.execute(text(OPEN), given)


AGENCIES = f"""
{NUMBERS}
INSERT INTO agencies (id, partnership, name, kind)
SELECT 'copy-' || n.i, partnership, 'Copied agency ' || n.i, kind FROM agencies, n WHERE agencies.id = :agency
"""
CROWD = f"""
{NUMBERS}
INSERT INTO people (id, partnership, agency, name, email, roles)
SELECT 'copy-' || n.i, partnership, 'copy-' || (1 + n.i % :agencies), 'Copied person ' || n.i, '', roles
FROM people, n WHERE people.id = :person
"""


def crowd(database: Database, person: str, agency: str, many: int, agencies: int) -> None:
    """Add `many` copies of a person, spread over copies of an agency that is a side of nothing."""
    with database.engine.begin() as connection:
        connection.execute(text(AGENCIES), {"agency": agency, "many": agencies})
        connection.execute(text(CROWD), {"person": person, "many": many, "agencies": agencies})


def size(database: Database) -> int:
    """Bytes that an SQLite database takes."""
    with database.engine.begin() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        return int(pages * connection.execute(text("PRAGMA page_size")).scalar_one())
