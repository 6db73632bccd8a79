"""The record's own pages: verifying a dispute and erasing what was typed in it, without JavaScript."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from town import Town
from web_office import BY, REF, Office, words

from engine import Agency, Person, add_agency, add_person, make_checkpoint, new_key, person_named, withdraw
from engine.store import Database

BPMN = Path(__file__).parents[2] / "bpmn"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with one dispute, and a police officer who has nothing to do with it."""
    opened = Office(tmp_path, BPMN)
    add_agency(opened.concord, BY, Agency(id="police", partnership="birmingham", name="Police", kind="police"))
    officer = Person(
        id="officer", partnership="birmingham", name="Ola Officer", agency="police", agency_name="Police",
        agency_kind="police", roles=("practitioner",),
    )  # fmt: skip
    add_person(opened.concord, BY, officer)
    chair = Person(
        id="chair", partnership="birmingham", name="Cass Co-Chair", agency="office", agency_name="Partnership office",
        agency_kind="partnership", roles=("co_chair",),
    )  # fmt: skip
    add_person(opened.concord, BY, chair)
    opened.raised(risk=True)
    yield opened
    opened.close()


def verified(office: Office, person: str) -> str:
    """What the result page says after the button on the dispute's page was pressed."""
    answer = office.visitor(person).submit(f"/disputes/{REF}", {}, f"/disputes/{REF}/verify")
    assert answer.status_code == 200, answer.text
    return words(answer.text)


def test_the_button_says_what_was_checked_and_what_holds(office: Office, tmp_path: Path) -> None:
    """In plain words, with the last checkpoint or that there is none; that somebody verified is kept."""
    said = verified(office, "teacher")
    assert "The record is as it was written" in said
    assert "none is altered, missing, out of order or put in" in said
    assert "There is none. Nobody could tell if the end of this record had been cut off" in said
    new_key(tmp_path / "key.pem")
    make_checkpoint(office.concord, tmp_path / "key.pem")
    said = verified(office, "manager")
    assert "Number 1, Monday 23 November 2026 at 12:00: it covers the first" in said
    assert "Fingerprint of its key" in said
    with office.concord.store.begin(write=False) as tx:
        assert {look.person for look in tx.looks.of(REF) if look.what == "verification"} == {"teacher", "manager"}


def test_what_is_wrong_is_named_and_what_to_do(office: Office) -> None:
    """The first wrong entry, and in what way."""
    store = office.concord.store
    assert isinstance(store, Database)
    with store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER entries_not_updated"))
        connection.execute(text("UPDATE entries SET at = '2026-01-01T00:00:00Z' WHERE seq = 2"))
    said = verified(office, "teacher")
    assert "The record is not as it was written" in said
    assert f"Entry 2 of {REF} is not as it was written, altered: its content was changed." in said
    assert "Tell the business manager" in said


def test_only_those_who_see_a_dispute_verify_it(office: Office) -> None:
    """Others are refused, and whoever looks at the address first is told what the button does."""
    assert "Verify the record" in words(office.visitor("worker").page(f"/disputes/{REF}/verify"))
    officer = office.visitor("officer")
    officer.page(f"/disputes/{REF}/verify", 404)
    answer = officer.client.post(f"/disputes/{REF}/verify", data={"csrf_token": officer.token()})
    assert answer.status_code == 404
    with office.concord.store.begin(write=False) as tx:
        tried = {look.what for look in tx.looks.of(REF) if look.person == "officer"}
    assert tried == {"refused record", "refused verification"}


def test_the_business_manager_erases_what_was_typed_once_it_is_closed(office: Office) -> None:
    """Asked for a reason first; others are refused; the page says afterwards that it was erased."""
    manager, address = office.visitor("manager"), f"/disputes/{REF}/erase"
    assert "is still open" in words(manager.page(address))
    office.visitor("teacher").page(address, 403)
    close(office)
    assert address in office.visitor("manager").get(f"/disputes/{REF}").text
    assert address not in office.visitor("teacher").get(f"/disputes/{REF}").text
    refused = manager.submit(address, {"reason": ""})
    assert refused.status_code == 422
    said = manager.follow(manager.submit(address, {"reason": "The family asked for it."}))
    assert "asked for" in said
    assert "The family asked for it." in said
    assert "Somebody else confirms it from" in words(manager.page(address))
    assert "Confirm" not in words(office.visitor("chair").page(address))
    office.move(office.clock.now() + timedelta(hours=24))
    chair = office.visitor("chair")
    said = chair.follow(chair.submit(address, {"do": "confirm"}))
    assert "What was typed in this disagreement is erased" in said
    assert "We see the risk as high." not in said
    assert "(erased)" in said
    assert "The family asked for it." in said
    assert "erased it" in verified(office, "manager")


def test_an_erasure_is_called_off_and_a_hold_keeps_it(office: Office) -> None:
    """Both with a reason, both on the page; a held dispute offers no erasing."""
    close(office)
    manager, address = office.visitor("manager"), f"/disputes/{REF}/erase"
    manager.submit(address, {"reason": "The family asked for it."})
    assert "called off" in manager.follow(manager.submit(address, {"do": "call-off", "reason": "They did not."}))
    hold = f"/disputes/{REF}/hold"
    assert "It is held" in manager.follow(manager.submit(hold, {"reason": "The inquiry asks for it."}))
    assert "A legal hold stands" in words(office.visitor("teacher").page(f"/disputes/{REF}"))
    assert "Nothing is erased until it is taken off" in words(manager.page(address))
    office.visitor("teacher").page(hold, 403)
    assert "taken off" in manager.follow(manager.submit(hold, {"reason": "It is over."}))


def close(office: Office) -> None:
    """Withdraw it, and do all that is left."""
    teacher = person_named(office.concord, "teacher")
    withdraw(office.concord, teacher, REF, "withdraw", "It was settled.")
    town = Town(office.concord)
    town.completes("head", REF, "Withdrawal_Countersign")
    town.settles(REF)


def test_who_may_not_erase_is_refused_even_without_a_reason(office: Office) -> None:
    """The form that would say what to put right is not theirs to see."""
    visitor = office.visitor("teacher")
    for reason in ("", "x" * 5000):
        answer = visitor.client.post(f"/disputes/{REF}/erase", data={"csrf_token": visitor.token(), "reason": reason})
        assert (answer.status_code, "Only the business manager" in answer.text) == (403, True)


def test_a_record_that_no_page_can_show_can_still_be_verified(office: Office) -> None:
    """By those of the dispute, from the page that asks; by nobody else."""
    store = office.concord.store
    assert isinstance(store, Database)
    with store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER entries_not_updated"))
        connection.execute(text("UPDATE entries SET actor = '{}' WHERE seq = 2"))
    visitor = office.visitor("teacher")
    answer = visitor.submit(f"/disputes/{REF}/verify", {})
    assert (answer.status_code, "Entry 2 of" in answer.text) == (200, True)
    assert office.visitor("officer").get(f"/disputes/{REF}/verify").status_code == 404
