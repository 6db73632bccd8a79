"""Taking the record away: as an event log, a bundle, a chronology on paper, or JSON lines. Nothing is changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.application import Concord, Work, opened, story_of
from engine.commands.access_log import OPERATOR, note_look, note_operator
from engine.dispute import Person
from engine.errors import ConcordError
from engine.exports.bundle import bundle_of
from engine.exports.chronology import chronology
from engine.exports.lines import lines
from engine.exports.outcome import outcome
from engine.exports.paper import Paper
from engine.exports.stage_record import stage_record
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
    make: Callable[[Work, str, str], bytes]


def export(concord: Concord, ref: str, as_: str, stage: str = "") -> bytes:
    """The record of a dispute in a form, for the command line.

    Raises ExportUnknown or DisputeUnknown, NotEnded for the outcome of one that runs, StageNotEntered for the record
    of a stage that it has not come to.
    """
    form = _form(as_)
    with concord.store.begin(write=False) as tx:
        body = form.make(Work(concord, tx, tx.disputes.get(ref), concord.clock.now()), OPERATOR, stage)
    note_operator(concord, ref, f"export {as_}")
    return body


def exported(concord: Concord, person: Person, ref: str, as_: str, stage: str = "") -> Exported:
    """The record of a dispute that a person may see, in a form; who took it away is noted. Raises as `export` does."""
    form = _form(as_)
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        body = form.make(work, f"{person.name}, {person.agency_name}", stage)
    note_look(concord, person, ref, f"export {as_}")
    number = next((each.number for each in work.version.pathway.stages if each.id == stage), "")
    return Exported(name=f"{ref}{form.ending.format(number=number)}", media=form.media, body=body)


def _form(as_: str) -> _Form:
    if as_ not in FORMS:
        raise ExportUnknown(as_=as_, known=", ".join(FORMS))
    return FORMS[as_]


def _xes(work: Work, _by: str, _stage: str) -> bytes:
    return xes([Story(pathway=work.version.pathway, entries=work.tx.journal.entries(work.record.ref))])


def _bundle(work: Work, _by: str, _stage: str) -> bytes:
    return bundle_of(work.concord, work.tx, work.record.ref)


def _paper(work: Work, by: str) -> Paper:
    entries, texts = work.tx.journal.entries(work.record.ref), work.tx.journal.texts(work.record.ref)
    told = lines_of(work.version.pathway, entries, texts, work.names)
    return Paper(
        pathway=work.version.pathway,
        dispute=work.dispute,
        entries=entries,
        lines=told,
        story=story_of(work.version.pathway, work.dispute, told, texts, work.at),
        at=work.at,
        by=by,
        closures=dict(work.tx.directory.closure_reasons(work.record.partnership)),
    )


def _chronology(work: Work, by: str, _stage: str) -> bytes:
    return chronology(_paper(work, by))


def _outcome(work: Work, by: str, _stage: str) -> bytes:
    return outcome(_paper(work, by))


def _stage_record(work: Work, by: str, stage: str) -> bytes:
    return stage_record(_paper(work, by), stage)


def _json(work: Work, _by: str, _stage: str) -> bytes:
    return lines(work.tx.journal.entries(work.record.ref), work.tx.journal.texts(work.record.ref))


FORMS: Mapping[str, _Form] = {
    "xes": _Form(media="application/xml", ending=".xes", make=_xes),
    "bundle": _Form(media="application/zip", ending="-bundle.zip", make=_bundle),
    "pdf": _Form(media="application/pdf", ending="-chronology.pdf", make=_chronology),
    "outcome": _Form(media="application/pdf", ending="-outcome.pdf", make=_outcome),
    "stage": _Form(media="application/pdf", ending="-stage-{number}.pdf", make=_stage_record),
    "json": _Form(media="application/jsonl", ending=".jsonl", make=_json),
}
