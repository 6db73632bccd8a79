"""Copies of a dispute's row, for measuring a large database; no use case makes them."""

from sqlalchemy import Table, text

from engine.store import Database, tables

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)"
NAMED = "'COPY-' || :kind || :many || '-' || n.i"
CLOSED = "CASE WHEN :kind = 'closed' THEN raised_at END"


def copying(table: Table, **instead: str) -> str:
    """The statement that copies the rows of a dispute, whatever columns they have, but for what is given instead."""
    names = [column.name for column in table.columns]
    given = ", ".join(instead.get(name, f'"{name}"') for name in names)
    into = ", ".join(f'"{name}"' for name in names)
    return f"{NUMBERS} INSERT INTO {table.name} ({into}) SELECT {given} FROM {table.name}, n WHERE ref = :ref"


COPY = copying(tables.disputes, ref=NAMED, closed_at=CLOSED)
OPEN = copying(tables.worklist, ref=NAMED)


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
