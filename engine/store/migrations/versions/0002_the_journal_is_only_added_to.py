"""The journal is only added to: the database itself refuses to change or remove an entry (R2).

Texts stand beside the journal and can be erased (decision 7).
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER entries_not_{verb} BEFORE {act} ON entries
BEGIN SELECT RAISE(ABORT, 'The journal is only added to.'); END
"""
REFUSE = """
CREATE FUNCTION entries_only_added() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'The journal is only added to.'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER entries_not_{verb} BEFORE {act} ON entries
FOR EACH STATEMENT EXECUTE FUNCTION entries_only_added()
"""
ACTS = {"updated": "UPDATE", "deleted": "DELETE"}


def upgrade() -> None:
    """Add the triggers; on SQLite they hold against REPLACE too, since recursive triggers are on."""
    if op.get_bind().dialect.name == "sqlite":
        for verb, act in ACTS.items():
            op.execute(SQLITE.format(verb=verb, act=act))
        return
    op.execute(REFUSE)
    for verb, act in {**ACTS, "truncated": "TRUNCATE"}.items():
        op.execute(POSTGRESQL.format(verb=verb, act=act))


def downgrade() -> None:
    """Remove the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ACTS:
            op.execute(f"DROP TRIGGER entries_not_{verb}")
        return
    for verb in (*ACTS, "truncated"):
        op.execute(f"DROP TRIGGER entries_not_{verb} ON entries")
    op.execute("DROP FUNCTION entries_only_added")
