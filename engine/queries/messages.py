"""The notices that were sent to somebody, latest first."""

from dataclasses import dataclass
from datetime import datetime

from engine.application import Concord, Glance, NoticeRecord, Readable, glance, guarded, readable
from engine.dispute import Dispute, Person, addressed, may_see, next_tier_of

MOST = 8
LOOKED_AT = 200


@dataclass(frozen=True, kw_only=True)
class Message:
    """One notice to this person; `about` says whom it concerns to somebody who can't open the dispute itself."""

    ref: str
    at: datetime
    words: str
    about: str = ""


def messages(concord: Concord, person: Person) -> Readable[Message]:
    """The latest notices to a person."""
    with concord.store.begin(write=False) as tx:
        found: list[Message] = []
        known: dict[str, Glance] = {}

        def told(notice: NoticeRecord) -> Message | None:
            if notice.ref not in known:
                known[notice.ref] = glance(concord, tx, notice.ref)
            here = known[notice.ref]
            tables = here.version.pathway.tables
            if not addressed(person, here.dispute, notice.to, tables, next_tier_of(here.version.pathway, here.dispute)):
                return None
            about = "" if may_see(person, here.dispute, person.partnership) else _about(here.dispute)
            return Message(ref=notice.ref, at=notice.at, words=notice.message, about=about)

        for notice in tx.notices.recent(person.partnership, LOOKED_AT):
            message = guarded(tx, notice.ref, lambda notice=notice: told(notice))  # type: ignore[misc]
            found += [message] if message else []
            if len(found) == MOST:
                break
        return readable(tx, found)


def _about(dispute: Dispute) -> str:
    """The children and the agencies."""
    children = ", ".join(f"{child.initials} ({child.case_reference})" for child in dispute.children)
    return f"{children}; {' and '.join(party.name for party in dispute.parties)}"
