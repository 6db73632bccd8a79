"""Who looked at what is kept, on each database, and nobody can take it back."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from town import Town

from engine import NotYours, OverseersOnly, SetClock, exported, looks_at, note_look
from engine.store import Database


def later(town: Town, minutes: int) -> None:
    """Let time pass."""
    assert isinstance(town.concord.clock, SetClock)
    town.concord.clock.advance(timedelta(minutes=minutes))


def told(town: Town, ref: str) -> list[tuple[str, str, str]]:
    """The record of looking, as those who oversee see it."""
    found = looks_at(town.concord, town["co_chair"], ref)
    assert [look.at for look in found] == sorted((look.at for look in found), reverse=True)
    return [(look.name, look.agency, look.what) for look in found]


def test_looking_again_within_a_quarter_of_an_hour_is_one_look(town: Town) -> None:
    """Another person, another thing and another dispute are looks of their own."""
    ref, other = town.raises(), town.raises()
    teacher, worker = town["school-practitioner"], town["council-practitioner"]
    note_look(town.concord, teacher, ref, "page")
    later(town, 14)
    for person, which, what in (
        (teacher, ref, "page"), (teacher, ref, "replay"), (worker, ref, "page"), (teacher, other, "page"),
    ):  # fmt: skip
        note_look(town.concord, person, which, what)
    later(town, 1)
    note_look(town.concord, teacher, ref, "page")
    note_look(town.concord, teacher, "", "list csv")
    who, agency = teacher.name, teacher.agency_name
    assert sorted(told(town, ref)) == sorted(
        [
            (who, agency, "page"),
            (who, agency, "page"),
            (who, agency, "replay"),
            (worker.name, worker.agency_name, "page"),
        ]
    )
    assert told(town, other) == [(who, agency, "page")]


def test_taking_the_record_away_is_looking(town: Town) -> None:
    """Each form is noted; what was refused is not."""
    ref = town.raises()
    for as_ in ("xes", "json", "pdf", "bundle"):
        file = exported(town.concord, town["school-practitioner"], ref, as_)
        assert file.name.startswith(ref)
        assert file.body
        later(town, 1)
    for stranger in ("police-practitioner", "solihull-business_manager"):
        with pytest.raises(NotYours):
            exported(town.concord, town[stranger], ref, "pdf")
    assert [what for *_, what in told(town, ref)] == ["export bundle", "export pdf", "export json", "export xes"]


def test_only_those_who_oversee_see_who_looked(town: Town) -> None:
    """Others of its sides are told so; to anybody else it is refused like what is not theirs."""
    ref = town.raises()
    with pytest.raises(OverseersOnly):
        looks_at(town.concord, town["school-practitioner"], ref)
    for somebody in ("police-practitioner", "solihull-business_manager"):
        with pytest.raises(NotYours):
            looks_at(town.concord, town[somebody], ref)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE looks SET name = 'Somebody else'",
        "DELETE FROM looks",
        "TRUNCATE looks",
        "REPLACE INTO looks SELECT * FROM looks LIMIT 1",
    ],
)
def test_the_database_itself_keeps_every_look(town: Town, statement: str) -> None:
    """Whoever opens it with our account, by whatever statement."""
    ref = town.raises()
    note_look(town.concord, town["school-practitioner"], ref, "page")
    assert isinstance(town.concord.store, Database)
    with pytest.raises(DBAPIError), town.concord.store.engine.begin() as connection:
        connection.execute(text(statement))
    assert len(told(town, ref)) == 1
