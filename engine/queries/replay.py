"""A dispute replayed: its frames, what each deadline came to, and the marks of its scrubber, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.application import Concord, opened
from engine.calendar import working_days as days
from engine.dispute import MISSED as MISSED_MARK
from engine.dispute import Dispute, Person, calendar_of
from engine.pathway import Pathway
from engine.replay import (
    MISSED,
    Frame,
    LimitLine,
    State,
    Timer,
    Token,
    frames,
    limit_line,
    pathway_title,
    status,
)


@dataclass(frozen=True, kw_only=True)
class FrameView:
    """A frame with what is told beside it: the stage that runs, the deadlines then, each element's changed state."""

    frame: Frame
    stage: str
    deadlines: tuple[LimitLine, ...]
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Replay:
    """A dispute's path, from its raising to its latest entry."""

    ref: str
    title: str
    pathway: str
    version: str
    status: str
    dispute: Dispute
    steps: tuple[FrameView, ...]
    limits: tuple[LimitLine, ...]
    unproven: str = ""

    @property
    def entries(self) -> int:
        """How many entries its journal has that are told."""
        return self.steps[-1].frame.seq if self.steps else 0

    @property
    def marks(self) -> tuple[FrameView, ...]:
        """The steps that the scrubber marks: stages, escalations, missed deadlines, risk, ends."""
        return tuple(step for step in self.steps if step.frame.mark)

    @property
    def missed(self) -> int:
        """How many deadlines were missed."""
        return sum(line.outcome == MISSED for line in self.limits)


def replay_page(concord: Concord, person: Person, ref: str) -> Replay:
    """A dispute's path on the version that it runs on; raises DisputeUnknown or NotYours."""
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        pathway, dispute = work.version.pathway, work.dispute
        found = frames(pathway, tx.journal.entries(ref), tx.journal.texts(ref), work.names)
        calendar = calendar_of(dispute)
        last = found[-1].state.limits if found else ()
        closures = dict(tx.directory.closure_reasons(work.record.partnership))
        return Replay(
            ref=ref,
            title=f"{dispute.parties[0].name} and {dispute.parties[1].name}",
            pathway=pathway.diagram.title,
            version=work.record.version,
            unproven=pathway.unproven,
            status=status(pathway, dispute),
            dispute=dispute,
            steps=tuple(_steps(pathway, dispute, found, calendar)),
            limits=tuple(limit_line(pathway, dispute, limit, work.at, calendar, closures) for limit in last),
        )


def diagram_of(concord: Concord, person: Person, ref: str) -> bytes:
    """The diagram of the version that the dispute runs on."""
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        files = work.version.pathway.files
        return files[next(name for name in files if name.endswith(".bpmn"))]


def _steps(pathway: Pathway, dispute: Dispute, found: list[Frame], calendar: days.Calendar) -> Iterable[FrameView]:
    shown: dict[str, str] = {}
    passed: set[str] = set()
    lines: dict[tuple[Timer, object], LimitLine] = {}  # many steps are of one moment
    for frame in found:
        if frame.token and frame.element:
            passed.add(frame.element)
        now = states_of(pathway, frame.state, passed)
        changed = {e: now.get(e, "") for e in now.keys() | shown.keys() if now.get(e) != shown.get(e)}
        shown = now
        visit = frame.state.running
        open_ = sorted((x for x in frame.state.limits if x.ended is None), key=lambda limit: limit.due)
        for limit in open_:
            if (limit, frame.at) not in lines:
                lines[limit, frame.at] = limit_line(pathway, dispute, limit, frame.at, calendar)
        yield FrameView(
            frame=frame,
            stage=pathway_title(pathway, visit.stage) if visit else "",
            deadlines=tuple(lines[limit, frame.at] for limit in open_),
            states=tuple(sorted(changed.items())),
        )


def states_of(pathway: Pathway, state: State, passed: set[str]) -> dict[str, str]:
    """Each element's state on the diagram: done, interrupted, running, waiting, overdue."""
    tasks = {e for e in passed if e in pathway.diagram.elements and pathway.diagram.elements[e].kind == "userTask"}
    found = dict.fromkeys(tasks, "done")
    for limit in state.limits:
        if limit.undone and limit.element in tasks:
            found[limit.element] = "interrupted"
    for visit in state.visits:
        gone_through = visit.how in {"completed", "resolved"}
        found[visit.stage] = "running" if visit.left is None else "done" if gone_through else "interrupted"
    late = {t.element for t in state.tasks if t.overdue}  # one of several, for a child or an earlier stage, is enough
    return found | {t.element: "overdue" if t.element in late else "waiting" for t in state.tasks}


def token_label(token: Token) -> str:
    """What a token is called on the diagram: R1 is the first referral, R1a its first child's."""
    if not token.number:
        return ""
    return f"R{token.number}" + ("" if token.child is None else chr(ord("a") + token.child % 26))


def mark_words(frame: Frame) -> str:
    """A mark of the scrubber in words."""
    return f"Missed: {frame.words}" if frame.mark == MISSED_MARK else frame.words
