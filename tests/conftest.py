"""What all tests share: how much hypothesis tries, and Concord on each database with a town full of people."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import postgresql as server
import pytest
from compiled import compiled_once
from hypothesis import HealthCheck, settings
from town import MONDAY, Town, closed, furnish

from engine import Concord, SetClock, open_concord

SAMPLED = {
    "test_every_clause_is_carried": 10,
    "test_register_mutations": 10,
    "test_proof_catches": 10,
    "test_silence": 3,
    "test_every_end": 6,
}
"""Thousands of spoilt pathways and silences, and a journey in a browser to each end: of so many `make test` tries one,
always the same ones, and what is marked “always”; `make soak` the others."""
LONGEST = ("test_edited_diagrams", "test_three_hundred_disputes", "test_kills", "test_installed", "test_faults")
"""Begun first, so that no worker is left with one of them in the end."""

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave most of what is sampled to the long runs; by their names, so that they are the same ones each time."""
    for item in items:
        of = next((many for name, many in SAMPLED.items() if item.path.name.startswith(name)), 1)
        if hasattr(item, "callspec") and crc32(item.name.encode()) % of and not item.get_closest_marker("always"):
            item.add_marker(pytest.mark.soak)
    items.sort(key=lambda item: not item.path.name.startswith(LONGEST))


def furnished(url: str) -> None:
    """Bring a database's tables up to date and move the town in."""
    concord = open_concord(url, SetClock(MONDAY))
    furnish(concord)
    closed(concord)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[server.PostgreSQL]:
    """A PostgreSQL server: the one that CONCORD_TEST_POSTGRESQL names, else one of our own."""
    running = server.server()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def postgresql_template(postgresql: server.PostgreSQL) -> Iterator[str]:
    """A database with the town in it, to be copied."""
    name = postgresql.create()
    furnished(postgresql.at(name))
    yield name
    postgresql.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the town in it, to be copied."""
    file = tmp_path_factory.mktemp("template") / "town.db"
    furnished(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with the town in it, of each kind."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copyfile(template, tmp_path / "concord.db")
        yield f"sqlite:///{tmp_path / 'concord.db'}"
        return
    running: server.PostgreSQL = request.getfixturevalue("postgresql")
    name = running.create(request.getfixturevalue("postgresql_template"))
    yield running.at(name)
    running.drop(name)


@pytest.fixture
def concord(database_url: str) -> Iterator[Concord]:
    """Concord on a fresh database; its clock stands at ten o'clock on a Monday in March."""
    opened = open_concord(database_url, SetClock(MONDAY))
    opened.compiler = compiled_once
    yield opened
    closed(opened)


@pytest.fixture
def town(concord: Concord) -> Town:
    """The town's people, ready to act."""
    return Town(concord)
