"""What all tests share: how much hypothesis tries, and Concord on each database with a town full of people."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import postgresql as server
import pytest
from hypothesis import HealthCheck, settings
from town import MONDAY, Town, closed, furnish

from engine import Concord, SetClock, open_concord

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


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
    yield opened
    closed(opened)


@pytest.fixture
def town(concord: Concord) -> Town:
    """The town's people, ready to act."""
    return Town(concord)
