"""The tasks of a dispute as they lived, from executing its journal again: what a task's row may hold when it is over.

A row is written when a use case is done, which may be several inputs of one instant. Knows no store.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from engine.course.decider import Course
from engine.dispute import Entry, Task


@dataclass
class Life:
    """A task after each input that changed it, and when it was over."""

    stood: list[tuple[datetime, Task]] = field(default_factory=list)
    over: datetime | None = None

    @property
    def outlived(self) -> bool:
        """Whether it was open when some use case was done."""
        return self.over is not None and self.stood[0][0] < self.over

    def last(self) -> Iterator[Task]:
        """How it may have stood when the last use case before its end was done."""
        before = [task for at, task in self.stood if self.over is None or at < self.over]
        yield from before[-1:]
        yield from (task for at, task in self.stood if at == self.over)


@dataclass
class Lives:
    """The lives of all tasks of a dispute, by key."""

    found: dict[str, Life] = field(default_factory=dict)
    open: dict[str, Task] = field(default_factory=dict)

    def see(self, given: Entry, course: Course) -> None:
        """Take note of the tasks after an input."""
        now = {task.key: task for task in course.dispute.tasks}
        if now == self.open:
            return
        at = datetime.fromisoformat(given.at)
        for key in self.open.keys() - now.keys():
            self.found[key].over = at
        for key, task in now.items():
            if self.open.get(key) != task:
                life = self.found.setdefault(key, Life())
                life.stood.append((at, task))
                life.over = None
        self.open = now
