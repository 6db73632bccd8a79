"""Walks the states of a pathway's main flow, or of one event subprocess, on the real engine; judges nothing."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import methodcaller
from typing import Any, Protocol

from engine.course import Change, Open, Run, Version
from engine.errors import ConcordError
from engine.pathway import ESCALATED_EARLY, FACTS, WITHDRAWN, Element
from engine.proof.names import Names

MOST_STATES = 5_000
"""What ships has 150 at the most."""
MOST_AT_ONCE = 4
"""Twice is a fault already; what is open so often may be opened without end, and each state costs more than before."""
OVER = "over"
OUTSIDE: Mapping[str, Mapping[str, Any] | None] = {
    ESCALATED_EARLY: {"do": "escalate", "reason": "tried by the proof"},
    WITHDRAWN: {"do": "withdraw", "reason": "tried by the proof"},
    "resolved": None,
}


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing that can happen in a state; `step` is the same for a simulation, `element` what it happens to."""

    words: str
    act: Callable[[Run], Change]
    element: str
    step: Mapping[str, Any] | None = None


Way = tuple[Action, ...]


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step from a state, and the state that it comes to."""

    action: Action
    to: str


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One step of a walk: what was open before and after it, and what it did."""

    action: Action
    change: Change
    before: tuple[Open, ...]
    after: tuple[Open, ...]
    way: Way


class Inspector(Protocol):
    """What is asked in each state and of each step."""

    def state(self, walk: "Walk", run: Run, way: Way) -> None:
        """Ask in a state; the run may be changed."""
        ...

    def step(self, walk: "Walk", taken: Taken) -> None:
        """Ask of a step."""
        ...

    def fault(self, what: str, element: str | None, message: str, way: Way) -> None:
        """Note what does not hold."""
        ...


@dataclass(kw_only=True)
class Walk:
    """States found so far, each with the way by which it was found first; `inside`: an event subprocess's turn.

    `facts` are what Concord knows as the signal is heard that begins it; of each value there is a walk. Of one that is
    not `whole` nothing is said that only all states together show.
    """

    version: Version
    names: Names
    inside: str | None = None
    states: dict[str, tuple[dict[str, Any], Way]] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    opened: dict[str, tuple[str, ...]] = field(default_factory=dict)
    steps_from: dict[str, list[Step]] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    thrown: dict[str, Way] = field(default_factory=dict)
    last: tuple[dict[str, Any], Action] | None = None
    steps: int = 0
    often: tuple[str, Way] | None = None
    whole: bool = True
    facts: Mapping[str, bool | str] = field(default_factory=lambda: {name: values[0] for name, values in FACTS.items()})

    def load(self, stored: Mapping[str, Any]) -> Run:
        """A run as it was saved, told what its gateways may ask beside what was answered."""
        run = self.version.executor.load(dict(stored))
        run.know(dict(self.facts))
        return run

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """The diagram's elements."""
        return self.version.pathway.diagram.elements

    def through(self, starts: Iterable[tuple[Run, Change, Way]], inspector: Inspector) -> None:
        """Walk from the starts through every state."""
        ahead: deque[str] = deque()
        for run, change, way in starts:
            self._note(change, way)
            if (found := self._arrived(run, way)) is not None:
                ahead.append(found)
                self.begun.append(found)
        while ahead:
            if len(self.states) > MOST_STATES or self.often is not None:
                self.whole = False
                element, way = self.often or (None, ())
                why = (
                    f"It is open {MOST_AT_ONCE} times at once"
                    if self.often
                    else f"There are over {MOST_STATES:,} states"
                )
                inspector.fault("walked", element, f"{why}: not all of it was walked.", way)
                return
            ahead.extend(self._onward_from(ahead.popleft(), inspector))

    def _onward_from(self, here: str, inspector: Inspector) -> Iterator[str]:
        stored, way = self.states[here]
        run = self.load(stored)
        before = self.front(run)
        actions = list(self.actions(run, before))
        inspector.state(self, run, way)
        if not actions:
            waiting = ", ".join(o.element for o in before) or "a join"
            inspector.fault("deadlock", None, f"Nothing can happen any more while {waiting} is open.", way)
        for action in actions:
            self.steps += 1
            taken = (*way, action)
            again = self.load(stored)
            try:
                change = action.act(again)
            except ConcordError as error:
                inspector.fault("expression", action.element, str(error), taken)
                continue
            self._note(change, taken)
            after = self.front(again)
            inspector.step(self, Taken(action=action, change=change, before=before, after=after, way=taken))
            if (found := self._arrived(again, taken, here)) is not None:
                yield found
            if self.last is None and self.ends:
                self.last = (stored, action)

    def leading_to(self, good: Iterable[str], goes: Callable[[Step], bool] = lambda _: True) -> set[str]:
        """The states from which one of the good ones can be come to by steps that go, and these themselves."""
        back: dict[str, set[str]] = {}
        for before, steps in self.steps_from.items():
            for step in steps:
                if goes(step):
                    back.setdefault(step.to, set()).add(before)
        return set(reached(good, back))

    def _note(self, change: Change, way: Way) -> None:
        self.reached |= {step.element for step in change.path} | {o.element for o in change.opened}
        for signal in self.signals(change):
            self.thrown.setdefault(signal, way)

    def signals(self, change: Change) -> list[str]:
        """The signals that were thrown, each as often as it was."""
        passed = (self.elements[step.element] for step in change.path)
        return [e.signal for e in passed if e.signal and e.kind in {"intermediateThrowEvent", "endEvent"}]

    def _arrived(self, run: Run, way: Way, before: str | None = None) -> str | None:
        """Give the state's name where it is new and goes on."""
        if self.inside is None:
            run.forget_event_subprocesses()
        here = self.key(run, way)
        if before is not None:
            self.steps_from.setdefault(before, []).append(Step(action=way[-1], to=here))
        if here in self.states:
            return None
        self.states[here] = (run.state(), way)
        front = self.front(run)
        self.opened[here] = tuple(o.element for o in front if o.kind == "userTask")
        for element, times in Counter(o.element for o in front if o.index is None).most_common(1):
            if times >= MOST_AT_ONCE:
                self.often = self.often or (element, way)
        if here != OVER:
            return here
        self.ends.add(here)
        return None

    def key(self, run: Run, way: Way) -> str:
        """What a state is known by."""
        front = self.front(run)
        over = not front and (self.inside is not None or run.completed)
        joining = run.joining()
        return OVER if over else self.name_of(front) + (repr(joining) if joining else "") + self._carried(way)

    def _carried(self, way: Way) -> str:
        """What was answered last to the names that a token waiting at a join may carry."""
        said: dict[str, Any] = {}
        for action in way if self.names.carried else ():
            said |= (action.step or {}).get("answers", {})
        return repr(sorted((k, repr(v)) for k, v in said.items() if k in self.names.carried)) if said else ""

    def front(self, run: Run) -> tuple[Open, ...]:
        """What is open: of the main flow, or of the one event subprocess."""
        known = {o.key: o for o in run.open()}
        return tuple(o for o in known.values() if self._owner(o, known) == self.inside)

    def _owner(self, open_: Open, known: Mapping[str, Open]) -> str | None:
        while open_.within is not None:
            open_ = known[open_.within]
        return open_.key if self.elements[open_.element].triggered else None

    def name_of(self, front: Iterable[Open]) -> str:
        """A state: what is open, but for timers that interrupt nothing, with the answers that may still be read."""
        rows = []
        for o in front:
            if o.kind != "timer" or self.elements[o.element].interrupting:
                live = self.names.live[o.element] | (self.names.after(o.element) if o.kind == "subProcess" else set())
                data = sorted((k, repr(v)) for k, v in o.data.items() if k in live)
                rows.append((o.element, o.kind, o.index or 0, data))
        return repr(sorted(rows))

    def actions(self, run: Run, front: Iterable[Open]) -> Iterator[Action]:
        """Everything that can happen: a timer fires, a task is completed, a signal comes from outside."""
        for o in front:
            name = self.elements[o.element].name or o.element
            if o.kind == "timer":
                yield Action(
                    words=f"“{name}” fires", act=methodcaller("fire", o.key), element=o.element, step={"do": "wait"}
                )
            elif o.kind == "userTask":
                for answers in self.names.answers(o.element, o.data):
                    said = ", ".join(f"{k} = {v}" for k, v in answers.items())
                    step = {"do": "complete", "task": o.element, "answers": answers, "check": False}
                    words = f"“{name}” completed" + (f" ({said})" if said else "")
                    yield Action(
                        words=words, act=methodcaller("complete", o.key, answers), element=o.element, step=step
                    )
        for signal, told in OUTSIDE.items() if self.inside is None else ():
            edge = next((e for e in self.elements.values() if e.signal == signal and e.attached_to), None)
            if edge is not None and run.hears(signal):
                words = signal.replace("_", " ")
                yield Action(words=words, act=methodcaller("signal", signal), element=edge.id, step=told)


def reached(begun: Iterable[str], onward: Mapping[str, set[str]]) -> list[str]:
    """Everything that can be come to from there, these first; what is nearest before what is farther."""
    found = dict.fromkeys(begun)
    ahead = deque(found)
    while ahead:
        new = sorted(onward.get(ahead.popleft(), set()) - found.keys())
        found |= dict.fromkeys(new)
        ahead.extend(new)
    return list(found)
