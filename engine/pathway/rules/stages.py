"""The pool, its lanes and the stages in them (D1 to D5), as drawn; knows no task and no expression's meaning."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from engine.bounds import first_of
from engine.feel import FeelError
from engine.pathway.diagram import Element
from engine.pathway.rules.drawing import Drawing, Finding, called
from engine.pathway.rules.timer_expressions import LimitMisread, read_limit
from engine.pathway.signals import RISK_REPORTED, STAGE_ENDED
from engine.pathway.stage import ORDINARY

_SIGNALS = {"escalated_early": "escalated early", "withdrawn": "withdrawn", "resolved": "resolved"}


def pool_and_lanes(drawing: Drawing) -> Iterator[Finding]:
    """D1: one pool for the partnership, whose lanes are the tiers."""
    pools = drawing.pathway.diagram.pools
    if [pool.process for pool in pools] != [drawing.pathway.diagram.process]:
        held = ", ".join(f"{pool.id} holds {pool.process}" for pool in pools) or "none does"
        must = f"One pool, the partnership's, must hold the process {drawing.pathway.diagram.process}"
        message = f"{must}. There are {len(pools)} pools with one: {held}. Mend that (Participant, Process ID)."
        yield Finding(rule="D1", element=None, message=message)
    if not drawing.pathway.diagram.tiers:
        yield Finding(rule="D1", element=None, message="The pool has no lanes. Draw one for each tier.")
    for lane in drawing.pathway.diagram.lanes:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", lane.tier):
            message = (
                f"The lane {lane.id} says no tier. Give it the property tier, in small letters, e.g. practitioners: "
                "the tables who_acts and others call it so."
            )
            yield Finding(rule="D1", element=lane.id, message=message)
    yield from _in_lanes(drawing)
    yield from _downwards(drawing)


def _in_lanes(drawing: Drawing) -> Iterator[Finding]:
    lanes = _lanes_of(drawing)
    for identity, tiers in lanes.items():
        if identity not in drawing.elements:
            message = f"The lane {tiers[0]} names {identity}, which is not there. Save it once in the modeller."
            yield Finding(rule="D1", element=identity, message=message)
        if len(tiers) > 1:
            message = f"{identity} stands in {len(tiers)} lanes: {', '.join(tiers)}. Move it into one."
            yield Finding(rule="D1", element=identity, message=message)
    astray = [e for e in drawing.elements.values() if e.parent == drawing.pathway.diagram.process and e.tier is None]
    astray.sort(key=lambda element: element.id not in drawing.stage_ids)
    if astray and drawing.pathway.diagram.tiers:
        stand = f"{first_of(list(map(called, astray)))} {'stand' if len(astray) > 1 else 'stands'} in no lane"
        rule = "D2" if astray[0].id in drawing.stage_ids else "D1"
        yield Finding(rule=rule, element=astray[0].id, message=f"{stand}. Move into the tier's lane what is not there.")


def _lanes_of(drawing: Drawing) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for lane in drawing.pathway.diagram.lanes:
        for identity in lane.holds:
            found.setdefault(identity, []).append(lane.id)
    return found


def _downwards(drawing: Drawing) -> Iterator[Finding]:
    place = {tier.key: float(n) for n, tier in enumerate(drawing.pathway.diagram.tiers)}
    shapes = {lane.tier: drawing.pathway.diagram.shapes.get(lane.id) for lane in drawing.pathway.diagram.lanes}
    drawn = {key: shape.top for key, shape in shapes.items() if shape is not None}
    place = drawn if drawn.keys() == place.keys() else place
    stages = [stage for stage in drawing.stages if drawing.is_ordinary(stage) and stage.tier in place]
    stages.sort(key=lambda stage: number_of(stage) or (0, ""))
    for above, below in pairwise(stages):
        if place[below.tier or ""] < place[above.tier or ""]:
            message = f"{below.id} stands above {above.id}, which comes before it. Tiers go from top to bottom."
            yield Finding(rule="D1", element=below.id, message=message)


def stages_whole(drawing: Drawing) -> Iterator[Finding]:
    """D2: a stage is a subprocess, drawn out, that stands whole in its tier's lane."""
    lanes = _lanes_of(drawing)
    meant = any("kind" in element.properties for element in drawing.elements.values())
    if not drawing.stages and not meant and drawing.pathway.name == drawing.pathway.partnership:
        message = "There is no stage. Draw subprocesses with the properties stage and kind."
        yield Finding(rule="D2", element=None, message=message)
    for element in drawing.elements.values():
        if "kind" in element.properties and element.id not in drawing.stage_ids:
            message = (
                f"{called(element)} has a kind, and so is a stage, but no number. Give it the property stage, e.g. 2."
            )
            yield Finding(rule="D2", element=element.id, message=message)
    for stage in drawing.stages:
        if stage.kind != "subProcess" or stage.triggered:
            message = f"{called(stage)} has a stage number but is no subprocess. Draw stages as subprocesses."
            yield Finding(rule="D2", element=stage.id, message=message)
        if number_of(stage) is None or stage.properties.get("kind", ORDINARY) not in {ORDINARY, "exceptional"}:
            message = (
                f"{called(stage)} must have a stage number, such as 2, 2.1 or 2b, and a kind: ordinary or exceptional."
            )
            yield Finding(rule="D2", element=stage.id, message=message)
        shape = drawing.pathway.diagram.shapes.get(stage.id)
        if shape is not None and not shape.expanded:
            yield Finding(rule="D2", element=stage.id, message=f"{stage.id} is folded up. Expand it.")
        if not _stands_inside(drawing, stage):
            message = f"{called(stage)} sticks out of its lane, {stage.tier}. Make the lane higher or move the stage."
            yield Finding(rule="D2", element=stage.id, message=message)
    yield from _whole(drawing, lanes)
    yield from _numbers(drawing)


def _whole(drawing: Drawing, lanes: Mapping[str, list[str]]) -> Iterator[Finding]:
    """What is inside a stage stands in no other lane than the stage's."""
    tiers = {lane.id: lane.tier for lane in drawing.pathway.diagram.lanes}
    for element in (each for each in drawing.elements.values() if each.id in lanes):
        at = drawing.elements.get(element.parent)
        while at is not None:
            other = [lane for lane in lanes[element.id] if tiers[lane] != at.tier]
            if at.id in drawing.stage_ids and other:
                message = (
                    f"{element.id} is inside {at.id} but in the lane {other[0]}. A stage stands whole in one lane."
                )
                yield Finding(rule="D2", element=element.id, message=message)
            at = drawing.elements.get(at.parent)


def _numbers(drawing: Drawing) -> Iterator[Finding]:
    """Stage numbers are numbers, and each is one stage's."""
    first: dict[tuple[int, str], Element] = {}
    for stage in drawing.stages:
        number = number_of(stage)
        if number is not None and (other := first.setdefault(number, stage)) is not stage:
            message = (
                f"{called(stage)} has the number of {called(other)}, {stage.properties['stage']}. Give each its own."
            )
            yield Finding(rule="D2", element=stage.id, message=message)


def number_of(stage: Element) -> tuple[int, str] | None:
    """A stage's number and what tells its parts apart (2, 2.1, 2b), in order; none where it is no such number."""
    found = re.fullmatch(r"([1-9]\d?)(\.[1-9]|[a-z])?", stage.properties.get("stage", ""))
    return (int(found[1]), found[2] or "") if found else None


def _stands_inside(drawing: Drawing, stage: Element) -> bool:
    shapes, lanes = drawing.pathway.diagram.shapes, drawing.pathway.diagram.lanes
    inner = shapes.get(stage.id)
    outer = next((shapes.get(lane.id) for lane in lanes if lane.tier == stage.tier), None)
    if inner is None or outer is None:
        return True
    across = outer.left <= inner.left and inner.right <= outer.right
    return across and outer.top <= inner.top and inner.bottom <= outer.bottom


def edges(drawing: Drawing) -> Iterator[Finding]:
    """D3: a stage's edge carries its deadline, its reminder, and the ways out of it."""
    for stage in drawing.stages:
        edge = drawing.edge(stage.id)
        kinds = {event.id: _timer_kind(event) for event in edge if "timerEventDefinition" in event.definitions}
        yield from _deadline(drawing, stage, [event for event in edge if kinds.get(event.id) == "deadline"], kinds)
        if not drawing.is_ordinary(stage):
            continue
        reminders = [event for event in edge if kinds.get(event.id) == "reminder"]
        if (len(reminders) != 1 and None not in kinds.values()) or any(event.interrupting for event in reminders):
            message = f"{stage.id} must have exactly one non-interrupting timer with reminder() on its edge."
            yield Finding(rule="D3", element=stage.id, message=message)
        for signal, words in _SIGNALS.items():
            heard = [event for event in edge if event.signal == signal]
            if len(heard) != 1 or not heard[0].interrupting:
                message = f"{stage.id} must have one interrupting signal “{signal}” on its edge, for “{words}”."
                yield Finding(rule="D3", element=stage.id, message=message)


def _deadline(
    drawing: Drawing, stage: Element, deadlines: list[Element], kinds: dict[str, str | None]
) -> Iterator[Finding]:
    if len(deadlines) != 1 and None not in kinds.values():
        message = f"{stage.id} must have exactly one timer with deadline(…) on its edge; it has {len(deadlines)}."
        yield Finding(rule="D3", element=stage.id, message=message)
    for event in deadlines:
        if drawing.is_ordinary(stage) and not event.interrupting:
            message = f"The deadline {event.id} does not interrupt {stage.id}. Make it interrupting."
            yield Finding(rule="D3", element=event.id, message=message)


def _timer_kind(event: Element) -> str | None:
    try:
        return read_limit(event.timer or "", ("deadline", "reminder"))[0]
    except (FeelError, LimitMisread):
        return None


def risk_and_stage_end(drawing: Drawing) -> Iterator[Finding]:
    """D4 and D5: event subprocesses for risk and for the end of a stage, and every exit says that the stage ended."""
    heard = {start.signal for start in drawing.elements.values() if start.kind == "startEvent"}
    if RISK_REPORTED not in heard:
        message = f"No event subprocess is started by {RISK_REPORTED}. Draw one, so that risk is heard at any time."
        yield Finding(rule="D4", element=None, message=message)
    yield from _payload(drawing, "D4", RISK_REPORTED, "children")
    if not drawing.stages:
        return
    if STAGE_ENDED not in heard:
        message = (
            f"Nothing is started by the signal {STAGE_ENDED}. Draw an event subprocess for the question and records."
        )
        yield Finding(rule="D5", element=None, message=message)
    yield from _payload(drawing, "D5", STAGE_ENDED, "stage")
    said = frozenset(identity for identity in drawing.elements if drawing.throws(identity, STAGE_ENDED))
    for stage in drawing.stages:
        for out, seeds in _exits(drawing, stage):
            reached = drawing.reach(seeds, beyond=said | drawing.stage_ids, only_interrupting=True)
            for missed in sorted(_unsaid(drawing, reached - said)):
                way = f"The way from {out} reaches {missed} without throwing {STAGE_ENDED}"
                message = f"{way}. Put the throw on the way."
                yield Finding(rule="D5", element=out, message=message)


def _exits(drawing: Drawing, stage: Element) -> Iterator[tuple[str, list[str]]]:
    yield stage.id, [flow.target for flow in drawing.outgoing[stage.id]]
    for event in drawing.edge(stage.id):
        if event.interrupting:
            yield event.id, [event.id]


def _unsaid(drawing: Drawing, reached: set[str]) -> Iterator[str]:
    for identity in reached:
        if identity in drawing.stage_ids or drawing.elements[identity].kind == "endEvent":
            yield identity


def _payload(drawing: Drawing, rule: str, signal: str, name: str) -> Iterator[Finding]:
    for element in drawing.elements.values():
        if element.signal == signal and (element.payload, element.variable) != (name, name):
            message = f"The signal {signal} must carry “{name}” under the name “{name}” (payload and variable name)."
            yield Finding(rule=rule, element=element.id, message=message)
            return
