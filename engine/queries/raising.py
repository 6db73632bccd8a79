"""What is needed to raise a dispute, and what is open about the same children."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.application import (
    BegunRecord,
    Concord,
    Link,
    PathwayUnpublished,
    Readable,
    Summary,
    first_of,
    glance,
    guarded,
    readable,
)
from engine.dispute import RECEIVING, Agency, Child, Person, may_see
from engine.forms import Form
from engine.pathway import OWN_KIND, RISK
from engine.queries.danger import RiskAdvice, advice


@dataclass(frozen=True, kw_only=True)
class RaisePage:
    """What is needed to raise a dispute; `known` is what the form's conditions read beside its own questions."""

    pathway: str
    name: str
    others: tuple[tuple[str, str], ...]
    title: str
    protocol: str
    form: Form
    known: Mapping[str, Any]
    agencies: tuple[Agency, ...]
    risk: RiskAdvice
    now: datetime
    link: Link | None = None
    children: tuple[Child, ...] = ()
    receiving: str | None = None
    unproven: str = ""

    @property
    def hurries(self) -> bool:
        """Whether a child is at risk: then nothing is asked that can wait."""
        return bool(self.known[RISK])


def raise_page(
    concord: Concord, person: Person, name: str | None = None, link: Link | None = None, *, risk: bool = False
) -> RaisePage:
    """What is needed to raise a dispute in a person's partnership, on its main pathway or on one beside it.

    Where a risk is reported with it, most of its questions wait.
    Raised from another dispute, it begins with the same children and the same other side (HAR-C6).
    """
    with concord.store.begin(write=False) as tx:
        pathways = {name: each.pathway for name, each in concord.published(tx, person.partnership).items()}
        pathway = pathways.get(name or person.partnership)
        if pathway is None:
            raise PathwayUnpublished(pathway=name or person.partnership)
        form = pathway.form_of(pathway.start.id)
        if form is None:
            raise PathwayUnpublished(pathway=pathway.name)
        at = concord.clock.now()
        first = first_of(concord, tx, person, link, at).dispute if link else None
        return RaisePage(
            pathway=pathway.name,
            unproven=pathway.unproven,
            name=pathway.diagram.title,
            others=tuple((p, other.diagram.title) for p, other in pathways.items() if p != pathway.name),
            title=pathway.title,
            protocol=str(pathway.settings.get("partnership", {}).get("protocol", "")),
            form=form,
            known={RISK: risk},
            agencies=tuple(
                a for a in tx.directory.agencies(person.partnership) if a.id != person.agency and a.kind != OWN_KIND
            ),
            risk=advice(pathway, at),
            now=at,
            link=link,
            children=first.children if first else (),
            receiving=next((p.agency for p in first.parties if p.side == RECEIVING), None) if first else None,
        )


def open_about(concord: Concord, person: Person, case_references: list[str]) -> Readable[Summary]:
    """Open disputes about the same case references that a person may see, so that one is not raised twice.

    That others disagree about a child is theirs to know, and whoever oversees the partnership sees both.
    """
    with concord.store.begin(write=False) as tx:

        def seen(ref: str) -> bool:
            return may_see(person, glance(concord, tx, ref).dispute, person.partnership)

        found = tx.disputes.open_about(person.partnership, case_references)
        return readable(tx, [e for e in found if guarded(tx, e.ref, lambda e=e: seen(e.ref))])  # type: ignore[misc]


def raised_before(concord: Concord, command_id: str) -> str | None:
    """The dispute that this very command has raised already, or none."""
    with concord.store.begin(write=False) as tx:
        done = tx.commands.done(command_id)
        return str(done["ref"]) if done else None


def begun_by(concord: Concord, person: Person) -> BegunRecord | None:
    """What somebody has begun to raise and not sent: theirs alone."""
    with concord.store.begin(write=False) as tx:
        return tx.drafts.begun(person.id)
