"""Publishing: rules and proof of all pathways of a folder hold, or none of them is published."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from town import BPMN, OPERATOR, Town

import engine
from engine import Concord, PathwayUnsound, ReasonWanting, publish_folder
from engine.application import ChangeRecord
from engine.pathway import Pathway
from engine.proof import Proof
from engine.proof.result import PROVER

Edit = tuple[str, str, str]
DRAWN = ("escalation.bpmn", "deadline(working_days: 2, cumulative: 7)", "deadline(working_days: 2, cumulative: 6)")
LOWERED = (DRAWN, ("escalation-duties.toml", "cumulative = 7", "cumulative = 6"))
BROKEN: dict[str, tuple[tuple[Edit, ...], str]] = {
    "a maximum lowered by one": (LOWERED, "proof: timeline"),
    "a maximum lowered by one, not in the register": (LOWERED[:1], "duty"),
    "a maximum lowered by one, in the register alone": (LOWERED[1:], "duty"),
    "a duty of a kind that is none": ((("escalation-duties.toml", "may = true", 'may = "yes"'),), "settings"),
    "an hour that is none": ((("partnership.toml", 'start = "09:00"', 'start = "9am"'),), "settings"),
    "a table that is not known": ((("partnership.toml", "[hours]", "[working_hours]"),), "settings"),
}


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[str], Path]:
    """Copy a partnership's files; fictional numbers fill the gaps: only what is spoilt stands in the way."""

    def copy(partnership: str) -> Path:
        for name in ("bpmn", "forms"):
            for folder in {partnership, "shared"}:
                if (BPMN.parent / name / folder).is_dir():
                    shutil.copytree(BPMN.parent / name / folder, tmp_path / name / folder, dirs_exist_ok=True)
        shutil.copy(BPMN / "shared-duties.toml", tmp_path / "bpmn")
        return tmp_path / "bpmn" / partnership

    return copy


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Change one thing in one file of a folder; the thing has to be there."""
    text = (folder / file).read_text()
    assert old in text, old
    (folder / file).write_text(text.replace(old, new, 1))


def publications(concord: Concord) -> list[ChangeRecord]:
    """What was published, as recorded."""
    with concord.store.begin(write=False) as tx:
        return tx.changes.of_kind("PathwayPublished")


def refused(concord: Concord, folder: Path, **more: str) -> str:
    """Have it refused; gives what is said. Nothing is published, and nothing new is recorded."""
    before = publications(concord)
    with pytest.raises(PathwayUnsound) as found:
        publish_folder(concord, OPERATOR, folder, demo=True, **more)  # type: ignore[arg-type]
    assert publications(concord) == before
    return str(found.value)


@pytest.mark.parametrize("what", BROKEN)
def test_what_check_refuses_is_not_published(concord: Concord, copied: Callable[[str], Path], what: str) -> None:
    """Its rules, its settings or its proof: the findings are those of the check."""
    folder = copied("birmingham")
    edits, rule = BROKEN[what]
    for edit in edits:
        spoil(folder, *edit)
    report = engine.examine(engine.collect(folder, demo=True), "birmingham", "escalation", engine.proven).report()
    said = refused(concord, folder)
    assert not report["sound"]
    assert any(finding["rule"] == rule for finding in report["findings"])
    assert all(line in said for line in engine.finding_lines(report))


def test_a_row_without_which_the_proof_fails_is_missed(concord: Concord, copied: Callable[[str], Path]) -> None:
    """A tier that nobody of some kind of agency can hold, a form without the answer that a gateway reads."""
    folder = copied("birmingham")
    table = (folder / "who_acts.dmn").read_text()
    rules = re.findall(r"<rule.*?</rule>", table, re.DOTALL)
    (folder / "who_acts.dmn").write_text(table.replace(rules[0], ""))
    assert "birmingham" in refused(concord, folder)
    (folder / "who_acts.dmn").write_text(table)
    form = folder.parents[1] / "forms" / "shared" / "risk-question.form"
    kept = form.read_text()
    form.write_text(kept.replace('"at_risk"', '"at_hazard"'))
    assert refused(concord, folder)
    form.write_text(kept)
    assert [each.new for each in publish_folder(concord, OPERATOR, folder, demo=True)] == [False]


@pytest.mark.parametrize("broken", ["escalation", "conference-dissent", "review-dissent"])
def test_all_pathways_of_a_folder_are_published_or_none(
    concord: Concord, copied: Callable[[str], Path], broken: str
) -> None:
    """One broken side pathway keeps the others back, and one that is whole lets them through."""
    folder = copied("harrow")
    whole = (folder / f"{broken}.bpmn").read_text()
    spoil(folder, f"{broken}.bpmn", "sequenceFlow", "sequenceFlaw")
    refused(concord, folder)
    with concord.store.begin(write=False) as tx:
        assert tx.versions.partnerships() == ["birmingham"]
    (folder / f"{broken}.bpmn").write_text(whole)
    assert len(publish_folder(concord, OPERATOR, folder, demo=True)) == 3


def test_what_the_proof_refuses_goes_round_it_only_with_a_reason_that_everybody_reads(
    town: Town, copied: Callable[[str], Path]
) -> None:
    """Recorded as an act, said on the pages of disputes of that version, and of no other."""
    concord, folder = town.concord, copied("birmingham")
    before = town.raises()
    for edit in LOWERED:
        spoil(folder, *edit)
    reason = "The limit is changed by the executive on Friday; agreed with the chair <b>today</b>."
    for empty in ("", "  ", "x" * 1_001):
        with pytest.raises(ReasonWanting):
            publish_folder(concord, OPERATOR, folder, demo=True, unproven=empty)
    published = publish_folder(concord, OPERATOR, folder, demo=True, unproven=f" {reason} ")
    assert [(each.new, each.unproven) for each in published] == [(True, True)]
    assert publications(concord)[-1].data["unproven"] == reason
    ref = town.raises()
    teacher = town["school-practitioner"]
    key = town.task(ref, "Stage1_Discuss").key
    for page in (
        engine.dispute_page(concord, teacher, ref),
        engine.task_page(concord, teacher, ref, key),
        engine.replay_page(concord, teacher, ref),
        engine.raise_page(concord, teacher),
    ):
        assert page.unproven == reason
    assert engine.dispute_page(concord, teacher, before).unproven == ""
    assert reason.encode() in engine.export(concord, ref, "xes").replace(b"&lt;", b"<").replace(b"&gt;", b">")
    again = publish_folder(concord, OPERATOR, folder, demo=True, unproven="Another reason")
    assert [each.new for each in again] == [False]
    assert engine.raise_page(concord, teacher).unproven == reason


def test_nothing_goes_round_the_rules(concord: Concord, copied: Callable[[str], Path]) -> None:
    """A drawing that can't be read, a number that is missing (S6): no reason helps."""
    folder = copied("birmingham")
    spoil(folder, "demo.toml", 'telephone = "01632 960121"', 'telephone = ""')
    assert "out_of_hours" in refused(concord, folder, unproven="Try")
    spoil(folder, "escalation.bpmn", "deadline(working_days: 2, cumulative: 7)", "__import__('os')")
    assert "Stage2_Deadline" in refused(concord, folder, unproven="Try")


def test_what_its_proof_accepts_is_published_as_proven_whatever_the_reason(
    concord: Concord, copied: Callable[[str], Path]
) -> None:
    """The reason is not needed, and is not kept."""
    published = publish_folder(concord, OPERATOR, copied("wolverhampton"), demo=True, unproven="In a hurry")
    assert {each.unproven for each in published} == {False}
    assert all("unproven" not in act.data for act in publications(concord))


def test_a_proof_is_known_under_its_version_and_the_provers_number(
    concord: Concord, copied: Callable[[str], Path]
) -> None:
    """Proven once, refused ones too; what another prover found, or what can't be read, is proven anew."""
    proofs: list[str] = []

    def counted(pathway: Pathway) -> Proof:
        proofs.append(pathway.version)
        return engine.proven(pathway)

    concord.prover = counted
    folder = copied("bromley")
    publish_folder(concord, OPERATOR, folder, demo=True)
    publish_folder(concord, OPERATOR, folder, demo=True)
    assert len(proofs) == 1
    with concord.store.begin() as tx:
        known = tx.versions.proof(proofs[0], PROVER)
        assert known
        tx.versions.keep_proof(proofs[0], PROVER, "{}")
        tx.versions.keep_proof(proofs[0], PROVER + 1, known)
    publish_folder(concord, OPERATOR, folder, demo=True)
    publish_folder(concord, OPERATOR, folder, demo=True)
    assert len(proofs) == 2
    spoil(folder, "escalation.bpmn", "cumulative: 4", "cumulative: 2")
    first, second = refused(concord, folder), refused(concord, folder)
    assert (len(proofs), first) == (3, second)


def test_a_pathway_is_proven_within_ten_seconds_and_all_that_ship_within_forty() -> None:
    """By the time of this process, so that a busy machine fails nothing; five seconds each is what is still wanted."""
    taken = {}
    for folder in sorted(path for path in BPMN.iterdir() if (path / "escalation.bpmn").is_file()):
        for name in engine.pathways_in(folder):
            begun = process_time()
            files = engine.collect(folder, name, demo=True)
            assert engine.examine(files, folder.name, name, engine.proven).sound
            taken[f"{folder.name}/{name}"] = process_time() - begun
    assert max(taken.values()) < 10, taken
    assert sum(taken.values()) < 40, taken
