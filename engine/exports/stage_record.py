"""A stage as the child's file takes it (R3): the story first, reminders as one line. Knows no store and no clock."""

from collections.abc import Iterator

from engine.application import StageTold, within
from engine.dispute import Kind
from engine.errors import ConcordError
from engine.exports.paper import RISK, Paper, between, disputed, done, verifying
from engine.exports.sheet import Block, bold, printed, said, table
from engine.replay import Line, missed_lines, when


class StageNotEntered(ConcordError):
    """{ref} has not come to that stage. Choose one of the stages that its page links."""


def stage_record(paper: Paper, stage: str) -> bytes:
    """Print what was done in a stage, by its element's id; raises StageNotEntered."""
    told = next((each for each in paper.story.stages if each.stage.id == stage), None)
    if told is None:
        raise StageNotEntered(ref=paper.dispute.ref)
    own = within(stage, paper.lines)
    lines = [line for line in paper.lines if line.seq in own]
    parts = [*_top(paper, told), *disputed(paper), *_acts(paper, told), *_risk(lines), *_missed(paper, told),
             *_filed(lines, told), verifying(paper)]  # fmt: skip
    return printed(paper.frame("Record of a stage"), parts)


def _top(paper: Paper, told: StageTold) -> Iterator[Block]:
    """Which stage of what, about whom, and how it went."""
    stage = told.stage
    yield said("title", stage.title)
    yield between(paper)
    rows = [
        ("Reference", paper.dispute.ref),
        paper.about,
        ("Began", when(stage.entered)),
        ("To end by", when(stage.deadline) or "No deadline"),
        ("Ended", f"{when(stage.left)}: {stage.how or ''}" if stage.left else "Still running"),
        ("Protocol", paper.pathway.title),
    ]
    yield table(rows, (48, 122))


def _acts(paper: Paper, told: StageTold) -> Iterator[Block]:
    """What both sides did, in the order of time."""
    yield said("section", "What was done")
    if not told.lines:
        yield said("body", "Nobody did anything in it.")
    for line in reversed(told.lines):
        yield from done(line, paper)


def _risk(lines: list[Line]) -> Iterator[Block]:
    """Risk as it was reported meanwhile."""
    reports = [line for line in lines if line.kind in RISK]
    yield said("section", "Risk of significant harm")
    if not reports:
        yield said("body", "None was reported in this stage.")
    for line in reports:
        yield said("point", bold(line.words), f", {when(line.at)}, {line.who}", mark="•")


def _missed(paper: Paper, told: StageTold) -> Iterator[Block]:
    """What was due in this stage and was not done in time."""
    missed = [limit for limit in missed_lines(paper.pathway, paper.dispute, paper.entries, paper.at, paper.closures)
              if limit.stage == told.stage.title]  # fmt: skip
    if missed:
        yield said("section", "Deadlines missed")
    for limit in missed:
        yield said("point", bold(limit.name), f", due {when(limit.due)}: {limit.words}.", mark="•")


def _filed(lines: list[Line], told: StageTold) -> Iterator[Block]:
    """What was filed or answered beside it, a line each; reminders and alerts as one."""
    own = {line.seq for line in told.lines}
    filed = [line for line in lines if line.kind == Kind.TASK_COMPLETED and line.seq not in own]
    reminders = sum(line.reminds for line in lines)
    if filed or reminders:
        yield said("section", "Beside it")
    for line in filed:
        yield said("point", line.words, f", {when(line.at)}, {line.who}", mark="•")
    if reminders:
        yield said(
            "point",
            f"{reminders} {'reminder or alert was' if reminders == 1 else 'reminders and alerts were'} sent",
            mark="•",
        )
