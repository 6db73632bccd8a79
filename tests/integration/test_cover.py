"""Cover is named with an absence and accepted by whoever covers: then what is theirs is the other's too (E8)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from town import Town, command
from web_office import REF, Office, words

from engine import (
    CoverOver,
    FormInvalid,
    Person,
    answer_cover,
    asked_to_cover,
    complete_task,
    directory_page,
    end_absence,
    note_absence,
    signed_in,
    verify,
    worklist,
)

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 6)
AWAY: dict[str, Any] = {"first": ["23", "11", "2026"], "last": ["27", "11", "2026"]}


def here(town: Town, name: str) -> Person:
    """Somebody as they are at this hour once they have signed in."""
    return signed_in(town.concord, name).person


def asked(town: Town, away: str, cover: str, first: date = FIRST, last: date = LAST) -> int:
    """Somebody is asked to cover for another; gives the absence."""
    note_absence(town.concord, town["business_manager"], command(), away, first, last, cover)
    return asked_to_cover(town.concord, town[cover])[-1].absence.id


def mine(town: Town, name: str) -> set[str]:
    """The names of what is somebody's to do at this hour."""
    return {line.title for card in worklist(town.concord, here(town, name)).cards for line in card.lines}


def test_E8_who_was_asked_covers_once_they_have_said_so_and_as_long_as_the_other_is_away(town: Town) -> None:
    """Their tasks are on the list, can be done, and are not before, after, or where it was refused."""
    ref = town.raises()
    absence = asked(town, "council-practitioner", "council-senior_manager")
    assert "Discuss the difference" not in mine(town, "council-senior_manager")
    answer_cover(town.concord, town["council-senior_manager"], command(), absence, accepted=True)
    assert here(town, "council-senior_manager").covers == ("Council Practitioner",)
    assert "Discuss the difference" in mine(town, "council-senior_manager")
    key = town.task(ref, "Stage1_Discuss").key
    answers = town.answers(ref, "Stage1_Discuss", result="not_agreed")
    complete_task(town.concord, here(town, "council-senior_manager"), ref, key, command(), answers)
    assert town.entry(ref, "TaskCompleted").actor["id"] == "council-senior_manager"
    town.move("2026-03-09T09:00", sweeping=False)
    assert here(town, "council-senior_manager").covers == ()
    assert here(town, "council-senior_manager").roles == ("senior_manager",)


def test_E8_no_longer_covering_ends_it_and_so_does_coming_back(town: Town) -> None:
    """At once, and the directory says it."""
    town.raises()
    absence = asked(town, "council-practitioner", "council-senior_manager")
    for accepted in (True, False):
        answer_cover(town.concord, town["council-senior_manager"], command(), absence, accepted=accepted)
        assert bool(here(town, "council-senior_manager").covers) is accepted
    assert asked_to_cover(town.concord, town["council-senior_manager"]) == ()
    absence = asked(town, "council-practitioner", "council-senior_manager")
    answer_cover(town.concord, town["council-senior_manager"], command(), absence, accepted=True)
    end_absence(town.concord, town["business_manager"], command(), absence)
    assert not here(town, "council-senior_manager").covers
    with pytest.raises(CoverOver):
        answer_cover(town.concord, town["council-senior_manager"], command(), absence, accepted=True)


def test_nobody_else_answers_for_whoever_was_asked(town: Town) -> None:
    """Not their manager, not the business manager, not who is away."""
    absence = asked(town, "council-practitioner", "council-senior_manager")
    for name in ("council-safeguarding_lead", "business_manager", "council-practitioner"):
        with pytest.raises(CoverOver):
            answer_cover(town.concord, town[name], command(), absence, accepted=True)
    assert not asked_to_cover(town.concord, town["council-senior_manager"])[0].absence.accepted


@pytest.mark.parametrize(
    ("cover", "why"),
    [
        ("council-practitioner", "same agency"),
        ("school-practitioner", "same agency"),
        ("council-team_manager", "away then too"),
    ],
)
def test_only_a_colleague_who_is_there_can_be_asked(town: Town, cover: str, why: str) -> None:
    """The same agency's, somebody else, and not away on any of the days; nothing is noted otherwise."""
    town.joins("council-team_manager", "council-line_manager")
    keeper = town["business_manager"]
    note_absence(town.concord, keeper, command(), "council-team_manager", LAST, LAST)
    with pytest.raises(FormInvalid) as wrong:
        note_absence(town.concord, keeper, command(), "council-practitioner", FIRST, LAST, cover)
    assert why in wrong.value.errors["cover"]
    lines = [each for a in directory_page(town.concord, keeper).agencies for each in a.people]
    assert [each.person.id for each in lines if each.absences] == ["council-team_manager"]


def test_nobody_comes_into_the_partnerships_office_by_covering(town: Town) -> None:
    """A council's business manager is covered by an office's person alone; an auditor's eyes are nobody's to lend."""
    keeper = town["business_manager"]
    for key, roles in (("council-manager", ("business_manager", "line_manager")), ("council-auditor", ("auditor",))):
        away = replace(town["council-practitioner"], id=key, roles=roles)
        with town.concord.store.begin() as tx:
            tx.directory.add_person(away)  # as they were entered before offices were kept apart
        with pytest.raises(FormInvalid) as wrong:
            note_absence(town.concord, keeper, command(), key, FIRST, LAST, "council-senior_manager")
        assert "can’t act for it" in wrong.value.errors["cover"]


def test_a_session_goes_on_when_somebody_begins_to_cover(town: Town) -> None:
    """Its mark is made of their own roles: they are not signed out at midnight."""
    before = signed_in(town.concord, "council-senior_manager").mark
    absence = asked(town, "council-practitioner", "council-senior_manager")
    answer_cover(town.concord, town["council-senior_manager"], command(), absence, accepted=True)
    assert signed_in(town.concord, "council-senior_manager").mark == before


def test_each_answer_is_recorded_and_what_stands_is_what_was_recorded(town: Town) -> None:
    """Asked, accepted, taken back: the acts say so, and the record as a whole is sound."""
    absence = asked(town, "council-practitioner", "council-senior_manager")
    sent = command()
    for _ in range(2):
        answer_cover(town.concord, town["council-senior_manager"], sent, absence, accepted=True)
    kinds = [change.kind for change in directory_page(town.concord, town["business_manager"]).changes[:2]]
    assert kinds == ["CoverAccepted", "AbsenceNoted"]
    assert not [verdict.fault for verdict in verify(town.concord) if verdict.fault]


def test_it_is_asked_for_and_answered_on_ones_own_page(office: Office) -> None:
    """The business manager names them in the directory; they read who, until when, and what it means."""
    office.raised()
    manager, teacher = office.visitor("manager"), office.visitor("other_teacher")
    page = "/directory/people/head/absence"
    offered = manager.page(page).xpath("//select[@id='cover']/option/text()")
    assert [name.strip() for name in offered[1:]] == ["Terry Teacher", "Tilly Teacher"]
    manager.submit(page, {**AWAY, "cover": "other_teacher"})
    said = words(teacher.page("/"))
    assert "You are asked to cover for Hollis Head-Teacher, away until 27 November 2026." in said
    assert "has not answered yet" in words(manager.page("/directory"))
    action = teacher.page("/").xpath("string(//form[contains(@action, '/cover')]/@action)")
    said = teacher.follow(teacher.submit("/", {"do": "accept"}, action=action))
    assert "You cover for Hollis Head-Teacher. While they are away, what is theirs to do is yours too." in said
    assert "Tilly Teacher covers" in words(manager.page("/directory"))
    worker = office.visitor("worker")
    refused = worker.client.post(action, data={"csrf_token": worker.token(), "command_id": "x", "do": "refuse"})
    assert refused.status_code == 404
    assert REF in words(teacher.page("/"))
