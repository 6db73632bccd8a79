"""No duty ends by silence or by the other side: what a walk must show of a register (E4a, W). Walks nothing itself."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from engine.course import TASK, Change, Open
from engine.dispute import BOTH, PARTNERSHIP, RAISING, RECEIVING, REPORTER
from engine.pathway import CONCORD, EACH, SAID_BY, STAYS, WITHDRAWAL_ASKED, WITHDRAWN, Duty, Pathway
from engine.proof.ends import misnamed
from engine.proof.told import told_late
from engine.proof.walk import OVER, Step, Taken, Walk, Way, reached

Note = Callable[[str, str | None, str, Way], None]
SILENT: Mapping[str, frozenset[str]] = {
    "the raising side": frozenset({RAISING}),
    "the receiving side": frozenset({RECEIVING}),
    "either agency": frozenset({RAISING, RECEIVING, BOTH, REPORTER}),
    "the partnership": frozenset({PARTNERSHIP}),
}
"""Who never does anything: the tasks that then nobody does."""
GIVEN_UP = frozenset({WITHDRAWN, "resolved"})
"""Ways out that somebody has to choose: nobody is made to give up by the other side's silence."""


def of_step(pathway: Pathway, taken: Taken, inside: str | None, note: Note) -> None:
    """A timer ends no duty that stays open; and Concord tells at once what it tells as a stage begins."""
    if not pathway.register.duties:
        return
    elements = pathway.diagram.elements
    if elements[taken.action.element].timer:
        for task in _tasks(taken.change.interrupted):
            for duty in pathway.duties_of(task):
                if duty.unanswered == STAYS:
                    message = f"“{elements[task].name}” is ended by a timer, and {duty.id} stays open until it is done."
                    note("duty", task, message, taken.way)
    _told_at_once(pathway, taken, note)
    _answered(pathway, taken, inside, note)


def _answered(pathway: Pathway, taken: Taken, inside: str | None, note: Note) -> None:
    """An answer to whether it is pursued or withdrawn leads where it says, and no other (E4b, C1)."""
    answers = (taken.action.step or {}).get("answers", {})
    opened = _tasks(taken.change.opened)
    ended = [s.element for s in taken.change.path if pathway.diagram.elements[s.element].properties.get("end")]
    asks = {name: any(pathway.asks(task, name) for task in opened) for name in ("persists", "countersigned")}
    wrong = ""
    if "persists" in answers and asks["countersigned"] != (answers["persists"] == "no"):
        wrong = "it is countersigned where concerns do not persist, and nowhere else"
    if inside == WITHDRAWAL_ASKED and "countersigned" in answers:
        left = any(pathway.diagram.elements[s.element].signal == WITHDRAWN for s in taken.change.path)
        if left != (answers["countersigned"] == "yes"):
            wrong = "a withdrawal that is countersigned ends it, and one that is refused does not"
    elif answers.get("countersigned") == "no" and (ended or not asks["persists"]):
        wrong = "a refusal asks the question again, and ends nothing"
    if wrong and pathway.asks(taken.action.element, "persists" if "persists" in answers else "countersigned"):
        note("answer", taken.action.element, f"Who leaves a disagreement: {wrong}.", taken.way)


def _told_at_once(pathway: Pathway, taken: Taken, note: Note) -> None:
    entered = {o.element for o in taken.change.opened if pathway.stage(o.element)}
    passed = {step.element for step in taken.change.path}
    for element in pathway.diagram.elements.values() if entered else ():
        if not element.message or element.id in passed or element.parent not in entered:
            continue
        for duty in pathway.duties_of(element.id):
            if CONCORD in duty.who:
                message = f"“{element.name}” is not told as the stage begins, and {duty.id} says that it is."
                note("duty", element.id, message, taken.way)


def opened_alike(
    pathway: Pathway, change: Change, after: Iterable[Open], way: Way, note: Note, asked: frozenset[str] = frozenset()
) -> None:
    """Where a duty of each side opens for the one, it opens for the other in the same step, or is open already (W).

    But for what the raising side has answered as it raised it; `asked` are the sides whose risk question is open.
    """
    tasks = _tasks(change.opened)
    standing = _tasks(after)
    for duty in {duty.id: duty for task in tasks for duty in pathway.duties_of(task) if EACH in duty.who}.values():
        opened, there = _sides(pathway, duty, tasks), _sides(pathway, duty, standing)
        answered = {RAISING} if duty in pathway.duties_of(pathway.start.id) else set[str]()
        before = (
            asked if any(pathway.asks(t, "at_risk") for t in tasks if duty in pathway.duties_of(t)) else frozenset()
        )
        missing = {RAISING, RECEIVING} - opened - there - answered - before
        if opened & {RAISING, RECEIVING} and missing:
            first = next(t for t in tasks if duty in pathway.duties_of(t))
            message = (
                f"{duty.id} binds each side, and it opens for one and not for the {', '.join(sorted(missing))} side."
            )
            note("each", first, message, way)


def asked_whom(pathway: Pathway, change: Change, asked: frozenset[str], note: Note) -> None:
    """As a stage ends, and as a protective timescale passes, each side is asked whose question is not open yet (S2)."""
    elements = pathway.diagram.elements
    asking = [task for task in _tasks(change.opened) if pathway.asks(task, "at_risk")]
    opened = {elements[task].properties.get("side", "") for task in asking}
    for side in sorted({RAISING, RECEIVING} - asked - opened):
        if pathway.register.duties and BOTH not in opened:
            note("question", None, f"The {side} side is not asked whether a child is at risk, and has not been.", ())


def resolves(pathway: Pathway, walk: Walk, change: Change, taken: Taken | None, note: Note) -> None:
    """An agreement is confirmed by the raising side, or said by it and contradicted by nobody (E5, E5a).

    As one is said the side that has a word to say is asked; silence confirms nothing that the other side said.
    """
    if not pathway.facts_read & {SAID_BY}:
        return
    elements, own = pathway.diagram.elements, walk.facts[SAID_BY] == RAISING
    resolved = "resolved" in walk.signals(change)
    if taken is None:
        asked = {elements[task].properties.get("side") for task in _tasks(change.opened)}
        if (RECEIVING if own else RAISING) not in asked:
            side = RECEIVING if own else RAISING
            note("answer", walk.inside, f"It is said to be resolved, and the {side} side is not asked.", ())
        return
    action = elements[taken.action.element]
    answers = (taken.action.step or {}).get("answers", {})
    confirms = action.properties.get("side") == RAISING and answers.get("confirmed") == "yes"
    if resolved and not own and not confirms:
        note("answer", action.id, "It is resolved without the raising side's having confirmed it.", taken.way)
    if own and action.timer and not resolved:
        note("answer", action.id, "Nobody contradicts what the raising side said, and it is not resolved.", taken.way)


def lead_told(pathway: Pathway, change: Change, way: Way, note: Note) -> None:
    """A lead who had not been told as it was raised is to be told now, whatever else the raising side has answered."""
    answers = (way[-1].step or {}).get("start", {}) if way else {}
    if answers.get("lead_told") != "no" or not pathway.register.duties:
        return
    form = pathway.form_of(pathway.start.id)
    asked = next((field for field in form.inputs if field.key == "lead_told"), None) if form else None
    if asked and asked.hide and asked.hide.holds(answers):
        return  # it was not asked: what is hidden is dropped before it is read
    owed = [duty for duty in pathway.duties_of(pathway.start.id) if EACH in duty.who]
    tasks = _tasks(change.opened)
    for duty in owed:
        if RAISING not in _sides(pathway, duty, tasks):
            note(
                "each",
                pathway.start.id,
                f"The raising side's lead was not told, and nobody is asked to: {duty.id}.",
                way,
            )


def _tasks(opened: Iterable[Open]) -> list[str]:
    """The user tasks among what is open."""
    return [o.element for o in opened if o.kind == TASK]


def _sides(pathway: Pathway, duty: Duty, tasks: Iterable[str]) -> set[str]:
    elements = pathway.diagram.elements
    return {elements[t].properties.get("side", "") for t in tasks if duty in pathway.duties_of(t)}


def of_walk(walk: Walk, note: Note) -> None:
    """Whoever is silent for ever holds up nobody: what is left open then are duties of theirs that stay open."""
    if not walk.whole:
        return
    pathway = walk.version.pathway
    if not pathway.register.duties:
        return
    for who, sides in SILENT.items():
        freely = _onward(walk, sides, theirs=False)
        for state in _held_up(walk, sides, freely)[:1]:
            opened, way = walk.opened[state], walk.states[state][1]
            waits = ", ".join(f"“{pathway.diagram.elements[e].name}”" for e in opened) or "a timer"
            message = f"If {who} never answers, nothing goes on after {waits}. Give what waits for them a limit."
            note("silence", next(iter(opened), None), message, way)
        for task in sorted(_shut_out(walk, sides, freely)):
            name = pathway.diagram.elements[task].name
            message = (
                f"If {who} never answers, “{name}” never opens, which is not theirs. Give what it waits for a limit."
            )
            note("silence", task, message, ())
    if walk.inside is None:
        for element, message in misnamed(pathway):
            note("ends", element, message, ())
        for element, message in told_late(pathway):
            note("duty", element, message, ())


def _held_up(walk: Walk, silent: frozenset[str], freely: Mapping[str, set[str]]) -> list[str]:
    """The states in which nothing goes on without those who are silent, and they may be; dead ends first."""
    there = reached(walk.begun, freely)
    ends = [state for state in there if state == OVER or _theirs(walk, state, silent)]
    good = walk.leading_to(ends, lambda step: _goes_without(walk, step, silent))
    return sorted((state for state in there if state not in good), key=lambda state: state in freely)


def _shut_out(walk: Walk, silent: frozenset[str], freely: Mapping[str, set[str]]) -> set[str]:
    """What others must do and what opens, from some state on, only where those who are silent do what they need not."""
    known, found = _onward(walk, silent, theirs=True), set[str]()
    for state in reached(walk.begun, freely):
        with_them, without = (
            set[str]().union(*(walk.opened[s] for s in reached([state], onward))) for onward in (known, freely)
        )
        found |= with_them - without
    return {
        task
        for task in found
        if walk.elements[task].properties.get("side", BOTH) not in silent
        and any(not duty.may for duty in walk.version.pathway.duties_of(task))
    }


def _onward(walk: Walk, silent: frozenset[str], *, theirs: bool) -> Mapping[str, set[str]]:
    """Where states lead without the silent; with `theirs` they do what may be left undone, but no duty that stays."""
    onward: dict[str, set[str]] = defaultdict(set)
    for before, steps in walk.steps_from.items():
        for step in steps:
            may = theirs and not _stays(walk, step.action.element)
            if step.to != before and (may or _goes_without(walk, step, silent)):
                onward[before].add(step.to)
    return onward


def _goes_without(walk: Walk, step: Step, silent: frozenset[str]) -> bool:
    element = walk.elements[step.action.element]
    if element.kind == TASK:
        return element.properties.get("side", BOTH) not in silent
    return element.signal not in GIVEN_UP


def _theirs(walk: Walk, state: str, silent: frozenset[str]) -> bool:
    """Whether a duty of the silent is open that stays open, and that they must do."""
    tasks = [t for t in walk.opened[state] if walk.elements[t].properties.get("side", BOTH) in silent]
    return any(_stays(walk, task) for task in tasks)


def _stays(walk: Walk, task: str) -> bool:
    """Whether a task must be done, and stays open until it is."""
    return any(duty.unanswered == STAYS and not duty.may for duty in walk.version.pathway.duties_of(task))
