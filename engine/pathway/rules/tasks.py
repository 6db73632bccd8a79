"""What tasks, notices, timers and ends say about themselves (D6, D7, the clauses); knows no flows between them."""

from collections.abc import Iterator

from engine.feel import FeelError
from engine.pathway.definition import ENGINE_NAMES, LINK_FIELDS
from engine.pathway.diagram import Element
from engine.pathway.rules.drawing import Drawing, Finding, called
from engine.pathway.rules.timer_expressions import LimitMisread, read_limit
from engine.pathway.signals import RISK_REPORTED, SENT, STAGE_ENDED

SIDES = ("raising", "receiving", "both", "partnership")
ENDS = ("resolved", "decided", "referred_on", "screened_out", "withdrawn")
ROLES = frozenset(
    {"practitioner", "safeguarding_lead", "line_manager", "head_teacher", "senior_manager", "delegated_partner",
     "director", "board_representative", "child_protection_chair", "independent_reviewing_officer", "business_manager",
     "chair", "co_chair"}
)  # fmt: skip
PROPERTIES = frozenset(
    {"form", "side", "tier", "due", "alert", "role", "stage", "kind", "to", "end", "contacts", "standing", "links",
     "shows"}
)  # fmt: skip


def tasks(drawing: Drawing) -> Iterator[Finding]:
    """D6: a user task names its form, its side and its limit."""
    for element in drawing.elements.values():
        for name in sorted(element.properties.keys() - PROPERTIES):
            message = f"The property “{name}” of {element.id} means nothing here. Correct or remove it."
            yield Finding(rule="D6", element=element.id, message=message)
        if "form" in element.properties:
            yield from _form(drawing, element)
        elif element.kind == "userTask":
            message = f"{called(element)} names no form. Give it the property form."
            yield Finding(rule="D6", element=element.id, message=message)
        if element.kind == "userTask":
            yield from _who(drawing, element)
            yield from _link(drawing, element)
            yield from _shows(drawing, element)
        if "due" in element.properties:
            yield from _limit(element, element.properties["due"], ("due", "deadline"), "D6")


def _form(drawing: Drawing, element: Element) -> Iterator[Finding]:
    name = element.properties["form"]
    if name not in drawing.pathway.forms:
        message = (
            f"{called(element)} names the form “{name}”, which is neither in forms/{drawing.pathway.partnership} "
            "nor in forms/shared. Add it, or correct the name."
        )
        yield Finding(rule="form", element=element.id, message=message)


def _link(drawing: Drawing, element: Element) -> Iterator[Finding]:
    """A task by which another dispute is raised names the main pathway; its form asks for the reference (HAR-C6)."""
    if "links" not in element.properties:
        return
    form = drawing.pathway.form_of(element.id)
    if form is not None and not {field.key for field in form.inputs} >= set(LINK_FIELDS):
        message = f"{called(element)} links another dispute, so its form has the fields {' and '.join(LINK_FIELDS)}."
        yield Finding(rule="D6", element=element.id, message=message)
    if element.properties["links"] != drawing.pathway.partnership:
        message = f"{called(element)} links to “{element.properties['links']}”: name {drawing.pathway.partnership}."
        yield Finding(rule="D6", element=element.id, message=message)


def _shows(drawing: Drawing, element: Element) -> Iterator[Finding]:
    """What is shown on a task's page was asked by tasks of the same diagram (BRO-4.4)."""
    for name in element.shows:
        asked = drawing.elements.get(name)
        if asked is None or asked.kind != "userTask":
            message = f"{called(element)} shows the answers of “{name}”, which is no user task. Correct the name."
            yield Finding(rule="D6", element=element.id, message=message)


def _who(drawing: Drawing, element: Element) -> Iterator[Finding]:
    side, tier = element.properties.get("side"), element.properties.get("tier")
    if side not in SIDES:
        said = f"the side “{side}”" if side else "no side"
        message = f"{called(element)} names {said}. It must be one of {', '.join(SIDES)}."
        yield Finding(rule="D6", element=element.id, message=message)
    tiers = [known.key for known in drawing.pathway.diagram.tiers]
    if tier is not None and tier not in {*tiers, "any", "stage"}:
        message = f"{called(element)} names the tier “{tier}”. It must be one of {', '.join([*tiers, 'any', 'stage'])}."
        yield Finding(rule="D6", element=element.id, message=message)
    table = element.properties.get("contacts")
    if table is not None and table not in drawing.pathway.tables:
        message = f"{called(element)} names the contact table “{table}”, which is not beside the diagram."
        yield Finding(rule="D6", element=element.id, message=message)
    elif table is not None:
        yield from _asked(drawing, element, table)
    for name in ("role", "alert"):
        value = element.properties.get(name)
        if value is not None and value not in _roles(drawing):
            message = f"{called(element)} has the {name} “{value}”, which nobody holds. Known: {_listed(drawing)}."
            yield Finding(rule="D6", element=element.id, message=message)


def _asked(drawing: Drawing, element: Element, table: str) -> Iterator[Finding]:
    given = drawing.pathway.closed_names | ENGINE_NAMES | {"hours"}
    for column in drawing.pathway.tables[table].inputs:
        if column.name not in given:
            message = (
                f"The contact table “{table}” of {called(element)} reads “{column.name}”, which no form of this "
                "pathway asks. Correct the name or add the field."
            )
            yield Finding(rule="expression", element=table, message=message)


def _roles(drawing: Drawing) -> frozenset[str]:
    tables = drawing.pathway.tables.values()
    return ROLES | {str(row.outputs["role"]) for table in tables for row in table.rows if "role" in row.outputs}


def _listed(drawing: Drawing) -> str:
    return ", ".join(sorted(_roles(drawing)))


def _limit(element: Element, text: str, functions: tuple[str, ...], rule: str) -> Iterator[Finding]:
    try:
        read_limit(text, functions)
    except LimitMisread as wrong:
        yield Finding(rule=rule, element=element.id, message=f"The limit of {called(element)}: {wrong}.")
    except FeelError as wrong:
        yield Finding(rule="expression", element=element.id, message=f"The limit of {called(element)}: {wrong}")


def timers(drawing: Drawing) -> Iterator[Finding]:
    """Every timer waits for a date that can be computed, on an edge where there is something to wait for."""
    for element in drawing.elements.values():
        if "timerEventDefinition" not in element.definitions:
            continue
        functions = ("deadline", "reminder") if element.kind == "boundaryEvent" else ("deadline", "due")
        yield from _limit(element, element.timer or "", functions, "expression")


def notices(drawing: Drawing) -> Iterator[Finding]:
    """D7: a notice says which message it is and to whom it goes."""
    for element in drawing.elements.values():
        if "messageEventDefinition" in element.definitions or element.kind == "sendTask":
            yield from _notice(drawing, element)


def _notice(drawing: Drawing, element: Element) -> Iterator[Finding]:
    if not element.message:
        message = f"{called(element)} has no message. Give it a messageRef to a message with a name."
        yield Finding(rule="D7", element=element.id, message=message)
    if not element.name:
        yield Finding(rule="D7", element=element.id, message=f"{element.id} has no name, which is what people read.")
    tiers = {tier.key for tier in drawing.pathway.diagram.tiers}
    known = {*SIDES, *_roles(drawing), *tiers, "next_tier", "deputy", "out_of_hours"}
    to = [name.strip() for name in element.properties.get("to", "").split(",") if name.strip()]
    if not to:
        message = f"{called(element)} goes to nobody. Give it the property to, e.g. both,business_manager."
        yield Finding(rule="D7", element=element.id, message=message)
    for name in to:
        if name not in known:
            message = f"{called(element)} goes to “{name}”, whom nobody knows. Known: {', '.join(sorted(known))}."
            yield Finding(rule="D7", element=element.id, message=message)


def clauses(drawing: Drawing) -> Iterator[Finding]:
    """D6: the documentation of every element begins with the clauses that it answers to."""
    for element in drawing.elements.values():
        if not element.clauses or not element.words:
            message = (
                f"The documentation of {called(element)} must begin with its clauses, a colon, and words of your own, "
                "e.g. “BIR-3.2, E1 [local]: The manager …”."
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
            message = f"{called(element)} has no signal. Choose one with a name."
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
