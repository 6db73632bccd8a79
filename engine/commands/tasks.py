"""Completing a task, keeping a draft of it, claiming it, handing it on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine import forms
from engine.application import (
    Concord,
    DraftRecord,
    NotYours,
    Outcome,
    Work,
    alike,
    asked_about,
    objecting,
    open_task,
    perform,
    reporting,
)
from engine.calendar import working_days as days
from engine.commands.interventions import reasoned
from engine.commands.linked_disputes import linked, tell
from engine.course import TO_THE_MINUTE, TaskGone
from engine.dispute import Input, Kind, Person, Task, kind_of, may_do, may_see, own_side, sides_of
from engine.errors import ConcordError
from engine.forms import FormInvalid, split

MOST_DRAFT = 60_000
TRIED_TO_REACH = "tried_to_reach"
"""The text of an attempt that is no answer to a task's own form; its name is its label."""


class NotYourTask(ConcordError):
    """This task is for {side} at the tier {tier}; you can read it but not complete it."""


class ReportNotYours(NotYourTask):
    """This report of risk belongs to {whose}: those who hold it answer it. You can read it, and report risk too."""


class HandedToNobody(NotYourTask):
    """There is nobody of that name to hand this on to. Choose from the list."""


class CannotTakeOn(NotYourTask):
    """{name} can’t take this task on: {why}. Hand it on to somebody else, or back to everybody who may do it."""


class AsksOtherwise(ConcordError):
    """These do not ask the same as “{name}”, so that one answer will not do for them. Answer each by itself."""


class DraftTooLong(ConcordError):
    """What was typed is too long to keep as a draft."""


def complete_task(
    concord: Concord,
    by: Person,
    ref: str,
    key: str,
    command_id: str,
    answers: Mapping[str, Any],
    side: str | None = None,
    also: Sequence[str] = (),
) -> Outcome:
    """Complete a task with its answers, or note an attempt at it: the outcome says which.

    The same answers complete those that are `also` named and ask the same, each as an entry of its own: all or none.
    Raises FormInvalid, NotYourTask, AsksOtherwise, or TaskGone where one was completed or interrupted; then what was
    typed is kept.
    """
    keys = together(key, also)

    def act(work: Work) -> Mapping[str, Any]:
        asking_the_same(work, keys)
        attempts = [answered(work, by, each, answers, side) for each in keys]
        return {"attempt": any(attempts)}

    try:
        return perform(concord, by, ref, command_id, act, said=[*keys, dict(answers)])
    except TaskGone:
        save_draft(concord, by, ref, key, answers)
        raise


def note_attempt(concord: Concord, by: Person, ref: str, key: str, command_id: str, whom: str) -> Outcome:
    """Note that somebody could not be reached for a task: it stays open, and its clock goes on.

    Raises ReasonMissing where it is not said whom one tried to reach, NotYourTask, TaskGone.
    """
    texts = {TRIED_TO_REACH: reasoned(whom)}

    def act(work: Work) -> Mapping[str, Any]:
        task = open_task(work, key)
        owned(work, by, task)
        data = {"task": task.key, "side": own_side(by, work.dispute) or task.side, "answers": {}}
        work.apply(Input(
            kind=Kind.TASK_ATTEMPTED, at=work.at, actor=by.actor, element=task.element, data=data, texts=texts,
        ))  # fmt: skip
        return {"attempt": True}

    return perform(concord, by, ref, command_id, act, said=[key, whom])


def together(key: str, also: Sequence[str]) -> list[str]:
    """The keys of tasks that one answer completes, each once."""
    return list(dict.fromkeys((key, *also)))


def asking_the_same(work: Work, keys: Sequence[str]) -> None:
    """Raise TaskGone where one of these is not open, AsksOtherwise where one does not ask what the first asks."""
    first, *others = [open_task(work, key) for key in keys]
    if not {other.key for other in others} <= {other.key for other in alike(work, first)}:
        raise AsksOtherwise(name=work.version.pathway.diagram.elements[first.element].name)


def answered(work: Work, by: Person, key: str, answers: Mapping[str, Any], side: str | None = None) -> bool:
    """Complete a task, or note an attempt at it: then True."""
    task = open_task(work, key)
    owned(work, by, task)
    given, other = linked(work, task, completion(work, by, task, answers, side))
    work.apply(given)
    if other is not None:
        tell(other, by, work.record.ref)
    sent(work, by, key)
    return given.kind == Kind.TASK_ATTEMPTED


def sent(work: Work, by: Person, key: str) -> None:
    """What somebody typed for a task is sent, so it is no draft any more; a colleague's stays theirs."""
    work.tx.drafts.drop(work.record.ref, key, by.id, own_side(by, work.dispute) or "")


def completion(work: Work, by: Person, task: Task, answers: Mapping[str, Any], side: str | None = None) -> Input:
    """The input that completes a task, its answers validated; or that is an attempt at it, and leaves it open (S4)."""
    pathway = work.version.pathway
    form = pathway.form_of(task.element)
    values = forms.validate(form, answers, *asked_about(work, form), now=work.at) if form else {}
    refuse_future(values, work)
    closed, texts = split(form, values)
    more: dict[str, Any] = objecting(work, by) if closed.get("persists") == "no" else {}
    if closed.get("result") == "agreed":
        more |= reporting(work, by)
    if closed.get("agreed_at"):
        more[TO_THE_MINUTE] = True
    acting = side or next(iter(sorted(sides_of(by, work.dispute) - {"both"})), task.side)
    return Input(
        kind=kind_of(form, closed),
        at=work.at,
        actor=by.actor,
        element=task.element,
        data={"task": task.key, "side": acting, "answers": closed} | more,
        texts=texts,
    )


def refuse_future(values: Mapping[str, Any], work: Work) -> None:
    """An agreement can't be dated in the future, nor before the dispute was raised (E6)."""
    agreed = values.get("agreed_at")
    if not agreed:
        return
    at = days.london(str(agreed))
    if at > work.at:
        raise FormInvalid(errors={"agreed_at": "The agreement can't be in the future"})
    if at < work.dispute.raised.replace(second=0, microsecond=0):  # a form gives minutes
        raise FormInvalid(errors={"agreed_at": "The agreement can't be before the dispute was raised"})


def owned(work: Work, by: Person, task: Task) -> None:
    """Raise NotYourTask, or ReportNotYours of a report of risk, where the task is not this person's to do."""
    if may_do(by, work.dispute, task, work.version.pathway, work.people):
        return
    referral = work.dispute.referral(task.group)
    if referral is None:
        raise NotYourTask(side=task.side, tier=task.tier)
    party = work.dispute.party(referral.side or "")
    raise ReportNotYours(side=task.side, tier=task.tier, whose=party.name if party else "the partnership itself")


def not_too_long(typed: Iterable[str]) -> None:
    """Raise DraftTooLong where what somebody typed is more than is kept unsent."""
    if sum(map(len, typed)) > MOST_DRAFT:
        raise DraftTooLong


def save_draft(concord: Concord, by: Person, ref: str, key: str, answers: Mapping[str, Any]) -> None:
    """Keep what somebody typed, as it was typed; it outlives the task (E1), and nobody else's is touched.

    Raises NotYours, NotYourTask where the task is or was not theirs to do, TaskGone where there never was such a task.
    """
    not_too_long(map(str, answers.values()))
    with concord.store.begin() as tx:
        work = Work(concord, tx, tx.disputes.get(ref), concord.clock.now())
        if not may_see(by, work.dispute, work.record.partnership):
            raise NotYours(ref=ref)
        side = own_side(by, work.dispute)
        if side is None:
            raise NotYours(ref=ref)  # who only looks has nothing to keep
        if (task := work.dispute.task(key)) is not None:
            owned(work, by, task)
        else:
            outlived(work, by, key)
        tx.drafts.keep(DraftRecord(ref=ref, key=key, person=by.id, side=side, at=work.at, draft=answers))


def drafted(work: Work, by: Person, answers: Mapping[str, Any]) -> None:
    """Keep what somebody typed before there was a task to answer it in, as their draft of each that asks it now."""
    not_too_long(map(str, answers.values()))
    pathway, side = work.version.pathway, own_side(by, work.dispute)
    for task in work.dispute.tasks:
        form = pathway.form_of(task.element)
        asks = {field.key for field in form.inputs} if form else set()
        typed = {key: value for key, value in answers.items() if key in asks}
        if typed and side and may_do(by, work.dispute, task, pathway, work.people):
            work.tx.drafts.keep(
                DraftRecord(ref=work.record.ref, key=task.key, person=by.id, side=side, at=work.at, draft=typed)
            )


def outlived(work: Work, by: Person, key: str) -> None:
    """Raise NotYourTask unless a task that has ended was for this person's side, and they are not barred from it."""
    ended = next((t for t in work.tx.tasks.of(work.record.ref) if t.key == key), None)
    if ended is None:
        raise TaskGone(what=f"“{key}” is not part of this dispute")
    if ended.side not in sides_of(by, work.dispute) or (by.id, ended.tier) in work.dispute.barred:
        raise NotYourTask(side=ended.side, tier=ended.tier)


def claim(concord: Concord, by: Person, ref: str, key: str, command_id: str) -> Outcome:
    """Take a task on, so that others see that somebody has."""

    def act(work: Work) -> None:
        owned(work, by, open_task(work, key))
        work.apply(
            Input(
                kind=Kind.TASK_CLAIMED,
                at=work.at,
                actor=by.actor,
                element=open_task(work, key).element,
                data={"task": key, "to": by.id},
            )
        )

    return perform(concord, by, ref, command_id, act)


def hand_on(concord: Concord, by: Person, ref: str, key: str, command_id: str, to: str | None) -> Outcome:
    """Hand a task on to somebody who may do it, or (none) back to all who may."""

    def act(work: Work) -> None:
        task = open_task(work, key)
        owned(work, by, task)
        data: dict[str, Any] = {"task": key, "to": to}
        if to is not None:
            takes_on(work, task, to)
            data["name"] = work.tx.directory.person(to).name
        work.apply(Input(kind=Kind.TASK_HANDED_ON, at=work.at, actor=by.actor, element=task.element, data=data))

    return perform(concord, by, ref, command_id, act)


def takes_on(work: Work, task: Task, to: str) -> None:
    """Raise HandedToNobody or CannotTakeOn unless this person may do the task, and is there.

    Somebody unknown and somebody of another partnership are refused alike: who works elsewhere is not told.
    """
    given = next((p for p in work.people if p.id == to), None)
    if given is None:
        raise HandedToNobody
    if given.absent_until is not None:
        raise CannotTakeOn(name=given.name, why=f"they are away until {given.absent_until:%-d %B %Y}")
    if may_do(given, work.dispute, task, work.version.pathway, work.people):
        return
    barred = any(given.id == person for person, _ in work.dispute.barred)
    raise CannotTakeOn(
        name=given.name, why="they are barred, for a conflict of interest" if barred else "it is for others to do"
    )
