"""Somebody's day, on each database: one card for each dispute, the one next decision on it, and what it costs."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from town import Town, command

from engine import Narrowing, claim, report_risk, say_resolved, withdraw, worklist
from engine.dispute import element_of
from engine.queries import worklist as module
from engine.store import Database

TEACHER, LEAD, WORKER, MANAGER = (
    "school-practitioner", "school-safeguarding_lead", "council-practitioner", "business_manager",
)  # fmt: skip
A_FORTNIGHT = (*range(3, 7), *range(9, 14), 16)


@contextmanager
def statements(town: Town) -> Iterator[list[str]]:
    """The statements that a database is sent meanwhile."""
    sent: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        sent.append(statement)

    assert isinstance(town.concord.store, Database)
    event.listen(town.concord.store.engine, "before_cursor_execute", note)
    yield sent
    event.remove(town.concord.store.engine, "before_cursor_execute", note)


def withdrawn(town: Town) -> None:
    """A dispute that was withdrawn, countersigned and filed: nothing is open in it."""
    ref = town.raises(receiving="health")
    withdraw(town.concord, town[TEACHER], ref, command(), "It is settled otherwise.")
    while not town.dispute(ref).closed:
        name, line = next((name, line) for name in town.people for line in town.worklist(name) if line.ref == ref)
        town.completes(name, ref, element_of(line.key))


def test_a_dispute_of_six_children_is_one_card_after_a_fortnight_in_which_nobody_acts(town: Town) -> None:
    """However much is open: what comes next, and the rest in piles of one name; for everybody in it."""
    ref = town.raises(children=6)
    for day in A_FORTNIGHT:
        town.move(f"2026-03-{day:02}T17:30")
    for name in (TEACHER, LEAD, WORKER, "council-safeguarding_lead", MANAGER):
        cards = worklist(town.concord, town[name]).cards
        assert [card.ref for card in cards] == [ref], name
        assert 1 + len(cards[0].then) <= 6, (name, [pile.title for pile in cards[0].then])
        assert len({pile.title for pile in cards[0].then}) == len(cards[0].then)
    assert len(worklist(town.concord, town[TEACHER]).cards[0].lines) > 20


def test_a_card_says_where_it_stands_what_follows_and_whom_to_ring(town: Town) -> None:
    """In the words of the diagram, and of whoever raised it."""
    town.raises(disagreement="The plan must go on.")
    [card] = worklist(town.concord, town[TEACHER]).cards
    assert card.next.title == "Discuss the difference"
    assert (card.number, card.stages, card.disputed) == (1, 5, "The plan must go on.")
    assert card.stage is not None
    assert card.following is not None
    assert (card.stage.id, card.following.id) == ("Stage1", "Stage2")
    assert [person.name for person in card.opposite] == [town[WORKER].name]
    [theirs] = worklist(town.concord, town[MANAGER]).others
    assert theirs.ref == card.ref


def test_risk_comes_first_then_what_decides_then_questions_then_what_is_filed(town: Town) -> None:
    """Whatever is due soonest, within a card and between cards."""
    calm, told, agreed = town.raises(), town.raises(), town.raises()
    town.move("2026-03-09T17:30")
    say_resolved(town.concord, town[WORKER], agreed, command(), "We agree.")
    report_risk(town.concord, town[TEACHER], told, command())
    own = worklist(town.concord, town[TEACHER])
    next_of = {card.ref: card.next.title for card in own.cards}
    assert next_of.keys() == {calm, told, agreed}
    assert next(iter(next_of.items())) == (told, "Call CASS and record the referral")
    assert next_of[agreed] == "Confirm the agreement"
    weights = [[line.weight for line in card.lines] for card in own.cards]
    assert all(card.then for card in own.cards)
    assert [min(each) for each in weights] == [each[0] for each in weights]
    assert [each[0] for each in weights] == sorted(each[0] for each in weights)
    assert (own.count, own.at_risk) == (3, 1)


def test_a_report_that_nobody_answers_is_shown_to_the_partnership_with_who_holds_it(town: Town) -> None:
    """S3: the business manager and the chair see it until it is answered; nobody else's worklist says so."""
    ref = town.raises(risk=True)
    assert worklist(town.concord, town[MANAGER]).undone == ()
    town.move("2026-03-02T14:00")
    for name in (MANAGER, "co_chair"):
        undone = worklist(town.concord, town[name]).undone
        assert {line.ref for line in undone} == {ref}
        assert all(town[TEACHER].name in line.acting for line in undone)
    assert worklist(town.concord, town[WORKER]).undone == ()
    town.completes(TEACHER, ref, "Risk_Refer", outcome=["referred"])
    left = {line.title for line in worklist(town.concord, town[MANAGER]).undone}
    assert "Call CASS and record the referral" not in left


@pytest.mark.parametrize(("asked", "shown", "refs"), [(1, 1, 2), (2, 2, 1), (9, 2, 1), (0, 1, 2)])
def test_a_page_holds_so_many_cards(
    town: Town, monkeypatch: pytest.MonkeyPatch, asked: int, shown: int, refs: int
) -> None:
    """A page that there is not is the last one, or the first."""
    monkeypatch.setattr(module, "PAGE", 2)
    for _ in range(3):
        town.raises()
    own = worklist(town.concord, town[TEACHER], asked)
    assert (own.page, own.pages, own.count, len(own.cards)) == (shown, 2, 3, refs)


def test_what_is_closed_and_what_others_have_between_them_costs_nothing(town: Town) -> None:
    """It is not read: as many statements are sent as before."""
    town.raises()
    with statements(town) as before:
        worklist(town.concord, town[TEACHER])
    withdrawn(town)
    for _ in range(3):
        town.raises(by="health-practitioner", receiving="council")
    with statements(town) as after:
        own = worklist(town.concord, town[TEACHER])
    assert (own.count, own.other) == (1, 0)
    assert len(after) == len(before)


def test_a_worklist_is_narrowed_to_what_is_asked_for(town: Town) -> None:
    """By a child's initials, a reference, the other side, what is overdue, and what one has taken on."""
    council, health = town.raises(), town.raises(receiving="health")
    for asked, refs in (
        (Narrowing(text="ab"), {council, health}),
        (Narrowing(text=council[-4:]), {council}),
        (Narrowing(text="%"), set()),
        (Narrowing(agency="health"), {health}),
        (Narrowing(agency="police"), set()),
        (Narrowing(overdue=True), set()),
        (Narrowing(taken_on=True), set()),
        (Narrowing(stage="Stage1"), {council, health}),
        (Narrowing(stage="Stage2"), set()),
        (Narrowing(raised=True), {council, health}),
    ):
        own = worklist(town.concord, town[TEACHER], narrowing=asked)
        assert ({card.ref for card in own.cards}, own.count) == (refs, len(refs)), asked
        assert own.others == ()
    claim(town.concord, town[TEACHER], health, "Stage1_Discuss.1", command())
    taken = worklist(town.concord, town[TEACHER], narrowing=Narrowing(taken_on=True, text="ab"))
    assert [card.ref for card in taken.cards] == [health]
    assert worklist(town.concord, town[WORKER], narrowing=Narrowing(taken_on=True)).cards == ()
    assert worklist(town.concord, town[WORKER], narrowing=Narrowing(raised=True)).cards == ()
    assert "Stage2" in worklist(town.concord, town[TEACHER]).stages
    town.move("2026-03-05T12:00")
    assert worklist(town.concord, town[TEACHER], narrowing=Narrowing(overdue=True)).count == 2


def test_a_worklist_is_narrowed_to_a_person_and_to_ones_team(town: Town) -> None:
    """By the name of who raised it or has taken it on; by what somebody of one's team has, or the team is asked."""
    mine, theirs = town.raises(), town.raises(by="health-practitioner")
    town.joins("council-second", WORKER, name="Sam Second", team="Team 2")
    town.joins("council-third", WORKER, name="Toni Third", team="Team 2")
    town.joins("council-fourth", WORKER, name="Fay Fourth", team="Team 3")
    claim(town.concord, town["council-second"], theirs, "Stage1_Discuss.1", command())
    for who, asked, refs in (
        ("council-third", Narrowing(text="sam sec"), {theirs}),
        ("council-third", Narrowing(text="School Practitioner"), {mine}),
        ("council-third", Narrowing(text="Nobody of that name"), set()),
        ("council-third", Narrowing(team=True), {theirs}),
        ("council-fourth", Narrowing(team=True), set()),
        (WORKER, Narrowing(team=True), set()),
    ):
        own = worklist(town.concord, town[who], narrowing=asked)
        assert ({card.ref for card in own.cards}, own.count) == (refs, len(refs)), (who, asked)
    addressed = town.raises(decided="Team 3")
    assert [c.ref for c in worklist(town.concord, town["council-fourth"], narrowing=Narrowing(team=True)).cards] == [
        addressed
    ]
