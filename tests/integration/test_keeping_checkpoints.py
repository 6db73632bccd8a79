"""Checkpoints as their keeper makes and uses them, on the command line."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text
from town import Town

from engine import SetClock, checkpoint_of_the_day, london, make_checkpoint, verify
from engine.audit import Sealed
from engine.store import Database
from run import main

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def say(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on the test's database, in a folder of its own."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, list(words))

    return run


def test_whoever_keeps_a_checkpoint_finds_what_the_database_can_no_longer_tell(say: Any, town: Town) -> None:
    """A key pair, a checkpoint that is kept elsewhere, and the whole dispute gone behind everybody's back."""
    ref = town.raises()
    made = say("checkpoint-key", "-o", "office.pem")
    assert "Public key: office.public.pem" in made.output
    assert Path("office.pem").stat().st_mode & 0o777 == 0o600
    assert say("checkpoint-key", "-o", "office.pem").exit_code == 1
    assert say("checkpoint", "--key", "office.public.pem").exit_code == 1
    done = say("checkpoint", "--key", "office.pem", "-o", "kept.json")
    assert done.output == "Checkpoint 1 over 1 disputes, written to kept.json\n"
    words = ("--checkpoint", "kept.json", "--public-key", "office.public.pem")
    whole = say("verify", ref, *words)
    assert (whole.exit_code, "as they were written; checkpoint 1 of" in whole.output) == (0, True)
    assert "signed with a key that you gave" in whole.output
    assert "signed with the key that it names itself" in say("verify", "--all").output
    vanish(town)
    unseen, found = say("verify", "--all"), say("verify", *words)
    assert (unseen.exit_code, "There is no checkpoint" in unseen.output) == (2, True)  # nothing was verified
    assert found.exit_code == 1
    assert "A dispute is missing altogether: checkpoint 1 of" in found.output
    assert "Checkpoint 1, kept elsewhere, is missing in the database." in found.output


def vanish(town: Town) -> None:
    """Empty the database of every dispute and checkpoint, its guards taken off."""
    store = town.concord.store
    assert isinstance(store, Database)
    with store.engine.begin() as connection:
        beside = ("entries", "texts", "checkpoints", "notices", "tasks", "worklist", "children")
        for table in (*beside, "disputes", "numbers"):
            if connection.dialect.name == "sqlite":
                connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_not_deleted"))
            else:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(text(f"DELETE FROM {table}"))


def test_files_that_are_no_checkpoint_and_no_key_are_refused_with_status_two(say: Any, tmp_path: Path) -> None:
    """Nothing was verified then: that is not the same as a fault."""
    (tmp_path / "none.json").write_text("{}")
    for words in (("--checkpoint", "none.json"), ("--all", "--public-key", "none.json")):
        refused = say("verify", *words)
        assert (refused.exit_code, "none.json" in refused.output) == (2, True)


def test_the_worker_makes_one_a_day_where_it_has_a_key(say: Any, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """London's days; a key that can't be read stops nothing else."""
    say("checkpoint-key", "-o", "office.pem")
    key = Path("office.pem").absolute()
    assert checkpoint_of_the_day(town.concord, key) is not None
    assert checkpoint_of_the_day(town.concord, key) is None
    town.move("2026-03-02T23:30")
    assert checkpoint_of_the_day(town.concord, key) is None
    town.move("2026-03-03T00:10")
    made = checkpoint_of_the_day(town.concord, key)
    assert made is not None
    assert made.number == 2
    monkeypatch.setenv("CHECKPOINT_KEY", str(key.with_name("none.pem")))
    assert say("worker", "--once").exit_code == 0
    monkeypatch.setenv("CHECKPOINT_KEY", str(key))
    assert say("worker", "--once").exit_code == 0
    assert make_checkpoint(town.concord, key).number == 4
    assert made.read().at.startswith(london("2026-03-03T00:10").isoformat()[:10])


def test_a_checkpoint_or_key_that_cant_be_written_is_not_made(say: Any, town: Town) -> None:
    """No checkpoint without its file, no private key without its public one, and none is written over."""
    Path("office.public.pem").write_text("Somebody's")
    for words in (("-o", "office.pem"), ("-o", "nowhere/office.pem")):
        refused = say("checkpoint-key", *words)
        assert (refused.exit_code, refused.output.startswith("Error: ")) == (1, True)
    assert (Path("office.pem").exists(), Path("office.public.pem").read_text()) == (False, "Somebody's")
    say("checkpoint-key", "-o", "own.pem")
    refused = say("checkpoint", "--key", "own.pem", "-o", "nowhere/kept.json")
    assert (refused.exit_code, "can't be written" in refused.output) == (1, True)
    with town.concord.store.begin(write=False) as tx:
        assert tx.checkpoints.newest() is None
    assert say("checkpoint", "--key", "own.pem", "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


def test_a_database_that_cant_be_read_is_not_a_record_that_was_altered(
    say: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit status 2, and a sentence."""
    Path("broken.db").write_bytes(b"This is no database." * 100)
    for url in ("sqlite:///broken.db", "nonsense"):
        monkeypatch.setenv("DATABASE_URL", url)
        refused = say("verify", "--all")
        assert (refused.exit_code, "Error: The database can't be" in refused.output) == (2, True)


def test_a_checkpoint_that_a_wrong_clock_dated_ahead_is_followed_by_the_next(say: Any, town: Town) -> None:
    """Once the clock is right again, what is written since is no fault."""
    say("checkpoint-key", "-o", "office.pem")
    key = Path("office.pem").absolute()
    assert isinstance(town.concord.clock, SetClock)
    town.concord.clock.set(london("2027-03-02T10:00"))
    make_checkpoint(town.concord, key)
    ahead, town.concord.clock = town.concord.clock, SetClock(london("2026-03-02T11:30"))
    assert ahead.now() > town.now
    assert checkpoint_of_the_day(town.concord, key) is not None
    assert checkpoint_of_the_day(town.concord, key) is None
    town.raises()
    assert not [v.fault for v in verify(town.concord) if v.fault]


def test_workers_that_look_at_the_same_moment_make_one(say: Any, town: Town) -> None:
    """One checkpoint a day, however many workers there are."""
    say("checkpoint-key", "-o", "office.pem")
    key, together = Path("office.pem").absolute(), Barrier(6)

    def made(_: int) -> Sealed | None:
        together.wait()
        return checkpoint_of_the_day(town.concord, key)

    with ThreadPoolExecutor(6) as workers:
        assert len([each for each in workers.map(made, range(6)) if each]) == 1
