"""Who sees what, and corrections, on each database."""

import pytest
from town import Town, command

from engine import (
    DisputeUnknown,
    EntryUnknown,
    NotYours,
    Worklist,
    claim,
    complete_task,
    correct,
    dispute_page,
    escalate,
    hand_on,
    recalculate,
    report_risk,
    save_draft,
    say_resolved,
    set_protective,
    take_up_again,
    withdraw,
    worklist,
)


def everything(town: Town, by: str, ref: str) -> list[object]:
    """Each use case, tried by somebody on a dispute; gives what each raised."""
    who, key, c = town[by], "Stage1_Discuss.1", town.concord
    tries = [
        lambda: complete_task(c, who, ref, key, command(), {}),
        lambda: save_draft(c, who, ref, key, {"risk_now": "x"}),
        lambda: claim(c, who, ref, key, command()),
        lambda: hand_on(c, who, ref, key, command(), None),
        lambda: report_risk(c, who, ref, command()),
        lambda: say_resolved(c, who, ref, command(), "x"),
        lambda: escalate(c, who, ref, command(), "x"),
        lambda: withdraw(c, who, ref, command(), "x"),
        lambda: set_protective(c, who, ref, command(), town.now.replace(year=2027), "x"),
        lambda: recalculate(c, who, ref, command(), "x"),
        lambda: correct(c, who, ref, command(), 1, "x"),
        lambda: take_up_again(c, who, ref, command(), "x"),
        lambda: dispute_page(c, who, ref),
    ]
    raised: list[object] = []
    for attempt in tries:
        with pytest.raises((NotYours, DisputeUnknown)) as refused:
            attempt()
        raised.append(refused.type)
    return raised


def test_people_of_another_partnership_see_and_do_nothing(town: Town) -> None:
    """W: not even its business manager."""
    ref = town.raises()
    before = town.journal(ref)
    for somebody in ("solihull-school-practitioner", "solihull-business_manager"):
        assert set(everything(town, somebody, ref)) <= {NotYours, DisputeUnknown}
        assert worklist(town.concord, town[somebody]) == Worklist()
    assert town.journal(ref) == before


def test_people_of_a_third_agency_see_and_do_nothing(town: Town) -> None:
    """W."""
    ref = town.raises()
    assert set(everything(town, "police-senior_manager", ref)) <= {NotYours, DisputeUnknown}
    assert worklist(town.concord, town["police-senior_manager"]) == Worklist()


def test_a_dispute_that_is_not_there_is_unknown(town: Town) -> None:
    """A wrong reference."""
    with pytest.raises(DisputeUnknown):
        escalate(town.concord, town["school-practitioner"], "BIR-1999-0001", command(), "x")


def test_a_correction_names_the_entry_and_leaves_it(town: Town) -> None:
    """R2."""
    ref = town.raises()
    before = town.journal(ref)
    correct(town.concord, town["school-practitioner"], ref, command(), 1, "It was the other school.")
    after = town.journal(ref)
    assert after[:-1] == before
    assert (after[-1].kind, after[-1].data) == ("Corrected", {"corrects": 1})
    with pytest.raises(EntryUnknown):
        correct(town.concord, town["school-practitioner"], ref, command(), 99, "What?")
    town.verify(ref)
