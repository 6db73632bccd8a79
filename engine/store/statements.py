"""The statements of every page and every use case, made once: putting one together costs as much as carrying it out.

`of` is the reference, id or partnership that is asked for, `day` the day.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, false, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.store import tables as t

SAVE = update(t.disputes).where(t.disputes.c.ref == bindparam("of"), t.disputes.c.revision == bindparam("was"))
CHANGE = update(t.tasks).where(t.tasks.c.ref == bindparam("of"), t.tasks.c.key == bindparam("task"))
ADD_TASK, ADD_ENTRY, ADD_NOTICE = insert(t.tasks), insert(t.entries), insert(t.notices)
COMMAND = select(t.commands.c.result).where(t.commands.c.id == bindparam("of"))
REMEMBER = {
    on: made.insert(t.commands).on_conflict_do_nothing(index_elements=["id"]).returning(t.commands.c.id)
    for on, made in ((True, sqlite), (False, postgresql))
}
READ = ("ref", "partnership", "pathway", "version", "revision", "state", "last_seq", "last_hash", "set_aside", "missed")
DISPUTE = select(*(t.disputes.c[name] for name in READ)).where(t.disputes.c.ref == bindparam("of"))
LOCKED = DISPUTE.with_for_update()
DISPUTES = select(*(t.disputes.c[name] for name in READ)).where(t.disputes.c.ref.in_(bindparam("of", expanding=True)))
ENTRIES = select(t.entries).where(t.entries.c.ref == bindparam("of")).order_by(t.entries.c.seq)
LAST = (
    select(t.entries.c.seq, t.entries.c.hash)
    .where(t.entries.c.ref == bindparam("of"))
    .order_by(t.entries.c.seq.desc())
    .limit(1)
)
ADD_TEXT = insert(t.texts)
TEXTS = select(t.texts).where(t.texts.c.ref == bindparam("of"))
TYPED = (
    select(t.texts.c.ref, t.texts.c.text)
    .where(t.texts.c.ref.in_(bindparam("of", expanding=True)), t.texts.c.name == bindparam("name"))
    .order_by(t.texts.c.seq)
)
_D = t.drafts.c
FORGET_DRAFT = delete(t.drafts).where(
    _D.ref == bindparam("of"), _D.key == bindparam("task"), _D.person == bindparam("by"), _D.side == bindparam("whose")
)
NOTICES = select(t.notices).where(t.notices.c.ref == bindparam("of")).order_by(t.notices.c.id)
TASKS = select(t.tasks).where(t.tasks.c.ref == bindparam("of")).order_by(t.tasks.c.opened_at, t.tasks.c.key)
_P, _A = t.people.c, t.agencies.c
_PERSON = (_P.id, _P.partnership, _P.name, _P.agency, _P.email, _P.telephone, _P.team, _P.roles)
_WITH_AGENCY = select(*_PERSON, _A.name.label("agency_name"), _A.kind.label("agency_kind")).join_from(
    t.people, t.agencies
)
PEOPLE = _WITH_AGENCY.where(_P.partnership == bindparam("of")).order_by(_A.name, _P.name)
OF_AGENCIES = _WITH_AGENCY.where(_P.agency.in_(bindparam("of", expanding=True))).order_by(_A.name, _P.name)
OFFICES = select(t.agencies.c.id).where(t.agencies.c.partnership == bindparam("of"), t.agencies.c.kind == "partnership")
PERSON = _WITH_AGENCY.where(_P.id == bindparam("of"))


def holding(roles: Iterable[str]) -> Select[Any]:
    """The people of a partnership who hold any of these roles."""
    return PEOPLE.where(or_(false(), *(_P.roles.contains(f'"{role}"', autoescape=True) for role in sorted(roles))))


_ENDED = func.coalesce(t.sessions.c.ended, 0).label("ended")
_COVERED_PEOPLE = t.people.alias("covered")
_AWAY, _COVERED = t.absences.c, _COVERED_PEOPLE.c
_THAT_DAY = and_(_AWAY.first <= bindparam("day"), _AWAY.last >= bindparam("day"))
_COVERED_TOLD = (
    _COVERED.name.label("covered"), _COVERED.agency.label("covered_agency"), _COVERED.roles.label("covered_roles")
)  # fmt: skip
SIGNED_IN = (
    select(
        *_PERSON, _A.name.label("agency_name"), _A.kind.label("agency_kind"), _P.password_hash, _ENDED, *_COVERED_TOLD
    )
    .select_from(
        t.people.join(t.agencies)
        .outerjoin(t.sessions, t.sessions.c.person == _P.id)
        .outerjoin(t.absences, and_(_AWAY.cover == _P.id, _AWAY.accepted, _THAT_DAY))
        .outerjoin(_COVERED_PEOPLE, _COVERED.id == _AWAY.person)
    )
    .where(_P.id == bindparam("of"))
    .order_by(_AWAY.id)
)
AWAY = (
    select(_AWAY.person, _AWAY.last, _AWAY.cover, _AWAY.accepted, *_COVERED_TOLD)
    .join_from(t.absences, _COVERED_PEOPLE, _COVERED.id == _AWAY.person)
    .where(_THAT_DAY)
    .order_by(_AWAY.id)
)
