"""Hands each acceptance test the pathway of the partnership that its clause is for."""

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
