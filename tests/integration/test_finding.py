"""Finding disputes, and the columns that are kept for it, on each database."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.command import upgrade
from alembic.config import Config
from sqlalchemy import column as sql_column
from sqlalchemy import insert, inspect, select
from sqlalchemy import table as sql_table
from town import Town, command

from engine import OverseersOnly, TooMany, Wanted, find, find_choices, find_log, report_risk, say_resolved
from engine.store import Database, tables
from engine.store.database import MIGRATIONS

COLUMNS = ("raising_agency", "receiving_agency", "reached", "missed", "risk", "ended_at", "raised_by")


@pytest.fixture
def lived(town: Town) -> dict[str, str]:
    """Four disputes: one at its first stage, one resolved, one that missed a deadline, one with risk reported."""
    refs = {"resolved": town.raises(children=2)}
    say_resolved(town.concord, town["council-practitioner"], refs["resolved"], command(), "We agree.")
    town.completes("school-practitioner", refs["resolved"], "Resolution_Confirm", confirmed="yes")
    town.settles(refs["resolved"])
    refs["missed"] = town.raises(receiving="health")
    town.move("2026-03-10T12:00")
    refs["risk"] = town.raises(by="police-practitioner")
    report_risk(town.concord, town["police-practitioner"], refs["risk"], command())
    refs["fresh"] = town.raises(by="police-practitioner", receiving="health")
    return refs


def names(town: Town, lived: dict[str, str], wanted: Wanted, by: str = "business_manager") -> list[str]:
    """Which of them somebody finds."""
    found = find(town.concord, town[by], wanted)
    known = {ref: name for name, ref in lived.items()}
    assert found.count == len(found.lines)
    return sorted(known[line.ref] for line in found.lines)


def test_each_question_finds_what_it_asks_for(town: Town, lived: dict[str, str]) -> None:
    """By reference, child, agency, stage, end, missed deadline, risk, version and days; together they narrow."""
    version = find(town.concord, town["business_manager"], Wanted()).lines[0].version
    everything = sorted(lived)
    asked: list[tuple[Wanted, list[str]]] = [
        (Wanted(), everything),
        (Wanted(reference=lived["missed"].lower()), ["missed"]),
        (Wanted(reference="bir-2026"), everything),
        (Wanted(reference="%"), []),
        (Wanted(reference="BIR_2026"), []),
        (Wanted(case="case-2"), ["resolved"]),
        (Wanted(agency="health"), ["fresh", "missed"]),
        (Wanted(agency="school"), ["missed", "resolved"]),
        (Wanted(pathway="birmingham"), everything),
        (Wanted(pathway="elsewhere"), []),
        (Wanted(stage="birmingham:Stage1"), everything),
        (Wanted(stage="birmingham:Stage2"), ["missed"]),
        (Wanted(stage="birmingham:Stage3"), []),
        (Wanted(end="resolved"), ["resolved"]),
        (Wanted(end="withdrawn"), []),
        (Wanted(end="open"), ["fresh", "missed", "risk"]),
        (Wanted(missed=True), ["missed"]),
        (Wanted(risk=True), ["risk"]),
        (Wanted(version=version[:7].upper()), everything),
        (Wanted(version="0000000"), []),
        (Wanted(raised_from=date(2026, 3, 3)), ["fresh", "risk"]),
        (Wanted(raised_to=date(2026, 3, 2)), ["missed", "resolved"]),
        (Wanted(raised_from=date(2026, 3, 2), raised_to=date(2026, 3, 10)), everything),
        (Wanted(ended_from=date(2026, 3, 2), ended_to=date(2026, 3, 2)), ["resolved"]),
        (Wanted(ended_from=date(2026, 3, 3)), []),
        (Wanted(agency="health", missed=True, end="open"), ["missed"]),
        (Wanted(agency="council", missed=True), []),
    ]
    assert [(wanted, names(town, lived, wanted)) for wanted, _ in asked] == asked


def test_people_find_what_they_may_see_and_nothing_else(town: Town, lived: dict[str, str]) -> None:
    """W: their own agency's disputes, on whichever side; those who oversee all of their partnership's."""
    found = {
        who: names(town, lived, Wanted(), who)
        for who in ("school-practitioner", "council-senior_manager", "health-practitioner", "co_chair")
    }
    assert found == {
        "school-practitioner": ["missed", "resolved"],
        "council-senior_manager": ["resolved", "risk"],
        "health-practitioner": ["fresh", "missed"],
        "co_chair": sorted(lived),
    }
    assert names(town, lived, Wanted(agency="council", case="CASE-1"), "school-practitioner") == ["resolved"]
    for stranger in ("solihull-business_manager", "solihull-school-practitioner"):
        assert names(town, lived, Wanted(), stranger) == []
        assert find_choices(town.concord, town[stranger])["stages"] == []


def test_one_finds_what_one_has_raised_oneself_ended_or_not(town: Town, lived: dict[str, str]) -> None:
    """Of one's own agency's; what others of it have raised is not among it."""
    assert names(town, lived, Wanted(mine=True), "school-practitioner") == ["missed", "resolved"]
    assert names(town, lived, Wanted(mine=True, missed=True), "school-practitioner") == ["missed"]
    assert names(town, lived, Wanted(mine=True), "school-safeguarding_lead") == []


def test_what_is_found_is_told_in_words(town: Town, lived: dict[str, str]) -> None:
    """The last stage it came to, how it ended, and the cases."""
    lines = {line.ref: line for line in find(town.concord, town["business_manager"], Wanted()).lines}
    resolved, missed = lines[lived["resolved"]], lines[lived["missed"]]
    assert (resolved.end, resolved.cases, resolved.missed, resolved.risk) == (
        "Resolved", ("CASE-1", "CASE-2"), False, False,
    )  # fmt: skip
    assert (missed.end, missed.closed, missed.missed) == ("", None, True)
    assert missed.reached.startswith("Stage 2")
    assert [line.raised for line in lines.values()] == sorted((x.raised for x in lines.values()), reverse=True)


def test_what_is_found_comes_in_pages(town: Town, lived: dict[str, str]) -> None:
    """Each page has its own; a page beyond the last has none; page 0 is all."""
    pages = [find(town.concord, town["business_manager"], Wanted(), page, 3) for page in (1, 2, 3, 0)]
    assert [(page.count, page.pages, len(page.lines)) for page in pages] == [(4, 2, 3), (4, 2, 1), (4, 2, 0), (4, 2, 4)]
    assert [*pages[0].lines, *pages[1].lines] == list(pages[3].lines)


def test_an_event_log_of_many_is_for_those_who_oversee(town: Town, lived: dict[str, str]) -> None:
    """One trace for each that was found; not for an agency's people, and not without bounds."""
    log = find_log(town.concord, town["business_manager"], Wanted(agency="health"))
    assert log.count(b"<trace>") == 2
    with pytest.raises(OverseersOnly):
        find_log(town.concord, town["school-practitioner"], Wanted())
    with pytest.raises(TooMany, match="4 disagreements are too many for one event log: at most 3"):
        find_log(town.concord, town["business_manager"], Wanted(), 3)


@pytest.fixture
def older(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Database]:
    """A database of the same kind with the tables as they were before, and nothing in them."""
    name = ""
    if not database_url.startswith("sqlite"):
        running = request.getfixturevalue("postgresql")
        name = running.create()
    database = Database(running.at(name) if name else f"sqlite:///{tmp_path / 'older.db'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "0003")
    yield database
    database.close()
    if name:
        running.drop(name)


def kept(store: object) -> list[tuple[Any, ...]]:
    """The columns by which disputes are found."""
    assert isinstance(store, Database)
    c = tables.disputes.c
    with store.engine.connect() as connection:
        rows = connection.execute(select(c.ref, *(c[name] for name in COLUMNS)).order_by(c.ref))
        return [tuple(row) for row in rows]


def test_disputes_of_before_are_found_too(town: Town, lived: dict[str, str], older: Database) -> None:
    """The migration fills the columns from each dispute's state, as they are kept from now on."""
    assert isinstance(town.concord.store, Database)
    for table in (tables.versions, tables.disputes, tables.children, tables.entries):
        there = {column["name"] for column in inspect(older.engine).get_columns(table.name)}
        columns = [column for column in table.columns if column.name in there]
        with town.concord.store.engine.connect() as connection:
            rows = [dict(row._mapping) for row in connection.execute(select(*columns))]
        with older.engine.begin() as connection:
            connection.execute(insert(sql_table(table.name, *(sql_column(c.name, c.type) for c in columns))), rows)
    older.migrate()
    assert kept(older) == kept(town.concord.store)
    assert {row[0]: row[1:] for row in kept(older)}[lived["missed"]] == (
        "school",
        "health",
        "Stage2",
        True,
        False,
        None,
        "school-practitioner",
    )
