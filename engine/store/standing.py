"""How each column stands to the record: what covers it, or that it stands outside. Every column is named here.

A column that is not named is named by a test, before anybody can rely on it. Knows no rows.
"""

from collections.abc import Mapping
from enum import StrEnum

from engine.store import tables as t


class Standing(StrEnum):
    """What covers a column."""

    CHAINED = "chained: each row carries the hash of the one before it"
    COMPARED = "compared with what the journal gives"
    RECORDED = "compared with what the recorded changes give"
    SEALED = "sealed in batches"
    SIGNED = "signed"
    OUTSIDE = "outside the record"


def _all(standing: Standing, names: str, **others: Standing) -> dict[str, Standing]:
    return dict.fromkeys(names.split(), standing) | others


CHAINED, COMPARED, RECORDED, SEALED, SIGNED, OUTSIDE = Standing
STANDING: Mapping[str, Mapping[str, Standing]] = {
    "entries": _all(CHAINED, "ref seq v at role kind element actor data texts prev hash"),
    "texts": _all(CHAINED, "ref seq name salt text"),
    "disputes": _all(
        COMPARED,
        "ref partnership pathway version revision state last_seq last_hash raising receiving stage raised_at next_due "
        "closed_at end end_stage ended_at raising_agency receiving_agency reached missed risk raised_by",
        set_aside=RECORDED,
    ),
    "children": _all(COMPARED, "ref number case_reference initials"),
    "tasks": _all(COMPARED, "ref key partnership element tier side role opened_at due overdue status child claimed_by"),
    "worklist": _all(
        COMPARED,
        "ref key agency partnership version tier role staged whose apart stands_in weight due overdue place",
    ),
    "numbers": _all(COMPARED, "partnership year last"),
    "notices": _all(COMPARED, "ref at to message", id=SEALED, delivered_at=SEALED),
    "looks": _all(SEALED, "id ref person name agency what at"),
    "acts": _all(CHAINED, "id at actor kind data rows prev hash"),
    "seals": _all(CHAINED, "number kind at ids digest prev hash"),
    "heads": _all(CHAINED, "chain number hash"),
    "agencies": _all(RECORDED, "id partnership name kind"),
    "people": _all(RECORDED, "id partnership agency name email roles password_hash telephone team"),
    "absences": _all(RECORDED, "id person first last cover accepted"),
    "closures": _all(RECORDED, "partnership day reason"),
    "settings": _all(RECORDED, "name value"),
    "versions": _all(RECORDED, "version partnership pathway published_at number files reader"),
    "publications": _all(RECORDED, "pathway number version at"),
    "prefixes": _all(RECORDED, "prefix partnership at"),
    "unproven": _all(RECORDED, "version at reason"),
    "documents": _all(RECORDED, "version name content at"),
    "checkpoints": _all(SIGNED, "number body signature public_key"),
    "alembic_version": _all(COMPARED, "version_num"),
    "proofs": _all(OUTSIDE, "version prover result"),
    "workers": _all(OUTSIDE, "id started turned fired lag program"),
    "drafts": _all(OUTSIDE, "ref key person side at draft"),
    "begun": _all(OUTSIDE, "person at typed"),
    "follows": _all(OUTSIDE, "person ref"),
    "sessions": _all(OUTSIDE, "person ended"),
    "attempts": _all(OUTSIDE, "key count last"),
    "commands": _all(OUTSIDE, "id ref at result"),
}
DIGESTED = frozenset(
    {("people", "password_hash"), ("versions", "files"), ("documents", "content"), ("settings", "value")}
)
"""Recorded as a SHA-256 alone: too long, or nobody's business. A password's hash holds a salt that nobody can guess."""
JSON = {"entries": ("actor", "data", "texts"), "acts": ("actor", "data", "rows"), "seals": ("ids",)}
"""Columns whose text is JSON as Concord writes it."""


def covered(table: str) -> tuple[str, ...]:
    """The columns of a table that do not stand outside the record."""
    return tuple(name for name, how in STANDING.get(table, {}).items() if how is not OUTSIDE)


def recorded(table: str) -> tuple[str, ...]:
    """The columns of a table whose changes are recorded, beside those that tell its rows apart."""
    return tuple(name for name, how in STANDING[table].items() if how is RECORDED and name not in key_of(table))


def key_of(table: str) -> tuple[str, ...]:
    """The columns that tell the rows of a table apart."""
    return tuple(column.name for column in t.metadata.tables[table].primary_key.columns)


RECORDED_IN = tuple(sorted(name for name, columns in STANDING.items() if RECORDED in columns.values()))
