"""Who may see a dispute and who may act in it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.calendar import london
from engine.dispute import Child, Dispute, Party, Person, Task, acting, holders, may_do, may_see, sides_of, who_may
from engine.pathway import read_folder

PATHWAY = read_folder(Path(__file__).parents[2] / "bpmn" / "birmingham", demo=True)
TABLES = PATHWAY.tables
AT = london("2026-03-02T10:00")
DISPUTE = Dispute(
    ref="BIR-1",
    raised=AT,
    counted_from=AT,
    raised_by="ada",
    calendar={},
    parties=(
        Party(side="raising", agency="school", name="School", kind="school"),
        Party(side="receiving", agency="council", name="Council", kind="local_authority"),
    ),
    children=(Child(case_reference="C", initials="AB"),),
)
KINDS = {"school": "school", "council": "local_authority", "police": "police", "office": "partnership"}


def somebody(agency: str, *roles: str, partnership: str = "birmingham") -> Person:
    """A person of an agency, holding roles."""
    return Person(
        id="p",
        partnership=partnership,
        name="P",
        agency=agency,
        agency_name=agency,
        agency_kind=KINDS[agency],
        roles=roles,
    )


def task(side: str, tier: str, role: str | None = None) -> Task:
    """An open task."""
    return Task(key="T.1", element="T", tier=tier, side=side, role=role, opened=AT)


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        (somebody("school", "practitioner"), True),
        (somebody("council", "director"), True),
        (somebody("office", "business_manager"), True),
        (somebody("office", "auditor"), True),
        (somebody("police", "senior_manager"), False),
        (somebody("school", "practitioner", partnership="solihull"), False),
        (somebody("office", "business_manager", partnership="solihull"), False),
    ],
)
def test_both_sides_and_the_partnership_see_it_and_nobody_else(person: Person, sees: bool) -> None:
    """S1, W."""
    assert may_see(person, DISPUTE, "birmingham") is sees


def test_a_person_acts_for_one_side_and_for_both_together() -> None:
    """W: who acts for the partnership acts for no side."""
    assert sides_of(somebody("school", "practitioner"), DISPUTE) == {"raising", "both"}
    assert sides_of(somebody("council", "practitioner"), DISPUTE) == {"receiving", "both"}
    assert sides_of(somebody("office", "co_chair"), DISPUTE) == {"partnership"}
    assert sides_of(somebody("police", "practitioner"), DISPUTE) == set()
    assert sides_of(somebody("office", "auditor"), DISPUTE) == set()


@pytest.mark.parametrize(
    ("person", "given", "may"),
    [
        (somebody("school", "practitioner"), task("both", "practitioners"), True),
        (somebody("school", "practitioner"), task("receiving", "practitioners"), False),
        (somebody("school", "practitioner"), task("both", "safeguarding_leads"), False),
        (somebody("school", "head_teacher"), task("raising", "safeguarding_leads"), True),
        (somebody("school", "safeguarding_lead"), task("raising", "safeguarding_leads"), False),
        (somebody("council", "line_manager"), task("both", "safeguarding_leads"), True),
        (somebody("council", "line_manager"), task("both", "any"), True),
        (somebody("council", "line_manager"), task("both", "any", role="safeguarding_lead"), False),
        (somebody("council", "safeguarding_lead"), task("both", "any", role="safeguarding_lead"), True),
        (somebody("office", "business_manager"), task("both", "any"), False),
        (somebody("office", "co_chair"), task("partnership", "co_chairs"), True),
        (somebody("council", "co_chair"), task("partnership", "co_chairs"), True),
        (somebody("council", "director"), task("partnership", "co_chairs"), False),
    ],
)
def test_a_task_is_for_its_side_and_for_the_role_that_acts_at_its_tier(person: Person, given: Task, may: bool) -> None:
    """W, BIR-2.3."""
    assert may_do(person, DISPUTE, given, PATHWAY, [person]) is may


def test_that_somebody_has_taken_it_on_keeps_nobody_from_it() -> None:
    """They may have fallen ill."""
    taken = replace(task("both", "practitioners"), claimed_by="somebody-else")
    assert may_do(somebody("school", "practitioner"), DISPUTE, taken, PATHWAY, [])


def test_an_absent_person_holds_no_tier() -> None:
    """E8."""
    lead = somebody("council", "safeguarding_lead")
    away = replace(lead, absent_until=date(2026, 3, 6))
    found = holders([lead, away, somebody("school", "head_teacher")], TABLES, "safeguarding_leads", "council")
    assert found == [lead]


STAGE_2 = Task(
    key="T.1", element="T", tier="safeguarding_leads", side="receiving", role=None, opened=AT, stage="Stage2"
)


def named(name: str, *roles: str, agency: str = "council") -> Person:
    """One of several people of an agency."""
    return replace(somebody(agency, *roles), id=name)


@pytest.mark.parametrize(
    ("others", "may"),
    [
        ((), True),
        ((named("lead", "safeguarding_lead"),), False),
        ((replace(named("away", "safeguarding_lead"), absent_until=date(2026, 3, 6)),), True),
        ((named("practitioner", "practitioner"),), True),
        ((named("lead", "safeguarding_lead", agency="school"),), True),
    ],
    ids=["nobody else", "a lead", "a lead who is away", "a practitioner", "the other side's lead"],
)
def test_where_nobody_of_a_side_holds_a_tier_its_next_one_acts_in_its_place(
    others: tuple[Person, ...], may: bool
) -> None:
    """E8: the council's senior manager does its stage 2 task, where it has no lead or line manager there."""
    senior = named("senior", "senior_manager")
    assert may_do(senior, DISPUTE, STAGE_2, PATHWAY, [senior, *others]) is may
    assert (senior in who_may(DISPUTE, STAGE_2, PATHWAY, [senior, *others])) is may


def test_nobody_is_passed_over_by_a_tier_further_up() -> None:
    """E8: with a senior manager there the director does not act, and nobody further down does."""
    senior, director = named("senior", "senior_manager"), named("director", "director")
    everybody = [senior, director, named("practitioner", "practitioner")]
    assert who_may(DISPUTE, STAGE_2, PATHWAY, everybody) == [senior]


def test_whoever_is_barred_from_a_tiers_tasks_does_not_hold_it() -> None:
    """E8: its only lead is barred, so the next tier acts; the barred lead does not."""
    lead, senior = named("lead", "safeguarding_lead"), named("senior", "senior_manager")
    barred = replace(DISPUTE, barred=(("lead", "safeguarding_leads"),))
    assert who_may(barred, STAGE_2, PATHWAY, [lead, senior]) == [senior]


def test_without_a_table_the_tiers_own_key_is_the_role() -> None:
    """A pathway that names its tiers by role."""
    assert acting({}, "chair", "school") == (("chair",), "chair")
