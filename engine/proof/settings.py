"""What can be shown of a pathway without walking: who holds its tiers, its clauses, names of parallel branches."""

from collections.abc import Iterator
from itertools import combinations

from engine.dispute import PARTNERSHIP, acting
from engine.dmn import DecisionGap
from engine.errors import ConcordError
from engine.pathway import AUDITOR, OWN_KIND, Element, Pathway, listed, nearest
from engine.proof.names import Names

Shown = Iterator[tuple[str, str | None, str]]


def shown(pathway: Pathway, names: Names) -> Shown:
    """What does not hold: property, element, why."""
    yield from deadlines(pathway)
    yield from held(pathway)
    yield from clauses(pathway)
    yield from branches(names)


def deadlines(pathway: Pathway) -> Shown:
    """Every stage has a deadline (T9)."""
    for stage in pathway.stages:
        if not stage.deadline:
            yield "deadline", stage.id, "The stage has no deadline. Put a timer with deadline(…) on its edge."


def held(pathway: Pathway) -> Shown:
    """Somebody can hold every tier and side of a task, in an agency of any kind (E8)."""
    if "who_acts" not in pathway.tables:
        yield "held", None, "There is no decision table who_acts beside the diagram. Add who_acts.dmn."
        return
    for task in pathway.diagram.elements.values():
        if task.kind == "userTask" and "role" not in task.properties:
            for tier in _tiers(pathway, task):
                yield from _held(pathway, task, tier)


def _tiers(pathway: Pathway, task: Element) -> list[str]:
    tier = task.properties.get("tier") or task.tier or "any"
    if tier == "stage":
        return sorted({stage.tier for stage in pathway.stages})
    return [] if tier == "any" else [tier]


def _held(pathway: Pathway, task: Element, tier: str) -> Shown:
    offices = pathway.offices
    own = task.properties.get("side") == PARTNERSHIP
    able = sorted(role for role in offices.roles if (role in offices.of_office) == own and role != AUDITOR)
    for kind in [OWN_KIND] if own else offices.of_sides:
        try:
            roles = acting(pathway.tables, tier, kind)[0]
        except DecisionGap:
            yield "held", task.id, f"No row of who_acts says who acts at {tier} in {kind}. Add one."
            return
        except ConcordError as error:
            yield "held", task.id, str(error)
            return
        if not any(role in able for role in roles):
            said = ", ".join(f"“{role}”" for role in roles) or "nobody"
            known = nearest(roles[0] if roles else "", able)
            why = f"Nobody of {kind} can hold {tier}: who_acts says {said}. {known} Correct its row."
            yield "held", task.id, why
            return


def clauses(pathway: Pathway) -> Shown:
    """Where the settings list the protocol's clauses, every one is answered and no other is named."""
    if pathway.register.duties:
        return  # the rules hold its register against the diagram
    claimed = listed(pathway)
    prefixes = {clause.partition("-")[0] for clause in claimed.known if "-" in clause}
    named: set[str] = set()
    for element in pathway.diagram.elements.values():
        own = {clause.id for clause in element.clauses}
        named |= own
        for clause in sorted(own - claimed.known):
            if clause.partition("-")[0] in prefixes:
                yield (
                    "clause",
                    element.id,
                    f"{clause} is no clause of the protocol. Correct it, or add it to [clauses] ids.",
                )
    for clause in sorted(set(claimed.own) - named):
        yield "clause", clause, f"No element answers to {clause}. Begin the documentation of the one that does with it."


def branches(names: Names) -> Shown:
    """Parallel branches don't answer one name that is read behind their join: the one that ends last would win."""
    for fork in names.forks:
        for one, other in combinations(fork.answered, 2):
            for name in sorted(one & other):
                yield (
                    "branches",
                    fork.element,
                    f"Two branches answer “{name}”, and it is read where they have joined. Ask it in one.",
                )
