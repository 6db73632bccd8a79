"""What an act at any time is: what leads to it, which right it needs, what is asked, and what carries it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine import Ahead, Concord, Form, Outcome, Person, Right, ahead

Carried = Callable[[Concord, Person, str, str, Mapping[str, Any]], Outcome]
Foreseen = Callable[[Concord, Person, str, Mapping[str, Any]], Ahead]


@dataclass(frozen=True, kw_only=True)
class Act:
    """A page of its own: what leads to it, what happens, which right it needs, what is asked and what is said then."""

    link: str
    title: str
    lead: str
    right: Right
    button: str
    done: str
    form: Form
    carry_out: Carried
    ahead: Foreseen | None = None
    """What it would change, which its page shows before it is done."""

    @property
    def told_at_once(self) -> bool:
        """Whether what it would change depends on no answer, so that its page says it as it opens."""
        return self.ahead is not None and {field.key for field in self.form.fields} == {"reason"}


def reasoned(use_case: Callable[[Concord, Person, str, str, str], Outcome]) -> Carried:
    """Carry out what needs nothing but a reason."""
    return lambda office, by, ref, command, v: use_case(office, by, ref, command, str(v["reason"]))


def foreseen(right: Right) -> Foreseen:
    """Show first what an act would change that needs nothing but a reason."""
    return lambda office, by, ref, v: ahead(office, by, ref, right, v)
