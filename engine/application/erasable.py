"""What stands in the way of erasing what was typed in a dispute, for people and operators alike (decisions 7, 53).

Erases nothing; that is `engine/commands/erasing.py`.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from engine.application.retention import kept_until
from engine.application.sides import SideWrong
from engine.application.work import Work
from engine.course import NotNow
from engine.dispute import Actor, Entry, Person, Standing, Text, hold, kept, may_erase, pending
from engine.errors import ConcordError
from engine.replay import when


class DayNotOver(ConcordError):
    """This erasure was asked for {asked}. It can be confirmed {ripe} at the earliest, a day later."""


class AskedByYourself(ConcordError):
    """You asked for this erasure yourself. Somebody else confirms it: the business manager or a chair."""


class TwoPeople(ConcordError):
    """What was typed here is kept until {until}. Before that two people erase it: one asks, another confirms."""


class Held(ConcordError):
    """A legal hold stands on {ref}, put on by {name}: nothing is erased until it is taken off."""


def keepers_only(person: Person) -> None:
    """Raise SideWrong for anybody but those who see to what is kept: the partnership's own people."""
    if not may_erase(person):
        raise SideWrong(who="the business manager or a chair")


class Erasing:
    """A dispute of which somebody would erase what was typed; its journal is read once, and only if it has to be."""

    def __init__(self, work: Work) -> None:
        self.work = work

    @cached_property
    def entries(self) -> list[Entry]:
        """The journal."""
        return self.work.tx.journal.entries(self.work.record.ref)

    @cached_property
    def texts(self) -> Mapping[tuple[int, str], Text]:
        """What was typed."""
        return self.work.tx.journal.texts(self.work.record.ref)

    @cached_property
    def until(self) -> date | None:
        """The last day on which what was typed is kept; none once its time is over."""
        return kept_until(self.work.concord, self.work.tx, self.work.record.partnership, self.work.dispute.closed)

    @property
    def asked(self) -> Standing | None:
        """The request that waits for somebody else's confirmation; there is none before the dispute is closed."""
        return pending(self.entries, self.texts) if self.work.dispute.closed else None

    def at_once(self) -> None:
        """Raise where one person can't erase it now: its time is not over, or something else is in the way."""
        self._erasable()
        if self.until is not None:
            raise TwoPeople(until="further notice" if self.until == date.max else f"{self.until:%-d %B %Y}")
        if (asked := self.asked) is not None:
            raise NotNow(why=f"{asked.name} has asked for it already. Confirm that, or call it off.")

    def to_be_asked(self) -> None:
        """Raise where nobody can ask for erasing it: somebody has, nobody need, or something else is in the way."""
        self._erasable()
        if (asked := self.asked) is not None:
            raise NotNow(why=f"{asked.name} has asked for it already.")
        if self.until is None:
            raise NotNow(why="its time is over, and one person erases it at once.")

    def confirmed_by(self, actor: Actor) -> Standing:
        """The request that this person or operator can confirm now; raises where there is none."""
        asked = self.asked
        if asked is None:
            raise NotNow(why="nobody has asked for erasing what was typed, or it was called off.")
        if asked.is_of(actor):
            raise AskedByYourself
        if self.work.at < asked.ripe:
            raise DayNotOver(asked=when(asked.at), ripe=when(asked.ripe))
        self._erasable()
        return asked

    def waiting(self) -> Standing:
        """The request that can be called off; raises NotNow where there is none."""
        if (asked := self.asked) is None:
            raise NotNow(why="there is no request to erase that could be called off.")
        return asked

    def _erasable(self) -> None:
        """Raise where nothing can be erased: it is open, it is held, or nothing is left."""
        work = self.work
        if work.dispute.closed is None:
            raise NotNow(why="the dispute is still open. What was typed in it can be erased once it is closed.")
        if work.dispute.held:
            stands = hold(self.entries, self.texts)
            raise Held(ref=work.record.ref, name=stands.name if stands else "somebody")
        reasons = kept(self.entries)
        if all(seq in reasons for seq, _ in self.texts) and not work.tx.drafts.of(work.record.ref):
            raise NotNow(why="nothing that was typed in it is left.")
