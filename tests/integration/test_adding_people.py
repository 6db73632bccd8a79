"""Adding people and agencies by the operator: nobody is written over or moved unasked, on each database."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from town import MONDAY, OPERATOR, Town, closed

from engine import Agency, Concord, Person, SetClock, add_agency, add_person, keep_person, open_concord, sign_in
from engine.commands.directing import AgencyMissing, AgencyTaken, Elsewhere, PersonTaken
from run import main

OFFICE = Agency(id="office", partnership="birmingham", name="Office", kind="partnership")


def everything(concord: Concord) -> list[Any]:
    """All that a refusal leaves as it was: people, agencies, passwords, and what is recorded."""
    with concord.store.begin(write=False) as tx:
        places = ("birmingham", "solihull")
        people = [person for place in places for person in tx.directory.people(place)]
        return [
            people,
            [agency for place in places for agency in tx.directory.agencies(place)],
            [tx.sessions.password_hash(person.id) for person in people],
            [tx.changes.latest(place, 1_000) for place in places],
        ]


def refused(town: Town, error: type[Exception], person: Person, **more: Any) -> str:
    """Have a person refused; nothing is changed."""
    before = everything(town.concord)
    with pytest.raises(error) as found:
        add_person(town.concord, OPERATOR, person, "another pass phrase", **more)
    assert everything(town.concord) == before
    return str(found.value)


def test_somebody_who_is_there_is_changed_only_where_that_is_asked_for(town: Town) -> None:
    """Their roles, their agency and their password stay; asked for, they are changed and it is recorded."""
    teacher = town["school-practitioner"]
    other = replace(teacher, name="Somebody else", roles=("safeguarding_lead",))
    said = refused(town, PersonTaken, other)
    assert "school-practitioner is somebody already: School Practitioner" in said
    assert "--replace" in said
    add_person(town.concord, OPERATOR, other, "another pass phrase", replace=True)
    found = sign_in(town.concord, teacher.id, "another pass phrase")
    assert found is not None
    assert found.name == "Somebody else"


@pytest.mark.parametrize("replacing", [False, True])
def test_nobody_is_moved_to_another_partnership(town: Town, *, replacing: bool) -> None:
    """Not even asked to: neither a person, nor an agency with all its people, nor into another one's agency."""
    there = town["solihull-school-practitioner"]
    mine = replace(there, partnership="birmingham", agency="school")
    assert "another partnership, solihull" in refused(town, Elsewhere, mine, replace=replacing)
    into = replace(town["school-practitioner"], id="new", agency="solihull-school")
    refused(town, Elsewhere, into, replace=replacing)
    taken = Agency(id="solihull-school", partnership="birmingham", name="Ours now", kind="school")
    refused(town, Elsewhere, replace(into, agency=taken.id), agency=taken, replace=replacing)
    before = everything(town.concord)
    with pytest.raises(Elsewhere):
        add_agency(town.concord, OPERATOR, taken, replace=replacing)
    assert everything(town.concord) == before


def test_the_store_itself_writes_over_nobody_of_another_partnership(town: Town) -> None:
    """Whoever added them at the same moment, between a look and a writing."""
    there, school = (
        town["solihull-school-practitioner"],
        Agency(id="solihull-school", partnership="birmingham", name="Ours", kind="school"),
    )
    before = everything(town.concord)
    with town.concord.store.begin() as tx:
        assert not tx.directory.add_person(replace(there, partnership="birmingham", agency="school"))
        assert not tx.directory.add_agency(school)
        assert not tx.directory.add_person(replace(there, name="Another"), replace=False)
        assert not tx.directory.add_agency(replace(school, partnership="solihull"), replace=False)
    assert everything(town.concord) == before


def test_an_agency_that_is_there_is_changed_only_where_that_is_asked_for(town: Town) -> None:
    """Given as it is, it is no change; under another name or kind it is refused, and the person with it."""
    new = replace(town["business_manager"], id="second-manager")
    renamed = replace(OFFICE, name="Somebody's office")
    said = refused(town, AgencyTaken, new, agency=renamed)
    assert "office is an agency already: Office, partnership" in said
    add_person(town.concord, OPERATOR, new, agency=OFFICE)
    add_person(town.concord, OPERATOR, replace(new, id="third-manager"), agency=replace(OFFICE, kind=""))
    add_person(town.concord, OPERATOR, replace(new, id="fourth-manager"), agency=renamed, replace=True)
    with town.concord.store.begin(write=False) as tx:
        assert tx.directory.agency("office") == renamed


def test_an_agency_that_is_nowhere_must_be_named(town: Town) -> None:
    """A slip in its id gives nobody an agency of one person."""
    said = refused(town, AgencyMissing, replace(town["business_manager"], id="new", agency="offce"))
    assert "--agency-name" in said


def test_pages_write_over_nobody_either(town: Town) -> None:
    """Somebody new of the same name has an id of their own, whatever the partnership."""
    before = everything(town.concord)
    manager = town["business_manager"]
    kept = keep_person(
        town.concord, manager, "one", name="Solihull School Practitioner", agency="school", roles=("practitioner",)
    )
    assert kept.id not in town.people
    assert everything(town.concord)[0][-1] == before[0][-1]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run `user add` on a database of its own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'line.db'}")

    def run(person: str, *words: str) -> Result:
        usual = [
            "--partnership",
            "birmingham",
            "--name",
            "Bo",
            "--agency",
            "office",
            "--password",
            "a long pass phrase",
        ]
        return CliRunner().invoke(main, ["user", "add", person, *usual, "--role", "business_manager", *words])

    return run


def test_the_command_line_writes_over_nobody_unasked(say: Callable[..., Result], tmp_path: Path) -> None:
    """Exit status 1 and a sentence; with --replace it is done."""
    assert "--agency-name" in str(say("bo").exception)
    made = ("--agency-name", "Partnership office")
    assert say("bo", *made, "--agency-kind", "partnership").exit_code == 0
    again = say("bo", *made)
    assert (again.exit_code, "--replace" in str(again.exception)) == (1, True)
    assert say("bo2", *made).exit_code == 0
    assert say("bo3").exit_code == 0
    assert say("bo4", "--agency-name", "Another office").exit_code == 1
    assert say("bo", *made, "--replace", "--password", "a new pass phrase").exit_code == 0
    assert say("bo", "--partnership", "solihull", "--replace").exit_code == 1
    concord = open_concord(f"sqlite:///{tmp_path / 'line.db'}", SetClock(MONDAY))
    found = sign_in(concord, "bo", "a new pass phrase")
    assert found is not None
    assert (found.partnership, found.of_partnership) == ("birmingham", True)
    with concord.store.begin(write=False) as tx:
        assert [person.id for person in tx.directory.people("birmingham")] == ["bo", "bo2", "bo3"]
    closed(concord)


def test_a_telephone_is_a_number_at_the_command_line_too(say: Callable[..., Result]) -> None:
    """Somebody rings it at a bad moment: what is no number is refused with what one looks like."""
    made = ("--agency-name", "Partnership office", "--agency-kind", "partnership")
    wrong = say("bo", *made, "--telephone", "ask at the desk")
    assert (wrong.exit_code, "like 0121 496 0000" in str(wrong.exception)) == (1, True)
    assert say("bo", *made, "--telephone", "0121 496 0000 ext. 12").exit_code == 0
