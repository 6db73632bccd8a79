"""Where somebody can report a risk: whom to call now, and the running disputes that they can see (S1, S5, S6)."""

import math
from dataclasses import dataclass

from engine.application import Concord, PathwayUnpublished, glanced
from engine.dispute import Person
from engine.queries.danger import RiskAdvice, advice
from engine.queries.worklist import PAGE, Standing, shown, standing


@dataclass(frozen=True, kw_only=True)
class ReportingPage:
    """Whom to call, and a page of the running disputes about what was asked for; `count` of them in all."""

    risk: RiskAdvice
    disputes: tuple[Standing, ...]
    count: int
    page: int
    pages: int
    text: str
    unreadable: tuple[str, ...] = ()


def reporting_page(concord: Concord, person: Person, page: int = 1, text: str = "") -> ReportingPage:
    """The latest first; raises PathwayUnpublished where the partnership has none whose numbers could be shown."""
    with concord.store.begin(write=False) as tx:
        if person.partnership not in (published := concord.published(tx, person.partnership)):
            raise PathwayUnpublished(pathway=person.partnership)
        pathway = published[person.partnership].pathway
        side = None if person.oversees else person.agency
        refs, count = tx.worklists.about(person.partnership, side, text, (max(page, 1) - 1) * PAGE, PAGE)
        return ReportingPage(
            risk=advice(pathway, concord.clock.now()),
            disputes=shown(tx, glanced(concord, tx, refs), refs, standing),
            count=count,
            page=max(page, 1),
            pages=max(1, math.ceil(count / PAGE)),
            text=text,
            unreadable=tuple(dict.fromkeys(tx.unreadable)),
        )
