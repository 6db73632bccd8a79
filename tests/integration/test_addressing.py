"""W: a dispute is addressed to whoever decided, a worker or a team; their lead readdresses it."""

from dataclasses import replace
from datetime import date

import pytest
from town import OPERATOR, Town, command

from engine import (
    NotNow,
    Person,
    Right,
    SideWrong,
    add_absence,
    add_person,
    bar,
    claim,
    dispute_page,
    export,
    readdress,
    replay_page,
    verify,
    worklist,
)
from engine.commands.interventions import AddresseeUnknown

WORKER, LEAD, TALK = "council-practitioner", "council-safeguarding_lead", "Discuss the difference"
TO_LEADS = "receiving:safeguarding_lead,receiving:deputy"


@pytest.fixture
def council(town: Town) -> Town:
    """A town whose council has two more workers: Otto Other, and Tess Team of the First Response Team."""
    town.joins("council-otto", WORKER, name="Otto Other")
    for name in ("Tess Team", "Theo Team"):
        town.joins(f"council-{name.split()[0].lower()}", WORKER, name=name, team="First Response Team")
    return town


def talks(town: Town, ref: str) -> set[str]:
    """On whose worklists the talk of the first stage is, of the receiving agency."""
    own = [name for name, person in town.people.items() if person.agency == "council"]
    listed = {name for name in own if any((line.ref, line.title) == (ref, TALK) for line in town.worklist(name))}
    may = {name for name in own if any(line.title == TALK and line.mine for line in tasks(town, town[name], ref))}
    assert listed == may, "a page and a list say the same"
    return listed


def tasks(town: Town, person: Person, ref: str) -> tuple[object, ...]:
    """The tasks of a dispute as somebody's page of it has them."""
    return tuple(dispute_page(town.concord, person, ref).tasks)


def told(town: Town, ref: str, to: str) -> list[str]:
    """What was said to some."""
    return [notice.message for notice in town.notices(ref) if notice.to == to]


def test_W_the_worker_who_decided_has_the_first_stage_and_is_told(council: Town) -> None:
    """Nobody else of that agency has it on their list; its leads see it from the raising on; the other side acts."""
    ref = council.raises(decided="otto  OTHER, 0121 496 0000")
    assert talks(council, ref) == {"council-otto"}
    [said] = told(council, ref, "addressee")
    assert "who decided" in said
    assert not told(council, ref, TO_LEADS)
    assert dispute_page(council.concord, council[LEAD], ref).dispute.addressee.name == "Otto Other"
    assert TALK in [line.title for line in council.worklist("school-practitioner")]
    [card] = worklist(council.concord, council["school-practitioner"]).cards
    assert [person.name for person in card.opposite] == ["Otto Other"]
    council.completes("council-otto", ref, "Stage1_Discuss")
    council.verify(ref)


def test_W_of_a_team_everybody_has_it_who_is_in_it_now(council: Town) -> None:
    """Also who joins it later, and no longer who has left it."""
    ref = council.raises(decided="First Response Team")
    assert talks(council, ref) == {"council-tess", "council-theo"}
    joins = replace(council["council-otto"], team="First Response Team")
    leaves = replace(council["council-tess"], team="Court Team")
    for person in (joins, leaves):
        add_person(council.concord, OPERATOR, person, replace=True)
        council.people[person.id] = person
    assert talks(council, ref) == {"council-otto", "council-theo"}


@pytest.mark.parametrize("decided", ["", "Somebody Else", "Otto Other and Tess Team", "Other", "not Otto Other"])
def test_W_where_nobody_is_known_to_have_decided_all_have_it_and_their_lead_is_told(
    council: Town, decided: str
) -> None:
    """Nothing waits for it: whoever holds the tier may act, until the lead says whose it is."""
    ref = council.raises(decided=decided)
    assert talks(council, ref) == {WORKER, "council-otto", "council-tess", "council-theo"}
    [said] = told(council, ref, TO_LEADS)
    assert said == "Nobody is named who decided. Say whose it is"
    council.verify(ref)


def test_W_of_two_of_one_name_neither_is_taken_for_the_other(council: Town) -> None:
    """Their lead says which."""
    add_person(council.concord, OPERATOR, replace(council["council-otto"], id="council-otto-2"))
    ref = council.raises(decided="Otto Other")
    assert len(talks(council, ref)) == 4
    assert told(council, ref, TO_LEADS)


def test_W_where_it_was_not_asked_nothing_is_said_of_it(council: Town) -> None:
    """What other programs raise, or what was raised before."""
    ref = council.raises()
    assert council.dispute(ref).addressee is None
    assert not told(council, ref, TO_LEADS)


def test_W_where_who_decided_is_away_their_lead_is_told_at_once(council: Town) -> None:
    """It is theirs none the less: people come back early."""
    add_absence(council.concord, OPERATOR, "council-otto", date(2026, 3, 2), date(2026, 3, 6))
    ref = council.raises(decided="Otto Other")
    assert told(council, ref, TO_LEADS) == ["Those who decided are away. Say whose it is"]
    assert talks(council, ref) == {"council-otto"}


def test_W_not_taken_up_by_half_of_the_stage_their_lead_is_told_once(council: Town) -> None:
    """Half of its working hours: five days from Monday 10:00 end on Monday at 17:00, and half of them on Thursday."""
    ref = council.raises(decided="Otto Other")
    council.move("2026-03-05T09:00")
    assert not told(council, ref, TO_LEADS)
    council.move("2026-03-05T14:00")
    assert told(council, ref, TO_LEADS) == ["Half the time is over, and nobody has taken it up. Say whose it is"]
    council.move("2026-03-06T16:00")
    assert len(told(council, ref, TO_LEADS)) == 1
    council.verify(ref)


def test_W_what_was_taken_on_is_not_asked_for_again(council: Town) -> None:
    """Whoever takes the talk on has acknowledged it; what the raising side does is no word of theirs."""
    taken, not_theirs = (council.raises(decided="Otto Other") for _ in range(2))
    claim(council.concord, council["council-otto"], taken, council.task(taken, "Stage1_Discuss").key, command())
    claim(
        council.concord, council["school-practitioner"], not_theirs,
        council.task(not_theirs, "Stage1_Discuss").key, command(),
    )  # fmt: skip
    council.move("2026-03-05T16:00")
    assert not told(council, taken, TO_LEADS)
    assert told(council, not_theirs, TO_LEADS)


def test_W_the_lead_readdresses_it_and_the_other_has_it_at_once(council: Town) -> None:
    """Who had taken it on has it no more; who has it now is told, and half of what is left counts for them."""
    ref = council.raises(decided="Somebody Else")
    readdress(council.concord, council[LEAD], ref, command(), "person:council-tess")
    assert talks(council, ref) == {"council-tess"}
    readdress(council.concord, council["council-tess"], ref, command(), "team:First Response Team")
    assert talks(council, ref) == {"council-tess", "council-theo"}
    assert len(told(council, ref, "addressee")) == 2
    council.move("2026-03-05T16:00")
    assert len(told(council, ref, TO_LEADS)) == 2, "that nobody was named, and half time"
    council.verify(ref)


def test_W_only_those_it_concerns_readdress_it_and_to_their_own_agency_alone(council: Town) -> None:
    """Not the raising side, not a colleague whose it is not, nor once the first stage is over."""
    ref = council.raises(decided="Otto Other")
    for name in ("school-practitioner", "school-safeguarding_lead", WORKER):
        assert Right.READDRESS not in dispute_page(council.concord, council[name], ref).can
        with pytest.raises(SideWrong):
            readdress(council.concord, council[name], ref, command(), f"person:{WORKER}")
    for to in ("person:school-practitioner", "person:nobody", "team:", ""):
        with pytest.raises(AddresseeUnknown):
            readdress(council.concord, council[LEAD], ref, command(), to)
    for name in ("council-otto", LEAD, "business_manager"):
        assert Right.READDRESS in dispute_page(council.concord, council[name], ref).can
    for element in ("Begun_TellLeadReceiving", "Begun_ActionsReceiving"):
        council.completes("council-otto", ref, element)
    council.move("2026-03-10T09:00")
    with pytest.raises(NotNow, match="first stage"):
        readdress(council.concord, council[LEAD], ref, command(), f"person:{WORKER}")


def test_W_the_next_stage_is_its_tiers_whoever_decided(council: Town) -> None:
    """Those who decided have no say in it but by holding that tier."""
    ref = council.raises(decided="Otto Other")
    council.move("2026-03-10T09:00")
    dispute = council.dispute(ref)
    assert dispute.visit.stage == "Stage2"
    assert not any(deadline.kind == "acknowledged" for deadline in dispute.deadlines)
    assert not any(line.stage for line in council.worklist("council-otto"))
    assert not any(line.stage for line in council.worklist("council-otto") if line.ref == ref)


def test_W_what_was_asked_beside_the_first_stage_is_readdressed_as_long_as_it_is_open(council: Town) -> None:
    """To tell one's lead is for who decided too; that they have left must not leave it to nobody."""
    ref = council.raises(decided="Otto Other")
    council.move("2026-03-10T09:00")
    telling = council.task(ref, "Begun_TellLeadReceiving")
    assert council.who(council.dispute(ref), telling) == "council-otto"
    readdress(council.concord, council[LEAD], ref, command(), f"person:{WORKER}")
    assert council.who(council.dispute(ref), council.task(ref, "Begun_TellLeadReceiving")) == WORKER
    assert council.who(council.dispute(ref), council.task(ref, "Stage2_TakeToLead")) == "school-practitioner"
    council.verify(ref)


def test_W_barred_from_it_their_lead_is_told_to_readdress_it(council: Town) -> None:
    """And it is nobody's of that agency until then."""
    ref = council.raises(decided="Otto Other")
    tier = council.task(ref, "Stage1_Discuss").tier
    bar(council.concord, council[LEAD], ref, command(), "council-otto", tier, "He is a relative.")
    assert talks(council, ref) == set()
    assert told(council, ref, TO_LEADS) == ["Who decided must not act in it. Say whose it is"]
    readdress(council.concord, council[LEAD], ref, command(), f"person:{WORKER}")
    assert talks(council, ref) == {WORKER}


def test_W_sent_again_with_another_name_is_refused(council: Town) -> None:
    """Who decided is part of what was sent."""
    same = command()
    ref = council.raises(decided="Otto Other", command_id=same)
    assert council.raises(decided="Otto Other", command_id=same) == ref
    with pytest.raises(Exception, match="other answers"):
        council.raises(decided="Tess Team", command_id=same)


def test_W_the_record_says_to_whom_it_was_addressed_in_every_form(council: Town) -> None:
    """The history, the replay, paper, the event log and a bundle that verifies; after half time and a bar, too."""
    ref = council.raises(decided="Otto Other")
    council.move("2026-03-05T16:00")
    readdress(council.concord, council[LEAD], ref, command(), "team:First Response Team")
    bar(council.concord, council[LEAD], ref, command(), "council-tess", "practitioners", "A relative.")
    page = dispute_page(council.concord, council[LEAD], ref)
    assert "Addressed to First Response Team" in [line.words for line in page.lines]
    said = [step.frame.words for step in replay_page(council.concord, council[LEAD], ref).steps]
    assert any("those who decided have not taken it up" in words for words in said)
    assert "Addressed to First Response Team" in said
    for as_ in ("pdf", "json", "xes", "bundle"):
        assert export(council.concord, ref, as_)
    assert b"Not taken up by half time" in export(council.concord, ref, "xes")
    assert [verdict for verdict in verify(council.concord, [ref]) if verdict.fault] == []
