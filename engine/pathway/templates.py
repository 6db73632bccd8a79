"""Element templates: what can be said of an element, as the panels of Camunda Modeler offer it to choose from (D6).

Of one source for Camunda 8 and Camunda 7. They stand in `.camunda/element-templates` beside the diagrams, where Camunda
Modeler looks for them; its marks on an element that was given one mean nothing to Concord.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.pathway.definition import Pathway
from engine.pathway.diagram import Element
from engine.pathway.files import MAIN, collect, forms_beside, pathways_in
from engine.pathway.properties import (
    DUTIES,
    ENDS,
    FIRST_PART,
    FURTHER,
    LINKS,
    NOTIFIED,
    OFFICE,
    SENIOR,
    SIDES,
    STANDS_IN,
)
from engine.pathway.reading import read_pathway

PLACE = Path(".camunda") / "element-templates"
REPORTER = "reporter"
LONGEST = 70
"""So much of what a duty asks stands in a list of them."""


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """Whose editor it is for: the schema by which that knows its templates, and how it calls a property.

    `events`: its templates say what makes an event of an element.
    """

    file: str
    schema: str
    binding: str
    events: bool


DIALECTS = (
    Dialect(
        file="concord-camunda-8.json", schema="@camunda/zeebe-element-templates-json-schema",
        binding="zeebe:property", events=True,
    ),
    Dialect(
        file="concord-camunda-7.json", schema="@camunda/element-templates-json-schema",
        binding="camunda:property", events=False,
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A partnership's pathways, and the forms that lie there for them."""

    pathways: tuple[Pathway, ...]
    forms: tuple[str, ...]

    @property
    def elements(self) -> Iterator[Element]:
        """Every element of them."""
        return (element for pathway in self.pathways for element in pathway.diagram.elements.values())

    @property
    def tiers(self) -> dict[str, str]:
        """The tiers by key, with their titles."""
        return {tier.key: tier.title for pathway in self.pathways for tier in pathway.diagram.tiers}

    @property
    def main(self) -> dict[str, str]:
        """The main pathway, which a task of one beside it may raise."""
        return {
            p.partnership: p.diagram.title for p in self.pathways if p.name == p.partnership and len(self.pathways) > 1
        }

    @property
    def tables(self) -> tuple[str, ...]:
        """The decision tables that say whom to contact."""
        return tuple(sorted({name for pathway in self.pathways for name in pathway.tables} - {"who_acts"}))

    @property
    def roles(self) -> dict[str, str]:
        """The roles that have something to do, in words."""
        offices = [pathway.offices for pathway in self.pathways]
        return {role: each.name(role) for each in offices for role in each.acting}

    @property
    def duties(self) -> dict[str, str]:
        """Each duty by its id with what it asks, and those that elements answer together."""
        together = {element.properties[DUTIES] for element in self.elements if DUTIES in element.properties}
        joined = {", ".join(part.strip() for part in each.split(",")) for each in together if "," in each}
        return self.single_duties | {each: each for each in sorted(joined)}

    @property
    def single_duties(self) -> dict[str, str]:
        """Each duty by its id with what it asks."""
        found = {d.id: f"{d.id}: {d.asks}" for pathway in self.pathways for d in pathway.register.duties}
        return {key: _short(words) for key, words in found.items()}

    @property
    def recipients(self) -> dict[str, str]:
        """To whom a notice can go: one of them, and those to whom one goes together now."""
        one = [
            *(side for side in SIDES if side != REPORTER),
            *sorted(NOTIFIED),
            *self.roles,
            *(tier for tier in self.tiers if tier != "any"),
        ]
        together = {element.properties["to"] for element in self.elements if "to" in element.properties}
        return {name: name.replace("_", " ").replace(",", ", ") for name in (*one, *sorted(together))}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A property that a template asks for: chosen where there is something to choose from, else typed.

    `event` is where it stands that is no property of Concord's, but of the event: only Camunda 8 asks for it.
    """

    name: str
    label: str
    says: str = ""
    needed: bool = False
    choices: Callable[[Folder], Mapping[str, str]] | None = None
    pattern: str = ""
    event: str = ""


@dataclass(frozen=True, kw_only=True)
class Template:
    """What is asked of one kind of element; `event` is what makes an event of it."""

    key: str
    name: str
    says: str
    on: str
    event: str = ""
    asks: tuple[Asked, ...] = ()


def _one(*values: str) -> Callable[[Folder], Mapping[str, str]]:
    return lambda _: {value: value for value in values}


DUTY = (
    Asked(name=DUTIES, label="Duty that it answers", needed=True, choices=lambda folder: folder.duties),
    *(Asked(name=more, label="And", choices=lambda folder: folder.single_duties) for more in FURTHER),
)
TASK = (
    Asked(name="form", label="Form", needed=True, choices=lambda folder: {name: name for name in folder.forms}),
    Asked(name="side", label="Whose it is", needed=True, choices=lambda _: SIDES),
    Asked(
        name="due", label="Limit",
        says='due(working_days: 2), due(hours: 24), due(same_working_day: true), due(working_days: 2, from: "stage")',
    ),
    *DUTY,
    Asked(
        name="tier", label="Tier, where it is not the lane's", choices=lambda folder: {**folder.tiers, "any": "anybody"}
    ),
    Asked(name="role", label="Only this role", choices=lambda folder: folder.roles),
    Asked(name="alert", label="Alerted every working day once it is overdue", choices=lambda folder: folder.roles),
    Asked(
        name=STANDS_IN, label="Who may answer it too once it is overdue",
        choices=lambda _: {SENIOR: "any senior or lead of that side", OFFICE: "the business manager"},
    ),
    Asked(name=FIRST_PART, label="Ends the first part of its stage", choices=_one("ends")),
    Asked(name="contacts", label="Table of whom to contact", choices=lambda folder: {t: t for t in folder.tables}),
    Asked(name="shows", label="Shows what was answered as", says="The word under which other tasks have “Shown as”."),
    Asked(name="shown_as", label="Shown as", says="A word, like representations."),
    Asked(name="standing", label="Where it stands as long as this is open", says="In the words of a list."),
    Asked(name=LINKS, label="Done by raising", choices=lambda folder: folder.main),
)  # fmt: skip
STAGE = (
    Asked(name="stage", label="Number", needed=True, pattern=r"[1-9][0-9]?(\.[1-9]|[a-z])?", says="Like 1, 2 or 2a."),
    Asked(name="kind", label="Kind", choices=_one("ordinary", "exceptional")),
    Asked(
        name="route",
        label="Only where",
        says="Such as a condition on receiving_kind. Without it, all do.",
    ),
    *DUTY,
)
TO = Asked(name="to", label="To whom", needed=True, choices=lambda folder: folder.recipients)
BEFORE = Asked(name="before", label="Where both are due at once, before", choices=_one("stage"))
ENDS_SO = Asked(name="end", label="How it ends", needed=True, choices=lambda _: ENDS)
RAISED_BY = Asked(
    name="form", label="Form by which it is raised", needed=True, choices=lambda folder: {n: n for n in folder.forms}
)
TIMER, MESSAGE = "bpmn:TimerEventDefinition", "bpmn:MessageEventDefinition"
TIME = Asked(
    name="timeDate", label="Time", needed=True, event="bpmn:TimerEventDefinition#property",
    says="deadline(working_days: 5, cumulative: 7), or reminder() where it interrupts nothing.",
)  # fmt: skip
SAYS = Asked(name="name", label="What is said", needed=True, event="bpmn:Message#property")
TEMPLATES = (
    Template(key="task", name="Task of somebody", says="What somebody does, by when.", on="bpmn:UserTask", asks=TASK),
    Template(
        key="stage", name="Stage", on="bpmn:SubProcess", asks=STAGE,
        says="On its edge: its deadline and what reminds of it, escalated early, withdrawn, resolved.",
    ),
    Template(
        key="branch", name="Part of a stage, or branch beside the stages", on="bpmn:SubProcess", asks=DUTY,
        says="A part has a limit of its own on its edge; a branch is an event subprocess that a signal begins.",
    ),
    Template(
        key="limit", name="Deadline or reminder", on="bpmn:BoundaryEvent", event=TIMER, asks=(TIME, *DUTY, BEFORE),
        says="On the edge of what it limits.",
    ),
    Template(
        key="notice", name="Notice", on="bpmn:IntermediateThrowEvent", event=MESSAGE, asks=(SAYS, TO, *DUTY),
        says="Who is told, and what.",
    ),
    Template(
        key="raised", name="Raised", on="bpmn:StartEvent", asks=(RAISED_BY, *DUTY),
        says="Where the process begins.",
    ),
    Template(key="end", name="End of it all", says="How it ended.", on="bpmn:EndEvent", asks=(ENDS_SO, *DUTY)),
    Template(
        key="done", name="End of a stage or branch", says="Where it goes no further.", on="bpmn:EndEvent",
        asks=DUTY,
    ),
    Template(
        key="choice", name="Choice", on="bpmn:ExclusiveGateway", asks=DUTY,
        says="Its flows carry conditions over what was chosen, but for one that is the default.",
    ),
    Template(
        key="fork", name="Side by side", says="Opens tasks for both sides in one step, or waits for both.",
        on="bpmn:ParallelGateway", asks=DUTY,
    ),
)  # fmt: skip
"""None for what sends or hears a signal: Camunda 8's editor would give each of them a signal of its own."""


def element_templates(folder: Path) -> dict[Path, bytes]:
    """The files of templates for the diagrams of a partnership's folder, by where they belong in it.

    Raises what its files raise where they can't be read.
    """
    names = pathways_in(folder) or [MAIN]
    pathways = tuple(read_pathway(collect(folder, name), folder.name, name) for name in names)
    here = Folder(pathways=pathways, forms=forms_beside(folder))
    return {PLACE / dialect.file: _written(dialect, here) for dialect in DIALECTS}


def _written(dialect: Dialect, folder: Folder) -> bytes:
    every = [_template(dialect, folder, template) for template in TEMPLATES]
    return (json.dumps(every, indent=2, ensure_ascii=False) + "\n").encode()


def _template(dialect: Dialect, folder: Folder, template: Template) -> dict[str, Any]:
    made: dict[str, Any] = {
        "$schema": dialect.schema,
        "name": template.name,
        "id": f"concord.{template.key}",
        "description": template.says,
        "appliesTo": [template.on],
    }
    if dialect.events and template.event:
        made["elementType"] = {"value": template.on, "eventDefinition": template.event}
    return made | {"properties": list(_properties(dialect, folder, template.asks))}


def _properties(dialect: Dialect, folder: Folder, asks: Iterable[Asked]) -> Iterator[dict[str, Any]]:
    for asked in asks:
        if asked.event and not dialect.events:
            continue
        choices = asked.choices(folder) if asked.choices else None
        if choices is not None and not choices and not asked.needed:
            continue
        made: dict[str, Any] = {"label": asked.label, "type": "Dropdown" if choices else "String"}
        if asked.says:
            made["description"] = asked.says
        if choices:
            nothing = [] if asked.needed else [{"name": "–", "value": ""}]
            made["choices"] = [*nothing, *({"name": words, "value": value} for value, words in choices.items())]
        if not asked.needed:
            made["optional"] = True
        if asked.needed:
            pattern = {"value": f"^({asked.pattern})$", "message": asked.says}
            made["constraints"] = {"notEmpty": True} | ({"pattern": pattern} if asked.pattern else {})
        yield made | {"binding": {"type": asked.event or dialect.binding, "name": asked.name}}


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"
