"""Guards of the tables that are only added to: what makes the database itself refuse, and what a role may do there.

A migration that adds such a table calls `add`; `ADDED_TO` and `ERASABLE` name them all, for the application's role.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, text

from engine.store.tables import metadata

ADDED_TO = frozenset(
    {"entries", "checkpoints", "acts", "versions", "publications", "looks", "prefixes", "unproven", "seals"}
)
ERASABLE = frozenset({"texts"})
READ = frozenset({"alembic_version"})
WHY = "The table {table} is only added to."

SQLITE = "CREATE TRIGGER {table}_not_{verb} BEFORE {act} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{why}'); END"
FUNCTION = """
CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'The table % is only added to.', TG_TABLE_NAME; END $$
"""
POSTGRESQL = (
    "CREATE TRIGGER {table}_not_{verb} BEFORE {act} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
)


def add(connection: Connection, table: str, key: Sequence[str], *, erasable: bool = False) -> None:
    """Let a table be added to and nothing else; where it is erasable, rows may be deleted, never changed.

    SQLite's INSERT OR REPLACE deletes without a DELETE trigger unless recursive triggers are on, and not only by the
    key but by the rowid as well: both are looked for before a row is added. TRUNCATE is PostgreSQL's.
    """
    sqlite = connection.dialect.name == "sqlite"
    acts = {"updated": "UPDATE"} | ({} if erasable else {"deleted": "DELETE"})
    if not sqlite:
        connection.execute(text(FUNCTION))
        acts["truncated"] = "TRUNCATE"
    for verb, act in acts.items():
        made = SQLITE if sqlite else POSTGRESQL
        connection.execute(
            text(made.format(table=table, verb=verb, act=act, when="", why=WHY.format(table=table))),
        )
    if sqlite:
        same = " AND ".join(f"{name} = NEW.{name}" for name in key)
        there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE ({same}) OR rowid = NEW.rowid)"  # noqa: S608 - our own names
        connection.execute(
            text(SQLITE.format(table=table, verb="replaced", act="INSERT", when=there, why=WHY.format(table=table)))
        )


def grants(role: str) -> list[str]:
    """The statements that let a PostgreSQL role do what the application does, and no more."""
    name = '"' + role.replace('"', '""') + '"'
    made = [f"GRANT USAGE ON SCHEMA public TO {name}"]
    tables = {table.name: rights(table) for table in metadata.sorted_tables} | dict.fromkeys(READ, "SELECT")
    for table, given in sorted(tables.items()):
        made += [f"REVOKE ALL ON {table} FROM {name}", f"GRANT {given} ON {table} TO {name}"]
    return [*made, f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}"]


def rights(table: Table) -> str:
    """What the application does with a table."""
    if table.name in ADDED_TO:
        return "SELECT, INSERT"
    return "SELECT, INSERT, DELETE" if table.name in ERASABLE else "SELECT, INSERT, UPDATE, DELETE"
