"""A dispute as a chronology for the child's file, in words, on paper. Knows no store and no clock."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from reportlab.platypus import Flowable, KeepTogether

from engine.calendar import working_days as days
from engine.dispute import INPUT, Dispute, Entry, Kind, ended
from engine.exports.sheet import MISSING, PageFrame, printable, printed, said, table, words
from engine.pathway import RISK_REPORTED, Clause, Pathway
from engine.replay import Line, Version, missed_lines, stages_of, status, when

BESIDE = frozenset({Kind.CUMULATIVE_EXCEEDED, Kind.MEETING_AFTER_DEADLINE, Kind.TIER_UNHELD})
"""Entries that tell, beside deadlines that were missed, of what was not as it should be."""
RISK = frozenset({Kind.RISK_REPORTED, Kind.RISK_OVER, Kind.REFERRAL_OPENED, Kind.REFERRAL_CLOSED})
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(DAY.pattern + r"T\d\d:\d\d(:\d\d)?")
UNSAID = frozenset({Kind.CALENDAR_NOTED})


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a chronology is printed from, when, and by whom."""

    pathway: Pathway
    dispute: Dispute
    entries: list[Entry]
    lines: list[Line]
    at: datetime
    by: str
    closures: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What somebody or a timer did, with what followed from it."""

    line: Line
    followed: list[Line] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The London day on which it happened."""
        return datetime.fromisoformat(self.line.at).astimezone(days.LONDON).date()

    @property
    def clock(self) -> str:
        """The London time of day."""
        return datetime.fromisoformat(self.line.at).astimezone(days.LONDON).strftime("%H:%M")


def chronology(paper: Paper) -> bytes:
    """Print a dispute: what it is, its stages, what was missed, risk, and all that happened, day by day."""
    ref = paper.dispute.ref
    frame = PageFrame(
        title=f"Chronology of {ref}",
        author=printable(paper.pathway.title),
        subject="A professional disagreement about a child: what happened, when, and by whom",
        head=f"{ref} · Chronology of a professional disagreement",
        foot=f"{ref} · Printed on {when(paper.at)} by {paper.by}",
    )
    story = [*_top(paper), *_stages(paper), *_missed(paper), *_risk(paper), *_days(paper), *_verifying(paper)]
    return printed(frame, story)


def _unproven(pathway: Pathway) -> str:
    """That the version was published without its proof, and why."""
    return f"<br/>Published without its proof: {words(pathway.unproven)}" if pathway.unproven else ""


def _top(paper: Paper) -> Iterator[Flowable]:
    """What is at the top: which protocol, who, about whom, since when, and where it stands."""
    dispute, first = paper.dispute, paper.entries[0]
    end = ended(dispute)
    sides = {party.side: party.name for party in dispute.parties}
    yield said("title", f"Chronology of {words(dispute.ref)}")
    yield said("lead", f"A professional disagreement between {words(sides['raising'])} and {words(sides['receiving'])}")
    children = "<br/>".join(f"{words(c.initials)} (case reference {words(c.case_reference)})" for c in dispute.children)
    rows = [
        ("Reference", words(dispute.ref)),
        ("Protocol", f"{words(paper.pathway.title)}<br/>{words(paper.pathway.diagram.title)}"),
        ("Version of the protocol", f"{paper.pathway.version[:12]}{_unproven(paper.pathway)}"),
        ("Raised by", f"{words(sides['raising'])}<br/>{words(first.actor['name'])}"),
        ("With", words(sides["receiving"])),
        ("Child" if len(dispute.children) == 1 else "Children", children),
        ("Raised", when(dispute.raised)),
        ("Ended", when(end.at) if end else "Not ended"),
        ("Closed", when(dispute.closed) or (f"{len(dispute.tasks)} still to be filed" if end else "Not closed")),
        ("How it ended" if end else "Where it is now", words(status(paper.pathway, dispute))),
    ]
    if dispute.protective:
        rows.append(("To protect the child, to be resolved by", when(dispute.protective)))
    if dispute.taken_up_from:
        rows.append(("Taken up again from", words(dispute.taken_up_from)))
    if dispute.links:
        rows.append(("Linked with", words(", ".join(dispute.links))))
    yield table(rows, (48, 122))


def _stages(paper: Paper) -> Iterator[Flowable]:
    """Each stage that was gone through: when it began, when it was to end, when and how it ended."""
    rows = [("Stage", "Began", "To end by", "Ended")]
    for stage in stages_of(paper.pathway, paper.dispute, paper.at):
        if stage.entered is None:
            continue
        ended = f"{when(stage.left)}: {words(stage.how or '')}" if stage.left else "Still running"
        rows.append((words(stage.title), when(stage.entered), when(stage.deadline) or "No deadline", ended))
    if len(rows) > 1:
        yield said("section", "Stages")
        yield table(rows, (44, 38, 38, 50), head=True)


def _missed(paper: Paper) -> Iterator[Flowable]:
    """Deadlines that were missed, and what else was not as it should be."""
    yield said("section", "Deadlines missed, and what was not done")
    beside = {entry.seq for entry in paper.entries if entry.kind in BESIDE}
    told = [line for line in paper.lines if line.seq in beside]
    missed = missed_lines(paper.pathway, paper.dispute, paper.entries, paper.at, paper.closures)
    if not told and not missed:
        yield said("body", "None.")
    for limit in missed:
        where = f", {words(limit.stage)}" if limit.stage else ""
        yield said("point", f"<b>{words(limit.name)}</b>{where}, due {when(limit.due)}: {words(limit.words)}.", "•")
        for each in (limit.computed, *limit.moves):
            if each:
                yield said("effect", words(each[:1].upper() + each[1:]), "–")
    for line in told:
        yield said("point", f"{words(line.words)}, {when(line.at)}.{_clauses(line.clauses)}", "•")


def _risk(paper: Paper) -> Iterator[Flowable]:
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
        yield said("point", f"{words(line.words)}, {when(line.at)}, {words(line.who)}.{_clauses(line.clauses)}", "•")
        yield from _entered(line) if line.element in inside else ()


def _risk_branch(pathway: Pathway) -> frozenset[str]:
    """The elements inside the branch that a report of risk begins."""
    elements = pathway.diagram.elements
    branch = {e.parent for e in elements.values() if e.kind == "startEvent" and e.signal == RISK_REPORTED}
    grown = -1
    while grown != len(branch):
        grown = len(branch)
        branch |= {e.id for e in elements.values() if e.parent in branch}
    return frozenset(branch)


def _days(paper: Paper) -> Iterator[Flowable]:
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
            yield said("day", _day(day))
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


def _quiet(row: Sequence[tuple[date, list[Turn]]]) -> Iterator[Flowable]:
    """Days on which nothing happened but reminders and alerts."""
    yield said("day", f"{_day(row[0][0])} to {_day(row[-1][0])}")
    count = sum(len(turns) for _, turns in row)
    yield said("entry", f"Nobody did anything. {count} reminders and alerts were sent:")
    each: dict[str, list[str]] = {}
    for day, turns in row:
        for turn in turns:
            each.setdefault(turn.line.words.split(" (due ")[0], []).append(f"{day:%-d %b}")
    for told, on in each.items():
        yield said("effect", f"{words(told)}: {', '.join(on)}", "–")


def _turn(paper: Paper, turn: Turn) -> Iterator[Flowable]:
    """One thing that was done: when, what, by whom, what was entered, and what followed."""
    line = turn.line
    agencies = {party.agency: party.name for party in paper.dispute.parties}
    agency = agencies.get(line.agency)
    by = f"{words(line.who)}{f', {words(agency)}' if agency else ''}"
    told = words(line.words)
    yield said("entry", told if turn.line.reminds else f"<b>{told}</b>", turn.clock)
    of = f" · about entry {line.of}" if line.of else ""
    yield said("by", f"{by} · entry {line.seq}{of}{_clauses(line.clauses, ' · ')}")
    if turn.line.reminds:
        return
    yield from _entered(line)
    for each in turn.followed:
        yield said("effect", words(each.words), "–")


def _entered(line: Line) -> Iterator[Flowable]:
    """What somebody entered, by the question that it answers; every version where it was corrected, and by whom."""
    for label, versions in line.entered:
        told = "<br/>".join(_version(version) for version in versions)
        yield said("entered", f"<b>{words(label)}</b><br/>{told}")
    for note in line.notes:
        kind = Kind.CORRECTED if note.corrects else Kind.CONTRADICTED
        of = f", “{words(note.label)}”" if note.label else ""
        why = f"{kind} by entry {note.seq}{of}, {words(note.who)}, {when(note.at)}: {words(note.why)}"
        yield said("noted", why, "–")


def _version(version: Version) -> str:
    text = words(_spoken(version.text))
    by = f" (corrected by entry {version.by})" if version.by else ""
    if version.replaced_by is None:
        return f"{text}{by}"
    return f"<strike>{text}</strike>{by} [no longer: see entry {version.replaced_by}]"


def _spoken(answer: str) -> str:
    """An answer in words: a moment or a day as people write it, anything else as it is."""
    if MOMENT.fullmatch(answer):
        return when(days.london(answer))
    return _day(date.fromisoformat(answer)) if DAY.fullmatch(answer) else answer


def _clauses(clauses: Sequence[Clause], before: str = " ") -> str:
    """The clauses that something answers to; what is set locally is marked."""
    told = ", ".join(f"{words(c.id)}{' [local]' if c.local else ''}" for c in clauses)
    return f'{before}<font size="8" color="#484949">{told}</font>' if told else ""


def _verifying(paper: Paper) -> Iterator[Flowable]:
    """How the reader can find out that the record is whole."""
    last = paper.entries[-1]
    ref = words(paper.dispute.ref)
    note = (
        f"This is printed from the record of {ref}, which had {last.seq} entries. Each entry carries a fingerprint of "
        f"the one before it, so that none can be altered, left out or slipped in unnoticed. The last entry’s is:"
    )
    how = (
        f"Anybody who may see the disagreement can check its record on its page in Concord, and whoever runs Concord "
        f"with the command “run.py verify {ref}”. Without access to Concord, ask for the record as a bundle: it can be "
        f"checked on any machine, and its entry {last.seq} must carry this fingerprint."
    )
    parts = [said("section", "How to check this"), said("body", note), said("body", last.hash), said("body", how)]
    if any(MISSING in printable(text) for line in paper.lines for _, text in line.texts):
        lost = f"{MISSING} stands for a character that this document’s type cannot show. The record holds it."
        parts.append(said("body", lost))
    yield KeepTogether(parts)


def _day(day: date) -> str:
    return day.strftime("%A %-d %B %Y")
