"""Who may see a dispute and who may act in it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.calendar import london
from engine.dispute import Child, Dispute, Party, Person, Task, acting, holders, may_do, may_see, sides_of
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


def test_without_a_table_the_tiers_own_key_is_the_role() -> None:
    """A pathway that names its tiers by role."""
    assert acting({}, "chair", "school") == (("chair",), "chair")
