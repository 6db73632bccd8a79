"""`run.py export`, as scripts outside the project use it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from web_office import REF, Office

from engine import DisputeUnknown, NotEnded, StageNotEntered, looks_at, person_named
from run import main

BEGINS = {"xes": b"<?xml", "pdf": b"%PDF", "json": b'{"v": 5', "bundle": b"PK"}


@pytest.fixture
def say(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on the office's database, in which a dispute was raised."""
    office.raised()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/office.sqlite")

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["export", *words])

    return run


def test_each_form_is_written_to_a_file_and_noted(say: Any, office: Office, tmp_path: Path) -> None:
    """Nothing is left beside it; whoever runs Concord stands among those who looked."""
    (tmp_path / "out").mkdir()
    for as_, begins in BEGINS.items():
        file = tmp_path / "out" / f"record.{as_}"
        file.write_text("what stood there before")
        assert say(REF, "--as", as_, "-o", str(file)).exit_code == 0
        assert file.read_bytes().startswith(begins)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"record.{as_}" for as_ in BEGINS)
    looks = looks_at(office.concord, person_named(office.concord, "manager"), REF)
    assert {(look.name, look.what) for look in looks} == {
        ("the operator of Concord", f"export {as_}") for as_ in BEGINS
    }


def test_a_stage_is_saved_by_its_id(say: Any, tmp_path: Path) -> None:
    """One that was not entered is refused, and so is the outcome of what has not ended."""
    file = tmp_path / "stage.pdf"
    assert say(REF, "--as", "stage", "--stage", "Stage1", "-o", str(file)).exit_code == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert isinstance(say(REF, "--as", "stage", "--stage", "Stage2", "-o", str(file)).exception, StageNotEntered)
    assert isinstance(say(REF, "--as", "outcome", "-o", str(file)).exception, NotEnded)


def test_a_dash_is_standard_output(say: Any) -> None:
    """And nothing else is printed there."""
    lines = say(REF, "--as", "json", "-o", "-").stdout_bytes.splitlines()
    assert [json.loads(line)["seq"] for line in lines] == list(range(1, len(lines) + 1))


def test_what_cannot_be_exported_leaves_no_file(say: Any, tmp_path: Path) -> None:
    """An unknown reference, an unknown form, a folder that is not there: each said in a sentence."""
    file = tmp_path / "record.pdf"
    unknown = say("BIR-1999-0001", "--as", "pdf", "-o", str(file))
    assert isinstance(unknown.exception, DisputeUnknown)
    assert str(unknown.exception) == "There is no dispute BIR-1999-0001."
    assert "'docx' is not one of" in say(REF, "--as", "docx", "-o", str(file)).output
    nowhere = say(REF, "--as", "pdf", "-o", str(tmp_path / "nowhere" / "record.pdf"))
    assert (nowhere.exit_code, "can't be written" in nowhere.output) == (1, True)
    assert not file.exists()
