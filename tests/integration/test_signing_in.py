"""Wrong passwords are slowed, by person and by address; nobody is kept out by somebody else for long."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select
from town import OPERATOR, Town, closed

from engine import (
    Concord,
    PasswordWrong,
    PersonUnknown,
    SetClock,
    TriedTooOften,
    add_person,
    change_password,
    open_concord,
    sign_in,
    sign_out,
    signed_in,
    verify,
)
from engine.application import FREE, HERE
from engine.application.attempts import LONGEST_WAIT
from engine.dispute import Person
from engine.store import Database
from engine.store import tables as t

RIGHT, WRONG = "seven green bicycles", "six green bicycles"
TEACHER, HOME, OFFICE = "school-practitioner", "192.0.2.7", "198.51.100.1"


@pytest.fixture
def known(town: Town) -> Town:
    """Everybody has a password, the same."""
    for name in (TEACHER, "council-practitioner", "police-practitioner"):
        add_person(town.concord, OPERATOR, town[name], RIGHT, replace=True)
    return town


def tried(concord: Concord, person: str, password: str, address: str = HOME) -> str:
    """What comes of a try."""
    try:
        sign_in(concord, person, password, address)
    except (PasswordWrong, TriedTooOften) as error:
        return type(error).__name__
    return "in"


def later(town: Town, wait: timedelta) -> None:
    """Let time pass."""
    clock = town.concord.clock
    assert isinstance(clock, SetClock)
    clock.set(clock.now() + wait)


def rows(concord: Concord) -> int:
    """How many rows are kept of tries."""
    assert isinstance(concord.store, Database)
    with concord.store.begin(write=False) as tx:
        return int(tx.connection.execute(select(func.count()).select_from(t.attempts)).scalar_one())


@pytest.mark.parametrize("person", [TEACHER, "nobody-of-that-name", ""])
def test_after_five_wrong_passwords_one_waits_longer_each_time(known: Town, person: str) -> None:
    """Fifteen seconds, then twice as long, up to fifteen minutes; alike for somebody who does not exist."""
    concord, waits = known.concord, []
    assert [tried(concord, person, WRONG) for _ in range(5)] == ["PasswordWrong"] * 5
    for _ in range(9):
        with pytest.raises(TriedTooOften, match="Try again in") as refused:
            sign_in(concord, person, RIGHT, HOME)
        waits.append(refused.value.seconds)
        later(known, timedelta(seconds=waits[-1] - 1))
        assert tried(concord, person, RIGHT) == "TriedTooOften"
        later(known, timedelta(seconds=1))
        assert tried(concord, person, WRONG) == "PasswordWrong"
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]


def test_the_right_password_after_the_wait_lets_in_and_begins_anew(known: Town) -> None:
    """Five more are free then."""
    concord = known.concord
    for _ in range(5):
        tried(concord, TEACHER, WRONG)
    assert tried(concord, TEACHER, RIGHT) == "TriedTooOften"
    later(known, timedelta(seconds=15))
    assert tried(concord, TEACHER, RIGHT) == "in"
    assert [tried(concord, TEACHER, WRONG) for _ in range(5)] == ["PasswordWrong"] * 5


def test_who_forgets_a_password_keeps_no_colleague_out(known: Town) -> None:
    """However long one of an office goes on, the others of the same address sign in."""
    concord = known.concord
    for _ in range(60):
        tried(concord, TEACHER, WRONG, OFFICE)
        later(known, timedelta(minutes=1))
    assert tried(concord, "council-practitioner", RIGHT, OFFICE) == "in"


def test_who_tries_a_name_from_elsewhere_keeps_its_owner_out_nowhere(known: Town) -> None:
    """A stranger at another address goes on for a day; the person signs in from theirs."""
    concord = known.concord
    for _ in range(30):
        tried(concord, TEACHER, WRONG, OFFICE)
        later(known, LONGEST_WAIT)
    assert tried(concord, TEACHER, RIGHT, HOME) == "in"


def test_many_addresses_are_slowed_by_person_and_many_names_by_address(known: Town) -> None:
    """Twenty free tries for a person from anywhere, fifty at an address whoever is named."""
    concord = known.concord
    spread = [tried(concord, TEACHER, WRONG, f"203.0.113.{n}") for n in range(30)]
    assert spread == ["PasswordWrong"] * 20 + ["TriedTooOften"] * 10
    names = [tried(concord, f"name-{n}", WRONG, OFFICE) for n in range(60)]
    assert names == ["PasswordWrong"] * 50 + ["TriedTooOften"] * 10
    v6 = [tried(concord, f"other-{n}", WRONG, f"2001:db8::{n:x}") for n in range(60)]
    assert v6.count("PasswordWrong") == 50


def test_what_is_kept_of_tries_is_bounded_and_forgotten(known: Town) -> None:
    """A refused try adds no row; a day later the rows are gone."""
    concord = known.concord
    for n in range(120):
        tried(concord, f"name-{n}", WRONG, OFFICE)
    assert rows(concord) <= 50 * 2 + 1
    later(known, timedelta(days=1, minutes=1))
    assert tried(concord, "one-more", WRONG, HOME) == "PasswordWrong"
    assert rows(concord) == 3


def test_tries_at_once_are_no_more_than_tries_in_a_row(known: Town) -> None:
    """Several processes that share the database count together: five are free, however many come at the same moment."""
    concord = known.concord
    found: list[str] = []
    each = [Thread(target=lambda: found.append(tried(concord, TEACHER, WRONG))) for _ in range(12)]
    for one in each:
        one.start()
    for one in each:
        one.join()
    assert sorted(found) == ["PasswordWrong"] * FREE[HERE] + ["TriedTooOften"] * (12 - FREE[HERE])


@pytest.mark.parametrize("what", ["signing out", "a new password", "another agency", "a role lost"])
def test_what_ends_the_sessions_of_a_person(known: Town, what: str) -> None:
    """The mark that every session of theirs carries is another one then; nobody else's is."""
    concord, person = known.concord, known[TEACHER]
    marks = [signed_in(concord, name).mark for name in (TEACHER, "council-practitioner")]
    told = {**vars(person)}
    match what:
        case "signing out":
            sign_out(concord, TEACHER)
        case "a new password":
            change_password(concord, OPERATOR, TEACHER, WRONG)
        case "another agency":
            add_person(concord, OPERATOR, Person(**{**told, "agency": "police"}), replace=True)
        case "a role lost":
            add_person(concord, OPERATOR, Person(**{**told, "roles": ("line_manager",)}), replace=True)
    after = [signed_in(concord, name).mark for name in (TEACHER, "council-practitioner")]
    assert (after[0] == marks[0], after[1] == marks[1]) == (False, True)


def test_a_new_password_is_the_only_one_that_lets_in(known: Town) -> None:
    """At once; the record says that it was changed, not to what."""
    concord = known.concord
    change_password(concord, OPERATOR, TEACHER, "nine red tricycles")
    assert tried(concord, TEACHER, RIGHT) == "PasswordWrong"
    assert tried(concord, TEACHER, "nine red tricycles") == "in"
    with concord.store.begin(write=False) as tx:
        (act,) = [each for each in tx.changes.latest("birmingham", 10) if each.kind == "PasswordChanged"]
    assert "tricycles" not in str(act)
    assert not [verdict.fault for verdict in verify(concord) if verdict.fault]
    with pytest.raises(PersonUnknown):
        change_password(concord, OPERATOR, "nobody", RIGHT)


def test_sessions_are_the_same_in_every_process(known: Town, database_url: str) -> None:
    """What one process ends is ended in another."""
    other = open_concord(database_url, SetClock(known.now))
    before = signed_in(other, TEACHER).mark
    assert before == signed_in(known.concord, TEACHER).mark
    sign_out(known.concord, TEACHER)
    assert signed_in(other, TEACHER).mark != before
    closed(other)
