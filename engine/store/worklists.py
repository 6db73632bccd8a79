"""What is open, as somebody's day asks for it: the questions over the rows of all disputes."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, case, delete, false, func, or_, select, tuple_, union_all
from sqlalchemy.dialects import postgresql, sqlite

from engine.application import DisputeRecord, Weight, WorklistPage, WorklistPlace, WorklistQuery
from engine.dispute import ANYBODY
from engine.pathway import OFFICE, SENIOR
from engine.store import tables as t
from engine.store import worklist_rows
from engine.store.part import Part

C = t.worklist.c
PLACE = (C.version, C.tier, C.role, C.staged)
WEIGHED = (C.ref, C.key, C.weight, C.due, C.place, C.overdue)


class Worklists(Part):
    """What is open, as somebody's day asks for it."""

    def places(self, partnership: str, agency: str) -> list[WorklistPlace]:
        """The places at which anything is open that an agency's people do, but for what the dispute is asked about."""
        own = (C.partnership == partnership, C.agency == agency, C.apart.is_(False), C.whose == ANYBODY)
        wanted = select(*PLACE).where(*own).distinct()
        return [WorklistPlace(*row) for row in self.connection.execute(wanted)]

    def apart(self, partnership: str, agency: str | None) -> list[str]:
        """The disputes in which more decides whose something is; of all agencies where none is named."""
        wanted = select(C.ref).where(C.partnership == partnership, C.apart).distinct().order_by(C.ref)
        if agency is not None:
            wanted = wanted.where(C.agency == agency)
        return list(self.connection.execute(wanted).scalars())

    def page(self, query: WorklistQuery, offset: int, most: int) -> WorklistPage:
        """A page of the disputes in which something is somebody's to do, what weighs most and is due soonest first."""
        mine = _mine(query)
        m = mine.c
        order = (m.weight, case((m.due.is_(None), 1), else_=0), m.due, m.place, m.key)
        ranked = select(
            m.ref, m.weight, m.due, m.place,
            func.row_number().over(partition_by=m.ref, order_by=order).label("nth"),
            func.max(case((m.overdue, 1), else_=0)).over(partition_by=m.ref).label("late"),
        ).subquery()  # fmt: skip
        r = ranked.c
        first = select(
            r.ref,
            func.count().over().label("all"),
            func.sum(case((r.weight == Weight.REPORT.value, 1), else_=0)).over().label("at_risk"),
            func.sum(r.late).over().label("overdue"),
        ).where(r.nth == 1, *_narrowed(query, r.ref, r.late))  # fmt: skip
        wanted = first.order_by(r.weight, case((r.due.is_(None), 1), else_=0), r.due, r.place, r.ref)
        found = self.connection.execute(wanted.offset(offset).limit(most)).all()
        if not found:
            return WorklistPage()
        told = found[0]
        return WorklistPage(
            refs=tuple(row.ref for row in found),
            count=int(told.all),
            at_risk=int(told.at_risk),
            overdue=int(told.overdue),
        )

    def running(self, partnership: str, agency: str | None) -> int:
        """How many disputes of a partnership run, or of those that an agency is a side of."""
        wanted = select(func.count()).select_from(t.disputes).where(*_running(partnership, agency))
        return self.connection.execute(wanted).scalar_one()

    def about(self, partnership: str, agency: str | None, text: str, offset: int, most: int) -> tuple[list[str], int]:
        """The latest running disputes about a child or of a reference that hold these words, and how many there are."""
        d = t.disputes.c
        wanted = select(d.ref, func.count().over()).where(
            *_running(partnership, agency), *_named(text, d.ref, partnership)
        )
        latest = wanted.order_by(d.raised_at.desc(), d.ref.desc()).offset(offset).limit(most)
        found = self.connection.execute(latest).all()
        return [row[0] for row in found], int(found[0][1]) if found else 0

    def others(self, query: WorklistQuery, agency: str | None, most: int) -> list[str]:
        """The latest of those in which nothing is somebody's to do."""
        d = t.disputes.c
        followed = [_followed(query, d.ref)] if query.narrowing.followed else []
        nothing = d.ref.not_in(select(_mine(query).c.ref))
        wanted = select(d.ref).where(*_running(query.partnership, agency), nothing, *followed)
        latest = wanted.order_by(d.raised_at.desc(), d.ref.desc())
        return list(self.connection.execute(latest.limit(most)).scalars())

    def follow(self, person: str, ref: str, *, on: bool) -> None:
        """Note that somebody follows a dispute, or no longer."""
        f = t.follows
        if on:
            made = (sqlite if self.sqlite else postgresql).insert(f).values(person=person, ref=ref)
            self.connection.execute(made.on_conflict_do_nothing())
        else:
            self.connection.execute(delete(f).where(f.c.person == person, f.c.ref == ref))

    def follows(self, person: str, ref: str) -> bool:
        """Whether somebody follows a dispute."""
        f = t.follows.c
        return self.connection.execute(select(f.ref).where(f.person == person, f.ref == ref)).first() is not None

    def unfilled(self) -> list[str]:
        """The disputes that run, where nothing at all stands here: the tables come from before there were worklists."""
        if self.connection.execute(select(C.ref).limit(1)).first() is not None:
            return []
        d = t.disputes.c
        return list(self.connection.execute(select(d.ref).where(d.closed_at.is_(None)).order_by(d.ref)).scalars())

    def fill(self, record: DisputeRecord) -> None:
        """Put there what is open in a dispute."""
        worklist_rows.replace(self.connection, record.ref, worklist_rows.rows(record))


def _running(partnership: str, agency: str | None) -> list[ColumnElement[bool]]:
    d = t.disputes.c
    seen = [d.partnership == partnership, d.closed_at.is_(None)]
    return seen if agency is None else [*seen, or_(d.raising_agency == agency, d.receiving_agency == agency)]


def _followed(query: WorklistQuery, ref: Any) -> ColumnElement[bool]:
    f = t.follows.c
    return ref.in_(select(f.ref).where(f.person == query.person))  # type: ignore[no-any-return]


def _narrowed(query: WorklistQuery, ref: Any, late: Any) -> list[ColumnElement[bool]]:
    """What else must hold of a dispute that is wanted, and of whether anything of it is overdue."""
    d, wanted = t.disputes.c, query.narrowing
    found: list[ColumnElement[bool]] = [late == 1] if wanted.overdue else []
    found += _named(wanted.text, ref, query.partnership)
    if wanted.agency:
        sides = or_(d.raising_agency == wanted.agency, d.receiving_agency == wanted.agency)
        found.append(ref.in_(select(d.ref).where(d.partnership == query.partnership, d.closed_at.is_(None), sides)))
    if wanted.stage:
        found.append(ref.in_(select(d.ref).where(*_running(query.partnership, None), d.stage == wanted.stage)))
    if wanted.raised:
        found.append(ref.in_(select(d.ref).where(d.partnership == query.partnership, d.raised_by == query.person)))
    if wanted.followed:
        found.append(_followed(query, ref))
    if wanted.taken_on:
        found.append(_taken_on(query.partnership, ref, t.tasks.c.claimed_by == query.person))
    if wanted.team:
        p = t.people.c
        team = select(p.id).where(p.agency == query.agency, p.team == query.team, p.team != "")
        addressed = select(C.ref).where(C.partnership == query.partnership, C.whose.in_(query.addressed_by))
        found.append(or_(_taken_on(query.partnership, ref, t.tasks.c.claimed_by.in_(team)), ref.in_(addressed)))
    return found


def _taken_on(partnership: str, ref: Any, by: ColumnElement[bool]) -> ColumnElement[bool]:
    task = t.tasks.c
    wanted = select(task.ref).where(task.partnership == partnership, task.status == "open", by)
    return ref.in_(wanted)  # type: ignore[no-any-return]


def _named(text: str, ref: Any, partnership: str) -> list[ColumnElement[bool]]:
    """Whether these words are a child's, a reference's, or in the name of who raised it or has taken something on."""
    if not text:
        return []
    child, d, p = t.children.c, t.disputes.c, t.people.c
    named = (ilike(column, text) for column in (child.initials, child.case_reference, child.ref))
    people = select(p.id).where(p.partnership == partnership, ilike(p.name, text))
    raised = select(d.ref).where(d.partnership == partnership, d.closed_at.is_(None), d.raised_by.in_(people))
    taken = _taken_on(partnership, ref, t.tasks.c.claimed_by.in_(people))
    return [or_(ref.in_(select(child.ref).where(or_(*named))), ref.in_(raised), taken)]


def ilike(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Whether a column holds these words, however they are written."""
    return column.icontains(words, autoescape=True)


def _mine(query: WorklistQuery) -> CTE:
    """What is somebody's to do: at a place of theirs, as the dispute said, or in place of who let it lie.

    One question for each way, since each has an index of its own; a row may be found in two ways.
    """
    own = and_(C.partnership == query.partnership, C.agency == query.agency)
    late = and_(C.partnership == query.partnership, C.overdue, C.apart.is_(False))
    places = [(each.version, each.tier, each.role, each.staged) for each in query.places]
    ways = [
        and_(own, C.apart.is_(False), C.whose == ANYBODY, tuple_(*PLACE).in_(places)) if places else None,
        and_(own, C.apart.is_(False), C.whose.in_(query.addressed_by)),
        tuple_(C.ref, C.key).in_(query.asked) if query.asked else None,
        and_(late, C.agency == query.agency, C.stands_in == SENIOR) if query.stands_in_for_seniors else None,
        and_(late, C.stands_in == OFFICE) if query.stands_in_for_office else None,
    ]
    asked = [select(*WEIGHED).where(way) for way in ways if way is not None] or [select(*WEIGHED).where(false())]
    return union_all(*asked).cte("mine")
