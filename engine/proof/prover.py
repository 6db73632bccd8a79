"""Proves of a pathway, on the real engine, that it keeps its timeline and never loses the way to help.

The main flow and each event subprocess are walked alone, state by state, with time handed in; docs/proof.md says why
that is sound and what is reduced.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product
from typing import Any

from engine.course import Change, Run, Version
from engine.dispute import RAISING, RECEIVING
from engine.errors import ConcordError
from engine.pathway import (
    FACTS,
    PROTECTIVE_PASSED,
    RAISING_ASKED,
    RECEIVING_ASKED,
    RESOLUTION_SAID,
    RISK_REPORTED,
    SAID_BY,
    STAGE_ENDED,
    WITHDRAWAL_ASKED,
    WITHDRAWN,
    Element,
    Pathway,
)
from engine.proof import duties
from engine.proof.counterexample import AGREED, Scenarios
from engine.proof.limits import broken_limits, moments
from engine.proof.names import Names
from engine.proof.properties import Fault, Judge, from_every_state, outlives
from engine.proof.result import Broken, Proof
from engine.proof.settings import shown
from engine.proof.walk import Action, Walk, Way

ASKED = {RAISING_ASKED: RAISING, RECEIVING_ASKED: RECEIVING}


def prove(version: Version) -> Proof:
    """Prove a version; its executor must know no name but those that were answered: none may be read too early."""
    pathway, names = version.pathway, Names(pathway=version.pathway)
    judge, scenarios = Judge(pathway=pathway), Scenarios(version=version)
    for what, element, message in shown(pathway, names):
        judge.fault(what, element, message)
    main = Walk(version=version, names=names)
    main.through(_starts(version, names, judge), judge)
    from_every_state(main, judge.fault)
    duties.of_walk(main, judge.fault)
    walks = [main]
    for subprocess, start in _event_subprocesses(pathway):
        judge.inside = start.signal
        for facts, raised in product(_known_to(names, subprocess), [None, *names.starts_for(subprocess)]):
            judge.said_by = str(facts[SAID_BY])
            walks.append(_inside(main, subprocess, start, judge, facts, raised))
            if start.signal == RESOLUTION_SAID and AGREED in walks[-1].thrown and scenarios.confirmed is None:
                scenarios.confirmed = walks[-1].thrown[AGREED]
                scenarios.said_by = judge.said_by if SAID_BY in pathway.facts_read else ""
            if start.signal == WITHDRAWAL_ASKED:
                scenarios.left = walks[-1].thrown.get(WITHDRAWN)
    judge.inside = None
    if pathway.stages and not any(start.signal == PROTECTIVE_PASSED for _, start in _event_subprocesses(pathway)):
        judge.passed(None)
    scenarios.running, scenarios.start = _running(main), _first_start(main)
    scenarios.thrown = {s: way for s, way in main.thrown.items() if s not in {RISK_REPORTED, RESOLUTION_SAID}}
    _asked_whole(walks, judge)
    for stage, message in broken_limits(pathway, judge.timed):
        judge.fault("timeline", stage, message)
    return Proof(
        pathway=pathway.name,
        states=sum(len(walk.states) for walk in walks),
        steps=sum(walk.steps for walk in walks),
        dates=len(moments()),
        broken=tuple(_told(fault, scenarios) for fault in judge.faults.values()),
    )


def _told(fault: Fault, scenarios: Scenarios) -> Broken:
    way = tuple(action.words for action in fault.way)
    scenario = scenarios.of(fault.way, fault.inside, fault.said_by) if fault.way or fault.inside else None
    begun = (f"{fault.inside.replace('_', ' ')}",) if fault.inside else ()
    return Broken(what=fault.what, element=fault.element, message=fault.message, way=begun + way, scenario=scenario)


def _asked_whole(walks: list[Walk], judge: Judge) -> None:
    """Some way reaches every element; no form has more combinations of answers than were tried."""
    reached = set[str]().union(*(walk.reached for walk in walks))
    for element in judge.pathway.diagram.elements.values():
        if element.id not in reached and all(walk.whole for walk in walks):
            judge.fault("reached", element.id, f"No path reaches “{element.name or element.id}”.")
        elif element.kind == "userTask" and walks[0].names.too_many(element.id):
            judge.fault("walked", element.id, "Its form has more combinations of answers than are tried.")


def _known_to(names: Names, subprocess: str) -> Iterator[dict[str, bool | str]]:
    """Everything that Concord may know as an event subprocess begins, as far as its gateways ask for it (S2, E5)."""
    read = names.read_in(subprocess)
    for values in product(*(FACTS[name] if name in read else FACTS[name][:1] for name in FACTS)):
        yield dict(zip(FACTS, values, strict=True))


def _event_subprocesses(pathway: Pathway) -> list[tuple[str, Element]]:
    elements = pathway.diagram.elements
    starts = (e for e in elements.values() if e.kind == "startEvent" and e.signal and e.parent in elements)
    return [(start.parent, start) for start in starts if elements[start.parent].triggered]


def _starts(version: Version, names: Names, judge: Judge) -> Iterator[tuple[Run, Change, Way]]:
    """Every way of raising that the diagram tells apart."""
    begin = version.pathway.start.id
    for answers in names.starts():
        said = ", ".join(f"{k} {v}" for k, v in answers.items())
        try:
            run, change = version.executor.start(names.start_data(answers))
        except ConcordError as error:
            judge.fault("expression", begin, f"Raised ({said}): {error}")
            continue
        step = {"do": "raise", "start": {k: v for k, v in answers.items() if v is not None}}
        action = Action(words=f"raised ({said})", act=partial(_done, change), element=begin, step=step)
        judge.begun(change, (action,), risk=bool(answers["risk"]))
        yield run, change, (action,)


def _done(change: Change, _run: Run) -> Change:
    return change


def _running(main: Walk) -> Way:
    """The first way to a state in which it can be said that it is resolved."""
    load = main.version.executor.load
    return next((way for stored, way in main.states.values() if load(stored).hears(AGREED)), ())


def _first_start(main: Walk) -> Mapping[str, Any]:
    """What is answered on the first way of raising."""
    steps = (action.step for _, way in main.states.values() for action in way[:1] if action.step)
    return next((step["start"] for step in steps), {})


def _inside(
    main: Walk,
    subprocess: str,
    start: Element,
    judge: Judge,
    facts: dict[str, bool | str],
    raised: dict[str, Any] | None,
) -> Walk:
    """Walk one event subprocess, begun just before the main flow ended, so that it holds the dispute open by itself.

    Where it reads what was answered as the dispute was raised, each such answer is walked from there, too.
    """
    walk = Walk(version=main.version, names=main.names, facts=facts)
    if not main.states:
        return walk
    stored = main.last[0] if main.last else next(iter(main.states.values()))[0]
    run = walk.load(stored)
    if raised is not None:
        run, _ = main.version.executor.start(main.names.start_data(raised))
        run.forget_event_subprocesses()
        run.know(dict(facts))
    stage = next((s.id for s in main.version.pathway.stages), "") if start.signal == STAGE_ENDED else 1
    try:
        change = run.signal(start.signal or "", stage)
    except ConcordError as error:
        judge.fault("expression", subprocess, str(error))
        return walk
    asked = frozenset(side for name, side in ASKED.items() if facts[name])
    if start.signal == PROTECTIVE_PASSED and not asked:
        judge.passed(change)
    walk.inside = next((o.key for o in change.opened if o.element == subprocess), "over")
    opened = walk.front(run)
    if main.last is not None and raised is None:
        try:
            main.last[1].act(run)
        except ConcordError:
            why = "As it begins it ends what runs, so the main flow's end beside it was not walked. Ask somebody first."
            judge.fault("walked", subprocess, why)
            return walk
        if opened:
            outlives(walk, opened, run, judge.fault)
    duties.opened_alike(main.version.pathway, change, opened, (), judge.fault, asked)
    if start.signal in {STAGE_ENDED, PROTECTIVE_PASSED}:
        duties.asked_whom(main.version.pathway, change, asked, judge.fault)
    if start.signal == RESOLUTION_SAID:
        duties.resolves(main.version.pathway, walk, change, None, judge.fault)
    walk.through([(run, change, ())], judge)
    duties.of_walk(walk, judge.fault)
    from_every_state(walk, judge.fault)
    return walk
