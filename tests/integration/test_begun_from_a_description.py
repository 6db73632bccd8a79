"""A partnership begun from a description: drawn, sound and proven, and lived on; a bad one says what to put right."""

import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from describing import describe
from shown_forms import Walk
from town import MONDAY, closed

from engine import (
    Concord,
    SetClock,
    begin_described,
    described,
    examine_folder,
    open_concord,
    proven,
    read_description,
)
from engine.application import DEMONSTRATION
from engine.demo import fill
from engine.pathway import read_folder
from engine.pathway.copying import NameTaken, NameUnfit
from engine.pathway.starter.description import DescriptionUnfit
from run import main
from web import Config, create_app

ROOT = Path(__file__).parents[2]
A_TENTH = [pytest.param("sqlite", seed, id=f"seed {seed}") for seed in (3, 4)]
NEW = [pytest.param("sqlite", None, marks=pytest.mark.soak, id=f"new, {n + 1} of 20") for n in range(20)]
SEEDS = [*A_TENTH, *NEW]


@pytest.fixture
def begun(tmp_path: Path) -> Callable[[dict[str, Any]], Path]:
    """The folder of a partnership begun from these values."""

    def begin(values: dict[str, Any]) -> Path:
        begin_described(tmp_path / "bpmn", "north-town", described(values, "a description"))
        return tmp_path / "bpmn" / "north-town"

    return begin


@pytest.mark.parametrize(("database_url", "seed"), SEEDS, indirect=["database_url"])
def test_whatever_is_described_is_sound_and_proven_and_its_first_dispute_comes_to_its_end(
    begun: Callable[[dict[str, Any]], Path], concord: Concord, seed: int | None
) -> None:
    """Nothing is found of it; a dispute is lived on it by what its pages show, until nothing is left to do."""
    seed = seed or time.time_ns() % 1_000_000
    folder = begun(describe(seed))
    examined = examine_folder(folder, "escalation", proven)
    assert examined.sound, (seed, examined.report())
    assert not examined.findings, (seed, [finding.message for finding in examined.findings])
    walk = Walk(concord, "north-town", seed, Counter(), folder.parent)
    walk.goes(2, on=250)  # of seven stages, with what each leaves to be filed
    assert walk.page.dispute.closed, (seed, walk.said[-5:])


def test_its_demonstration_runs_on_its_own_roles(begun: Callable[[dict[str, Any]], Path], tmp_path: Path) -> None:
    """With made-up people who hold them, of the kinds of agencies that it lists, and disputes at its own stages."""
    folder, url = begun(describe(3)), f"sqlite:///{tmp_path / 'demo.db'}"
    fill(url, folder.parent, MONDAY)
    concord = open_concord(url, SetClock(MONDAY), kind=DEMONSTRATION)
    client = create_app(concord, Config(secret_key=b"for tests", demo=True)).test_client()
    page = client.get("/sign-in").text
    assert "Wren Chief-Officer of Made-up social care" in page
    assert "independent chair" in page
    with concord.store.begin(write=False) as tx:
        standing = {tx.disputes.get(ref).state["dispute"]["visits"][-1]["stage"] for ref in tx.disputes.references()}
    assert len(standing) > 1
    closed(concord)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "housing"', 'kind = "helth"', "housing-2: “helth” is no kind of agency."),
        ('roles = ["chief_officer"]', 'roles = ["chef"]', "social-care-1, chief_officer: “chef” is no role."),
        ('receives = "housing-2"', 'receives = "homes"', "receives is “homes”, who is not among them."),
        ('raises = "', 'raises = "nobody-', "raises is “nobody-"),
        ("disputed = [", "disputes = [", "can't be read: "),
        ("disputed = [", "disputed = [[", "can't be read: "),
    ],
)
def test_people_whom_nobody_could_be_are_told_when_it_is_checked(
    begun: Callable[[dict[str, Any]], Path], old: str, new: str, words: str
) -> None:
    """And not only when the demonstration does not begin."""
    folder = begun(describe(3))
    assert ran("check", "--quick", str(folder)).exit_code == 0
    people = folder / "demo-people.toml"
    assert old in people.read_text()
    people.write_text(people.read_text().replace(old, new, 1))
    checked = ran("check", "--quick", str(folder))
    assert checked.exit_code == 1
    assert "sound" in checked.output
    assert words in checked.output


def ran(*words: str, answers: str = "") -> Result:
    """The command line."""
    return CliRunner().invoke(main, list(words), input=answers)


FILE = """
name = "North Town"
title = "North Town Safeguarding Children Partnership"
reference = "NTN"
front_door = { name = "The front door", telephone = "" }
out_of_hours = { name = "Out of hours", telephone = "01632 960101" }

[[stage]]
title = "practitioners talk"
tier = "practitioners"
called = "Practitioners"
roles = ["practitioner"]
limit = { working_days = 5 }

[[stage]]
title = "leads meet"
tier = "leads"
called = "Safeguarding leads"
roles = ["safeguarding_lead"]
limit = { working_days = 5 }
before = "raising refers"
before_limit = { hours = 24 }

[final]
title = "the Independent Chair decides"
tier = "chair"
called = "Independent Chair"
roles = ["chair"]
limit = { working_days = 5 }
"""


def test_from_a_file_into_an_empty_folder_with_all_that_it_needs(tmp_path: Path) -> None:
    """What all partnerships share is there too; without its number it can't be published (S6)."""
    file, own = tmp_path / "north.toml", tmp_path / "own"
    file.write_text(FILE)
    done = ran("new", "north-town", "--described", str(file), "--pathways", str(own))
    assert done.exit_code == 0, done.output
    checked = ran("check", "--quick", str(own / "bpmn" / "north-town"))
    assert "The telephone number for the front door is missing" in checked.output
    assert "sound" in checked.output
    shipped = {path.name for path in (ROOT / "forms" / "shared").iterdir()}
    assert {path.name for path in (own / "forms" / "shared").iterdir()} == shipped
    register = read_folder(own / "bpmn" / "north-town").register
    assert [duty.id for duty in register.duties if duty.id.startswith("NTN-2")] == ["NTN-2.1", "NTN-2.2"]
    again = ran("new", "north-town", "--described", str(file), "--pathways", str(own))
    assert again.exit_code == 1
    assert isinstance(again.exception, NameTaken)


ANSWERS = (
    "South Vale Safeguarding Children Partnership", "", "", "svl", "The front door", "01632 960100", "Nights", "", "2",
    "practitioners talk", "Practitioners", "practitioner", "5 days", "5d", "nothing",
    "leads and managers", "Leads and managers", "safeguarding_lead, line_manager", "3d", "each refers", "24h",
    "the Chair decides", "Chair", "chair", "5d", "n", "y",
)  # fmt: skip


def test_by_answering_questions(tmp_path: Path) -> None:
    """One after the other; what can't be read is asked again."""
    done = ran("new", "south-vale", "--pathways", str(tmp_path), answers="\n".join(ANSWERS) + "\n")
    assert done.exit_code == 0, done.output
    assert "Write it like 5d for five working days" in done.output
    pathway = read_folder(tmp_path / "bpmn" / "south-vale")
    assert [stage.title for stage in pathway.stages] == [
        "Stage 1: practitioners talk", "Stage 2: leads and managers", "Stage 3, exceptional: the Chair decides",
    ]  # fmt: skip
    assert pathway.settings["partnership"]["name"] == "South Vale"
    assert pathway.reference_prefix == "SVL"
    again = ran("new", "south-vale", "--pathways", str(tmp_path))
    assert isinstance(again.exception, NameTaken), "before anything is asked"
    assert "in full" not in again.output


DECIDED = 'roles = ["chair"]\nlimit = { working_days = 5 }'
FIRST = 'called = "Practitioners"'
REFERS_FIRST = f'{FIRST}\nbefore = "each refers"\nbefore_limit = {{ hours = 4 }}'
AUDITOR = '[roles.auditor]\nname = "x"\n[roles.chair]\nname = "c"\noffice = true\n[final]'


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("", "[x", "Write it in TOML"),
        ('reference = "NTN"', "", "missing required field `reference`"),
        ('reference = "NTN"', 'reference = "ntn"', "reference"),
        ("{ hours = 24 }", "{ hours = 0 }", "before_limit"),
        ("{ hours = 24 }", "{ hours = 24, working_days = 1 }", "before_limit of stage 2 must be either"),
        ("{ hours = 24 }", "{ working_days = 5 }", "must end before the stage does"),
        ("before_limit = { hours = 24 }", "", "needs both before and before_limit"),
        ('"raising refers"', '"nobody"', "before"),
        (FIRST, REFERS_FIRST, "Nobody refers to stage 1"),
        ('tier = "leads"', 'tier = "practitioners"', "is the tier of two stages"),
        ('tier = "leads"', 'tier = "any"', "is the tier of two stages, or taken"),
        ('tier = "leads"', 'tier = "The Leads"', "tier"),
        ('["safeguarding_lead"]', '["chair"]', "is no role of an agency"),
        ('["safeguarding_lead"]', "[]", "roles"),
        ('roles = ["chair"]', 'roles = ["practitioner"]', "is no role of the partnership’s own office"),
        ('title = "leads meet"', 'title = "leads \\"meet\\""', "quotation marks"),
        ('title = "leads meet"', 'title = "{leads}"', "braces"),
        ("[final]", AUDITOR, "auditor is there always"),
        (DECIDED, DECIDED.replace("working_days", "hours"), "must be in working_days"),
        (DECIDED, DECIDED.replace("5", "2"), "3 at least"),
    ],
)
def test_a_description_that_does_not_fit_says_what_to_put_right(old: str, new: str, words: str) -> None:
    """And nothing is written of it: it is refused before."""
    assert old in FILE
    with pytest.raises(DescriptionUnfit, match=re.escape(words)):
        read_description((FILE.replace(old, new, 1) if old else new).encode(), "north.toml")


def test_a_name_that_is_taken_or_unfit_is_refused(begun: Callable[[dict[str, Any]], Path]) -> None:
    """As where it is begun from another."""
    folder = begun(describe(4))
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(NameTaken):
        begin_described(folder.parent, "north-town", described(describe(5), "x"))
    with pytest.raises(NameUnfit):
        begin_described(folder.parent, "North Town", described(describe(5), "x"))
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_where_it_cannot_be_written_nothing_is_left_and_nothing_else_is_gone(
    begun: Callable[[dict[str, Any]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk half way through."""
    folder = begun(describe(4))
    before = {path: path.read_bytes() for path in folder.parent.parent.rglob("*.*") if path.is_file()}
    write, written = Path.write_bytes, []

    def until_full(path: Path, data: bytes) -> int:
        if len(written) == 7:
            raise OSError(28, "No space left on device")
        written.append(path)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", until_full)
    with pytest.raises(OSError, match="No space left"):
        begin_described(folder.parent, "south-town", described(describe(5), "x"))
    assert {path: path.read_bytes() for path in folder.parent.parent.rglob("*.*") if path.is_file()} == before
    assert not (folder.parent / "south-town").exists()
