"""Corrections and contradictions, beside the entry that they speak of (R2). Knows no store and no web."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.dispute import CLOCK, INPUT, About, Entry, Kind, Text
from engine.errors import ConcordError
from engine.forms import Field
from engine.pathway import Pathway
from engine.replay.entered import ERASED, Entered, chosen, form_of, label, spoken_answer, typed

OF: Mapping[str, str] = {Kind.CORRECTED: "corrects", Kind.CONTRADICTED: "contradicts"}
SAYS: Mapping[str, str] = {Kind.CORRECTED: "correction", Kind.CONTRADICTED: "contradiction"}
VALUE = "value"
UNCORRECTED = frozenset({Kind.TIER_UNHELD, Kind.CALENDAR_NOTED, Kind.NOTICES_ADDRESSED, Kind.TIMER_FIRED})
"""What Concord itself says: nobody said it, so nobody corrects it."""


class EntryUnknown(ConcordError):
    """The journal has no entry {seq} that somebody said, so there is nothing to correct."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """A correction or contradiction of an entry: of an answer by its label, or of the entry as a whole.

    `value` is what an answer is corrected to; `of` is the entry that it names, which for a correction of a correction
    is that correction.
    """

    seq: int
    kind: str
    of: int
    at: str
    who: str
    agency: str
    label: str | None
    value: str | None
    why: str

    @property
    def corrects(self) -> bool:
        """Whether it corrects its own side's word; else it contradicts another's."""
        return self.kind == Kind.CORRECTED


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of an answer: what stood there, by which entry, and whether a later one took its place."""

    text: str
    by: int | None = None
    replaced_by: int | None = None


def of_entry(entry: Entry) -> int | None:
    """The entry that a correction or contradiction speaks of, or none: it is none."""
    name = OF.get(entry.kind)
    found = entry.data.get(name) if name and entry.role == INPUT else None
    return found if isinstance(found, int) else None


def root_of(entries: Mapping[int, Entry], seq: int) -> Entry | None:
    """What was first written, where an entry corrects a correction: the end of that chain."""
    seen: set[int] = set()
    while (entry := entries.get(seq)) is not None and seq not in seen:
        seen.add(seq)
        of = of_entry(entry)
        if of is None:
            return entry
        seq = of
    return None


def field_of(entries: Mapping[int, Entry], pathway: Pathway, seq: int, name: str) -> Field | None:
    """The question of a form that an entry answered under that name, a correction by what it corrects; or none."""
    root, entry = root_of(entries, seq), entries.get(seq)
    form = form_of(root, pathway) if root else None
    if root is None or entry is None or form is None:
        return None
    answered = {*(root.data.get("answers") or {}), *root.texts}
    if entry is not root:
        answered &= {str(entry.data.get("field"))}
    return form.field_named(name) if name in answered else None


def fields_of(entries: Mapping[int, Entry], pathway: Pathway, seq: int) -> list[Field]:
    """The answers of an entry that can be corrected one by one."""
    root = root_of(entries, seq)
    form = form_of(root, pathway) if root else None
    found = (field_of(entries, pathway, seq, field.key) for field in (form.inputs if form else ()))
    return [field for field in found if field is not None]


def correctable(entry: Entry) -> bool:
    """Whether somebody said it, so that they may correct it and others contradict it."""
    return entry.role == INPUT and entry.actor.get("id") != CLOCK.id and entry.kind not in UNCORRECTED


def notes_of(
    pathway: Pathway, entries: Sequence[Entry], texts: Mapping[tuple[int, str], Text]
) -> dict[int, tuple[Note, ...]]:
    """What corrects or contradicts each entry, by its number, in order; corrections of corrections stand at the first.

    A correction that is corrected itself stands at both.
    """
    by_number, raised = {entry.seq: entry for entry in entries}, About(entries).raised
    found: dict[int, list[Note]] = {}
    for entry in entries:
        of = of_entry(entry)
        if of is None or of >= entry.seq:
            continue
        note = _note(pathway, by_number, entry, of, texts, raised)
        root = root_of(by_number, of)
        for at in dict.fromkeys(filter(None, (of, root.seq if root else None))):
            found.setdefault(at, []).append(note)
    return {seq: tuple(notes) for seq, notes in found.items()}


def _note(
    pathway: Pathway,
    entries: Mapping[int, Entry],
    entry: Entry,
    of: int,
    texts: Mapping[tuple[int, str], Text],
    raised: datetime | None,
) -> Note:
    root, name = root_of(entries, of), entry.data.get("field")
    since = raised if root and root.kind != Kind.RAISED else None
    form = form_of(root, pathway) if root else None
    why = texts.get((entry.seq, SAYS[entry.kind]))
    return Note(
        seq=entry.seq, kind=entry.kind, of=of, at=entry.at, who=entry.actor.get("name", ""),
        agency=entry.actor.get("agency", ""), label=label(form, name) if name else None,
        value=_value(entry, form.field_named(name) if form and name else None, texts, since),
        why=why.text if why else ERASED if SAYS[entry.kind] in entry.texts else "",
    )  # fmt: skip


def _value(
    entry: Entry, field: Field | None, texts: Mapping[tuple[int, str], Text], raised: datetime | None
) -> str | None:
    if VALUE in entry.data:
        return spoken_answer(field, entry.data[VALUE], raised)
    if VALUE in entry.texts:
        given = texts.get((entry.seq, VALUE))
        return given.text if given else ERASED
    return None


def versions(label_: str, text: str, notes: Sequence[Note]) -> tuple[Version, ...]:
    """Every version of an answer, as first written and as corrected, each with the entry that took its place."""
    made = [
        (text, None),
        *((n.value, n.seq) for n in notes if n.corrects and n.label == label_ and n.value is not None),
    ]
    following = [by for _, by in made[1:]] + [None]
    return tuple(
        Version(text=str(each), by=by, replaced_by=after) for (each, by), after in zip(made, following, strict=True)
    )


def answered(answers: Entered, texts: Entered, notes: Sequence[Note]) -> tuple[tuple[str, tuple[Version, ...]], ...]:
    """What was entered, by label, in every version; what a correction adds to an answer that was not there, too."""
    return tuple((name, versions(name, text, notes)) for name, text in (*answers, *texts))


def right(
    entry: Entry,
    pathway: Pathway,
    texts: Mapping[tuple[int, str], Text],
    note: Note | None,
    raised: datetime | None = None,
) -> tuple[Entered, Entered]:
    """What was entered with an entry: chosen, and typed; a corrected answer under the question that it answers."""
    if note is None or note.label is None or note.value is None:
        return chosen(entry, pathway, raised), typed(entry, pathway, texts)
    said = tuple((name, text) for name, text in typed(entry, pathway, texts) if name != label(None, VALUE))
    return ((note.label, note.value),), said


def own_note(notes: Mapping[int, Sequence[Note]], entry: Entry) -> Note | None:
    """An entry that is a correction or contradiction itself, as the note that it is."""
    of = of_entry(entry)
    return next((note for note in notes.get(of or 0, ()) if note.seq == entry.seq), None)
