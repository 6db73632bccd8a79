"""Proves of a pathway, on the real engine with time handed in, that it keeps its timeline and never loses the way to help.

The main flow and each event subprocess are walked alone, state by state; docs/proof.md says why that is sound and what is reduced.
"""

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from engine import feel
from engine import working_days as days
from engine.course import Version
from engine.errors import ConcordError
from engine.execution import Change, Open, Run
from engine.forms import Field
from engine.pathway import ORDINARY, Pathway

RISK, ENDED = "risk_reported", "stage_ended"
OUTSIDE = ("escalated_early", "withdrawn", "resolved")
MOST_STATES = 20_000
MOST_ANSWERS = 64


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A property that does not hold: where, why, and a shortest way there."""

    what: str
    element: str | None
    message: str
    way: tuple[str, ...] = ()
    scenario: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What was walked, and what does not hold."""

    pathway: str
    states: int
    steps: int
    dates: int
    broken: tuple[Broken, ...]


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing that can happen in a state."""

    words: str
    act: Callable[[Run], Change]
    step: Mapping[str, Any] | None = None


@dataclass
class _Walk:
    """States found so far, each with the way by which it was found first."""

    states: dict[str, tuple[dict[str, Any], tuple[Action, ...]]] = field(default_factory=dict)
    onward: dict[str, set[str]] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    steps: int = 0


def prove(version: Version) -> Proof:
    """Prove a version; the executor must know no name beyond those that were answered, so that none is read too early."""
    broken: list[Broken] = []
    pathway = version.pathway
    main = _walk(version, None, broken)
    states, steps, reached = len(main.states), main.steps, set(main.reached)
    for name, start in _event_subprocesses(pathway):
        walk = _walk(version, (name, start), broken)
        states, steps, reached = states + len(walk.states), steps + walk.steps, reached | walk.reached
    for element in pathway.diagram.elements.values():
        if element.id not in reached and not any(b.what == "reached" and b.element == element.id for b in broken):
            broken.append(
                Broken(what="reached", element=element.id, message=f"No path reaches “{element.name or element.id}”.")
            )
    dates = _timeline(pathway, broken)
    return Proof(pathway=pathway.name, states=states, steps=steps, dates=dates, broken=tuple(_once(broken)))


def _once(broken: list[Broken]) -> Iterator[Broken]:
    """One finding for a property and an element: the first, which has a shortest way."""
    seen = set()
    for found in broken:
        if (found.what, found.element) not in seen:
            seen.add((found.what, found.element))
            yield found


def _event_subprocesses(pathway: Pathway) -> list[tuple[str, str]]:
    elements = pathway.diagram.elements.values()
    return [(e.id, s.signal) for e in elements if e.triggered for s in elements
            if s.parent == e.id and s.kind == "startEvent" and s.signal]  # fmt: skip


def _walk(version: Version, inside: tuple[str, str] | None, broken: list[Broken]) -> _Walk:
    """Walk every state: of the main flow, or (inside) of one event subprocess that a signal has just started."""
    walk = _Walk()
    run, change = version.executor.start(_start(version.pathway))
    starts = [(run, change, ())] if inside else [*_starts(version)]
    if inside:
        run.forget_event_subprocesses()
        change = run.signal(inside[1], 1)
        starts = [(run, change, ())]
    ahead: deque[str] = deque()
    for begun, first, way in starts:
        _arrive(version, walk, ahead, begun, first, tuple(way), inside, None)
    while ahead and len(walk.states) <= MOST_STATES:
        here = ahead.popleft()
        stored, way = walk.states[here]
        loaded = version.executor.load(stored)
        actions = list(_actions(version.pathway, loaded, inside))
        if inside is None:
            _asked_in(version, loaded, way, broken)
        if not actions:
            broken.append(
                _broken("deadlock", None, f"Nothing can happen any more while {_waiting(loaded)} is open.", way)
            )
        for action in actions:
            walk.steps += 1
            again = version.executor.load(stored)
            try:
                change = action.act(again)
            except ConcordError as error:
                broken.append(_broken("expression", None, str(error), (*way, action)))
                continue
            if inside is None:
                _record_opened(version.pathway, change, (*way, action), broken)
            _arrive(version, walk, ahead, again, change, (*way, action), inside, here)
    if len(walk.states) > MOST_STATES:
        broken.append(_broken("walked", None, f"There are more than {MOST_STATES:,} states: not all were walked.", ()))
    _ends_everywhere(walk, broken)
    return walk


def _start(pathway: Pathway, **answers: Any) -> dict[str, Any]:
    form = pathway.form_of(pathway.start.id)
    closed = dict.fromkeys(form.closed_names) if form else {}
    given = closed | {"children": 1, "risk": False, "receiving_kind": "other", "raising_kind": "other"} | answers
    return {name: value for name, value in given.items() if name in pathway.names_read}


def _starts(version: Version) -> Iterator[tuple[Run, Change, tuple[Action, ...]]]:
    """Every way of raising that the diagram tells apart."""
    pathway = version.pathway
    form = pathway.form_of(pathway.start.id)
    fields = [f for f in form.inputs if f.key in pathway.names_read] if form else []
    values: dict[str, list[Any]] = {f.key: _values(pathway, f) for f in fields} | {"risk": [False, True]}
    kinds = [k for k in ("receiving_kind", "raising_kind") if k in pathway.names_read]
    values |= {kind: _constants(pathway, kind) for kind in kinds}
    for chosen in product(*values.values()):
        answers = dict(zip(values, chosen, strict=True))
        run, change = version.executor.start(_start(pathway, **answers))
        said = ", ".join(f"{k} {v}" for k, v in answers.items())
        yield run, change, (Action(words=f"raised ({said})", act=lambda _: change, step={"start": answers}),)  # noqa: B023


def _arrive(version: Version, walk: _Walk, ahead: deque[str], run: Run, change: Change, way: tuple[Action, ...],
            inside: tuple[str, str] | None, before: str | None) -> None:  # fmt: skip
    walk.reached |= {step.element for step in change.path} | {o.element for o in change.opened}
    if inside is None:
        run.forget_event_subprocesses()
    here = _key(version.pathway, _front(version.pathway, run, inside))
    if before is not None:
        walk.onward.setdefault(here, set()).add(before)
    if here in walk.states:
        return
    walk.states[here] = (run.state(), way)
    over = run.completed if inside is None else not _front(version.pathway, run, inside)
    if over:
        walk.ends.add(here)
    else:
        ahead.append(here)


def _front(pathway: Pathway, run: Run, inside: tuple[str, str] | None) -> list[Open]:
    """What is open: of the main flow, or within one event subprocess."""
    triggered = {e.id for e in pathway.diagram.elements.values() if e.triggered}
    found = []
    for open_ in run.open():
        of = open_.element if open_.element in triggered else (open_.within or "").split(".")[0]
        owner = of if of in triggered else None
        if owner == (inside[0] if inside else None):
            found.append(open_)
    return found


def _key(pathway: Pathway, front: list[Open]) -> str:
    """A state: what is open, and the answers that may still be read."""
    rows = sorted(
        [o.element, o.kind, o.index or 0, {k: v for k, v in o.data.items() if k in pathway.names_read}] for o in front
    )
    return json.dumps(rows, sort_keys=True, default=str) if front else "over"


def _actions(pathway: Pathway, run: Run, inside: tuple[str, str] | None) -> Iterator[Action]:
    for open_ in _front(pathway, run, inside):
        element = pathway.diagram.elements[open_.element]
        if open_.kind == "timer":
            yield Action(
                words=f"“{element.name or element.id}” fires", act=lambda r, k=open_.key: r.fire(k), step={"do": "wait"}
            )
        elif open_.kind == "userTask":
            for answers in _answers(pathway, open_.element):
                said = ", ".join(f"{k} = {v}" for k, v in answers.items() if k in pathway.names_read)
                yield Action(words=f"“{element.name}” completed" + (f" ({said})" if said else ""),
                             act=lambda r, k=open_.key, a=answers: r.complete(k, a),
                             step={"do": "complete", "task": open_.element, "answers": answers, "check": False})  # fmt: skip
    for name in OUTSIDE if inside is None else ():
        if any(e.signal == name and e.attached_to for e in pathway.diagram.elements.values()) and run.hears(name):
            yield Action(words=f"{name.replace('_', ' ')}", act=lambda r, n=name: r.signal(n), step=DO.get(name))


DO: Mapping[str, Mapping[str, Any]] = {"escalated_early": {"do": "escalate", "reason": "proof"},
                                       "withdrawn": {"do": "withdraw", "reason": "proof"}}  # fmt: skip


def _answers(pathway: Pathway, element: str) -> Iterator[dict[str, Any]]:
    """Every combination of answers that the diagram tells apart."""
    form = pathway.form_of(element)
    closed = dict.fromkeys(form.closed_names) if form else {}
    read = [f for f in form.inputs if f.key in pathway.names_read] if form else []
    for count, chosen in enumerate(product(*(_values(pathway, f) for f in read))):
        if count >= MOST_ANSWERS:
            return
        yield closed | {f.key: value for f, value in zip(read, chosen, strict=True)}


def _values(pathway: Pathway, form_field: Field) -> list[Any]:
    options: list[Any] = [o.value for o in form_field.options]
    if form_field.type == "checklist":
        return [[o] for o in options] or [[]]
    if form_field.type == "checkbox":
        return [True, False]
    values = options or _constants(pathway, form_field.key)
    return values if form_field.required and form_field.hide is None else [*values, None]


def _constants(pathway: Pathway, name: str) -> list[Any]:
    """The values that conditions compare a name with, and one beside them."""
    found: list[Any] = []
    for text in pathway.diagram.expressions:
        expression = feel.parse(text)
        if name in expression.names:
            found += [c for c in expression.constants if c not in found]
    return [*found, 1 if any(not isinstance(c, str) for c in found) else "other"]


def _asked_in(version: Version, run: Run, way: tuple[Action, ...], broken: list[Broken]) -> None:
    """In every state risk can be reported, and the report opens a referral that is due at once or the same day."""
    if not run.hears(RISK):
        broken.append(_broken("risk", None, f"Risk can't be reported while {_waiting(run)} is open.", way))
        return
    again = version.executor.load(run.state())
    before = {o.element for o in _front(version.pathway, again, None)}
    change = again.signal(RISK, 1)
    tasks = [version.pathway.diagram.elements[o.element] for o in change.opened if o.kind == "userTask"]
    if not any("immediately" in (t.properties.get("due") or "") for t in tasks):
        broken.append(_broken("risk", None, "A report of risk opens nothing that is due at once.", way))
    if {o.element for o in _front(version.pathway, again, None)} != before:
        broken.append(_broken("risk", None, "A report of risk interrupts what is running.", way))


def _record_opened(pathway: Pathway, change: Change, way: tuple[Action, ...], broken: list[Broken]) -> None:
    """A stage that ends opens its record and its risk question (S2, R3)."""
    left = [o.element for o in (*change.ended, *change.interrupted) if pathway.stage(o.element)]
    throws = [s.element for s in change.path if pathway.diagram.elements[s.element].signal == ENDED
              and pathway.diagram.elements[s.element].kind != "startEvent"]  # fmt: skip
    for stage in left if len(throws) < len(left) else ():
        broken.append(
            _broken("record", stage, "The stage ends without its record and its risk question being opened.", way)
        )


def _ends_everywhere(walk: _Walk, broken: list[Broken]) -> None:
    """From every state an end can be reached."""
    good, ahead = set(walk.ends), deque(walk.ends)
    while ahead:
        for before in walk.onward.get(ahead.popleft(), ()):
            if before not in good:
                good.add(before)
                ahead.append(before)
    for key, (_, way) in walk.states.items():
        if key not in good:
            broken.append(_broken("end", None, "No end can be reached any more.", way))
            return


def _timeline(pathway: Pathway, broken: list[Broken]) -> int:
    """Limits used in full end within the cumulative maximum, raised on any day of two years, in and out of hours (T13)."""
    stages = [s for s in pathway.stages if s.kind == ORDINARY]
    for stage in pathway.stages:
        if not stage.deadline:
            broken.append(Broken(what="deadline", element=stage.id, message="The stage has no deadline."))
    first = datetime(2026, 1, 1, 10, tzinfo=UTC)
    calendar = days.Calendar(bank_holidays=days.bank_holidays(2025, 2029))
    moments = [first + timedelta(days=n, hours=h) for n in range(730) for h in (0, 10)]
    for moment in moments:
        at = moment
        for stage in stages:
            if stage.working_days is None and stage.hours is None:
                continue
            at = (
                days.end_of_working_day(at, stage.working_days, calendar)
                if stage.working_days
                else days.after_hours(at, stage.hours or 0)
            )
            used = days.working_days_used(moment, at, calendar)
            if stage.cumulative is not None and used > stage.cumulative:
                message = (
                    f"Raised {days.show(moment)}, it ends on working day {used}; the maximum is {stage.cumulative}."
                )
                broken.append(Broken(what="timeline", element=stage.id, message=message))
                return len(moments)
    return len(moments)


def _waiting(run: Run) -> str:
    return ", ".join(o.element for o in run.open() if o.kind == "userTask") or "nothing"


def _broken(what: str, element: str | None, message: str, way: tuple[Action, ...]) -> Broken:
    steps = [dict(a.step) for a in way if a.step and "start" not in a.step]
    start = next((dict(a.step["start"]) for a in way if a.step and "start" in a.step), {})
    scenario = {
        "raised": "2026-03-02T10:00",
        "start": start,
        "steps": [{"at": "2026-03-02T10:00", **step} for step in steps],
    }
    return Broken(what=what, element=element, message=message, way=tuple(a.words for a in way), scenario=scenario)
