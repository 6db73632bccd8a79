"""What the proof's walk says of a plain diagram, and what another program says of the same bytes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import rust_bpmn_analyzer_bindings as other
from plain_diagrams import Plain

from engine.composition import executor
from engine.course import Change, Run, Version
from engine.pathway import read_pathway
from engine.proof.names import Names
from engine.proof.walk import Action, Taken, Walk, Way


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """Whether something can get stuck, which tasks are never done, whether an end is come to twice."""

    stuck: bool
    dead: frozenset[str]
    twice: bool


def theirs(drawing: Plain) -> Opinion:
    """The other program's opinion."""
    xml = drawing.xml()
    return Opinion(
        stuck=not other.analyze_option_to_complete(xml).fulfilled,
        dead=frozenset(other.analyze_dead_activities(xml).problematic_elements),
        twice=not other.analyze_proper_completion(xml).fulfilled,
    )


def ours(drawing: Plain) -> Opinion:
    """The opinion of the proof's walk."""
    pathway = read_pathway(drawing.files(), "plain", "escalation")
    version = Version(pathway=pathway, executor=executor(pathway))
    observer = Observer()
    walk = Noted(version=version, names=Names(pathway=pathway), observer=observer)
    walk.through(_starts(version, walk.names), observer)
    tasks = frozenset(identity for identity, kind in drawing.kinds.items() if kind == "userTask")
    return Opinion(stuck="deadlock" in observer.faults, dead=tasks - walk.reached, twice=walk.twice())


def _starts(version: Version, names: Names) -> Iterator[tuple[Run, Change, Way]]:
    answers = next(names.starts())
    run, change = version.executor.start(names.start_data(answers))
    yield run, change, (Action(words="raised", act=lambda _: change, element=version.pathway.start.id),)


@dataclass
class Observer:
    """Notes what a walk comes by: faults, and the ends that the step just taken has passed."""

    faults: set[str] = field(default_factory=set)
    passed: Counter[str] = field(default_factory=Counter)

    def state(self, walk: Walk, run: Run, way: Way) -> None:
        """Nothing is asked of a state."""

    def step(self, walk: Walk, taken: Taken) -> None:
        """Note the ends of a step."""
        path = (walk.elements[step.element] for step in taken.change.path)
        self.passed = Counter(element.id for element in path if element.kind == "endEvent")

    def fault(self, what: str, *_: object) -> None:
        """Note a fault."""
        self.faults.add(what)


Arc = tuple[str, str, Counter[str]]


@dataclass(kw_only=True)
class Noted(Walk):
    """A walk that keeps each step as an arc: from which state, to which, past which ends."""

    observer: Observer
    first: str = ""
    arcs: list[Arc] = field(default_factory=list)

    def _arrived(self, run: Run, way: Way, before: str | None = None) -> str | None:
        found = super()._arrived(run, way, before)
        here = self.key(run, way)
        if before is None:
            self.first = here
        else:
            self.arcs.append((before, here, self.observer.passed))
        return found

    def twice(self) -> bool:
        """Whether some way comes to the same end twice."""
        ends = {end for _, _, passed in self.arcs for end in passed}
        return any(self._most(end) > 1 for end in ends)

    def _most(self, end: str) -> int:
        """How often a way comes to an end, counted up to two."""
        found, ahead = {(self.first, 0)}, [(self.first, 0)]
        while ahead:
            state, times = ahead.pop()
            for before, after, passed in self.arcs:
                now = after, min(2, times + passed[end])
                if before == state and now not in found:
                    found.add(now)
                    ahead.append(now)
        return max(times for _, times in found)
