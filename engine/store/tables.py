"""The tables. Instants are UTC and aware; JSON is kept as text, in the form in which it was hashed.

Long, since every table stands here: what one names another by is seen side by side.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    false,
)

from engine.calendar import utc

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store as UTC; a naive instant is a mistake of ours."""
        if value is None:
            return None
        instant = utc(value)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give it back aware."""
        if value is None:
            return None
        found: datetime = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return found


versions = Table(
    "versions",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("partnership", String(100), nullable=False),
    Column("pathway", String(200), nullable=False, index=True),
    Column("published_at", Instant, nullable=False),
    Column("number", Integer, nullable=False),
    Column("files", LargeBinary, nullable=False),
    Column("reader", Integer, nullable=False, server_default="1"),
)
publications = Table(
    "publications",
    metadata,
    Column("pathway", String(200), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)
proofs = Table(
    "proofs",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("prover", Integer, primary_key=True, autoincrement=False),
    Column("result", Text, nullable=False),
)
unproven = Table(
    "unproven",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
)
documents = Table(
    "documents",
    metadata,
    Column("version", String(64), ForeignKey("versions.version"), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)
disputes = Table(
    "disputes",
    metadata,
    Column("ref", String(40), primary_key=True),
    Column("partnership", String(100), nullable=False, index=True),
    Column("pathway", String(200), nullable=False),
    Column("version", String(64), ForeignKey("versions.version"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("last_hash", String(64), nullable=False),
    Column("raising", String(200), nullable=False),
    Column("receiving", String(200), nullable=False),
    Column("stage", String(100)),
    Column("raised_at", Instant, nullable=False),
    Column("next_due", Instant),
    Column("closed_at", Instant),
    Column("end", String(40)),
    Column("end_stage", String(100)),
    Column("set_aside", Text),
    Column("raising_agency", String(100), nullable=False, server_default=""),
    Column("receiving_agency", String(100), nullable=False, server_default=""),
    Column("reached", String(100)),
    Column("missed", Boolean, nullable=False, server_default=false()),
    Column("risk", Boolean, nullable=False, server_default=false()),
    Column("ended_at", Instant),
    Column("raised_by", String(100), nullable=False, server_default=""),
    Index("ix_disputes_raised_by", "partnership", "raised_by"),
)
Index(  # covers what the finding page asks: the rows are wide
    "ix_disputes_found",
    disputes.c.partnership,
    disputes.c.raised_at,
    disputes.c.ref,
    disputes.c.pathway,
    disputes.c.version,
    disputes.c.raising_agency,
    disputes.c.receiving_agency,
    disputes.c.reached,
    disputes.c.end,
    disputes.c.closed_at,
    disputes.c.ended_at,
    disputes.c.missed,
    disputes.c.risk,
)
Index(  # what runs, by side: counted and listed without reading the rows
    "ix_disputes_running",
    disputes.c.partnership,
    disputes.c.closed_at,
    disputes.c.raised_at,
    disputes.c.ref,
    disputes.c.raising_agency,
    disputes.c.receiving_agency,
)
Index(
    "ix_disputes_next_due",
    disputes.c.next_due,
    postgresql_where=disputes.c.next_due.is_not(None),
    sqlite_where=disputes.c.next_due.is_not(None),
)
children = Table(
    "children",
    metadata,
    Column("ref", String(40), ForeignKey("disputes.ref"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("case_reference", String(60), nullable=False, index=True),
    Column("initials", String(12), nullable=False),
)
numbers = Table(
    "numbers",
    metadata,
    Column("partnership", String(100), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)
prefixes = Table(
    "prefixes",
    metadata,
    Column("prefix", String(20), primary_key=True),
    Column("partnership", String(100), nullable=False),
    Column("at", Instant, nullable=False),
)
entries = Table(
    "entries",
    metadata,
    Column("ref", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("v", Integer, nullable=False),
    Column("at", String(40), nullable=False),
    Column("role", String(10), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("element", String(200)),
    Column("actor", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("texts", Text, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
texts = Table(
    "texts",
    metadata,
    Column("ref", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("name", String(100), primary_key=True),
    Column("salt", String(32), nullable=False),
    Column("text", Text, nullable=False),
)
checkpoints = Table(
    "checkpoints",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("signature", String(128), nullable=False),
    Column("public_key", String(64), nullable=False),
)
tasks = Table(
    "tasks",
    metadata,
    Column("ref", String(40), ForeignKey("disputes.ref"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("partnership", String(100), nullable=False),
    Column("element", String(200), nullable=False),
    Column("tier", String(100), nullable=False),
    Column("side", String(20), nullable=False),
    Column("role", String(60)),
    Column("opened_at", Instant, nullable=False),
    Column("due", Instant),
    Column("overdue", Boolean, nullable=False, default=False),
    Column("status", String(20), nullable=False),
    Column("child", Integer),
    Column("claimed_by", String(100)),
    Index("ix_tasks_open", "partnership", "status"),
)
worklist = Table(  # what is open, as somebody's day asks for it
    "worklist",
    metadata,
    Column("ref", String(40), ForeignKey("disputes.ref"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("agency", String(100), primary_key=True),
    Column("partnership", String(100), nullable=False),
    Column("version", String(64), nullable=False),
    Column("tier", String(100), nullable=False),
    Column("role", String(60), nullable=False),
    Column("staged", Boolean, nullable=False),
    Column("whose", String(210), nullable=False, server_default=""),
    Column("apart", Boolean, nullable=False),
    Column("stands_in", String(20), nullable=False),
    Column("weight", Integer, nullable=False),
    Column("due", Instant),
    Column("overdue", Boolean, nullable=False),
    Column("place", Integer, nullable=False),
    Index("ix_worklist_places", "partnership", "agency", "apart", "version", "tier", "role", "staged"),
    Index("ix_worklist_whose", "partnership", "agency", "whose"),
    Index("ix_worklist_apart", "partnership", "apart", "agency"),
    Index("ix_worklist_late", "partnership", "stands_in", "overdue", "apart"),
)
follows = Table(
    "follows",
    metadata,
    Column("person", String(100), primary_key=True),
    Column("ref", String(40), ForeignKey("disputes.ref"), primary_key=True),
)
drafts = Table(
    "drafts",
    metadata,
    Column("ref", String(40), ForeignKey("disputes.ref"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("person", String(100), primary_key=True),
    Column("side", String(20), primary_key=True),
    Column("at", Instant),
    Column("draft", Text, nullable=False),
)
begun = Table(
    "begun",
    metadata,
    Column("person", String(100), ForeignKey("people.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("typed", Text, nullable=False),
)
notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ref", String(40), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("to", String(400), nullable=False),
    Column("message", Text, nullable=False),
    Column("delivered_at", Instant, index=True),
)
commands = Table(
    "commands",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("ref", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("result", Text, nullable=False),
)
agencies = Table(
    "agencies",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("partnership", String(100), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
)
people = Table(
    "people",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("partnership", String(100), nullable=False, index=True),
    Column("agency", String(100), ForeignKey("agencies.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("email", String(200), nullable=False),
    Column("roles", Text, nullable=False),
    Column("password_hash", Text),
    Column("telephone", String(40), nullable=False, server_default=""),
    Column("team", String(200), nullable=False, server_default=""),
)
absences = Table(
    "absences",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", String(100), ForeignKey("people.id"), nullable=False, index=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("cover", String(100), ForeignKey("people.id"), index=True),
    Column("accepted", Boolean, nullable=False, server_default=false()),
)
closures = Table(
    "closures",
    metadata,
    Column("partnership", String(100), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("reason", String(200), nullable=False),
)
acts = Table(
    "acts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", String(60), nullable=False),
    Column("data", Text, nullable=False),
    Column("rows", Text, nullable=False, server_default="[]"),
    Column("prev", String(64), nullable=False, server_default=""),
    Column("hash", String(64), nullable=False, server_default=""),
)
seals = Table(
    "seals",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("ids", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
heads = Table(
    "heads",
    metadata,
    Column("chain", String(20), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
looks = Table(
    "looks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ref", String(40), nullable=False),
    Column("person", String(100), nullable=False),
    Column("name", String(200), nullable=False),
    Column("agency", String(200), nullable=False),
    Column("what", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_looks_ref_at", "ref", "at"),
)
settings = Table(
    "settings",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),
)
workers = Table(  # who fires, by the database's clock; outside the record
    "workers",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("started", Instant, nullable=False),
    Column("turned", Instant, nullable=False),
    Column("fired", Instant),
    Column("lag", Integer, nullable=False),
    Column("program", String(40), nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("person", String(100), primary_key=True),
    Column("ended", Integer, nullable=False),
)
attempts = Table(
    "attempts",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last", Instant, nullable=False, index=True),
)
