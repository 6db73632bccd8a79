"""What a dispute is about and what was tried, as far as somebody needs it who takes it over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.application.worklist_rows import Weight, weight_of_element
from engine.dispute import Dispute, Kind, Text
from engine.pathway import Pathway
from engine.replay import Line, StageLine, stages_of

DISAGREEMENT, DECIDED = "disagreement", "who_decided"
"""The question of every form of raising that asks what the disagreement is, and the one that asks who there decided."""
ACTS = frozenset({Kind.ESCALATED_EARLY, Kind.WITHDRAWN, Kind.RESOLUTION_SAID, Kind.RISK_REPORTED, Kind.OBJECTED})
"""What people do beside tasks that whoever takes a dispute over has to know."""


@dataclass(frozen=True, kw_only=True)
class StageTold:
    """A stage as it went: what each side did in it, the latest first."""

    stage: StageLine
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Story:
    """What was written as a dispute was raised, what is disputed, and the stages that it was in, the latest first.

    `known` is what was said soon after of what need not be known before. `acts` are all that moved it, the first one
    first, also between stages and after the last.
    """

    raised: Line
    known: tuple[Line, ...]
    disputed: str
    stages: tuple[StageTold, ...]
    acts: tuple[Line, ...]

    @property
    def tried(self) -> int:
        """How many things people did in it."""
        return sum(len(each.lines) for each in self.stages)


def story_of(
    pathway: Pathway, dispute: Dispute, lines: Sequence[Line], texts: Mapping[tuple[int, str], Text], at: datetime
) -> Story:
    """The story of a dispute from its journal in words, and from what was typed."""
    done = [line for line in lines if _tells(pathway, line)]
    found = []
    for stage in stages_of(pathway, dispute, at):
        if stage.entered is None:
            continue
        own = within(stage.id, lines)
        found.append(StageTold(stage=stage, lines=tuple(line for line in reversed(done) if line.seq in own)))
    known = tuple(line for line in lines if line.kind == Kind.TASK_COMPLETED and _completes(pathway, line.element))
    return Story(
        raised=lines[0],
        known=known,
        disputed=disputed_in(texts),
        stages=tuple(reversed(found)),
        acts=tuple(done),
    )


def disputed_in(texts: Mapping[tuple[int, str], Text]) -> str:
    """What the disagreement is, as whoever raised it wrote; nothing once that has been erased."""
    return next((text.text for (_, name), text in texts.items() if name == DISAGREEMENT), "")


def decided_in(texts: Mapping[tuple[int, str], Text]) -> str:
    """Who decided, as whoever raised it wrote; nothing where nobody wrote that, or once it has been erased."""
    return next((text.text for (_, name), text in texts.items() if name == DECIDED), "")


def within(stage: str, lines: Sequence[Line]) -> range:
    """The entries, by number, that were written while a stage ran the last time, or as it was raised before the first.

    By their order, since an act that ends a stage begins the next one at the same instant.
    """
    first, last = 0, lines[-1].seq if lines else 0
    any_before = False
    for line in lines:
        if line.kind == Kind.STAGE_ENTERED and line.element == stage:
            first, last = line.seq if any_before else 0, lines[-1].seq
        elif line.kind == Kind.STAGE_LEFT and line.element == stage:
            last = line.seq
        any_before = any_before or line.kind == Kind.STAGE_ENTERED
    return range(first, last + 1)


def _completes(pathway: Pathway, element: str | None) -> bool:
    """Whether a task asks what the form of raising asks too, in words: each of the two is asked at one of them."""
    asked = pathway.form_of(pathway.start.id)
    form = pathway.form_of(element) if element and element in pathway.diagram.elements else None
    return bool(asked and form and asked.text_names & form.text_names)


def _tells(pathway: Pathway, line: Line) -> bool:
    """Whether it moved the dispute or answered somebody: no question that a timer asked, nothing that was filed."""
    if line.kind in ACTS:
        return True
    done = line.kind in {Kind.TASK_COMPLETED, Kind.TASK_ATTEMPTED} and line.element in pathway.diagram.elements
    return done and weight_of_element(pathway, str(line.element)) in {Weight.ANSWER, Weight.DECIDE}
