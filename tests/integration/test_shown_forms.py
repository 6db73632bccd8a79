"""Each form that a page shows is accepted from its viewer, what is not shown is refused: one rule, asked by both."""

import time
from collections import Counter

import pytest
from shown_forms import Walk

from engine import Concord
from web.act_forms import ACTS

PATHWAYS = (
    "birmingham", "bromley", "barnet", "wolverhampton", "wolverhampton/conference-request", "harrow",
    "harrow/conference-dissent", "harrow/review-dissent",
)  # fmt: skip
IN_TURN = [(("sqlite", "postgresql")[n % 2], pathway) for n, pathway in enumerate(PATHWAYS)]
"""Each pathway on one of the databases: the rule that is asked knows neither."""
FEW, MANY = 12, 50
NAMES = {
    *(f"acts.act {name}" for name in ACTS), "acts.report", "acts.correct_entry", "record.hold_or_lift",
    "record.erase_typed", "record.erase_typed confirm", "record.erase_typed call-off", "tasks.send complete",
    "tasks.send draft", "tasks.take", "tasks.tried", "tasks.pass_on",
}  # fmt: skip

SELDOM = {
    "acts.act again", "acts.act object", "acts.act object-to-bar", "acts.act undo-protective",
    "record.erase_typed confirm", "record.erase_typed call-off",
}  # fmt: skip
"""What needs an end of one kind, or two people: chance need not come there (other tests do)."""


@pytest.mark.parametrize(("database_url", "pathway"), IN_TURN, indirect=["database_url"])
def test_what_a_page_shows_is_accepted_and_what_it_does_not_show_is_refused(concord: Concord, pathway: str) -> None:
    """Decision 21, S1, W: a seeded few steps on every pathway."""
    done: Counter[str] = Counter()
    walk = Walk(concord, pathway, 20261126, done)
    for person in walk.dice.sample(list(walk.people.values()), FEW):
        walk.step(person)
    assert any(name.endswith(" refused") for name in done)
    assert not all(name.endswith(" refused") for name in done)


@pytest.mark.soak
def test_every_form_is_seen_accepted_and_refused_at_many_points_of_every_pathway(concord: Concord) -> None:
    """The whole of it, with a seed of its own each time; the failure names it."""
    done: Counter[str] = Counter()
    for pathway in PATHWAYS:
        Walk(concord, pathway, time.time_ns(), done).goes(MANY)
    assert not NAMES - SELDOM - done.keys(), "Never accepted"
    assert not {f"{name} refused" for name in NAMES} - done.keys(), "Never refused"
