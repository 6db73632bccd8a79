"""Taking the record away: as an event log, a bundle, a chronology on paper, or JSON lines. Nothing is changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.application import Concord, Work, opened
from engine.commands.access_log import OPERATOR, note_look, note_operator
from engine.dispute import Person
from engine.errors import ConcordError
from engine.exports.bundle import bundle_of
from engine.exports.chronology import Paper, chronology
from engine.exports.lines import lines
from engine.exports.xes import Story, xes
from engine.replay import lines_of


class ExportUnknown(ConcordError):
    """There is no export “{as_}”. Choose one of: {known}."""


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A record in one form: a plain file name, its media type, and its bytes."""

    name: str
    media: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class _Form:
    media: str
    ending: str
    make: Callable[[Work, str], bytes]


def export(concord: Concord, ref: str, as_: str) -> bytes:
    """The record of a dispute in a form, for the command line; raises ExportUnknown or DisputeUnknown."""
    form = _form(as_)
    with concord.store.begin(write=False) as tx:
        body = form.make(Work(concord, tx, tx.disputes.get(ref), concord.clock.now()), OPERATOR)
    note_operator(concord, ref, f"export {as_}")
    return body


def exported(concord: Concord, person: Person, ref: str, as_: str) -> Exported:
    """The record of a dispute that a person may see, in a form; who took it away is noted."""
    form = _form(as_)
    with concord.store.begin(write=False) as tx:
        body = form.make(opened(concord, tx, person, ref), f"{person.name}, {person.agency_name}")
    note_look(concord, person, ref, f"export {as_}")
    return Exported(name=f"{ref}{form.ending}", media=form.media, body=body)


def _form(as_: str) -> _Form:
    if as_ not in FORMS:
        raise ExportUnknown(as_=as_, known=", ".join(FORMS))
    return FORMS[as_]


def _xes(work: Work, _by: str) -> bytes:
    return xes([Story(pathway=work.version.pathway, entries=work.tx.journal.entries(work.record.ref))])


def _bundle(work: Work, _by: str) -> bytes:
    return bundle_of(work.concord, work.tx, work.record.ref)


def _pdf(work: Work, by: str) -> bytes:
    entries = work.tx.journal.entries(work.record.ref)
    told = lines_of(work.version.pathway, entries, work.tx.journal.texts(work.record.ref), work.names)
    closures = dict(work.tx.directory.closure_reasons(work.record.partnership))
    return chronology(
        Paper(
            pathway=work.version.pathway,
            dispute=work.dispute,
            entries=entries,
            lines=told,
            at=work.at,
            by=by,
            closures=closures,
        )
    )


def _json(work: Work, _by: str) -> bytes:
    return lines(work.tx.journal.entries(work.record.ref), work.tx.journal.texts(work.record.ref))


FORMS: Mapping[str, _Form] = {
    "xes": _Form(media="application/xml", ending=".xes", make=_xes),
    "bundle": _Form(media="application/zip", ending="-bundle.zip", make=_bundle),
    "pdf": _Form(media="application/pdf", ending="-chronology.pdf", make=_pdf),
    "json": _Form(media="application/jsonl", ending=".jsonl", make=_json),
}
