"""Working hours that are set hold everywhere; timeline and simulate refuse what is not sound or can't be read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from town import BPMN, OPERATOR, Town

from engine import collect, raise_page, task_page
from engine.calendar import london, show
from engine.commands.publishing import publish_files
from engine.pathway import read_pathway
from engine.queries.danger import advice
from run import main

HOURS = b'start = "08:30"\nend = "16:00"'


def early() -> dict[str, bytes]:
    """Birmingham's files with working hours from 08:30 to 16:00."""
    files = dict(collect(BPMN / "birmingham", demo=True))
    name = "bpmn/birmingham/partnership.toml"
    assert b'start = "09:00"\nend = "17:00"' in files[name]
    files[name] = files[name].replace(b'start = "09:00"\nend = "17:00"', HOURS)
    return files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The same in a folder."""
    for name, data in early().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path / "bpmn" / "birmingham"


def test_hours_that_are_set_are_the_same_everywhere(town: Town, folder: Path) -> None:
    """T2, T3: a stage ends at 16:00 for a dispute as for `timeline` and `simulate`."""
    publish_files(town.concord, OPERATOR, early(), "birmingham", "escalation")
    town.move("2026-03-02T10:30")
    visit = town.dispute(town.raises()).visit
    assert visit is not None
    assert visit.deadline is not None
    line = json.loads(said("timeline", str(folder), "--raised", "2026-03-02T10:30", "--json"))
    assert line["stages"][0]["deadline"] == show(visit.deadline) == "2026-03-09T16:00:00+00:00"
    scenario = folder / "scenario.json"
    scenario.write_text(json.dumps({"raised": "2026-03-02T10:30", "steps": [{"at": "2026-03-10T10:00", "do": "wait"}]}))
    journal = [json.loads(entry) for entry in said("simulate", str(folder), str(scenario), "--json").splitlines()]
    fired = [entry for entry in journal if entry["kind"] == "TimerFired" and entry["data"]["what"] == "deadline"]
    assert {entry["element"]: london(entry["at"]) for entry in fired} == {
        "Stage1_FirstOver": london("2026-03-04T16:00"),
        "Stage1_ReviewsOver": london("2026-03-06T16:00"),
        "Stage1_Deadline": visit.deadline,
    }


def test_the_number_to_call_follows_the_hours_that_are_set(town: Town) -> None:
    """S5: at 16:30 nobody answers at the front door; on the pages, and on a task of a dispute."""
    publish_files(town.concord, OPERATOR, early(), "birmingham", "escalation")
    town.move("2026-03-02T15:30")
    ref = town.raises()
    teacher, key = town["school-practitioner"], town.task(ref, "Stage1_Discuss").key
    for at, open_then in (("2026-03-02T15:59", True), ("2026-03-02T16:00", False), ("2026-03-03T08:30", True)):
        town.move(at, sweeping=False)
        assert raise_page(town.concord, teacher).risk.in_hours is open_then
        assert task_page(town.concord, teacher, ref, key).risk.in_hours is open_then
    usual = read_pathway(collect(BPMN / "birmingham", demo=True), "birmingham", "escalation")
    assert advice(usual, london("2026-03-02T16:30")).in_hours


def said(*words: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


LIMIT = "deadline(working_days: 2, cumulative: 7)"
LOWERED = ("escalation.bpmn", LIMIT, "deadline(working_days: 2, cumulative: 6)")


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ([("partnership.toml", "[hours]", "[working_hours]")], "settings working_hours: [working_hours]"),
        ([LOWERED, ("escalation-duties.toml", "cumulative = 7", "cumulative = 6")], "proof: timeline"),
        ([LOWERED], "duty Stage2_Deadline"),
        ([("escalation.bpmn", LIMIT, "__import__('os')")], "Stage2_Deadline"),
    ],
)
def test_timeline_and_simulate_refuse_what_is_not_sound(
    folder: Path, edits: list[tuple[str, str, str]], words: str
) -> None:
    """With the findings, exit status 1, and no date at all."""
    for file, old, new in edits:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new))
    scenario = folder / "scenario.json"
    scenario.write_text('{"raised": "2026-03-02T10:30"}')
    for command in (
        ["timeline", str(folder), "--raised", "2026-03-02T10:30"],
        ["simulate", str(folder), str(scenario)],
    ):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 1
        assert words in done.stdout
        assert "2026-03" not in done.stdout.split("the shortest way there")[0].replace("Raised 2026", "")
    shown = CliRunner().invoke(main, ["simulate", str(folder), str(scenario), "--unproven"])
    assert (shown.exit_code == 0) is words.startswith("proof")


@pytest.mark.parametrize("text", ["[]", "{}", "nothing", "", '{"raised": 3}', "\ufeff[]", "[" * 100_000])
def test_a_file_that_is_no_scenario_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    """No traceback, whatever somebody named by mistake."""
    file = tmp_path / "scenario.json"
    file.write_text(text)
    done = CliRunner().invoke(main, ["simulate", "birmingham", str(file)])
    assert done.exit_code == 1
    assert "Write a scenario like" in str(done.exception)
    if not text.startswith("{"):
        begun = CliRunner().invoke(
            main, ["timeline", "birmingham", "--raised", "2026-03-02T10:00", "--start", str(file)]
        )
        assert begun.exit_code == 1
    file.write_bytes(b"\xff\xfe\x00")
    done = CliRunner().invoke(main, ["simulate", "birmingham", str(file)])
    assert "Write a scenario like" in str(done.exception)


@pytest.mark.parametrize("raised", ["9999-12-31T10:00", "0001-01-01T00:00", "1066-10-14", "soon", "2026-03-29T01:30"])
def test_a_raising_that_no_calendar_knows_is_refused(raised: str) -> None:
    """In a sentence."""
    done = CliRunner().invoke(main, ["timeline", "birmingham", "--raised", raised])
    assert (done.exit_code, raised in str(done.exception)) == (1, True)
