"""A partnership begun from another's pathways: sound from the first moment, and it says what is still the other's."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine import begin_from, examine_folder, pathways_in
from engine.pathway import collect, read_pathway
from engine.pathway.copying import Carried, NameTaken, NameUnfit
from engine.pathway.files import PathwayNotFound
from engine.pathway.rules import check_files
from run import main

ROOT = Path(__file__).parents[2]
PARTNERSHIPS = ("birmingham", "bromley", "harrow", "barnet", "wolverhampton")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of one's own, with all that ships in it."""
    for part in ("bpmn", "forms"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path / "bpmn"


def ran(*words: str) -> Result:
    """The command line."""
    return CliRunner().invoke(main, list(words))


@pytest.mark.parametrize("old", PARTNERSHIPS)
def test_it_is_as_sound_as_the_one_it_was_begun_from(own: Path, old: str) -> None:
    """But for the numbers to ring, which are nobody's: it can't be published before they are filled in (S6)."""
    begin_from(own, old, "north-town")
    names = pathways_in(own / "north-town")
    assert names == pathways_in(own / old)
    for name in names:
        report = examine_folder(own / "north-town", name, None).report()
        assert {each["rule"] for each in report["findings"]} <= {"S6"}, report["findings"]
        shown = collect(own / "north-town", name, demo=True)
        assert check_files(shown, "north-town", name)[1] == [], "in the demonstration it runs"
    pathway = read_pathway(collect(own / "north-town"), "north-town", "escalation")
    assert (pathway.partnership, pathway.diagram.process) == ("north-town", "north_town")
    settings = pathway.settings
    assert settings["partnership"]["name"] == "North Town"
    assert {settings[place]["telephone"] for place in ("front_door", "out_of_hours")} == {""}


def test_what_is_still_the_others_is_listed_with_where_it_stands(own: Path) -> None:
    """Its names and numbers line by line, its clauses by how many there are; nothing is changed of the other."""
    before = {path: path.read_bytes() for path in (own / "barnet").iterdir() if path.is_file()}
    carried = begin_from(own, "barnet", "north-town")
    assert {path: path.read_bytes() for path in before} == before
    assert Carried(file="north-town/contacts.dmn", line=182, what="0208 216 4600") in carried
    title = next(each for each in carried if each.file == "north-town/partnership.toml" and each.what == "Barnet")
    line = (own / "north-town" / "partnership.toml").read_text().splitlines()[title.line - 1]
    assert line == 'title = "Barnet Safeguarding Children Partnership"'
    clauses = next(each for each in carried if each.file == "north-town/escalation.bpmn" and each.clauses)
    assert clauses.what == "BAR-…"
    assert clauses.clauses > 100
    settings = (own / "north-town" / "partnership.toml").read_text()
    assert "0208" not in settings
    assert "@" not in settings


def test_by_the_command_line(own: Path) -> None:
    """What a side pathway links to is the new one's own; it is checked at once."""
    done = ran("new", "north-town", "--from", "harrow", "--pathways", str(own.parent))
    assert done.exit_code == 0, done.output
    assert "Still the other's:" in done.output
    assert "north-town/partnership.toml" in done.output
    assert "clauses HAR-…" in done.output
    assert 'name="links" value="north-town"' in (own / "north-town" / "conference-dissent.bpmn").read_text()
    checked = ran("check", "--quick", str(own / "north-town"))
    assert "north-town/review-dissent" in checked.output


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("birmingham", "North Town", NameUnfit),
        ("birmingham", "../elsewhere", NameUnfit),
        ("birmingham", "harrow", NameTaken),
        ("nowhere", "north-town", PathwayNotFound),
    ],
)
def test_what_cannot_be_begun_is_refused_and_nothing_is_written(
    own: Path, old: str, new: str, refusal: type[Exception]
) -> None:
    """With what to do about it."""
    before = sorted(path.relative_to(own.parent) for path in own.parent.rglob("*"))
    with pytest.raises(refusal):
        begin_from(own, old, new)
    assert sorted(path.relative_to(own.parent) for path in own.parent.rglob("*")) == before


def test_what_is_not_utf_8_is_refused_whole(own: Path) -> None:
    """Nothing of it is written."""
    (own / "bromley" / "partnership.toml").write_bytes(b'[partnership]\nname = "\xff"\n')
    with pytest.raises(Exception, match="UTF-8"):
        begin_from(own, "bromley", "north-town")
    assert not (own / "north-town").exists()


def test_where_it_cannot_be_written_nothing_is_left_of_it(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk half way through: the command says so."""
    write, written = Path.write_bytes, []

    def until_full(path: Path, data: bytes) -> int:
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        written.append(path)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", until_full)
    done = ran("new", "north-town", "--from", "bromley", "--pathways", str(own.parent))
    assert done.exit_code == 1
    assert "can't be written: No space left on device" in done.output
    assert len(written) == 3
    assert not [place for place in (own, own.parent / "forms") if (place / "north-town").exists()]
