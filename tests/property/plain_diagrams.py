"""Generated diagrams of tasks, choices, forks, joins and ends: many go wrong, as drawings do when they are edited.

Before each choice stands a task whose answer chooses; so every way is open, and two readers mean the same by it.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, pairwise

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
MAIN, FORM = "bpmn/plain/escalation.bpmn", "forms/shared/choose.form"
OPTIONS = ("a", "b", "c")
QUESTION = {
    "type": "radio", "key": "choice", "label": "Which?", "id": "choice", "validate": {"required": True},
    "values": [{"value": value, "label": value} for value in OPTIONS],
}  # fmt: skip
CHOOSE = json.dumps({"type": "default", "id": "choose", "schemaVersion": 18, "components": [QUESTION]}).encode()
ASKS = (
    f'<bpmn:extensionElements><spiff:properties xmlns:spiff="{SPIFF}">'
    '<spiff:property name="form" value="choose"></spiff:property></spiff:properties></bpmn:extensionElements>'
)
SPLIT, JOIN = "exclusiveGateway", "parallelGateway"


@dataclass
class Plain:
    """A drawing in the making: elements by id, and flows."""

    kinds: dict[str, str] = field(default_factory=dict)
    flows: list[tuple[str, str]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def add(self, kind: str) -> str:
        """A new element."""
        identity = f"{kind}_{next(self.numbers)}"
        self.kinds[identity] = kind
        return identity

    def line(self, *elements: str) -> None:
        """Flows from each to the next."""
        self.flows += pairwise(elements)

    def only_what_is_reached(self, start: str) -> None:
        """Take out what no flow leads to: the rules refuse it, and the process engine does not see it before a join."""
        reached = {start}
        while found := {target for source, target in self.flows if source in reached} - reached:
            reached |= found
        self.flows = list(dict.fromkeys(flow for flow in self.flows if flow[0] in reached))
        self.kinds = {identity: kind for identity, kind in self.kinds.items() if identity in reached}

    def leads_to(self, element: str) -> set[str]:
        """The elements from which a way leads to one."""
        found = {element}
        while more := {source for source, target in self.flows if target in found} - found:
            found |= more
        return found

    def comes_to_an_end(self) -> bool:
        """Whether an end is ahead of every element."""
        ends = [identity for identity, kind in self.kinds.items() if kind == "endEvent"]
        return set[str]().union(*map(self.leads_to, ends)) == self.kinds.keys()

    def files(self) -> Mapping[str, bytes]:
        """The pathway's files."""
        return {MAIN: self.xml().encode(), FORM: CHOOSE}

    def xml(self) -> str:
        """The diagram as BPMN: each tag opened and closed, for a reader that knows no empty ones."""
        onward = Counter(source for source, _ in self.flows)
        flows = [self._flow(number, onward) for number in range(len(self.flows))]
        nodes = [self._node(identity, kind) for identity, kind in self.kinds.items()]
        return (
            f'<bpmn:definitions xmlns:bpmn="{BPMN}" id="All" targetNamespace="urn:test">'
            f'<bpmn:process id="plain" isExecutable="true">{"".join(nodes + flows)}</bpmn:process></bpmn:definitions>'
        )

    def _node(self, identity: str, kind: str) -> str:
        ways = [n for n, (source, _) in enumerate(self.flows) if source == identity]
        default = f' default="f{ways[0]}"' if kind == SPLIT and len(ways) > 1 else ""
        return f'<bpmn:{kind} id="{identity}"{default}>{ASKS if kind == "userTask" else ""}</bpmn:{kind}>'

    def _flow(self, number: int, onward: Mapping[str, int]) -> str:
        source, target = self.flows[number]
        before = sum(1 for other, _ in self.flows[:number] if other == source)
        chosen = self.kinds[source] == SPLIT and onward[source] > 1 and before > 0
        said = f'choice = "{OPTIONS[before]}"' if chosen else ""
        inside = f"<bpmn:conditionExpression>{said}</bpmn:conditionExpression>" if said else ""
        return (
            f'<bpmn:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">{inside}</bpmn:sequenceFlow>'
        )


def plain(seed: int, *, wrong: bool) -> Plain:
    """A small diagram; where it may be `wrong`, gateways are of any kind, branches end apart, and flows go astray."""
    dice = random.Random(seed)  # noqa: S311 - a seed makes a diagram that can be made again
    drawing = Plain()
    start, end = drawing.add("startEvent"), drawing.add("endEvent")
    how = dice.choice(("stuck", "stuck", "twice", "twice", "any")) if wrong else ""
    first, last = _block(drawing, dice, 2, wrong=how, end=end)
    drawing.line(start, first)
    if last is not None:
        drawing.line(last, end)
    if wrong and dice.random() < 0.4:
        _astray(drawing, dice)
    drawing.only_what_is_reached(start)
    if wrong and end in drawing.kinds and dice.random() < 0.1:
        drawing.line(drawing.add("userTask"), end)
    return drawing


Block = tuple[str, str | None]
"""The first and the last element of a part; the last is none where it has ended."""


def _block(drawing: Plain, dice: random.Random, depth: int, *, wrong: str, end: str) -> Block:
    kinds = (
        ("row", "choice", "fork") if wrong and depth > 1 else ("task", "row", "row", "choice", "fork", "fork", "loop")
    )
    kind = dice.choice(kinds) if depth else "task"
    if kind == "row":
        first, middle = _block(drawing, dice, depth - 1, wrong=wrong, end=end)
        if middle is None:
            return first, None
        second, last = _block(drawing, dice, depth - 1, wrong=wrong, end=end)
        drawing.line(middle, second)
        return first, last
    if kind in {"choice", "fork"}:
        return _parted(drawing, dice, depth, kind, wrong=wrong, end=end)
    if kind == "loop":
        return _loop(drawing, dice, depth, end=end)
    task = drawing.add("userTask")
    return task, task


def _parted(drawing: Plain, dice: random.Random, depth: int, kind: str, *, wrong: str, end: str) -> Block:
    """A choice or a fork of two or three ways, joined as it was parted, or otherwise, or not at all."""
    gateway = SPLIT if kind == "choice" else JOIN
    asks, parts = drawing.add("userTask"), drawing.add(gateway)
    drawing.line(asks, parts)
    amiss = wrong in {"any", "stuck" if kind == "choice" else "twice"} and dice.random() < 0.8
    joins = drawing.add({SPLIT: JOIN, JOIN: SPLIT}[gateway] if amiss else gateway)
    joined = False
    for _ in range(dice.choice((2, 2, 3))):
        first, last = _block(drawing, dice, depth - 1, wrong=wrong, end=end)
        drawing.line(parts, first)
        apart = bool(wrong) and dice.random() < 0.2
        joined |= last is not None and not apart
        if last is not None:
            same = wrong != "stuck" and dice.random() < 0.5
            drawing.line(last, (end if same else drawing.add("endEvent")) if apart else joins)
    if not joined:
        del drawing.kinds[joins]
    return asks, joins if joined else None


def _loop(drawing: Plain, dice: random.Random, depth: int, *, end: str) -> Block:
    """A task that is done until it is enough: a join on a loop is refused, so nothing is forked in it (D11)."""
    begins = drawing.add(SPLIT)
    first, last = _block(drawing, dice, 0, wrong="", end=end)
    asks, again = drawing.add("userTask"), drawing.add(SPLIT)
    drawing.line(begins, first)
    drawing.line(last or first, asks, again)
    onward = drawing.add("userTask")
    drawing.line(again, onward)
    drawing.line(again, begins)
    return begins, onward


def _astray(drawing: Plain, dice: random.Random) -> None:
    """A flow leads to another element further on, unless something would then go round for ever (a rule refuses it)."""
    places = list(drawing.kinds)
    number = dice.randrange(len(drawing.flows))
    source, _ = drawing.flows[number]
    chooses = {e for e in places if drawing.kinds[e] == SPLIT and sum(s == e for s, _ in drawing.flows) > 1}
    later = (e for e in places[places.index(source) + 1 :] if drawing.kinds[e] in {"userTask", SPLIT, JOIN})
    ahead = [e for e in later if e not in chooses]
    back = drawing.leads_to(source)  # a circle without a choice is refused
    ahead = [e for e in ahead if e not in back]
    if not ahead:
        return
    before = drawing.flows[number]
    drawing.flows[number] = source, dice.choice(ahead)
    if not drawing.comes_to_an_end():
        drawing.flows[number] = before
