"""A journal as frames: each step of the token, each entry that matters, and the state after it. Knows no store, no web.

Folds entries alone; runs no diagram. The state of the last frame is that of the live dispute.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from engine.calendar import Span, span
from engine.calendar import working_days as days
from engine.course import Folding
from engine.dispute import CLOCK, EFFECT, INPUT, About, Entry, Kind, Task, Text, deadlines, turns
from engine.pathway import Element, Pathway, came_from, way
from engine.replay.frame import BESIDE, CHILD, MAIN, REFERRAL, STEP, Frame, State, Token
from engine.replay.frame_words import entry_words, mark_of, step_words
from engine.replay.noting import notes_of, of_entry, own_note, right
from engine.replay.passing import Passing, Passings
from engine.replay.timers import Timers

SILENT = frozenset(kind for kind in Kind if kind.meaning.says is None or not kind.meaning.framed)
"""What has no frame of its own: what followed from it is told."""
BRANCHES = (MAIN, REFERRAL, CHILD, BESIDE)


def frames(
    pathway: Pathway,
    entries: Sequence[Entry],
    texts: Mapping[tuple[int, str], Text],
    names: Mapping[str, str] | None = None,
) -> list[Frame]:
    """The journal, frame by frame; none where it does not begin with the raising. `names` are people's as of today."""
    if not entries or entries[0].kind != Kind.RAISED:
        return []
    return Projector(pathway, entries, texts, names).run(entries)


class Projector:
    """Turns a journal into frames, one turn (an input and what followed) after the other."""

    def __init__(
        self,
        pathway: Pathway,
        entries: Sequence[Entry],
        texts: Mapping[tuple[int, str], Text],
        names: Mapping[str, str] | None = None,
    ) -> None:
        first = entries[0]
        self.journal = About(entries, names)
        self.notes = notes_of(pathway, entries, texts)
        self.pathway = pathway
        self.elements = pathway.diagram.elements
        self.branches = pathway.diagram.branches
        self.passings = Passings(pathway)
        self.texts = texts
        self.told = Folding(pathway, first)
        self.timers = Timers(pathway)
        self.names = {party.agency: party.name for party in self.told.dispute.parties}
        self.found: list[Frame] = []
        self.passed: list[str] = []
        self.moving: dict[str, Token] = {}
        self.about: dict[str, int | None] = {}
        self.acted = datetime.fromisoformat(first.at)
        self._calendar: tuple[Mapping[str, object], days.Calendar] | None = None

    def run(self, entries: Sequence[Entry]) -> list[Frame]:
        """Every frame of the journal."""
        for given, effects in turns(entries):
            self._turn(given, effects)
        return self.found

    def _turn(self, given: Entry, effects: list[Entry]) -> None:
        self.moving, turn = {}, len(self.passed)
        self._tell(given)
        steps, others = self.passings.of(effects)
        first = next((s for s in steps if s.element == given.element), None) or self.passings.begun(given, steps)
        if first is not None:
            steps.remove(first)
            others = sorted([*others, *first.told], key=lambda entry: entry.seq)
        self._show_input(given, first)
        before = [e for e in others if e.seq < steps[0].entry.seq] if steps else []
        for entry in before:
            self._show_effect(entry, turn)
        for step in steps:
            self._show_step(step, turn)
        for entry in others[len(before) :]:
            self._show_effect(entry, turn)
        self.told.finish_turn()
        self._again()
        if given.actor.get("id") != CLOCK.id:
            self.acted = datetime.fromisoformat(given.at)

    def _tell(self, entry: Entry) -> None:
        before = self.told.dispute
        self.timers.see(entry.seq, self.told.tell(entry), before, self.told.dispute)

    def _show_input(self, given: Entry, step: Passing | None) -> None:
        element = self.elements.get(step.element if step else given.element or "")
        source = None
        if element is not None:
            self.passed.append(element.id)
            source = element.attached_to
            self._move(element.id)
        if given.kind not in SILENT:
            idle = None
            at = datetime.fromisoformat(given.at)
            if given.kind == Kind.TIMER_FIRED and self.found[-1].at < at:
                idle = span(self.acted, at, self.calendar)
            self._add(given, element, self._words(given), source=source, idle=idle or None)

    def _show_step(self, step: Passing, turn: int) -> None:
        element = self.elements[step.element]
        source, flows = self._way(step.source, element, turn)
        if self.pathway.in_risk_branch(element.id) and element.kind == "startEvent":
            self.told.child = None
        self.moving = {k: t for k, t in self.moving.items() if t.element != source}
        if element.kind == "subProcess":
            self.moving.pop(element.id, None)
        else:
            self._move(element.id)
        for entry in step.told:
            self._tell(entry)
        entry = step.told[0] if step.told else step.entry
        words = ". ".join(self._words(each) for each in step.told) or step_words(
            element, self._around(element), step.out,
            joins=sum(flow.target == element.id for flow in self.pathway.diagram.flows) > 1,
        )  # fmt: skip
        self.passed.append(element.id)
        self._add(entry, element, words, kind=entry.kind if step.told else STEP, source=source, flows=flows)

    def _way(self, source: str | None, element: Element, turn: int) -> tuple[str | None, tuple[str, ...]]:
        if source is not None and (flows := way(self.pathway.diagram, source, element.id)) is not None:
            return source, flows
        if element.kind == "startEvent" and self.branches.get(element.id) == element.parent:
            return None, ()
        return came_from(self.pathway.diagram, reversed(self.passed[turn:]), element.id)

    def _show_effect(self, entry: Entry, turn: int) -> None:
        self._tell(entry)
        if entry.kind in SILENT or (entry.kind == Kind.PROTECTIVE_TIMESCALE_SET and entry.role == EFFECT):
            self._again()
            return
        element = self.elements.get(entry.element or "")
        source: str | None = None
        flows: tuple[str, ...] = ()
        if entry.kind == Kind.TASK_OPENED and element is not None:
            source, flows = self._way(None, element, turn)
            if source is None:
                source, flows = came_from(self.pathway.diagram, reversed(self.passed), element.id)
            self.moving = {k: t for k, t in self.moving.items() if t.element != source}
        self._add(entry, element, self._words(entry), source=source, flows=flows)

    def _move(self, element: str) -> None:
        """The token that is on its way is at an element now; one that came to an end inside a branch is gone."""
        token = self._token(element, None)
        ends = {k for k, t in self.moving.items() if self.elements[t.element].kind == "endEvent"}
        self.moving = {k: t for k, t in self.moving.items() if k not in ends} | {token.id: token}

    def _token(self, element: str, task: Task | None) -> Token:
        branch = self.branches.get(element)
        if branch is None:
            return Token(id=MAIN, element=element, branch=MAIN, task=task.key if task else None)
        if not self.pathway.in_risk_branch(element):
            return Token(id=branch, element=element, branch=BESIDE, task=task.key if task else None)
        referrals = self.told.dispute.referrals
        run = (task.group if task else self.told.referral) or (f"{branch}.{len(referrals) + 1}")
        number = next((n for n, r in enumerate(referrals, 1) if r.key == run), len(referrals) + 1)
        child = task.child if task else self.told.child if self.elements[element].cardinality else None
        return Token(
            id=run if child is None else f"{run}/{child}", element=element, number=number, child=child,
            branch=REFERRAL if child is None else CHILD, task=task.key if task else None,
        )  # fmt: skip

    def _add(
        self,
        entry: Entry,
        element: Element | None,
        words: str,
        *,
        kind: str = "",
        source: str | None = None,
        flows: tuple[str, ...] = (),
        idle: Span | None = None,
    ) -> None:
        at = datetime.fromisoformat(entry.at)
        before = self.found[-1].at if self.found else at
        stepped = (entry.role == INPUT or kind == STEP or flows) and (element is None or element.kind != "subProcess")
        task = self.told.dispute.task(str(entry.data.get("task"))) if entry.kind == Kind.TASK_OPENED else None
        token = self._token(element.id, task) if element is not None and (stepped or task) else None
        answers, said = right(entry, self.pathway, self.texts, own_note(self.notes, entry), self.journal.raised)
        self.found.append(
            Frame(
                n=len(self.found) + 1,
                seq=entry.seq,
                at=at,
                kind=kind or entry.kind,
                who=entry.actor.get("name", ""),
                by_clock=entry.actor.get("id") == CLOCK.id,
                agency=self._agency(entry.actor),
                words=words,
                element=element.id if element else None,
                source=source,
                flows=flows,
                token=token,
                clauses=element.clauses if element else (),
                answers=answers,
                texts=said,
                notes=self.notes.get(entry.seq, ()) if entry.role == INPUT else (),
                of=of_entry(entry),
                mark=mark_of(entry),
                since=span(before, at, self.calendar),
                idle=idle,
                state=self._state(),
            )
        )

    def _agency(self, actor: Mapping[str, str]) -> str:
        """The side's name; for those of neither side the role in which they acted."""
        named = self.names.get(actor.get("agency", ""))
        return named or ("" if actor.get("id") == CLOCK.id else actor.get("role", "").replace("_", " "))

    def _again(self) -> None:
        """What is told without a frame of its own belongs to the frame before it."""
        if self.found:
            self.found[-1] = replace(self.found[-1], state=self._state())

    def _state(self) -> State:
        held = self.told.dispute
        resting = [self._token(task.element, task) for task in held.tasks]
        at = {(t.id, t.element) for t in resting}
        moving = [t for t in self.moving.values() if (t.id, t.element) not in at]
        if held.ending and held.ending.element in self.elements and all(t.id != MAIN for t in moving):
            moving.append(Token(id=MAIN, element=held.ending.element, branch=MAIN))
        return State(
            tasks=held.tasks,
            visits=held.visits,
            deadlines=held.deadlines,
            referrals=held.referrals,
            ending=held.ending,
            over=held.over,
            closed=held.closed,
            limits=self.timers.ran,
            tokens=tuple(sorted((*resting, *moving), key=_place_of)),
        )

    @property
    def calendar(self) -> days.Calendar:
        """The working calendar as the journal told it last."""
        told = self.told.dispute.calendar
        if self._calendar is None or self._calendar[0] is not told:
            self._calendar = told, deadlines.calendar_of(self.told.dispute)
        return self._calendar[1]

    def _words(self, entry: Entry) -> str:
        words, child = entry_words(entry, self.pathway, self.journal), self._child(entry)
        return f"{words} – {child}" if child else words

    def _around(self, element: Element) -> Element | None:
        return self.elements.get(element.attached_to or element.parent)

    def _child(self, entry: Entry) -> str:
        """The child whose task an entry is about, where a task is asked for each child."""
        key = str(entry.data.get("task") or str(entry.data.get("key") or "").partition("/")[0])
        if entry.kind == Kind.TASK_OPENED:
            self.about[key] = entry.data.get("child")
        number, children = self.about.get(key), self.told.dispute.children
        if number is None or not 0 <= number < len(children):
            return ""
        return f"{children[number].initials} ({children[number].case_reference})"


def _place_of(token: Token) -> tuple[int, int, int]:
    return BRANCHES.index(token.branch), token.number, -1 if token.child is None else token.child
