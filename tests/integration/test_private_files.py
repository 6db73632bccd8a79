"""Databases and keys are nobody else's to read, also those that were made before with wider permissions."""

import os
import stat
from pathlib import Path

import pytest

from engine import new_key, open_concord
from engine.audit import private_key
from engine.store import Database


def mode(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def lax() -> object:
    """A umask that leaves everything open."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("lax")
def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    """The file, those beside it, and the folders that were made for it."""
    concord = open_concord(f"sqlite:///{tmp_path}/ours/deep/concord.db")
    found = {path.name: mode(path) for path in (tmp_path / "ours" / "deep").iterdir()}
    assert found == dict.fromkeys(("concord.db", "concord.db-wal", "concord.db-shm"), 0o600)
    assert mode(tmp_path / "ours") == mode(tmp_path / "ours" / "deep") == 0o700
    assert isinstance(concord.store, Database)
    concord.store.close()


@pytest.mark.usefixtures("lax")
def test_a_database_that_others_could_read_is_mended_and_the_log_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the next opening; a folder that was there before belongs to somebody else and stays as it is."""
    file = tmp_path / "old.db"
    for path in (file, tmp_path / "old.db-wal", tmp_path / "old.db-shm"):
        path.touch(0o644)
    tmp_path.chmod(0o755)
    concord = open_concord(f"sqlite:///{file}")
    assert isinstance(concord.store, Database)
    assert {mode(path) for path in tmp_path.iterdir()} == {0o600}
    assert mode(tmp_path) == 0o755
    assert capsys.readouterr().out.count("others could open this file: mended") == 3
    concord.store.close()


@pytest.mark.usefixtures("lax")
def test_a_key_that_others_could_read_is_mended_when_it_is_used(tmp_path: Path) -> None:
    """The private key of checkpoints; the public one is for everybody."""
    public = new_key(tmp_path / "checkpoint.pem")
    (tmp_path / "checkpoint.pem").chmod(0o644)
    private_key(tmp_path / "checkpoint.pem")
    assert mode(tmp_path / "checkpoint.pem") == 0o600
    assert mode(public) & 0o044
