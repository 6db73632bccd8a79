"""What must hold in every state and of every step of a walk; finds nothing by itself."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from engine import feel
from engine.course import Change, Open, Run
from engine.errors import ConcordError
from engine.pathway import ORDINARY, RESOLUTION_SAID, RISK_REPORTED, STAGE_ENDED, Element, Pathway
from engine.proof import duties
from engine.proof.walk import Taken, Walk, Way

OVER = {"withdrawn", "resolved"}
MEANT = {
    ("at_risk", "yes"): RISK_REPORTED,
    ("confirmed", "yes"): "resolved",
    ("was_agreed", "yes"): "resolved",
    ("result", "agreed"): RESOLUTION_SAID,
}
AT_ONCE, SAME_DAY = {"immediately"}, {"immediately", "same_working_day"}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A property that does not hold, and the way there."""

    what: str
    element: str | None
    message: str
    way: Way = ()
    inside: str | None = None
    said_by: str = ""


@dataclass(kw_only=True)
class Judge:
    """Asks in each state and of each step; keeps for a property and an element the first way, a shortest one."""

    pathway: Pathway
    faults: dict[tuple[str, str | None], Fault] = field(default_factory=dict)
    timed: dict[str, set[str]] = field(default_factory=dict)
    inside: str | None = None
    said_by: str = ""

    def fault(self, what: str, element: str | None, message: str, way: Way = ()) -> None:
        """Note what does not hold."""
        found = Fault(what=what, element=element, message=message, way=way, inside=self.inside, said_by=self.said_by)
        self.faults.setdefault((what, element), found)

    def state(self, walk: Walk, run: Run, way: Way) -> None:
        """Risk can be reported in every state; the report opens a referral and leaves the rest as it was (S3, S4)."""
        before = walk.front(run)
        self._once(before, way)
        waiting = ", ".join(o.element for o in before if o.kind == "userTask") or "a timer"
        if not run.hears(RISK_REPORTED):
            self.fault("risk", None, f"Risk can't be reported while {waiting} is open.", way)
            return
        try:
            self._referred(run.signal(RISK_REPORTED, 1), 1, way)
        except ConcordError as error:
            self.fault("expression", None, str(error), way)
            return
        if walk.name_of(walk.front(run)) != walk.name_of(before):
            self.fault("risk", None, f"A report of risk changes what is open: {waiting}.", way)

    def _once(self, front: Iterable[Open], way: Way) -> None:
        """No task is open twice, but for the turns of one that is repeated: branches have been joined before it."""
        found = Counter(o.element for o in front if o.kind == "userTask" and o.index is None)
        for element, times in found.items():
            if times > 1:
                self.fault("branches", element, "It is open twice: two branches lead to it without a join.", way)

    def step(self, walk: Walk, taken: Taken) -> None:
        """What a step must leave behind."""
        thrown = walk.signals(taken.change)
        self._referred(taken.change, thrown.count(RISK_REPORTED), taken.way)
        self._recorded(taken.change, thrown.count(STAGE_ENDED), taken.way)
        self._meant(taken, thrown)
        duties.of_step(self.pathway, taken, self.inside, self.fault)
        duties.opened_alike(self.pathway, taken.change, taken.after, taken.way, self.fault)
        if self.inside == RESOLUTION_SAID:
            duties.resolves(self.pathway, walk, taken.change, taken, self.fault)
        if walk.inside is None:
            self._stages_said(taken, thrown.count(STAGE_ENDED))
            self._asked_at_the_end(taken, thrown.count(STAGE_ENDED))
            self._timer(taken)

    def begun(self, change: Change, way: Way, *, risk: bool) -> None:
        """A dispute that is raised with a child at risk opens a referral (S2, S3)."""
        self._referred(change, int(risk), way)
        duties.lead_told(self.pathway, change, way, self.fault)

    def passed(self, change: Change | None) -> None:
        """Once a protective timescale has passed, the risk question is asked (T10)."""
        if change is None or not any(self._asks(task, "at_risk") for task in self._opened(change)):
            self.fault("question", None, "A protective timescale passes and the risk question is not asked.")

    def _meant(self, taken: Taken, thrown: list[str]) -> None:
        """An answer that means something to everybody has its consequence, and no other answer has it (S2, E5)."""
        answers = (taken.action.step or {}).get("answers", {})
        for (name, value), signal in MEANT.items():
            if name in answers and (answers[name] == value) != (signal in thrown):
                said = f"“{name}” is answered “{answers[name]}”"
                message = f"{said}, and “{signal}” is {'thrown' if signal in thrown else 'not thrown'}."
                self.fault("answer", taken.action.element, message, taken.way)

    def _timer(self, taken: Taken) -> None:
        timer = self.pathway.diagram.elements[taken.action.element]
        if not timer.timer:
            return
        gone = {o.key for o in taken.before} - {o.key for o in taken.after}
        fired = {o.key for o in taken.before if o.element == timer.id}
        if _calls(timer.timer, "reminder"):
            if gone - fired:
                self.fault("reminder", timer.id, "The reminder interrupts what is running.", taken.way)
            return
        stage = self.pathway.stage(timer.attached_to or "")
        if (
            stage is not None
            and stage.kind == ORDINARY
            and not any(o.element == stage.id for o in taken.change.interrupted)
        ):
            self.fault("deadline", timer.id, "The deadline does not end its stage.", taken.way)
        if stage is not None:
            if not any(o.kind == "userTask" for o in taken.after):
                self.fault("deadline", timer.id, "The deadline ends the dispute: nobody has to do anything.", taken.way)
            entered = {o.element for o in taken.change.opened if self.pathway.stage(o.element)}
            self.timed.setdefault(stage.id, set()).update(entered)

    def _stages_said(self, taken: Taken, thrown: int) -> None:
        change = taken.change
        left = [o.element for o in (*change.ended, *change.interrupted) if self.pathway.stage(o.element)]
        for stage in left if thrown < len(left) else ():
            message = "The stage ends without its record and its risk question being opened."
            self.fault("record", stage, message, taken.way)

    def _asked_at_the_end(self, taken: Taken, thrown: int) -> None:
        """A withdrawal and an agreement that no stage is left by ask about risk all the same (S2)."""
        how = self.pathway.diagram.elements[taken.action.element].signal
        left = [o.element for o in taken.change.interrupted if o.kind in {"userTask", "subProcess"}]
        if how in OVER and not thrown and not any(self.pathway.stage(element) for element in left):
            message = f"It is {how}, and the risk question is not asked."
            self.fault("question", left[0] if left else None, message, taken.way)

    def _recorded(self, change: Change, thrown: int, way: Way) -> None:
        """A stage that has ended opens the risk question (S2) and a record for each side (R3)."""
        tasks = [e for e in self._opened(change) if self._scope_of(e) in self._heard[STAGE_ENDED]]
        asking = [t for t in tasks if self._asks(t, "at_risk")]
        if len(asking) < thrown:
            self.fault("question", None, "A stage ends and the risk question is not asked.", way)
        for side in ("raising", "receiving"):
            if sum(t not in asking and t.properties.get("side") in {side, "both"} for t in tasks) < thrown:
                self.fault("record", None, f"A stage ends and opens no record of the {side} side.", way)

    def _referred(self, change: Change, thrown: int, way: Way) -> None:
        """A report of risk opens a task that is due at once, none that is due later than the same day (S4).

        One of them asks whether the safeguarding lead was told.
        """
        tasks = [e for e in self._opened(change) if self._scope_of(e) in self._heard[RISK_REPORTED]]
        if sum(_due(t, AT_ONCE) for t in tasks) < thrown:
            self.fault("risk", None, "A report of risk opens nothing that is due at once.", way)
        if sum(self._asks(t, "lead_reached") for t in tasks) < thrown:
            self.fault("risk", None, "A report of risk asks nobody whether the safeguarding lead was told.", way)
        for task in tasks:
            if not _due(task, SAME_DAY):
                self.fault("risk", task.id, "A referral's task must be due at once, or the same working day.", way)

    def _asks(self, task: Element, name: str) -> bool:
        form = self.pathway.form_of(task.id)
        return form is not None and name in form.closed_names

    def _opened(self, change: Change) -> list[Element]:
        return [self.pathway.diagram.elements[o.element] for o in change.opened if o.kind == "userTask"]

    def _scope_of(self, element: Element) -> str:
        elements = self.pathway.diagram.elements
        while element.parent in elements:
            element = elements[element.parent]
        return element.id

    @cached_property
    def _heard(self) -> dict[str, set[str]]:
        elements = self.pathway.diagram.elements.values()
        starts = [e for e in elements if e.kind == "startEvent" and e.signal]
        return {signal: {e.parent for e in starts if e.signal == signal} for signal in (RISK_REPORTED, STAGE_ENDED)}


def from_every_state(walk: Walk, note: Callable[[str, str | None, str, Way], None]) -> None:
    """From every state an end can be reached."""
    if not walk.whole:
        return
    good = walk.leading_to(walk.ends)
    for name, (_, way) in walk.states.items():
        if name not in good:
            note("end", None, "No end can be reached any more.", way)
            return


def outlives(walk: Walk, opened: Iterable[Open], run: Run, note: Callable[[str, str | None, str, Way], None]) -> None:
    """The end of the main flow leaves an event subprocess, and with it the dispute, open (C2)."""
    if {o.key for o in opened} - {o.key for o in walk.front(run)} or run.completed:
        note("closed", (walk.inside or "").split(".")[0], "The end of the main flow closes it while it is open.", ())


def _due(task: Element, words: set[str]) -> bool:
    text = task.properties.get("due") or "null"
    return any(
        name == "due" and words & {k for k, v in given.items() if v is True} for name, given in feel.parse(text).calls
    )


def _calls(text: str, function: str) -> bool:
    return any(name == function for name, _ in feel.parse(text).calls)
