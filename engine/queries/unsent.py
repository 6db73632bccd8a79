"""What was typed and not sent, as far as somebody may read it, in words. Whose it is, `engine.dispute.access` says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.application import DraftRecord, Work
from engine.dispute import Person, element_of, may_read_unsent
from engine.pathway import Pathway
from engine.replay import answers_of


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a person typed for a task and has not sent (E1), by field label; `at` is unknown of one kept long ago."""

    title: str
    by: str
    answers: tuple[tuple[str, str], ...]
    at: datetime | None = None


def unsent_for(work: Work, person: Person) -> list[DraftRecord]:
    """What was typed in a dispute and not sent that this person may read, the latest first."""
    if not (kept := [draft for draft in work.tx.drafts.of(work.record.ref) if any(draft.draft.values())]):
        return []
    tiers = {task.key: task.tier for task in work.tx.tasks.of(work.record.ref)}
    return [
        draft
        for draft in kept
        if may_read_unsent(person, work.dispute, by=draft.person, side=draft.side, tier=tiers.get(draft.key, ""))
    ]


def drafts_of(pathway: Pathway, drafts: Iterable[DraftRecord], names: Mapping[str, str]) -> list[Draft]:
    """Drafts in words."""
    elements = pathway.diagram.elements
    return [
        Draft(
            title=elements[element].name,
            by=names.get(draft.person, draft.person),
            answers=tuple(answers_of(pathway.form_of(element), {k: v for k, v in draft.draft.items() if v})),
            at=draft.at,
        )
        for draft in drafts
        if (element := element_of(draft.key)) in elements
    ]
