"""Hands each acceptance test the pathway of the partnership that its clause is for."""

import gc
from collections.abc import Iterator

import pytest
from play import Play


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a clause's test once in each of its partnerships."""
    registered = getattr(metafunc.function, "clause", None)
    if registered is not None and "play" in metafunc.fixturenames:
        metafunc.parametrize("play", registered.partnerships, indirect=True)


@pytest.fixture
def play(request: pytest.FixtureRequest) -> Play:
    """The pathway as it ships."""
    return Play(request.param)


@pytest.fixture(scope="session", autouse=True)
def _collect_seldom() -> Iterator[None]:
    """Hundreds of diagrams are compiled: looking for garbage as often as usual takes a fifth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    yield
    gc.set_threshold(*usual)
