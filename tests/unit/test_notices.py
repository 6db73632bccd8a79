"""To whom a notice speaks."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from engine.dispute import Child, Dispute, Party, Person, addressed
from engine.pathway import usual_offices

PATHWAY: Any = SimpleNamespace(tables={}, offices=usual_offices())
DISPUTE = Dispute(
    ref="BIR-2026-0001",
    raised=datetime(2026, 3, 2, 10, tzinfo=UTC),
    counted_from=datetime(2026, 3, 2, 10, tzinfo=UTC),
    parties=(
        Party(side="raising", agency="school", name="Made-up School", kind="school"),
        Party(side="receiving", agency="council", name="Imaginary Council", kind="local_authority"),
    ),
    children=(Child(case_reference="DEMO-1", initials="AB"),),
    calendar={},
    raised_by="teacher",
)


def person(agency: str, *roles: str) -> Person:
    """Somebody of an agency."""
    return Person(
        id="x", partnership="birmingham", name="X", agency=agency, agency_name=agency, agency_kind="other", roles=roles
    )


@pytest.mark.parametrize(
    ("who", "to", "told"),
    [
        (person("school", "practitioner"), "raising", True),
        (person("school", "practitioner"), "receiving", False),
        (person("council", "practitioner"), "both", True),
        (person("police", "practitioner"), "both", False),
        (person("office", "business_manager"), "co_chair,business_manager", True),
        (person("office", "co_chair"), "business_manager", False),
        (person("school", "safeguarding_lead"), "safeguarding_lead,deputy,out_of_hours", True),
        (person("police", "safeguarding_lead"), "safeguarding_lead", False),
        (person("office", "business_manager"), "partnership", True),
        (person("police", "child_protection_chair"), "child_protection_chair,raising", True),
        (person("police", "practitioner"), "child_protection_chair,raising", False),
        (person("council", "line_managers"), "next_tier", True),
        (person("council", "practitioner"), "next_tier", False),
    ],
)
def test_a_notice_reaches_its_side_its_role_and_nobody_else(who: Person, to: str, told: bool) -> None:
    """Told apart by side and role; of no party's agency, only who answers for the child's plan or review (BRO-2.2)."""
    assert addressed(who, DISPUTE, to, PATHWAY, "line_managers") is told
