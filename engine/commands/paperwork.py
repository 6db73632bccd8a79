"""Completing what is to be filed and answered in one dispute with one sending: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.application import Concord, Outcome, Work, open_task, perform
from engine.commands.tasks import answered, asking_the_same, completion, owned, together
from engine.dispute import Person
from engine.forms import FormInvalid


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What somebody answers to a task, and to those that are `also` named and ask the same."""

    key: str
    answers: Mapping[str, Any]
    also: Sequence[str] = ()


def complete_together(concord: Concord, by: Person, ref: str, command_id: str, filled: Sequence[Answered]) -> Outcome:
    """Complete these, each as an entry of its own.

    Raises FormInvalid with what is to be put right in all of them, by "key/field"; and what completing one raises.
    """

    def act(work: Work) -> None:
        errors: dict[str, str] = {}
        for each in filled:
            asking_the_same(work, together(each.key, each.also))
            task = open_task(work, each.key)
            owned(work, by, task)
            try:
                completion(work, by, task, each.answers)
            except FormInvalid as wrong:
                errors.update({f"{each.key}/{field}": message for field, message in wrong.errors.items()})
        if errors:
            raise FormInvalid(errors=errors)
        for each in filled:
            for key in together(each.key, each.also):
                answered(work, by, key, each.answers)

    said = [[*together(each.key, each.also), dict(each.answers)] for each in filled]
    return perform(concord, by, ref, command_id, act, said=said)
