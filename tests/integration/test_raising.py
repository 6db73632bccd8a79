"""Raising a dispute, on each database."""

from datetime import timedelta

import pytest
from town import Town, command

from engine import (
    AgencyUnknown,
    Child,
    ChildrenMissing,
    FormInvalid,
    PathwayUnpublished,
    ProtectiveInPast,
    RaisingNotOpen,
    raise_dispute,
)


def test_a_dispute_begins_at_stage_1_with_its_deadline_and_a_task_for_both_sides(town: Town) -> None:
    """R1, T9: and the raising is the journal's first entry, by name, agency and role."""
    ref = town.raises()
    first = town.journal(ref)[0]
    assert (first.kind, first.actor["id"], first.actor["agency"]) == ("Raised", "school-practitioner", "school")
    assert town.dispute(ref).visit.stage == "Stage1"
    assert town.task(ref, "Stage1_Discuss").side == "both"
    assert town.summary(ref).next_due == town.dispute(ref).next_due
    assert [s.case_reference for s in town.dispute(ref).children] == ["CASE-1"]
    town.verify(ref)


def test_references_are_numbered_by_partnership_and_year(town: Town) -> None:
    """Each number once."""
    assert [town.raises(), town.raises()] == ["BIR-2026-0001", "BIR-2026-0002"]
    town.move("2027-01-04T09:00", sweeping=False)
    assert town.raises() == "BIR-2027-0001"


def test_risk_reported_with_the_raising_opens_a_referral_for_each_child_beside_stage_1(town: Town) -> None:
    """S2, S3."""
    ref = town.raises(children=2, risk=True)
    assert town.dispute(ref).visit.stage == "Stage1"
    assert [t.child for t in town.dispute(ref).tasks if t.element == "Risk_Refer"] == [0, 1]
    assert town.dispute(ref).referrals[0].children == (0, 1)
    town.verify(ref)


def test_raising_again_with_the_same_command_gives_the_same_dispute(town: Town) -> None:
    """Decision 2: a double submit is harmless."""
    once = command()
    assert town.raises(command_id=once) == town.raises(command_id=once)
    assert town.kinds("BIR-2026-0001").count("Raised") == 1
    with town.concord.store.begin(write=False) as tx:
        assert len(tx.disputes.references()) == 1


def test_what_is_missing_or_wrong_is_refused_and_nothing_is_kept(town: Town) -> None:
    """R4, T10, W: at least one child, another agency, a form without gaps, a timescale in the future."""
    with pytest.raises(ChildrenMissing):
        town.raises(children=0)
    for receiving in ("school", "office", "solihull-council", "nowhere"):
        with pytest.raises(AgencyUnknown):
            town.raises(receiving=receiving)
    with pytest.raises(FormInvalid, match="disagree"):
        raise_dispute(
            town.concord,
            town["school-practitioner"],
            command(),
            pathway="birmingham",
            receiving="council",
            answers={},
            children=[Child(case_reference="C", initials="AB")],
            risk=False,
        )
    with pytest.raises(ProtectiveInPast):
        town.raises(protective=town.now - timedelta(minutes=1))
    assert town.raises() == "BIR-2026-0001", "A refusal uses up no number"


def test_the_partnership_itself_and_people_of_another_one_raise_nothing(town: Town) -> None:
    """W: a dispute is raised for one's agency, on the pathway of one's partnership."""
    for somebody in ("business_manager", "solihull-school-practitioner"):
        with pytest.raises(RaisingNotOpen):
            town.raises(by=somebody)
    with pytest.raises(PathwayUnpublished):
        raise_dispute(
            town.concord,
            town["solihull-school-practitioner"],
            command(),
            pathway="solihull",
            receiving="solihull-council",
            answers={},
            children=[],
            risk=False,
        )
