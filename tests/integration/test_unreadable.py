"""One dispute that can't be read costs nobody else their page, whatever of it was spoilt."""

from collections.abc import Mapping

import pytest
from flask import Flask
from spoiling_rows import TABLES, spoilable, spoilt
from town import Town, command
from web_office import Visitor, words

from engine import open_about, report_risk
from engine.store import Database
from web import Config, create_app

SOUND = "BIR-2026-0001"
WHO = ("business_manager", "school-practitioner", "council-safeguarding_lead", "health-practitioner")
PAGES = ("/", "/find", "/find.csv", "/directory", f"/disputes/{SOUND}", "/find?stage=birmingham:Stage1")


@pytest.fixture
def app(town: Town) -> Flask:
    """The pages over the town."""
    return create_app(town.concord, Config(secret_key=b"for tests", demo=True, move_clock=None))


def lived(town: Town) -> str:
    """A sound dispute, and one that something of every kind is stored of; gives the latter's reference."""
    assert town.raises() == SOUND
    ref = town.raises(children=2)
    town.completes("school-practitioner", ref, "Stage1_Discuss", result="not_agreed")
    report_risk(town.concord, town["school-practitioner"], ref, command())
    town.move("2026-03-02T11:00")
    return ref


def asked(app: Flask, ref: str) -> Mapping[tuple[str, str], str]:
    """The lists as two people see them; none of them is an error, and the spoilt one's own page says what is wrong."""
    told = {}
    for name in ("business_manager", "school-practitioner"):
        visitor = Visitor(app.test_client(), name)
        for path in ("/", "/find.csv", *(("/find.xes",) if name == "business_manager" else ())):
            answer = visitor.get(path)
            assert answer.status_code == 200, (name, path, answer.text[:2_000])
            told[name, path] = answer.text
        assert visitor.get(f"/disputes/{ref}").status_code in {200, 403, 404, 503}, name
    return told


@pytest.mark.parametrize("table", TABLES)
def test_junk_in_any_column_costs_nobody_else_their_page(
    town: Town, app: Flask, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other dispute is shown to all who may see it; the spoilt ones to none, and are named to those who oversee."""
    for of_a_page in ("PAGE", "MOST_OTHERS"):
        monkeypatch.setattr(f"engine.queries.worklist.{of_a_page}", 1_000)
    assert town.raises() == SOUND
    assert isinstance(town.concord.store, Database)
    for column in (name for of, name in spoilable() if of == table):
        for value in (b"\x00\xff", "junk"):
            ref = town.raises(risk=True)
            if not spoilt(town.concord.store, table, column, ref, value):
                continue
            for (name, path), page in asked(app, ref).items():
                assert SOUND in page, (column, value, name, path)
                if "be shown just now" in page and name != "business_manager":
                    assert "damaged" not in page, "Only those who oversee are told which it is"


def test_every_page_with_a_list_is_there_when_a_dispute_cannot_be_read(town: Town, app: Flask) -> None:
    """Tasks, Find, its table and log, messages, the directory, and what is open about the same case when raising."""
    ref = lived(town)
    assert isinstance(town.concord.store, Database)
    if spoilt(town.concord.store, "disputes", "state", ref, b"junk"):
        for name in WHO:
            visitor = Visitor(app.test_client(), name)
            for path in PAGES[: 4 if name == "health-practitioner" else None]:
                assert visitor.get(path).status_code == 200, (name, path)
        manager = Visitor(app.test_client(), "business_manager")
        assert f"What is stored of {ref} is damaged" in words(manager.page("/"))
        assert "This disagreement can’t be shown" in words(manager.page(f"/disputes/{ref}", 503))
        assert ref.encode() in manager.get("/find.csv").data
        other = Visitor(app.test_client(), "school-practitioner")
        assert "1 disagreement can’t be shown just now" in words(other.page("/"))
        assert ref not in other.get("/").text
        assert other.get(f"/disputes/{ref}").status_code in {403, 404}
        found = open_about(town.concord, town["school-practitioner"], ["CASE-1"])
        assert ([each.ref for each in found], found.unreadable) == ([SOUND], (ref,))
