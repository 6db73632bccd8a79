"""An entry as whoever corrects or contradicts it sees it: every version of it, and what of it can be corrected."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.application import Concord, Right, allow, asked_about, opened, own_word
from engine.dispute import Person
from engine.forms import Field, Form, Option
from engine.replay import VALUE, EntryUnknown, Line, correctable, fields_of, lines_of, status


@dataclass(frozen=True, kw_only=True)
class CorrectionPage:
    """An entry to be corrected by its own side (`own`), or contradicted by another; `fields` by what they are called.

    Each question asks for the right answer under the name `value`, whatever its own is.
    """

    ref: str
    status: str
    line: Line
    own: bool
    fields: Mapping[str, Field]
    choices: Mapping[str, list[Option]]


def correction_page(concord: Concord, person: Person, ref: str, seq: int) -> CorrectionPage:
    """An entry that somebody said; raises EntryUnknown for any other, SideWrong for who may say nothing to it."""
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        allow(work, person, Right.CORRECT)
        pathway, entries = work.version.pathway, tx.journal.entries(ref)
        by_number = {entry.seq: entry for entry in entries}
        if seq not in by_number or not correctable(by_number[seq]):
            raise EntryUnknown(seq=seq)
        line = next(line for line in lines_of(pathway, entries, tx.journal.texts(ref)) if line.seq == seq)
        fields = fields_of(by_number, pathway, seq)
        return CorrectionPage(
            ref=ref,
            status=status(pathway, work.dispute),
            line=line,
            own=own_word(person, by_number[seq]),
            fields={field.key: replace(field, key=VALUE, hide=None, required=True) for field in fields},
            choices=asked_about(work, Form(id="asked", name="asked", fields=tuple(fields)))[0],
        )
