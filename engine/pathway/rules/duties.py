"""The register of duties and the drawing say the same: who, by when, who is told, what is recorded. Knows no flow.

Asked only of a pathway that has a register; what follows from the flows is proven (`engine/proof/duties.py`).
"""

from collections import defaultdict
from collections.abc import Iterator

from engine.bounds import MOST_ANSWERS
from engine.pathway.diagram import Element, named
from engine.pathway.duties import CONCORD, EACH, EITHER, SHARED, STAYS, Duty, arguments
from engine.pathway.offices import LEAD
from engine.pathway.rules.drawing import Drawing, Finding, called

BOTH = "both"
ALWAYS_OPEN = frozenset({"S2", "S4", "R3", "E4"})
"""Rules whose duties never go on unanswered, in any protocol."""
NEVER_LAPSE = frozenset({"S4", "E4"})
"""A referral, and a step that no timer takes: nobody records them as not done (C2, E4)."""
PANEL = "Extension properties, duties"


def register(drawing: Drawing) -> Iterator[Finding]:
    """Each duty of the protocol is answered as it is meant, and nothing answers to what is none."""
    if not drawing.pathway.register.duties:
        return
    if (answers := sum(len(element.clauses) for element in drawing.elements.values())) > MOST_ANSWERS:
        message = (
            f"The elements name duties {answers:,} times; at most {MOST_ANSWERS:,} are read. Draw less in one diagram."
        )
        yield Finding(rule="duty", element=None, message=message)
        return
    yield from _strangers(drawing)
    answering: dict[str, list[Element]] = defaultdict(list)
    for element in drawing.elements.values():
        for clause in {clause.id: clause for clause in element.clauses}:
            answering[clause].append(element)
    for duty in drawing.pathway.register.duties:
        carriers = answering[duty.id]
        for found in _kept(duty, carriers):
            yield Finding(rule="duty", element=duty.id, message=found)
        for element, message in _of(drawing, duty, carriers):
            yield Finding(rule="duty", element=element.id, message=message)


def _strangers(drawing: Drawing) -> Iterator[Finding]:
    """What an element says that it answers stands in the register."""
    known, shared = drawing.pathway.register.by_id, SHARED in drawing.pathway.files
    if not shared:
        message = f"{SHARED}, the rules that all pathways share, is not there. Copy it from what ships."
        yield Finding(rule="duty", element=None, message=message)
    for element in drawing.elements.values():
        for clause in element.clauses:
            if clause.id not in known and (shared or "-" in clause.id):
                message = (
                    f"{called(element)} answers to {clause.id}, which is no duty of the register. "
                    f"Correct it ({PANEL}), or enter the duty."
                )
                yield Finding(rule="duty", element=element.id, message=message)


def _kept(duty: Duty, carriers: list[Element]) -> Iterator[str]:
    """Each duty of the protocol is carried by something, and says what holds while it is not done."""
    if not duty.shared and not carriers and not duty.kept_by and not duty.to_come:
        yield f"No element answers to {duty.id}: {duty.asks} Draw what does, or say kept_by or to_come in the register."
    tasks = [e for e in carriers if e.kind == "userTask"]
    if tasks and duty.who and duty.unanswered is None:
        yield f"The register does not say what holds while {duty.id} is not done. Give it `unanswered`."
    if duty.lapses and (duty.unanswered != STAYS or duty.id in NEVER_LAPSE):
        yield f"{duty.id} `lapses`: that is for records, questions and confirmations that stay open. Remove it."
    if duty.id in ALWAYS_OPEN and duty.unanswered != STAYS:
        yield f"{duty.id} never goes on unanswered. Say unanswered = “{STAYS}”."
    if duty.may and duty.told:
        yield f"{duty.id} tells somebody, so it is no mere advice. Take `may` away."
    raised = any(e.kind == "startEvent" and "form" in e.properties for e in carriers)
    answered = {CONCORD, *(["raising"] if raised else [])}
    if carriers and not tasks and set(duty.who) - answered:
        yield f"{duty.id} binds {' and '.join(duty.who)}, and no task answers it. Draw one, or correct `who`."
    if duty.set_locally and not duty.local:
        yield f"{duty.id} has a limit that is set locally, and does not say so. Give it `local`, in words."
    if bool(duty.reading) != bool(duty.or_else):
        yield f"{duty.id} must say both which reading is taken and what the other would be: reading, or_else."
    if duty.limit and duty.limit.since == "raised" and duty.cumulative not in {None, duty.limit.working_days}:
        yield f"{duty.id} counts {duty.limit.words}, and to day {duty.cumulative}. Correct one of the two."


def _of(drawing: Drawing, duty: Duty, carriers: list[Element]) -> Iterator[tuple[Element, str]]:
    tasks = [e for e in carriers if e.kind == "userTask"]
    if tasks and duty.who:
        yield from _sides(duty, tasks)
    if duty.limit or duty.set_locally:
        yield from _limits(duty, tasks)
        yield from _within(drawing, duty, carriers)
    yield from _cumulative(drawing, duty, carriers)
    yield from _tiers(duty, tasks)
    yield from _offices(drawing, duty, tasks)
    yield from _told(duty, carriers)
    yield from _recorded(drawing, duty, carriers)


def sides_of(duty: Duty) -> frozenset[str]:
    """The sides that the tasks of a duty may be for."""
    found: set[str] = set()
    for who in duty.who:
        found |= {"raising", "receiving"} if who == EACH else {BOTH} if who == EITHER else {who}
    return frozenset(found)


def _sides(duty: Duty, tasks: list[Element]) -> Iterator[tuple[Element, str]]:
    """It binds whom the register names: nobody else's task answers it, and “each” is a task for either side."""
    allowed = sides_of(duty)
    for task in tasks:
        if (side := task.properties.get("side", BOTH)) not in allowed:
            who = " or ".join(sorted(allowed))
            yield task, f"{called(task)} is for the side “{side}”, and {duty.id} binds {who}. Correct one of the two."
    wanted = [s for s in ("raising", "receiving") if EACH in duty.who] or [w for w in duty.who if w != CONCORD]
    drawn = {task.properties.get("side", BOTH) for task in tasks}
    for side in wanted:
        if side not in drawn and side != EITHER and not (BOTH in duty.who and side == BOTH and BOTH in drawn):
            yield tasks[0], f"{duty.id} binds the {side} side, and no task of that side answers it. Draw one for it."


def _limits(duty: Duty, tasks: list[Element]) -> Iterator[tuple[Element, str]]:
    """Its tasks are due when it says: by the protocol's limit, or by one that is set locally and said to be."""
    known = [limit for limit in (duty.limit, *duty.set_locally) if limit]
    for task in tasks:
        given = arguments(task.properties.get("due", ""), "due")
        if given is not None and not any(limit.says(given) for limit in known):
            offered = " or ".join(limit.spelled for limit in known)
            yield task, f"{called(task)} has the limit {task.properties.get('due')}, and {duty.id} says {offered}."
    drawn = [arguments(task.properties.get("due", ""), "due") for task in tasks]
    if tasks and duty.limit and not any(given is not None and duty.limit.says(given) for given in drawn):
        yield tasks[0], f"No task of {duty.id} has its limit, {duty.limit.spelled}. Correct one of the two."


def _within(drawing: Drawing, duty: Duty, carriers: list[Element]) -> Iterator[tuple[Element, str]]:
    """The limit of a part of a stage, or of what in it does not wait for ever, is one of the duty that it names."""
    known = [limit for limit in (duty.limit, *duty.set_locally) if limit]
    for timer in (e for e in carriers if e.timer and e.attached_to not in drawing.stage_ids):
        given = arguments(timer.timer or "", "deadline")
        if given is not None and not any(limit.says(given) for limit in known):
            offered = " or ".join(limit.spelled for limit in known)
            yield timer, f"{called(timer)} ends it by {timer.timer}, and {duty.id} says {offered}."


def _offices(drawing: Drawing, duty: Duty, tasks: list[Element]) -> Iterator[tuple[Element, str]]:
    """Its tasks are for the office that it names, and watched by whom it says; a report is closed by a lead (S4)."""
    for task in tasks:
        role, alert = task.properties.get("role", ""), task.properties.get("alert", "")
        if duty.role and role != duty.role:
            yield task, f"{called(task)} is for {role or 'any role'}, and {duty.id} is for the {duty.role}."
        if duty.alerts and alert != duty.alerts:
            yield task, f"{called(task)} alerts {alert or 'nobody'}, and {duty.id} alerts the {duty.alerts}."
        at_once = (arguments(task.properties.get("due", ""), "due") or {}).get("immediately")
        if drawing.pathway.in_risk_branch(task.id) and not at_once and role != LEAD:
            yield task, f"{called(task)} closes a report of risk without a call: its role must be {LEAD}."


def _cumulative(drawing: Drawing, duty: Duty, carriers: list[Element]) -> Iterator[tuple[Element, str]]:
    """The maximum that it counts to is that of a stage's deadline which answers it."""
    for timer in (e for e in carriers if e.timer and e.attached_to in drawing.stage_ids):
        given = arguments(timer.timer or "", "deadline") or {}
        said = given.get("cumulative")
        if duty.cumulative is not None and said is not None and said != duty.cumulative:
            yield timer, f"{called(timer)} counts to day {said}, and {duty.id} to day {duty.cumulative}."
        if duty.cumulative is None and said is not None and not duty.shared:
            yield timer, f"{called(timer)} counts to day {said}, and {duty.id} names no maximum. Enter it: cumulative."


def _tiers(duty: Duty, tasks: list[Element]) -> Iterator[tuple[Element, str]]:
    """At least one of its tasks is for the tier that it names."""
    tiers = {task.properties.get("tier") or task.tier for task in tasks}
    if duty.tier and tasks and duty.tier not in tiers:
        yield (
            tasks[0],
            f"{duty.id} is for the tier {duty.tier}, and its tasks are for {', '.join(sorted(map(str, tiers)))}.",
        )


def _told(duty: Duty, carriers: list[Element]) -> Iterator[tuple[Element, str]]:
    """Whoever it tells is told by a notice that answers it."""
    notices = [e for e in carriers if e.message]
    told = {name for notice in notices for name in named(notice.properties.get("to", ""))}
    missing = [name for name in duty.told if name not in told]
    if carriers and missing:
        yield (notices or carriers)[0], f"{duty.id} tells {', '.join(missing)}, and no notice that answers it does."


def _recorded(drawing: Drawing, duty: Duty, carriers: list[Element]) -> Iterator[tuple[Element, str]]:
    """What it has recorded is asked by the forms that answer it."""
    answering = [e for e in carriers if e.kind == "userTask"] or carriers
    asked = {f.key for e in answering if (form := drawing.pathway.form_of(e.id)) for f in form.inputs}
    missing = [key for key in duty.records if key not in asked]
    if carriers and missing:
        yield carriers[0], f"{duty.id} has {', '.join(missing)} recorded, and no form that answers it asks for that."
