"""The tables and what packs into them; what needs people and pathways stands among the integration tests."""

from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from engine.application import DisputeUnknown, PathwayUnpublished, PersonUnknown, StoreUnavailable
from engine.dispute import Actor, Agency, Person
from engine.store import Database, packing
from engine.store import tables as t

AT = datetime(2026, 3, 2, 10, 0, 0, 123456, tzinfo=UTC)
ADA = Person(
    id="ada",
    partnership="birmingham",
    name="Ada",
    agency="school",
    agency_name="School",
    agency_kind="school",
    roles=("practitioner", "safeguarding_lead"),
    email="ada@example.org",
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database."""
    with closing(Database(f"sqlite:///{tmp_path}/folder/of/its/own.db")) as database:
        database.migrate()
        yield database


@given(state=st.dictionaries(st.text(), JSON, max_size=5))
def test_a_state_is_the_same_after_packing(state: dict[str, object]) -> None:
    """Decision 5."""
    assert packing.unpack(packing.pack(state)) == state


@given(files=st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-z.]{1,8})?", fullmatch=True), st.binary(), max_size=5))
def test_files_are_the_same_bytes_after_packing_and_pack_alike(files: dict[str, bytes]) -> None:
    """Decision 10: a version is its files' bytes."""
    packed = packing.pack_files(files)
    assert packing.unpack_files(packed) == files
    assert packing.pack_files(dict(reversed(files.items()))) == packed


def test_an_instant_comes_back_aware_and_exact_and_a_naive_one_is_refused(store: Database) -> None:
    """T1."""
    abroad = AT.astimezone(timezone(timedelta(hours=5)))
    with store.begin() as tx:
        tx.connection.execute(insert(t.commands).values(id="a", ref="r", at=abroad, result="{}"))
        found = tx.connection.execute(select(t.commands.c.at)).scalar_one()
    assert (found, found.utcoffset()) == (AT, timedelta())
    naive = insert(t.commands).values(id="b", ref="r", at=AT.replace(tzinfo=None), result="{}")
    with store.begin() as tx, pytest.raises(StatementError, match="no time zone"):
        tx.connection.execute(naive)


def test_what_raises_leaves_nothing(store: Database) -> None:
    """Decision 2: all of a transaction or none of it."""
    with suppress(ZeroDivisionError), store.begin() as tx:
        tx.settings.set("name", "value")
        _ = 1 / len(tx.versions.partnerships())
    with store.begin(write=False) as tx:
        assert tx.settings.get("name") is None


def test_settings_agencies_and_people_are_added_and_changed(store: Database) -> None:
    """Decision 10: live data."""
    school = Agency(id="school", partnership="birmingham", name="School", kind="school")
    with store.begin() as tx:
        tx.settings.set("name", "first")
        tx.settings.set("name", "second")
        tx.directory.add_agency(Agency(id="school", partnership="birmingham", name="Old name", kind="other"))
        tx.directory.add_agency(school)
        tx.directory.add_person(ADA, "hash")
        assert (tx.settings.get("name"), tx.directory.agencies("birmingham"), tx.directory.agencies("solihull")) == (
            "second",
            [school],
            [],
        )
        assert (tx.directory.person("ada"), tx.directory.people("birmingham"), tx.sessions.password_hash("ada")) == (
            ADA,
            [ADA],
            "hash",
        )
        assert tx.sessions.password_hash("eve") is None


def test_changing_a_person_keeps_their_password(store: Database) -> None:
    """Only who gives a new one changes it."""
    with store.begin() as tx:
        tx.directory.add_agency(Agency(id="school", partnership="birmingham", name="School", kind="school"))
        tx.directory.add_person(ADA, "hash")
        tx.directory.add_person(ADA)
        assert tx.sessions.password_hash("ada") == "hash"


def test_absences_cover_their_first_and_last_day_and_end_when_the_person_is_back(store: Database) -> None:
    """E8."""
    with store.begin() as tx:
        tx.directory.add_agency(Agency(id="school", partnership="birmingham", name="School", kind="school"))
        tx.directory.add_person(ADA)
        tx.directory.add_absence("ada", date(2026, 3, 2), date(2026, 3, 4))
        tx.directory.add_absence("ada", date(2026, 3, 4), date(2026, 3, 9))
        away = {day: tx.directory.away(date(2026, 3, day)).until.get("ada") for day in (1, 2, 4, 9, 10)}
        assert away == {1: None, 2: date(2026, 3, 4), 4: date(2026, 3, 9), 9: date(2026, 3, 9), 10: None}
        tx.directory.remove_absences("ada", date(2026, 3, 4))
        assert tx.directory.away(date(2026, 3, 4)).until == {}


def test_closure_days_and_acts_are_kept(store: Database) -> None:
    """T2, decision 10."""
    operator = Actor(id="o", name="Operator", agency="", role="operator")
    with store.begin() as tx:
        for reason in ("Snow", "Much snow"):
            tx.directory.add_closure("birmingham", date(2026, 3, 3), reason)
        tx.changes.record(AT, operator, "ClosureAdded", {"day": date(2026, 3, 3)})
        assert (tx.directory.closures("birmingham"), tx.directory.closures("solihull")) == ([date(2026, 3, 3)], [])
        assert tx.connection.execute(select(t.acts.c.data)).scalar_one() == '{"day":"2026-03-03"}'


def test_publishing_a_version_again_adds_none_and_going_back_to_it_makes_it_current(store: Database) -> None:
    """Decision 10: a version is named by its hash, the latest published is current."""
    with store.begin() as tx:
        added = [tx.versions.add(v, "birmingham", "birmingham", AT, {"f": v.encode()}, 2) for v in ("a", "a", "b", "a")]
        assert added == [True, False, True, True]
        assert (tx.versions.current("birmingham"), tx.versions.files("b")) == ("a", {"f": b"b"})
        assert tx.versions.partnerships() == ["birmingham"]


def test_what_is_not_there_is_named(store: Database) -> None:
    """Each refusal says what was looked for."""
    with store.begin(write=False) as tx:
        for missing, look in (
            (DisputeUnknown, tx.disputes.get),
            (PersonUnknown, tx.directory.person),
            (PathwayUnpublished, tx.versions.files),
        ):
            with pytest.raises(missing, match="nothing"):
                look("nothing")
        assert (tx.timers.next_due(), tx.timers.claim(AT), tx.commands.done("nothing")) == (None, None, None)


def test_a_database_that_fails_is_unavailable_whatever_its_kind(tmp_path: Path) -> None:
    """Not a dispute's fault, and no error of SQLAlchemy's."""
    (tmp_path / "not.db").write_bytes(b"This is no database." * 100)
    for url in (f"sqlite:///{tmp_path}", f"sqlite:///{tmp_path / 'not.db'}", "postgres://nobody@127.0.0.1:1/nothing"):
        with closing(Database(url)) as broken, pytest.raises(StoreUnavailable), broken.begin():
            pass
    for url in ("nonsense", "nothing://here", f"sqlite:///{tmp_path / 'not.db' / 'below.db'}"):
        with pytest.raises(StoreUnavailable):
            Database(url)
