"""A dispute as a chronology for the child's file, in words, on paper. Knows no store and no clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from engine.dispute import INPUT, Kind, ended
from engine.exports.paper import RISK, Paper, between, clauses, day_words, disputed, entered, in_london, verifying
from engine.exports.sheet import Block, bold, printed, said, table
from engine.pathway import RISK_REPORTED, Pathway
from engine.replay import Line, missed_lines, stages_of, status, when

BESIDE = frozenset({Kind.CUMULATIVE_EXCEEDED, Kind.MEETING_AFTER_DEADLINE, Kind.TIER_UNHELD})
"""Entries that tell, beside deadlines that were missed, of what was not as it should be."""
UNSAID = frozenset({Kind.CALENDAR_NOTED})


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What somebody or a timer did, with what followed from it."""

    line: Line
    followed: list[Line] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The London day on which it happened."""
        return in_london(self.line).date()

    @property
    def clock(self) -> str:
        """The London time of day."""
        return in_london(self.line).strftime("%H:%M")


def chronology(paper: Paper) -> bytes:
    """Print a dispute: what it is, its stages, what was missed, risk, and all that happened, day by day."""
    story = [*_top(paper), *disputed(paper), *_stages(paper), *_missed(paper), *_risk(paper), *_days(paper),
             verifying(paper)]  # fmt: skip
    return printed(paper.frame("Chronology"), story)


def _unproven(pathway: Pathway) -> str:
    """That the version was published without its proof, and why."""
    return f"\nPublished without its proof: {pathway.unproven}" if pathway.unproven else ""


def _top(paper: Paper) -> Iterator[Block]:
    """What is at the top: which protocol, who, about whom, since when, and where it stands."""
    dispute, first = paper.dispute, paper.entries[0]
    end = ended(dispute)
    sides = paper.sides
    yield said("title", f"Chronology of {dispute.ref}")
    yield between(paper)
    rows = [
        ("Reference", dispute.ref),
        ("Protocol", f"{paper.pathway.title}\n{paper.pathway.diagram.title}"),
        ("Version of the protocol", f"{paper.pathway.version[:12]}{_unproven(paper.pathway)}"),
        ("Raised by", f"{sides['raising']}\n{first.actor['name']}"),
        ("With", sides["receiving"]),
        paper.about,
        ("Raised", when(dispute.raised)),
        ("Ended", when(end.at) if end else "Not ended"),
        ("Closed", when(dispute.closed) or (f"{len(dispute.tasks)} still to be filed" if end else "Not closed")),
        ("How it ended" if end else "Where it is now", status(paper.pathway, dispute)),
    ]
    if dispute.protective:
        rows.append(("To protect the child, to be resolved by", when(dispute.protective)))
    if dispute.taken_up_from:
        rows.append(("Taken up again from", dispute.taken_up_from))
    if dispute.links:
        rows.append(("Linked with", ", ".join(dispute.links)))
    yield table(rows, (48, 122))


def _stages(paper: Paper) -> Iterator[Block]:
    """Each stage that was gone through: when it began, when it was to end, when and how it ended."""
    rows = [("Stage", "Began", "To end by", "Ended")]
    for stage in stages_of(paper.pathway, paper.dispute, paper.at):
        if stage.entered is None:
            continue
        ended = f"{when(stage.left)}: {stage.how or ''}" if stage.left else "Still running"
        rows.append((stage.title, when(stage.entered), when(stage.deadline) or "No deadline", ended))
    if len(rows) > 1:
        yield said("section", "Stages")
        yield table(rows, (44, 38, 38, 50), head=True)


def _missed(paper: Paper) -> Iterator[Block]:
    """Deadlines that were missed, and what else was not as it should be."""
    yield said("section", "Deadlines missed, and what was not done")
    beside = {entry.seq for entry in paper.entries if entry.kind in BESIDE}
    told = [line for line in paper.lines if line.seq in beside]
    missed = missed_lines(paper.pathway, paper.dispute, paper.entries, paper.at, paper.closures)
    if not told and not missed:
        yield said("body", "None.")
    for limit in missed:
        where = f", {limit.stage}" if limit.stage else ""
        yield said("point", bold(limit.name), f"{where}, due {when(limit.due)}: {limit.words}.", mark="•")
        for each in (limit.computed, *limit.moves):
            if each:
                yield said("effect", each[:1].upper() + each[1:], mark="–")
    for line in told:
        yield said("point", f"{line.words}, {when(line.at)}.", *clauses(line.clauses), mark="•")


def _risk(paper: Paper) -> Iterator[Block]:
    """Reports of risk of significant harm, and referrals, apart from the rest."""
    inside = _risk_branch(paper.pathway)
    first = paper.entries[0]
    told = [
        line
        for line in paper.lines
        if line.kind in RISK
        or (line.kind in {Kind.TASK_COMPLETED, Kind.TASK_ATTEMPTED} and line.element in inside)
        or (line.seq == first.seq and first.data.get("risk"))
    ]
    yield said("section", "Risk of significant harm: reports and referrals")
    if not told:
        yield said("body", "None was reported.")
    for line in told:
        yield said("point", f"{line.words}, {when(line.at)}, {line.who}.", *clauses(line.clauses), mark="•")
        yield from entered(line) if line.element in inside else ()


def _risk_branch(pathway: Pathway) -> frozenset[str]:
    """The elements inside the branch that a report of risk begins."""
    elements = pathway.diagram.elements
    branch = {e.parent for e in elements.values() if e.kind == "startEvent" and e.signal == RISK_REPORTED}
    grown = -1
    while grown != len(branch):
        grown = len(branch)
        branch |= {e.id for e in elements.values() if e.parent in branch}
    return frozenset(branch)


def _days(paper: Paper) -> Iterator[Block]:
    """Everything that happened, day by day; days of reminders alone are told as one."""
    yield said("section", "What happened, day by day")
    yield said("small", "Times are London’s. [local] marks what the partnership set where its protocol leaves it open.")
    by_day = [(day, list(turns)) for day, turns in groupby(_turns(paper), key=lambda turn: turn.day)]
    for quiet, some in groupby(by_day, key=lambda each: all(turn.line.reminds for turn in each[1])):
        row = list(some)
        if quiet and len(row) > 1:
            yield from _quiet(row)
            continue
        for day, turns in row:
            yield said("day", day_words(day))
            for turn in turns:
                yield from _turn(paper, turn)


def _turns(paper: Paper) -> Iterator[Turn]:
    """Each input that says something, with the effects that followed."""
    entries = {entry.seq: entry for entry in paper.entries}
    turn: Turn | None = None
    for line in paper.lines:
        entry = entries[line.seq]
        if entry.role != INPUT:
            if turn is not None and not (entry.kind == Kind.DEADLINE_SET and entry.data["what"] == "reminder"):
                turn.followed.append(line)
            continue
        if turn is not None and turn.line.kind not in UNSAID:
            yield turn
        turn = Turn(line=line)
    if turn is not None and turn.line.kind not in UNSAID:
        yield turn


def _quiet(row: Sequence[tuple[date, list[Turn]]]) -> Iterator[Block]:
    """Days on which nothing happened but reminders and alerts."""
    yield said("day", f"{day_words(row[0][0])} to {day_words(row[-1][0])}")
    count = sum(len(turns) for _, turns in row)
    yield said("entry", f"Nobody did anything. {count} reminders and alerts were sent:")
    each: dict[str, list[str]] = {}
    for day, turns in row:
        for turn in turns:
            each.setdefault(turn.line.words.split(" (due ")[0], []).append(f"{day:%-d %b}")
    for told, on in each.items():
        yield said("effect", f"{told}: {', '.join(on)}", mark="–")


def _turn(paper: Paper, turn: Turn) -> Iterator[Block]:
    """One thing that was done: when, what, by whom, what was entered, and what followed."""
    line = turn.line
    yield said("entry", line.words if line.reminds else bold(line.words), mark=turn.clock)
    of = f" · about entry {line.of}" if line.of else ""
    yield said("by", f"{paper.who(line)} · entry {line.seq}{of}", *clauses(line.clauses, " · "))
    if line.reminds:
        return
    yield from entered(line)
    for each in turn.followed:
        yield said("effect", each.words, mark="–")
