"""The command line, as scripts outside the project use it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import engine
from run import BPMN, main


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on a database of its own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'line.db'}")

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, list(words))

    return run


def test_birminghams_timeline_over_christmas(say: Any) -> None:
    """Every limit used in full, raised on 23 December 2026: the deadlines skip the bank holidays (T2, T3, T13)."""
    line = json.loads(say("timeline", "birmingham", "--raised", "2026-12-23T10:00", "--json").stdout)
    assert line["pathway"] == "birmingham"
    assert line["raised"] == "2026-12-23T10:00:00+00:00"
    assert [stage["stage"] for stage in line["stages"]] == ["Stage1", "Stage2", "Stage3", "Stage4", "Stage5"]
    assert [stage["deadline"] for stage in line["stages"]] == [
        f"2027-01-{day}T17:00:00+00:00" for day in ("04", "06", "11", "15", "26")
    ]
    assert [stage["cumulative_working_days"] for stage in line["stages"]] == [5, 7, 10, 14, 21]
    assert line["ended"] is None


def test_wolverhamptons_timeline(say: Any) -> None:
    """5, 7, 10 and 14 working days, then the exceptional stage."""
    line = json.loads(say("timeline", "wolverhampton", "--raised", "2026-12-23T10:00", "--json").stdout)
    assert [stage["cumulative_working_days"] for stage in line["stages"]][:4] == [5, 7, 10, 14]
    assert line["stages"][4]["stage"] == "Exceptional"


def test_a_timeline_from_a_summer_evening_keeps_london_time(say: Any) -> None:
    """An instant without an offset is London's; what is printed carries its offset (T1)."""
    line = json.loads(say("timeline", "birmingham", "--raised", "2026-06-26T20:00", "--json").stdout)
    assert line["raised"] == "2026-06-26T20:00:00+01:00"
    assert line["stages"][0]["deadline"] == "2026-07-03T17:00:00+01:00"


def test_a_pathway_that_is_not_there_is_called_as_it_was_given(say: Any) -> None:
    """And it is said where one's own would be."""
    told = str(say("timeline", "saltmarsh", "--raised", "2026-12-23T10:00").exception)
    assert told.startswith("There is no pathway saltmarsh. ")
    assert "--pathways" in told


def test_a_scenario_prints_its_journal_an_object_a_line(say: Any, tmp_path: Path) -> None:
    """What is due before a step fires first, each at its own instant; the chain holds together."""
    scenario = tmp_path / "scenario.json"
    steps = [
        {"at": "2026-12-23T14:00", "do": "report_risk"},
        {"at": "2026-12-24T09:00", "do": "escalate", "reason": "No answer"},
        {"at": "2026-12-24T09:30", "do": "shorten", "to": "2026-12-31T12:00", "reason": "The child goes home"},
        {"at": "2027-01-29T17:00", "do": "wait"},
    ]
    scenario.write_text(json.dumps({"raised": "2026-12-23T10:00", "start": {}, "steps": steps}))
    lines = [json.loads(line) for line in say("simulate", "birmingham", str(scenario), "--json").stdout.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert all({"seq", "at", "kind", "element", "actor", "prev", "hash"} <= line.keys() for line in lines)
    assert [line["prev"] for line in lines[1:]] == [line["hash"] for line in lines[:-1]]
    fired = [line for line in lines if line["kind"] == "TimerFired" and line["data"]["what"] == "deadline"]
    parts = ["Stage3_FirstOver"]
    assert [line["element"] for line in fired if line["element"] in parts] == parts
    ended = [line["element"] for line in fired if line["element"] not in parts]
    assert ended == ["Stage2_Deadline", "Stage3_Deadline", "Stage4_Deadline"]
    assert all(line["at"] == line["data"]["due"] for line in fired)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"at": "2026-12-23T14:00", "do": "dance"}, "is not one of"),
        ({"at": "2026-12-23T14:00", "do": "complete", "task": "Stage9_Discuss"}, "Stage9_Discuss is not open"),
        ({"do": "wait"}, "it lacks 'at'"),
        ({"at": "yesterday", "do": "wait"}, "yesterday"),
    ],
)
def test_a_step_that_cannot_be_done_is_named(say: Any, tmp_path: Path, wrong: dict[str, str], said: str) -> None:
    """The message says which step, and why."""
    scenario = tmp_path / "scenario.json"
    scenario.write_text(json.dumps({"raised": "2026-12-23T10:00", "steps": [wrong]}))
    done = say("simulate", "birmingham", str(scenario), "--json")
    assert done.exit_code != 0
    assert "Step 1 of the scenario" in str(done.exception)
    assert said in str(done.exception)


def test_check_tells_what_is_sound_and_what_is_missing_before_publication(say: Any) -> None:
    """A number that the protocol does not give stands in the way of publication, not of the check (S6)."""
    done = say("check", str(BPMN / "birmingham"), "--json", "--quick")
    assert done.exit_code == 0
    report = json.loads(done.stdout)[0]
    assert report["sound"]
    assert [(f["rule"], f["blocks"]) for f in report["findings"]] == [("S6", "publication")]


def test_check_fails_on_a_pathway_that_is_not_sound(say: Any, tmp_path: Path) -> None:
    """Exit status 1, and the finding names the element."""
    broken = tmp_path / "bpmn" / "birmingham"
    shutil.copytree(BPMN / "birmingham", broken)
    shutil.copy(BPMN / "shared-duties.toml", tmp_path / "bpmn")
    shutil.copytree(BPMN.parent / "forms", tmp_path / "forms")
    diagram = broken / "escalation.bpmn"
    diagram.write_text(diagram.read_text().replace("deadline(working_days: 2, cumulative: 7)", "__import__('os')"))
    done = say("check", str(broken), "--json")
    assert done.exit_code == 1
    assert "Stage2_Deadline" in {f["element"] for f in json.loads(done.stdout)[0]["findings"]}


def test_a_pathway_without_its_numbers_is_not_published(say: Any) -> None:
    """Publication says what is missing and changes nothing (S6)."""
    done = say("publish", str(BPMN / "birmingham"))
    assert done.exit_code == 1
    assert "S6 out_of_hours: before publication: The telephone number for out of hours is missing." in done.stdout
    assert "was published" in done.stderr


def test_a_document_is_attached_to_what_is_published_alone(say: Any, tmp_path: Path) -> None:
    """It must be a PDF, and there must be a version beside which it can stand."""
    for name, content, why in (("protocol.txt", b"Words", "it is no PDF"), ("protocol.pdf", b"%PDF-1.7", "birmingham")):
        (tmp_path / name).write_bytes(content)
        said = say("attach", "birmingham", str(tmp_path / name))
        assert said.exit_code == 1
        assert why in str(said.exception)


def test_the_first_person_of_an_installation_can_sign_in(say: Any, tmp_path: Path) -> None:
    """`user add` makes the agency where it is new; an unknown role is refused by name."""
    words = ["user", "add", "bo", "--partnership", "birmingham", "--name", "Bo Business-Manager",
             "--agency", "office", "--agency-name", "Partnership office", "--agency-kind", "partnership",
             "--password", "a long pass phrase"]  # fmt: skip
    assert say(*words, "--role", "king").exit_code != 0
    assert say(*words, "--role", "business_manager").exit_code == 0
    concord = engine.open_concord(f"sqlite:///{tmp_path / 'line.db'}")
    found = engine.sign_in(concord, "bo", "a long pass phrase")
    assert found is not None
    assert found.of_partnership
    with pytest.raises(engine.PasswordWrong):
        engine.sign_in(concord, "bo", "another pass phrase")
    before = engine.signed_in(concord, "bo").mark
    assert "signed out everywhere" in say("user", "password", "bo", "--password", "another pass phrase").output
    assert engine.sign_in(concord, "bo", "another pass phrase").id == "bo"
    assert engine.signed_in(concord, "bo").mark != before
    assert say("user", "password", "nobody", "--password", "x").exit_code != 0
