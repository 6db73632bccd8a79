"""Disputes by what is known of them: the columns that are kept for it, and the query over them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from engine.application import FoundRow, FoundRows, Query
from engine.dispute import Kind
from engine.store import tables as t
from engine.store.proving import of_its_kind

OPEN, TO_FILE = "open", "to_file"
OPEN_STILL = frozenset({OPEN, TO_FILE})
"""What runs, and what has ended and is not closed: something is still to be filed."""


def columns_of(dispute: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a dispute's state so that it is found: its agencies, how far it came, and what befell it."""
    agencies = {party["side"]: party["agency"] for party in dispute["parties"]}
    visits = dispute["visits"]
    end = dispute.get("over") or dispute["ending"] or {}
    return {
        "raising_agency": agencies.get("raising", ""),
        "receiving_agency": agencies.get("receiving", ""),
        "raised_by": dispute["raised_by"],
        "reached": visits[-1]["stage"] if visits else None,
        "risk": bool(dispute["reported"] or dispute["referrals"]),
        "end": end.get("how"),
        "end_stage": end.get("stage"),
        "ended_at": datetime.fromisoformat(end["at"]) if end else None,
    }


def found(connection: Connection, query: Query, offset: int, most: int | None) -> FoundRows:
    """A page of the disputes that are wanted, latest first, with the count of all; every one where `most` is none."""
    count, refs = chosen(connection, query, offset, most)
    return FoundRows(count=count, lines=tuple(lines(connection, refs)))


def chosen(connection: Connection, query: Query, offset: int, most: int | None) -> tuple[int, list[str]]:
    """How many there are, and which are on the page: by an index that covers the question, for the rows are wide."""
    c = t.disputes.c
    where = _where(query)
    count = connection.execute(select(func.count()).select_from(t.disputes).where(where)).scalar_one()
    page = select(c.ref).where(where).order_by(c.raised_at.desc(), c.ref.desc()).offset(offset).limit(most)
    return count, list(connection.execute(page).scalars())


def lines(connection: Connection, refs: Sequence[str]) -> Iterator[FoundRow]:
    """These disputes as a list shows them, in this order."""
    c = t.disputes.c
    columns = (
        c.ref, c.pathway, c.version, c.raising, c.receiving, c.reached, c.raised_at, c.closed_at, c.ended_at,
        c.end, c.end_stage, c.missed, c.risk,
    )  # fmt: skip
    for start in range(0, len(refs), MANY):
        some = refs[start : start + MANY]
        rows = {row.ref: row for row in connection.execute(select(*columns).where(c.ref.in_(some)))}
        cases = _cases(connection, some)
        for ref in filter(rows.__contains__, some):
            yield of_its_kind(FoundRow, rows[ref], cases=cases.get(ref, ()))


def _where(query: Query) -> ColumnElement[bool]:
    c = t.disputes.c
    asked: list[ColumnElement[bool]] = [c.partnership == query.partnership]
    asked += [_beside(agency) for agency in (query.only_agency, query.agency) if agency]
    asked += [c.raised_by == query.raised_by] if query.raised_by else []
    if query.reference:
        asked.append(c.ref.icontains(query.reference, autoescape=True))
    if query.case:
        about = select(t.children.c.ref).where(t.children.c.case_reference.icontains(query.case, autoescape=True))
        asked.append(c.ref.in_(about))
    asked += [c.pathway == pathway for pathway in query.pathways]
    if query.stages:
        asked.append(c.reached.in_(query.stages))
    if query.end in OPEN_STILL:
        asked += [c.ended_at.is_(None)] if query.end == OPEN else [c.ended_at.is_not(None), c.closed_at.is_(None)]
    elif query.end:
        asked.append(c.end == query.end)
    asked += [column == true() for column, wanted in ((c.missed, query.missed), (c.risk, query.risk)) if wanted]
    if query.version:
        asked.append(c.version.istartswith(query.version, autoescape=True))
    for column, first, until in (
        (c.raised_at, query.raised_from, query.raised_until),
        (c.ended_at, query.ended_from, query.ended_until),
    ):
        asked += [column >= first] if first else []
        asked += [column < until] if until else []
    return and_(*asked)


def _beside(agency: str) -> ColumnElement[bool]:
    """The agency stands on either side."""
    return or_(t.disputes.c.raising_agency == agency, t.disputes.c.receiving_agency == agency)


NOTES = {Kind.CORRECTED: "corrects", Kind.CONTRADICTED: "contradicts"}
MANY = 500
"""As many parameters at a time: SQLite and PostgreSQL both take far more."""


def noted(connection: Connection, refs: Sequence[str]) -> dict[str, list[tuple[int, str, int]]]:
    """The corrections and contradictions of disputes: number, kind, and the number of what it speaks of."""
    found: dict[str, list[tuple[int, str, int]]] = {}
    c = t.entries.c
    for start in range(0, len(refs), MANY):
        some = select(c.ref, c.seq, c.kind, c.data).where(c.ref.in_(refs[start : start + MANY]), c.kind.in_(NOTES))
        for row in connection.execute(some.order_by(c.ref, c.seq)):
            of = json.loads(row.data).get(NOTES[row.kind], 0)
            found.setdefault(row.ref, []).append((row.seq, row.kind, of))
    return found


def _cases(connection: Connection, refs: Sequence[str]) -> dict[str, list[str]]:
    cases: dict[str, list[str]] = {}
    c = t.children.c
    for start in range(0, len(refs), MANY):
        some = select(c.ref, c.case_reference).where(c.ref.in_(refs[start : start + MANY])).order_by(c.ref, c.number)
        for child in connection.execute(some):
            cases.setdefault(child.ref, []).append(child.case_reference)
    return cases
