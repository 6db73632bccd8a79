"""A drawing and its register part company in one place each: the rule or the property that must catch it."""

from collections.abc import Iterable

import parting_barnet as barnet
import parting_birmingham as birmingham
import parting_bromley as bromley
import parting_wolverhampton as wolverhampton
import pytest
from mutations import Mutation
from parting import Caught, Parted, said
from play import shipped
from test_register import in_register

from engine.composition import proven
from engine.pathway.rules import check_files

PARTED = (birmingham.PARTED, bromley.PARTED, barnet.PARTED, wolverhampton.PARTED, wolverhampton.REQUESTED)
NOTHING = Mutation("nothing", lambda files: {**files, "note": b""})


def named(caught: Iterable[tuple[Parted, Caught]]) -> pytest.MarkDecorator:
    """Run a test once for each."""
    cases = [pytest.param(of.pathway, *each, id=f"{of.pathway} {each[0].name}") for of, each in caught]
    return pytest.mark.parametrize(("pathway", "mutation", "by"), cases)


@named((of, each) for of in PARTED for each in of.by_a_rule)
def test_what_the_drawing_says_otherwise_than_the_register_is_caught(
    pathway: str, mutation: Mutation, by: set[str]
) -> None:
    """By the rule that is named, and by no other."""
    assert said(mutation, pathway) == by


@named((of, each) for of in PARTED for each in of.by_the_proof)
def test_what_follows_from_the_flows_is_proven(pathway: str, mutation: Mutation, by: set[str]) -> None:
    """By the property that is named, and by no other."""
    assert said(mutation, pathway) == by


@pytest.mark.parametrize(
    ("pathway", "mutation"),
    [pytest.param(of.pathway, each, id=f"{of.pathway} {each.name}") for of in PARTED for each in of.somehow],
)
def test_what_would_break_a_duty_is_caught_by_some_rule_or_property(pathway: str, mutation: Mutation) -> None:
    """Whichever it is: none of these may be published."""
    assert said(mutation, pathway) - {"D12"}


@pytest.mark.parametrize("of", PARTED, ids=lambda of: of.pathway)
def test_enough_is_tried_and_each_once(of: Parted) -> None:
    """And what ships is sound."""
    tried = [mutation.name for mutation, _ in [*of.by_a_rule, *of.by_the_proof]]
    assert len(set(tried)) == len(tried) >= of.least
    assert said(NOTHING, of.pathway) == set()


def test_a_silence_names_the_task_that_everything_waits_for() -> None:
    """BIR-5.4: the Co-Chairs' own decision, not the representations that come before it."""
    goes_on = in_register("BIR-5.4", '"stays open"', '"goes on, recorded as not done"')
    pathway, _ = check_files(goes_on.of(shipped("birmingham")), "birmingham", "escalation")
    assert pathway is not None
    assert [broken.element for broken in proven(pathway).broken] == ["Stage5_Consider"]
