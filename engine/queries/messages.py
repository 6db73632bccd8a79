"""The notices that were sent to somebody, latest first."""

from dataclasses import dataclass
from datetime import datetime

from engine.application import Concord, Glance, NoticeRecord, Readable, glanced, guarded, readable
from engine.dispute import Dispute, Person, addressed, heard_at, may_see, next_tier_of

MOST = 8
LOOKED_AT = 200
TOGETHER = 25


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
        recent = tx.notices.recent(person.partnership, LOOKED_AT)
        for start in range(0, len(recent), TOGETHER):
            some = recent[start : start + TOGETHER]
            known |= glanced(concord, tx, list({notice.ref for notice in some} - known.keys()))
            for notice in (each for each in some if each.ref in known):
                message = guarded(tx, notice.ref, lambda n=notice, here=known[notice.ref]: _told(here, n, person))  # type: ignore[misc]
                found += [message] if message else []
            if len(found) >= MOST:
                break
        return readable(tx, found[:MOST])


def _told(here: Glance, notice: NoticeRecord, person: Person) -> Message | None:
    """A notice in words, where it is to this person."""
    pathway, dispute = here.version.pathway, here.dispute
    heard = heard_at(notice.to, pathway, notice.at)
    if not addressed(person, dispute, heard, pathway, next_tier_of(pathway, dispute)):
        return None
    about = "" if may_see(person, dispute, person.partnership) else _about(dispute)
    return Message(ref=notice.ref, at=notice.at, words=notice.message, about=about)


def _about(dispute: Dispute) -> str:
    """The children and the agencies."""
    children = ", ".join(f"{child.initials} ({child.case_reference})" for child in dispute.children)
    return f"{children}; {' and '.join(party.name for party in dispute.parties)}"
