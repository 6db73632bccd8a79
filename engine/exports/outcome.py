"""How a dispute ended, as a letter to both sides: the story first. Knows no store and no clock."""

from collections.abc import Iterator

from engine.dispute import ended
from engine.errors import ConcordError
from engine.exports.paper import Paper, between, disputed, done, verifying
from engine.exports.sheet import Block, Part, bold, printed, said, table
from engine.replay import status, when

LAST = 3
"""So many of the latest acts tell how it ended: what was said, what was answered to it, what was decided."""


class NotEnded(ConcordError):
    """{ref} has not ended yet, so that there is no outcome to write. Save the record of a stage, or the chronology."""


def outcome(paper: Paper) -> bytes:
    """Print how a dispute ended: what it was about, what was tried, what was agreed or decided; raises NotEnded."""
    parts = (_top, disputed, _ended, _tried, _owed)
    return printed(paper.frame("Outcome"), [*(block for part in parts for block in part(paper)), verifying(paper)])


def _top(paper: Paper) -> Iterator[Block]:
    """To whom it goes, about whom, and how it ended."""
    dispute, end = paper.dispute, ended(paper.dispute)
    if end is None:
        raise NotEnded(ref=dispute.ref)
    first = paper.entries[0]
    yield said("title", f"Outcome of {dispute.ref}")
    yield between(paper)
    rows: list[tuple[Part, Part]] = [
        ("To", "\n".join(paper.sides.values())),
        paper.about,
        ("Raised", f"{when(dispute.raised)}, by {first.actor['name']}, {paper.sides['raising']}"),
        ("Ended", when(end.at)),
        ("How it ended", bold(status(paper.pathway, dispute))),
        ("Protocol", paper.pathway.title),
    ]
    yield table(rows, (48, 122))


def _ended(paper: Paper) -> Iterator[Block]:
    """What was said, answered or decided at last."""
    yield said("section", "How it ended")
    for line in paper.story.acts[-LAST:]:
        yield from done(line, paper)
    if not paper.story.acts:
        yield said("body", "Nobody did anything: time ran out.")


def _tried(paper: Paper) -> Iterator[Block]:
    """The stages that it went through, the first one first."""
    yield said("section", "What was tried")
    if not paper.story.stages:
        yield said("body", "It came to no stage.")
    for each in reversed(paper.story.stages):
        stage = each.stage
        how = f"ended {when(stage.left)}: {stage.how or ''}" if stage.left else "still running"
        yield said("point", bold(stage.title), f", from {when(stage.entered)}, {how}", mark="•")


def _owed(paper: Paper) -> Iterator[Block]:
    """What is still to be filed or answered, by which side, and by when."""
    yield said("section", "What is still to be done")
    if not paper.dispute.tasks:
        yield said("body", "Nothing.")
    for task in sorted(paper.dispute.tasks, key=lambda each: each.opened):
        by = paper.sides.get(task.side, paper.pathway.title)
        due = f", by {when(task.due)}" if task.due else ""
        yield said("point", bold(paper.pathway.diagram.elements[task.element].name), f", {by}{due}", mark="•")
