"""Every page that shows something of a dispute is a look, and so is every try that is refused (R1)."""

import sqlite3

import pytest
from web_office import REF, Office, words

from engine import looks_at, note_look, person_named
from engine.store import Database
from web.looks import LINKED, NOTED_BY_THE_ENGINE, SHOW_NOTHING, SHOWS


def noted(office: Office, ref: str = REF) -> list[tuple[str, str]]:
    """Who looked at what, latest first."""
    return [(look.person, look.what) for look in looks_at(office.concord, person_named(office.concord, "manager"), ref)]


def test_every_route_of_a_dispute_is_noted_or_named_as_showing_nothing(office: Office) -> None:
    """A page that somebody adds tomorrow fails here until it is said what looking at it is called."""
    routes = {rule.endpoint for rule in office.app.url_map.iter_rules() if "ref" in rule.arguments}
    assert routes == {*SHOWS, *NOTED_BY_THE_ENGINE, *SHOW_NOTHING}


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("", "page"),
        ("/diagram.bpmn", "diagram"),
        ("/risk", "risk"),
        ("/escalate", "act escalate"),
        ("/withdraw", "act withdraw"),
        ("/entries/1/correct", "correct"),
        ("/tasks/Stage1_Discuss.1", "task"),
        ("/replay", "replay"),
        ("/verify", "record"),
        ("/export/pdf", "export pdf"),
    ],
)
def test_each_page_of_a_dispute_is_a_look(office: Office, address: str, what: str) -> None:
    """Not its page, its replay and exports alone: a task, a correction or the report of risk shows what is in it."""
    office.raised()
    assert office.visitor("teacher").get(f"/disputes/{REF}{address}").status_code == 200
    assert noted(office)[0] == ("teacher", what)


@pytest.mark.parametrize(
    "address", ["", "/replay", "/risk", "/entries/1/correct", "/export/bundle", "/looks", "/erase"]
)
def test_a_try_that_is_refused_is_noted(office: Office, address: str) -> None:
    """Whoever it was, of whatever agency: those who oversee see that somebody tried, what and when."""
    office.raised()
    answer = office.visitor("nurse").get(f"/disputes/{REF}{address}")
    assert answer.status_code in {403, 404}
    who, what = noted(office)[0]
    assert (who, what.startswith("refused ")) == ("nurse", True)
    page = words(office.visitor("manager").page(f"/disputes/{REF}/looks"))
    assert "Refused" in page
    assert "Nat Nurse, Valley Health Trust" in page


def test_an_error_on_a_form_shows_the_dispute_again_and_is_a_look_and_an_act_is_none(office: Office) -> None:
    """What was done is an entry of the journal and no look."""
    office.raised()
    visitor = office.visitor("teacher")
    visitor.submit(f"/disputes/{REF}/escalate", {"reason": ""})
    assert ("teacher", "act escalate") in noted(office)
    before = noted(office)
    assert visitor.submit(f"/disputes/{REF}/escalate", {"reason": "It can not wait."}).status_code == 302
    assert noted(office) == before


def test_what_is_not_there_and_what_is_no_dispute_is_no_look(office: Office) -> None:
    """A reference that does not exist leaves nothing behind, nor does a number of no entry."""
    office.raised()
    visitor = office.visitor("nurse")
    assert visitor.get("/disputes/BIR-2026-9999").status_code == 404
    assert office.visitor("teacher").get(f"/disputes/{REF}/entries/9999/correct").status_code == 404
    assert noted(office) == []
    assert noted_anywhere(office) == 0


def noted_anywhere(office: Office) -> int:
    """How many looks there are."""
    with office.concord.store.begin(write=False) as tx:
        return len(tx.looks.of("BIR-2026-9999"))


def test_nobody_who_looks_waits_long_for_somebody_who_writes(office: Office) -> None:
    """While another process holds the write lock a look is kept, once, and written with the next one."""
    office.raised()
    assert isinstance(office.concord.store, Database)
    teacher, worker = (person_named(office.concord, name) for name in ("teacher", "worker"))
    other = sqlite3.connect(str(office.concord.store.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        for _ in range(2):
            note_look(office.concord, teacher, REF, "page", patience=0.05)
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert noted(office) == []
    note_look(office.concord, worker, REF, "page")
    assert sorted(noted(office)) == [("teacher", "page"), ("worker", "page")]


def test_a_form_that_begins_from_a_dispute_is_a_look_at_it(office: Office) -> None:
    """Its address names the dispute from which another one is raised."""
    office.raised()
    answer = office.visitor("nurse").get(f"/raise/details?risk=no&{LINKED}={REF}&task=X")
    assert answer.status_code in {200, 403, 404}
    assert noted(office)[0][0] == "nurse"
