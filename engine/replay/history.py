"""What happened, from the journal, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dispute import About, Entry, Kind, Text, meaning_of
from engine.pathway import Clause, Pathway
from engine.replay.entered import ERASED
from engine.replay.noting import Note, Version, answered, correctable, notes_of, of_entry, own_note, right
from engine.replay.wording import sentence

REMINDERS = frozenset({"reminder", "task_reminder", "task_alert"})


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry of the journal in words; `texts` is what was typed, by field label.

    `notes` are what corrects or contradicts it, `of` the entry that it corrects or contradicts itself; `said` whether
    somebody said it; `reminds` whether a timer only reminded somebody, or alerted them again; `task` of which it is.
    """

    seq: int
    at: str
    who: str
    agency: str
    words: str
    element: str | None
    role: str
    clauses: tuple[Clause, ...]
    texts: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    kind: str = ""
    notes: tuple[Note, ...] = ()
    of: int | None = None
    said: bool = False
    reminds: bool = False
    task: str | None = None

    @property
    def gist(self) -> str:
        """The longest of what was typed: what somebody who takes it over reads first."""
        return max((text for _, text in self.texts if text != ERASED), key=len, default="")

    @property
    def loud(self) -> bool:
        """Whether it stands by itself in a history, and is not folded under what brought it about."""
        meaning = meaning_of(self.kind)
        return meaning is not None and meaning.loud

    @property
    def entered(self) -> tuple[tuple[str, tuple[Version, ...]], ...]:
        """What was entered, by label, as first written and as corrected."""
        return answered(self.answers, self.texts, self.notes)


def lines_of(
    pathway: Pathway,
    entries: list[Entry],
    texts: Mapping[tuple[int, str], Text],
    names: Mapping[str, str] | None = None,
) -> list[Line]:
    """The journal in words, entry by entry; `names` are people's as they are today, where it names somebody by id."""
    lines = []
    about, notes = About(entries, names), notes_of(pathway, entries, texts)
    for entry in entries:
        words = sentence(entry, pathway, about)
        if words is None:
            continue
        element = pathway.diagram.elements.get(entry.element or "")
        answers, said = right(entry, pathway, texts, own_note(notes, entry), about.raised)
        lines.append(
            Line(
                seq=entry.seq,
                at=entry.at,
                who=entry.actor["name"],
                agency=entry.actor["agency"],
                words=words,
                element=entry.element,
                role=entry.role,
                kind=entry.kind,
                clauses=element.clauses if element else (),
                texts=said,
                answers=answers,
                notes=notes.get(entry.seq, ()),
                of=of_entry(entry),
                said=correctable(entry),
                task=entry.data.get("task"),
                reminds=entry.kind == Kind.TIMER_FIRED and entry.data.get("what") in REMINDERS,
            )
        )
    return lines
