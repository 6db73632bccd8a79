"""One event log of many disputes, whatever one of them is like."""

from collections.abc import Iterable

from engine.application import Concord, Transaction, guarded
from engine.exports.xes import Story, xes


def event_log(concord: Concord, tx: Transaction, refs: Iterable[str]) -> bytes:
    """One event log of many disputes; one that can't be read is not in it, and a note at its end says so."""

    def story(ref: str) -> Story:
        version = concord.version(tx, tx.disputes.get(ref).version)
        return Story(pathway=version.pathway, entries=tx.journal.entries(ref))

    def whole(ref: str) -> Story:
        xes([found := story(ref)])
        return found

    wanted = list(refs)
    body = guarded(tx, "", lambda: xes(map(story, wanted)))
    if body is None:  # now each by itself: which it was that can't be read
        body = xes(found for ref in wanted if (found := guarded(tx, ref, lambda ref=ref: whole(ref))))  # type: ignore[misc]
    gone = ", ".join(sorted(filter(None, set(tx.unreadable))))
    note = f"<!-- Not in this log, since they can't be read: {gone} --></log>" if gone else "</log>"
    return body.replace(b"</log>", note.encode())
