"""One dispute as people live it on its pages, from raising to its end."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from visitor import COUNCIL

from engine.calendar import working_days as days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from partnership import Partnership
    from visitor import Visitor

# The school's side, and the partnership's own.
TEACHER, LEAD, HEAD = "Terry Teacher", "Lee Safeguarding-Lead", "Hollis Head-Teacher"
OFFICE, CHAIR = "Bo Business-Manager", "Charlie Co-Chair"


class Journey:
    """A dispute and its people; it begins at ten o'clock on a Monday."""

    def __init__(self, partnership: Partnership, pathway: str, *, javascript: bool = False) -> None:
        self.partnership = partnership
        self.pathway = pathway
        self.javascript = javascript
        self.ref = ""
        self.theirs = self.last = ""
        self.opened: Counter[str] = Counter()
        today = partnership.clock.now().astimezone(days.LONDON).date()
        partnership.move(f"{today + timedelta(days=7 - today.weekday())}T10:00")

    def raised(self, *, by: str = TEACHER, against: str = COUNCIL, risk: str = "No", **chosen: str) -> Journey:
        """The teacher raises it by the form, or somebody of the council does."""
        theirs = {COUNCIL: "of the council", "Pretend Constabulary": "of the police"}.get(against, "of health")
        self.theirs = theirs if by == TEACHER else "of the council"
        self.ref = self.person(by).raise_disagreement(
            risk=risk, pathway=self.pathway, against=against, case=self.partnership.next_case(), when=self.now, **chosen
        )
        return self

    def done(self, who: str, element: str, **answers: str | Iterable[str]) -> Journey:
        """Somebody does a task: the decisive answers are given, the rest is filled in, Complete is pressed."""
        self.opened[element] += 1
        visitor = self.person(who).go(f"/disputes/{self.ref}/tasks/{element}.{self.opened[element]}")
        self._complete(visitor, {name: (v,) if isinstance(v, str) else tuple(v) for name, v in answers.items()})
        return self

    def act(self, who: str, what: str) -> Journey:
        """Somebody does what the dispute's page offers at any time: “Escalate now”, “Withdraw it”, “We have agreed”."""
        visitor = self.person(who).go(f"/disputes/{self.ref}").follow(what).fill_rest(self.now).enter("button")
        assert visitor.page.url.endswith(self.ref), visitor.words
        return self

    def deadlines(self, how_many: int = 1) -> Journey:
        """As many deadlines pass: the clock is moved on to when the dispute's page says that the stage ends."""
        visitor = self.person(TEACHER).go(f"/disputes/{self.ref}")
        for _ in range(how_many):
            ends = re.search(r"Ends \w+ (\d+ \w+ \d+ at \d\d:\d\d)", visitor.words)
            assert ends, visitor.words
            visitor.move_clock(f"{datetime.strptime(ends[1], '%d %B %Y at %H:%M'):%Y-%m-%d %H:%M}")  # noqa: DTZ007 - London's
        return self

    def agreed(self) -> Journey:
        """The raising side confirms what was said to be agreed."""
        return self.done(TEACHER, "Resolution_Confirm", confirmed="yes")

    def sees(self, who: str, task: str, *words: str) -> Journey:
        """Somebody sees all of this on a task's page, or on the dispute's where none is named."""
        self.person(who).go(f"/disputes/{self.ref}" + (f"/tasks/{task}.1" if task else "")).sees(*words)
        return self

    def closes(self, words: str, end: str, *, with_help_of: Iterable[str] = ()) -> None:
        """Everybody does what is left; the page says how it closed, nothing is open, and the path shows the end."""
        people = (*with_help_of, f"Wren Worker {self.theirs}", TEACHER, LEAD)
        done = 1
        while not self._closed:
            assert done, f"nobody can go on: {self.last}"
            done = sum(self._does_all(name) for name in people if not self._closed)
        visitor = self.person(TEACHER).go(f"/disputes/{self.ref}").sees(f"Closed: {words}")
        assert "/tasks/" not in visitor.page.content(), visitor.words
        name = self.partnership.pathway(self.pathway).diagram.elements[end].name
        visitor.go(f"/disputes/{self.ref}/replay").sees(name)
        assert end in self.partnership.path(self.ref)

    def person(self, name: str) -> Visitor:
        """One of the demonstration's people, in a window of their own."""
        return self.partnership.visitor(name, javascript=self.javascript)

    @property
    def now(self) -> str:
        """The date and time as a form takes them."""
        return f"{self.partnership.clock.now().astimezone(days.LONDON):%-d %-m %Y %H:%M}"

    @property
    def _closed(self) -> bool:
        return "Closed: " in self.last

    def _does_all(self, name: str) -> int:
        """Do everything that the dispute's page lists for this person; gives how much that was."""
        visitor, done = self.person(name).go(f"/disputes/{self.ref}"), 0
        while mine := visitor.mine:
            self._complete(visitor.go(mine[0]), {})
            done += 1
        self.last = visitor.words
        return done

    def _complete(self, visitor: Visitor, answers: Mapping[str, tuple[str, ...]]) -> None:
        for name, values in answers.items():
            visitor.choose(name, *values)
        visitor.fill_rest(self.now).enter("button[value=complete]")
        assert visitor.page.url.endswith(self.ref), visitor.words
