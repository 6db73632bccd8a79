"""Where an installation keeps things, and whose pathways it takes: --data and --pathways, from any folder."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from run import BPMN, installation, main

USER = ["--partnership", "birmingham", "--name", "Bo", "--agency", "office", "--agency-name", "Office",
        "--agency-kind", "partnership", "--role", "business_manager", "--password", "a long pass phrase"]  # fmt: skip


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder that has nothing to do with Concord; no database is named."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)


def say(*words: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with one partnership's pathway and forms, in a name of its own."""
    shutil.copytree(BPMN / "birmingham", tmp_path / "own" / "bpmn" / "ourtown")
    shutil.copy(BPMN / "shared-duties.toml", tmp_path / "own" / "bpmn")
    shutil.copytree(BPMN.parent / "forms" / "shared", tmp_path / "own" / "forms" / "shared")
    shutil.copytree(BPMN.parent / "forms" / "birmingham", tmp_path / "own" / "forms" / "ourtown")
    return tmp_path / "own"


@pytest.mark.parametrize("before", [True, False])
def test_the_data_folder_is_named_before_the_command_or_after_it(tmp_path: Path, *, before: bool) -> None:
    """It is made, for its owner alone, and holds the database."""
    place = ("--data", "kept/here")
    done = say(*place, "user", "add", "bo", *USER) if before else say("user", "add", "bo", *USER, *place)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "kept" / "here" / "concord.db").is_file()
    assert (tmp_path / "kept" / "here").stat().st_mode & 0o077 == 0


def test_pathways_of_ones_own_take_the_place_of_those_that_ship(own: Path) -> None:
    """Their folder is named with forms/ inside, or as bpmn/ itself."""
    for folder in (own, own / "bpmn"):
        checked = json.loads(say("check", "--quick", "--json", "--pathways", str(folder)).stdout)
        assert [(report["pathway"], report["sound"]) for report in checked] == [("ourtown", True)]
    line = say("--pathways", "own", "timeline", "ourtown", "--raised", "2026-12-23T10:00", "--json")
    assert json.loads(line.stdout)["pathway"] == "ourtown"


def test_a_folder_without_a_pathway_is_refused(tmp_path: Path) -> None:
    """By its name, and with what to do: nothing to check is not the same as nothing wrong."""
    for wrong in (tmp_path, tmp_path / "nowhere"):
        done = say("check", "--pathways", str(wrong))
        assert done.exit_code == 1
        assert f"{wrong} holds no partnership's folder" in str(done.exception)


def test_help_says_where_things_are_kept() -> None:
    """Also after another folder was given before the command."""
    help_ = "".join(say("--data", "kept", "serve", "--help").stdout.split())
    assert str(BPMN) in help_
    assert str(Path("kept").resolve()) in help_


def test_the_environment_names_both_folders_too(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For gunicorn, which reads no command line of ours."""
    monkeypatch.setenv("CONCORD_PATHWAYS", str(own / "bpmn"))
    monkeypatch.setenv("CONCORD_DATA", "kept")
    assert installation().pathways == own / "bpmn"
    assert installation().database == f"sqlite:///{Path('kept').resolve() / 'concord.db'}"
