"""What tasks, notices, timers and ends say about themselves (D6, D7, the clauses); knows no flows between them."""

from collections.abc import Iterator

from engine.bounds import first_of
from engine.feel import FeelError
from engine.pathway.definition import ENGINE_NAMES, FORM_NAMES, LINK_FIELDS, RISK
from engine.pathway.diagram import Element
from engine.pathway.likeness import nearest
from engine.pathway.properties import (
    FIRST_PART,
    LINKS,
    NOTIFIED,
    OFFICE,
    PROPERTIES,
    SENIOR,
    SIDES,
    STANDS_IN,
)
from engine.pathway.rules.drawing import Drawing, Finding, called
from engine.pathway.rules.timer_expressions import LimitMisread, read_limit
from engine.pathway.signals import RISK_REPORTED, SENT, STAGE_ENDED

PROPERTIES_PANEL = "Extension properties"


def tasks(drawing: Drawing) -> Iterator[Finding]:
    """D6: a user task names its form, its side and its limit."""
    yield from _forms(drawing)
    yield from _read(drawing)
    for element in drawing.elements.values():
        if unknown := sorted(element.properties.keys() - PROPERTIES):
            means = f"{called(element)} has “{first_of(unknown, '”, “')}” as a property, which means nothing here"
            message = f"{means}. {nearest(unknown[0], sorted(PROPERTIES))} Correct or remove it ({PROPERTIES_PANEL})."
            yield Finding(rule="D6", element=element.id, message=message)
        if element.kind == "userTask" and "form" not in element.properties:
            message = f"{called(element)} names no form. Give it the property form ({PROPERTIES_PANEL})."
            yield Finding(rule="D6", element=element.id, message=message)
        if element.kind == "userTask":
            yield from _who(drawing, element)
            yield from _overdue(element)
            yield from _link(drawing, element)
            yield from _shows(drawing, element)
        if element.properties.get(FIRST_PART, "ends") != "ends":
            message = f"{called(element)} has {FIRST_PART} “{element.properties[FIRST_PART]}”. Say ends, or remove it"
            yield Finding(rule="D6", element=element.id, message=f"{message} ({PROPERTIES_PANEL}, {FIRST_PART}).")
        if "due" in element.properties:
            yield from _limit(element, element.properties["due"], ("due", "deadline"), "D6", f"{PROPERTIES_PANEL}, due")


def _forms(drawing: Drawing) -> Iterator[Finding]:
    """Each form that is named is there; one that is not is one finding, whoever names it."""
    for name, elements in drawing.missing_forms.items():
        who = f"{first_of(list(map(called, elements)))} {'name' if len(elements) > 1 else 'names'}"
        where = f"neither in forms/{drawing.pathway.partnership} nor in forms/shared"
        message = f"{who} the form “{name}”, which is {where}. Add it, or correct the name ({PROPERTIES_PANEL}, form)."
        yield Finding(rule="form", element=elements[0].id, message=message)


def _read(drawing: Drawing) -> Iterator[Finding]:
    """What the conditions of a form read is asked by it, or known of every dispute."""
    for element in drawing.elements.values():
        form = drawing.pathway.form_of(element.id)
        offered = FORM_NAMES if element.kind == "userTask" else {RISK}
        if form is not None and (unknown := sorted(form.names_read - form.closed_names - form.text_names - offered)):
            means = f"The form “{form.name}” of {called(element)} reads “{first_of(unknown, '”, “')}”"
            message = f"{means}, which it does not ask. {nearest(unknown[0], sorted(form.closed_names | offered))}"
            yield Finding(rule="form", element=element.id, message=message)


def _link(drawing: Drawing, element: Element) -> Iterator[Finding]:
    """A task by which another dispute is raised names the main pathway; its form asks for the reference (HAR-C6)."""
    if LINKS not in element.properties:
        return
    form = drawing.pathway.form_of(element.id)
    if form is not None and not {field.key for field in form.inputs} >= set(LINK_FIELDS):
        message = f"{called(element)} links another dispute, so its form has the fields {' and '.join(LINK_FIELDS)}."
        yield Finding(rule="D6", element=element.id, message=message)
    if element.properties[LINKS] != drawing.pathway.partnership:
        message = f"{called(element)} links to “{element.properties[LINKS]}”: name {drawing.pathway.partnership}."
        yield Finding(rule="D6", element=element.id, message=message)


def _shows(drawing: Drawing, element: Element) -> Iterator[Finding]:
    """What is shown on a task's page was asked by tasks of the same diagram (BRO-4.4)."""
    asked = drawing.pathway.diagram.shown_on(element)
    for name in element.shows:
        if not any(name == each.properties.get("shown_as") for each in asked):
            message = (
                f"{called(element)} shows “{name}”, and no user task has the property shown_as “{name}”. Give it one."
            )
            yield Finding(rule="D6", element=element.id, message=message)


def _who(drawing: Drawing, element: Element) -> Iterator[Finding]:
    side, tier = element.properties.get("side"), element.properties.get("tier")
    if side not in SIDES:
        said = f"the side “{side}”" if side else "no side"
        message = f"{called(element)} names {said}. It must be one of {', '.join(SIDES)} ({PROPERTIES_PANEL}, side)."
        yield Finding(rule="D6", element=element.id, message=message)
    tiers = [known.key for known in drawing.pathway.diagram.tiers]
    if tier is not None and tier not in {*tiers, "any", "stage"}:
        known = nearest(tier, [*tiers, "any", "stage"])
        message = f"{called(element)} names the tier “{tier}”, which is no lane's. {known} ({PROPERTIES_PANEL}, tier)"
        yield Finding(rule="D6", element=element.id, message=message)
    table = element.properties.get("contacts")
    if table is not None and table not in drawing.pathway.tables:
        message = (
            f"{called(element)} names the contact table “{table}”. Put {table}.dmn beside the diagram, or correct it."
        )
        yield Finding(rule="D6", element=element.id, message=message)
    elif table is not None:
        yield from _asked(drawing, element, table)
        yield from _numbered(drawing, element, table)
    for name in ("role", "alert"):
        value = element.properties.get(name)
        if value is not None and value not in _roles(drawing):
            known = nearest(value, sorted(_roles(drawing)))
            message = (
                f"{called(element)} has the {name} “{value}”, which nobody holds. {known} ({PROPERTIES_PANEL}, {name})"
            )
            yield Finding(rule="D6", element=element.id, message=message)


def _overdue(element: Element) -> Iterator[Finding]:
    """Who may answer it once it is overdue is one of what Concord knows (E4, S2)."""
    who = element.properties.get(STANDS_IN)
    if who is not None and who not in {SENIOR, OFFICE}:
        message = f"{called(element)} is answered by “{who}” once it is overdue. Say {SENIOR} or {OFFICE}, or nothing"
        yield Finding(rule="D6", element=element.id, message=f"{message} ({PROPERTIES_PANEL}, {STANDS_IN}).")


def _asked(drawing: Drawing, element: Element, table: str) -> Iterator[Finding]:
    given = drawing.pathway.closed_names | (ENGINE_NAMES - {"stage"}) | {"hours", "stage_number"}
    for column in drawing.pathway.tables[table].inputs:
        if column.name not in given:
            message = (
                f"The contact table “{table}” of {called(element)} reads “{column.name}”, which no form of this "
                "pathway asks. Correct the name or add the field."
            )
            yield Finding(rule="expression", element=table, message=message)


def _numbered(drawing: Drawing, element: Element, table: str) -> Iterator[Finding]:
    """A contact table that asks for the stage's number is asked in a stage: elsewhere no row would answer."""
    beside = drawing.pathway.diagram.branches.get(element.id) is not None  # there the stage comes with the signal
    asks = any(column.name == "stage_number" for column in drawing.pathway.tables[table].inputs)
    if asks and not beside and drawing.pathway.stage_of(element.id) is None:
        message = (
            f"The contact table “{table}” asks for the number of a stage, and {called(element)} stands in none. Give "
            "what it stands in the properties stage and kind."
        )
        yield Finding(rule="D6", element=element.id, message=message)


def _roles(drawing: Drawing) -> frozenset[str]:
    return frozenset(drawing.pathway.offices.acting) | drawing.roles_named


def _limit(element: Element, text: str, functions: tuple[str, ...], rule: str, panel: str) -> Iterator[Finding]:
    try:
        read_limit(text, functions)
    except LimitMisread as wrong:
        yield Finding(rule=rule, element=element.id, message=f"The limit of {called(element)} ({panel}): {wrong}.")
    except FeelError as wrong:
        message = f"The limit of {called(element)} ({panel}): {wrong}. Write it like {functions[0]}(working_days: 2)."
        yield Finding(rule="expression", element=element.id, message=message)


def timers(drawing: Drawing) -> Iterator[Finding]:
    """Every timer waits for a date that can be computed, on an edge where there is something to wait for."""
    for element in drawing.elements.values():
        if "timerEventDefinition" not in element.definitions:
            continue
        functions = ("deadline", "reminder") if element.kind == "boundaryEvent" else ("deadline", "due")
        yield from _limit(element, element.timer or "", functions, "expression", "Timer, Value")
    for element in drawing.elements.values():
        if "before" in element.properties and element.id not in drawing.pathway.limits_before:
            message = (
                f"{called(element)} says “before”: only a timer on the edge of something within a stage does, and what "
                f"it says is “stage”. Correct or remove it ({PROPERTIES_PANEL})."
            )
            yield Finding(rule="D6", element=element.id, message=message)


def notices(drawing: Drawing) -> Iterator[Finding]:
    """D7: a notice says which message it is and to whom it goes."""
    for element in drawing.elements.values():
        if "messageEventDefinition" in element.definitions or element.kind == "sendTask":
            yield from _notice(drawing, element)


def _notice(drawing: Drawing, element: Element) -> Iterator[Finding]:
    if not element.message:
        message = f"{called(element)} has no message. Choose one with a name (Message, Global message reference)."
        yield Finding(rule="D7", element=element.id, message=message)
    tiers = {tier.key for tier in drawing.pathway.diagram.tiers}
    known = {*SIDES, *_roles(drawing), *tiers, *NOTIFIED}
    to = [name.strip() for name in element.properties.get("to", "").split(",") if name.strip()]
    if not to:
        message = f"{called(element)} goes to nobody. Give it the property to, e.g. both,business_manager."
        yield Finding(rule="D7", element=element.id, message=message)
    if strangers := [name for name in to if name not in known]:
        whom = f"{called(element)} goes to “{first_of(strangers, '”, “')}”, whom nobody knows"
        message = f"{whom}. {nearest(strangers[0], sorted(known))} ({PROPERTIES_PANEL}, to)"
        yield Finding(rule="D7", element=element.id, message=message)


def clauses(drawing: Drawing) -> Iterator[Finding]:
    """D6: the documentation of every element begins with the clauses that it answers to."""
    for element in drawing.elements.values():
        if not element.clauses or not element.words:
            message = (
                f"{called(element)} must name the duties that it answers (Extension properties, duties: “BIR-3.2, E1”) "
                "and be described in words of your own (Documentation). Where there is no register of duties, the "
                "documentation begins with them: “BIR-3.2, E1 [local]: The manager …”."
            )
            yield Finding(rule="clause", element=element.id, message=message)


def signals(drawing: Drawing) -> Iterator[Finding]:
    """Every signal has a name, what is waited for is sent by somebody, and what is sent is waited for.

    That risk and the end of a stage are heard is D4 and D5.
    """
    throws = {"intermediateThrowEvent", "endEvent"}
    thrown = {e.signal for e in drawing.elements.values() if e.kind in throws}
    heard = {e.signal for e in drawing.elements.values() if e.kind not in throws} | {RISK_REPORTED, STAGE_ENDED}
    for element in drawing.elements.values():
        if "signalEventDefinition" not in element.definitions:
            continue
        if not element.signal:
            message = f"{called(element)} has no signal. Choose one with a name (Signal, Global signal reference)."
            yield Finding(rule="signal", element=element.id, message=message)
        elif element.signal not in thrown | SENT:
            message = (
                f"{called(element)} waits for the signal “{element.signal}”, which nothing sends. Correct its name."
            )
            yield Finding(rule="signal", element=element.id, message=message)
        elif element.kind in throws and element.signal not in heard:
            message = (
                f"{called(element)} sends the signal “{element.signal}”, for which nothing waits. Correct its name, or "
                "draw what it is to begin."
            )
            yield Finding(rule="signal", element=element.id, message=message)
