"""A journal as people read it: what somebody or a timer did, newest first, with what followed. Knows no request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from engine import Kind, Line


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What was done, and what followed from it; `folded` holds reminders and alerts in a row, told as one."""

    line: Line
    loud: list[Line] = field(default_factory=list)
    quiet: list[Line] = field(default_factory=list)
    folded: list[Line] = field(default_factory=list)

    @property
    def reminds(self) -> bool:
        """Whether it only reminded somebody of something."""
        return self.line.reminds and not self.loud

    @property
    def tells(self) -> bool:
        """Whether it says anything to those who read what happened."""
        return self.line.kind != Kind.CALENDAR_NOTED or bool(self.loud)


def happenings(lines: Sequence[Line]) -> list[Happening]:
    """Give what happened, newest first; effects stand with the input that brought them about."""
    found: list[Happening] = []
    for line in lines:
        if line.role == "input" or not found:
            found.append(Happening(line=line))
        else:
            (found[-1].loud if line.loud else found[-1].quiet).append(line)
    told = [each for each in reversed(found) if each.tells]
    return [each for reminds, row in groupby(told, key=lambda each: each.reminds) for each in _folded(reminds, row)]


def _folded(reminds: bool, row: Iterable[Happening]) -> list[Happening]:
    each = list(row)
    return [Happening(line=each[0].line, folded=[one.line for one in each])] if reminds else each
