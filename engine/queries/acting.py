"""What can be chosen where somebody does something beside the tasks of a dispute."""

from engine.application import Concord, Work, addressable, barrable_at, opened
from engine.course import recordable
from engine.dispute import Person, Task
from engine.forms import Option
from engine.replay import when


def act_choices(concord: Concord, person: Person, ref: str) -> dict[str, list[Option]]:
    """Whom this person may bar, and from whose tasks; to whom it can be addressed (W); what may be recorded undone.

    Raises DisputeUnknown or NotYours.
    """
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        return {
            "barrable": [
                Option(value=f"{p.id}|{tier}", label=f"{p.name}, {p.agency_name}: {title}")
                for p, tier, title in barrable_at(work, person)
            ],
            "addressees": [Option(value=place, label=each.name) for place, each in addressable(work).items()],
            "undone": [_undone(work, task) for task in recordable(work.version.pathway, work.dispute, work.at)],
        }


def _undone(work: Work, task: Task) -> Option:
    """A task that may be recorded as not done, with its child and since when it is overdue."""
    pathway, dispute = work.version.pathway, work.dispute
    child = "" if task.child is None else f", {dispute.children[task.child].initials}"
    name = pathway.diagram.elements[task.element].name
    return Option(value=task.key, label=f"{name}{child}, due {when(task.due)}")
