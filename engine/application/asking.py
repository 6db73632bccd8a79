"""What a task asks for: the task while it is open, and the choices of its form. Changes nothing."""

from datetime import datetime
from typing import Any

from engine.application.work import Work
from engine.calendar import working_days as days
from engine.course import TaskGone
from engine.dispute import Kind, Task, element_of
from engine.forms import Form, Option
from engine.pathway import LINKS, OWN_KIND, RISK


def asked_about(work: Work, form: Form | None) -> tuple[dict[str, list[Option]], dict[str, Any]]:
    """The choices that a form takes from the directory, and the names that its conditions and rules may read."""
    wanted = form is not None and any(field.options_from for field in form.inputs)
    agencies = [
        Option(value=a.id, label=a.name)
        for a in (work.tx.directory.agencies(work.record.partnership) if wanted else ())
        if a.kind != OWN_KIND
    ]
    known: dict[str, Any] = {f"{p.side}_agency": p.agency for p in work.dispute.parties}
    if form is not None and RISK in form.names_read:
        known[RISK] = bool(work.tx.journal.entries(work.record.ref)[0].data["risk"])
    return {"agencies": agencies}, known


def open_task(work: Work, key: str) -> Task:
    """The task, or TaskGone with what happened to it."""
    task = work.dispute.task(key)
    if task is not None:
        return task
    element = work.version.pathway.diagram.elements.get(element_of(key))
    name = element.name if element else key
    for entry in reversed(work.tx.journal.entries(work.record.ref)):
        if entry.kind == Kind.TASK_COMPLETED and entry.data.get("task") == key:
            raise TaskGone(what=f"“{name}” was completed by {entry.actor['name']} on {spoken(entry.at)}")
        if entry.kind == Kind.TASK_INTERRUPTED and entry.data.get("task") == key:
            why = (
                "its stage's deadline passed"
                if entry.actor["role"] == "timer"
                else f"{entry.actor['name']} moved the dispute on"
            )
            raise TaskGone(what=f"“{name}” was ended on {spoken(entry.at)} because {why}")
    raise TaskGone(what=f"“{name}” is not part of this dispute now")


def alike(work: Work, task: Task) -> list[Task]:
    """The other open tasks that ask the same: of other children, or left by other stages; one answer may do for all.

    None where a task is done by raising another dispute.
    """
    asked = work.version.pathway.diagram.elements[task.element]
    if LINKS in asked.properties:
        return []
    return [other for other in work.dispute.tasks if other.element == task.element and other.key != task.key]


def spoken(at: str) -> str:
    """An instant in words, London time."""
    return datetime.fromisoformat(at).astimezone(days.LONDON).strftime("%-d %B %Y at %H:%M")
