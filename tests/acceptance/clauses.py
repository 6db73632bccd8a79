"""Registers which test shows which clause, and what of the pathway it takes for it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from mutations import Mutation

BIRMINGHAM, WOLVERHAMPTON = "birmingham", "wolverhampton"
BOTH = (BIRMINGHAM, WOLVERHAMPTON)


@dataclass(frozen=True, kw_only=True, eq=False)
class Clause:
    """A clause, its test, the partnerships it is tested in, and the mutations under which the test must fail."""

    ids: tuple[str, ...]
    test: Callable[..., None]
    partnerships: tuple[str, ...]
    takes: tuple[Mutation, ...] = ()
    only: Mapping[str, tuple[Mutation, ...]] = field(default_factory=dict)

    def mutations(self, partnership: str) -> tuple[Mutation, ...]:
        """What must make the test fail in that partnership."""
        return (*self.takes, *self.only.get(partnership, ()))


CLAUSES: list[Clause] = []


def clause(
    *ids: str,
    takes: Iterable[Mutation] = (),
    birmingham: Iterable[Mutation] = (),
    wolverhampton: Iterable[Mutation] = (),
    partnerships: tuple[str, ...] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a test for clauses; `takes` holds in every partnership it is for, the others in one of them."""
    own = {"BIR": (BIRMINGHAM,), "WOL": (WOLVERHAMPTON,)}.get(ids[0].split("-")[0], BOTH)

    def register(test: Callable[..., None]) -> Callable[..., None]:
        only = {BIRMINGHAM: tuple(birmingham), WOLVERHAMPTON: tuple(wolverhampton)}
        test.clause = Clause(ids=ids, test=test, partnerships=partnerships or own, takes=tuple(takes), only=only)
        CLAUSES.append(test.clause)
        return test

    return register
