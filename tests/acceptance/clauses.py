"""Registers which test shows which clause, and what of the pathway it takes for it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from mutations import Mutation

BIRMINGHAM, WOLVERHAMPTON, BROMLEY, HARROW, BARNET = "birmingham", "wolverhampton", "bromley", "harrow", "barnet"
FIVE = (BIRMINGHAM, WOLVERHAMPTON, BROMLEY, HARROW, BARNET)
REDRAWN = (BIRMINGHAM, WOLVERHAMPTON, BROMLEY, HARROW, BARNET)
"""Drawn to the corrected rules (E4a, E4b, E5 and S2 of each side, W “each”); the others are to follow."""
ASKED = tuple(each for each in REDRAWN if each != HARROW)
"""Those of them that ask the raising side whether its concerns persist (E4b); Harrow's procedure asks it nowhere."""
TAKEN_FROM = (BIRMINGHAM, WOLVERHAMPTON)
"""Where something is taken out for the rules that all protocols share; their tests run on all five."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Clause:
    """A clause, its test, the partnerships it is tested in, and the mutations under which the test must fail."""

    ids: tuple[str, ...]
    test: Callable[..., None]
    partnerships: tuple[str, ...]
    takes: tuple[Mutation, ...] = ()
    only: Mapping[str, tuple[Mutation, ...]] = field(default_factory=dict)

    @property
    def shared(self) -> bool:
        """Whether it is a rule of all protocols, not a row of one sheet."""
        return "-" not in self.ids[0]

    def mutations(self, partnership: str) -> tuple[Mutation, ...]:
        """What must make the test fail in that partnership."""
        takes = self.takes if not self.shared or partnership in TAKEN_FROM else ()
        return (*takes, *self.only.get(partnership, ()))


CLAUSES: list[Clause] = []


def clause(
    *ids: str,
    takes: Iterable[Mutation] = (),
    birmingham: Iterable[Mutation] = (),
    wolverhampton: Iterable[Mutation] = (),
    partnerships: tuple[str, ...] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a test for clauses; `takes` is for every partnership, the others for one of them."""
    own = {"BIR": (BIRMINGHAM,), "WOL": (WOLVERHAMPTON,)}.get(ids[0].split("-")[0], FIVE)

    def register(test: Callable[..., None]) -> Callable[..., None]:
        only = {BIRMINGHAM: tuple(birmingham), WOLVERHAMPTON: tuple(wolverhampton)}
        test.clause = Clause(ids=ids, test=test, partnerships=partnerships or own, takes=tuple(takes), only=only)
        CLAUSES.append(test.clause)
        return test

    return register
