"""What every paper about a dispute says alike: what was entered, by which clause, and how it can be checked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.application import Story
from engine.calendar import working_days as days
from engine.dispute import Dispute, Entry, Kind
from engine.exports.sheet import Block, PageFrame, Run, Together, bold, said
from engine.pathway import Clause, Pathway
from engine.replay import Line, Version, when

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(DAY.pattern + r"T\d\d:\d\d(:\d\d)?")
RISK = frozenset({Kind.RISK_REPORTED, Kind.RISK_OVER, Kind.REFERRAL_OPENED, Kind.REFERRAL_CLOSED})
NOT_SAID = "What was written has been erased."


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What is printed about a dispute: when, by whom, from which entries, which are told in `lines` and `story`."""

    pathway: Pathway
    dispute: Dispute
    entries: list[Entry]
    lines: list[Line]
    story: Story
    at: datetime
    by: str
    closures: Mapping[date, str] = field(default_factory=dict)

    @property
    def sides(self) -> Mapping[str, str]:
        """The agencies' names by their sides."""
        return {party.side: party.name for party in self.dispute.parties}

    @property
    def about(self) -> tuple[str, str]:
        """The row of a table that names the children, a line each: by initials and case references alone (R4)."""
        children = [f"{c.initials} (case reference {c.case_reference})" for c in self.dispute.children]
        return "Child" if len(children) == 1 else "Children", "\n".join(children)

    def who(self, line: Line) -> str:
        """Who did something, and for which side's agency."""
        agencies = {party.agency: party.name for party in self.dispute.parties}
        agency = agencies.get(line.agency)
        return f"{line.who}{f', {agency}' if agency else ''}"

    def frame(self, kind: str) -> PageFrame:
        """What stands on every page of a paper of some kind."""
        ref = self.dispute.ref
        return PageFrame(
            title=f"{kind} of {ref}",
            author=self.pathway.title,
            subject="A professional disagreement about a child: what happened, when, and by whom",
            head=f"{ref} · {kind} of a professional disagreement",
            foot=f"{ref} · Printed on {when(self.at)} by {self.by}",
        )


def between(paper: Paper) -> Block:
    """Between whom the disagreement is."""
    raising, receiving = paper.sides["raising"], paper.sides["receiving"]
    return said("lead", f"A professional disagreement between {raising} and {receiving}")


def disputed(paper: Paper) -> Iterator[Block]:
    """What the disagreement is, as whoever raised it wrote."""
    yield said("section", "What the disagreement is about")
    yield said("large", paper.story.disputed or NOT_SAID)


def done(line: Line, paper: Paper) -> Iterator[Block]:
    """One thing that somebody did, by whom and when, and what they entered."""
    yield said("entry", bold(line.words), mark=f"{in_london(line):%-d %b}")
    yield said("by", f"{paper.who(line)}, {when(line.at)}", *clauses(line.clauses, " · "))
    yield from entered(line)


def entered(line: Line) -> Iterator[Block]:
    """What somebody entered, by the question that it answers; every version where it was corrected, and by whom."""
    for label, versions in line.entered:
        yield said("entered", bold(label))
        for version in versions:
            yield said("answer", *_version(version))
    for note in line.notes:
        kind = Kind.CORRECTED if note.corrects else Kind.CONTRADICTED
        of = f", “{note.label}”" if note.label else ""
        why = f"{kind} by entry {note.seq}{of}, {note.who}, {when(note.at)}: {note.why}"
        yield said("noted", why, mark="–")


def _version(version: Version) -> Iterator[Run]:
    by = f" (corrected by entry {version.by})" if version.by else ""
    yield Run(text=_spoken(version.text), struck=version.replaced_by is not None)
    yield Run(text=by if version.replaced_by is None else f"{by} [no longer: see entry {version.replaced_by}]")


def _spoken(answer: str) -> str:
    """An answer in words: a moment or a day as people write it, anything else as it is."""
    if MOMENT.fullmatch(answer):
        return when(days.london(answer))
    return day_words(date.fromisoformat(answer)) if DAY.fullmatch(answer) else answer


def clauses(answered: Sequence[Clause], before: str = " ") -> tuple[Run, ...]:
    """The clauses that something answers to; what is set locally is marked."""
    told = ", ".join(f"{c.id}{' [local]' if c.local else ''}" for c in answered)
    return (Run(text=f"{before}{told}", small=True),) if told else ()


def verifying(paper: Paper) -> Block:
    """How the reader can find out that the record is whole."""
    last, ref = paper.entries[-1], paper.dispute.ref
    note = (
        f"This is printed from the record of {ref}, which had {last.seq} entries. Each entry carries a fingerprint of "
        f"the one before it, so that none can be altered, left out or slipped in unnoticed. The last entry’s is:"
    )
    how = (
        f"Anybody who may see the disagreement can check its record on its page in Concord, and whoever runs Concord "
        f"with the command “run.py verify {ref}”. Without access to Concord, ask for the record as a bundle: it can be "
        f"checked on any machine, and its entry {last.seq} must carry this fingerprint."
    )
    parts = (said("section", "How to check this"), said("body", note), said("body", last.hash), said("body", how))
    return Together(together=parts)


def in_london(line: Line) -> datetime:
    """London's time of what a line tells."""
    return datetime.fromisoformat(line.at).astimezone(days.LONDON)


def day_words(day: date) -> str:
    """A day as people write it."""
    return day.strftime("%A %-d %B %Y")
