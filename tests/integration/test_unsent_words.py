"""What is typed and not sent is read by its writer and their own side, for every kind of task of every pathway (E1)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from papers import text_of
from town import OPERATOR, Town, command, filled
from web_office import Visitor

from engine import (
    Agency,
    Child,
    Concord,
    NotYours,
    NotYourTask,
    Person,
    SetClock,
    TaskGone,
    add_agency,
    add_person,
    bar,
    collect,
    dispute_page,
    export,
    london,
    open_concord,
    raise_dispute,
    report_risk,
    save_draft,
    task_page,
)
from engine.application import Work
from engine.commands.exporting import FORMS
from engine.commands.publishing import publish_files
from engine.dispute import Task, may_do, to_json
from engine.pathway import usual_offices
from engine.store import Database
from web import Config, create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

BPMN = Path(__file__).parents[2] / "bpmn"
PATHWAYS = [(file.parent.name, file.stem) for file in sorted(BPMN.glob("*/*.bpmn"))]
ACTING = tuple(role.key for role in usual_offices().roles.values() if not role.office)
AGENCIES = {"school": "school", "council": "local_authority", "health": "health", "office": "partnership"}
PEOPLE = {
    "ada": ("school", ACTING), "ben": ("school", ACTING), "col": ("council", ACTING), "dee": ("council", ACTING),
    "eve": ("health", ACTING), "manager": ("office", ("business_manager",)), "chair": ("office", ("chair", "co_chair")),
    "auditor": ("office", ("auditor",)),
}  # fmt: skip
SIDES = {"ada": "raising", "ben": "raising", "col": "receiving", "dee": "receiving", "manager": "partnership",
         "chair": "partnership"}  # fmt: skip
MARKED = re.compile(r"Marked-(\w+?)-(\w+?)-([\w.]+)-end")


def marker(person: str, key: str) -> str:
    """What somebody types for a task: told apart from what anybody else types."""
    return f"Marked-{SIDES[person]}-{person}-{key}-end"


@dataclass
class Desk:
    """One dispute in which every user task of a pathway is open, each in the name of the side it is drawn for."""

    concord: Concord
    ref: str
    people: dict[str, Person]

    @property
    def work(self) -> Work:
        """The dispute as it is."""
        with self.concord.store.begin(write=False) as tx:
            work = Work(self.concord, tx, tx.disputes.get(self.ref), self.concord.clock.now())
            assert work.people
            return work

    def change(self, tasks: list[dict[str, Any]]) -> None:
        """Let these tasks be open, and no other."""
        with self.concord.store.begin() as tx:
            record = tx.disputes.get(self.ref, lock=True)
            dispute = {**record.state["dispute"], "tasks": tasks}
            tx.disputes.save(replace(record, state={**record.state, "dispute": dispute}), record)

    def tasks(self) -> list[Task]:
        """The open tasks."""
        return list(self.work.dispute.tasks)

    def typists(self, task: Task) -> list[str]:
        """Those whose task it is."""
        work = self.work
        return [
            name
            for name, person in self.people.items()
            if may_do(person, work.dispute, task, work.version.pathway, work.people)
        ]

    def asked(self, task: Task) -> str:
        """A question of the task's form that is asked where no risk was reported, else a name of no question."""
        form = self.work.version.pathway.form_of(task.element)
        asked = form.where({"risk": False}).inputs if form else ()
        return next((field.key for field in asked if field.type in {"textarea", "textfield"}), "x")


@pytest.fixture(params=PATHWAYS, ids="/".join)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A dispute of each pathway, with risk reported by both sides, and every task of it open."""
    partnership, name = request.param
    concord = open_concord(f"sqlite:///{tmp_path}/desk.sqlite", SetClock(london("2026-03-02T10:00")))
    publish_files(concord, OPERATOR, collect(BPMN / partnership, name, demo=True), partnership, name)
    for agency, kind in AGENCIES.items():
        add_agency(concord, OPERATOR, Agency(id=agency, partnership=partnership, name=agency.title(), kind=kind))
    people = {}
    for person, (agency, roles) in PEOPLE.items():
        people[person] = Person(
            id=person, partnership=partnership, name=person.title(), agency=agency, agency_name=agency.title(),
            agency_kind=AGENCIES[agency], roles=roles,
        )  # fmt: skip
        add_person(concord, OPERATOR, people[person])
    yield opened(concord, partnership if name == "escalation" else f"{partnership}/{name}", people)
    assert isinstance(concord.store, Database)
    concord.store.close()


def opened(concord: Concord, pathway: str, people: dict[str, Person]) -> Desk:
    """Raise a dispute and open every user task of its diagram."""
    with concord.store.begin(write=False) as tx:
        drawn = concord.version(tx, tx.versions.current(pathway)).pathway
    form = drawn.form_of(drawn.start.id)
    assert form is not None
    ref = raise_dispute(
        concord, people["ada"], command(), pathway=pathway, receiving="council", risk=False,
        answers=filled(form, concord.clock.now(), {}), children=[Child(case_reference="CASE-1", initials="AB")],
    ).ref  # fmt: skip
    for person in ("ben", "dee"):
        report_risk(concord, people[person], ref, command())
    found = Desk(concord, ref, people)
    tasks = [to_json(task) for task in found.tasks()]
    reports = {r.key for r in found.work.dispute.referrals}
    for element in drawn.diagram.elements.values():
        if element.kind == "userTask":
            stage = drawn.stage_of(element.id)
            tier = element.properties.get("tier") or element.tier or "any"
            task = Task(
                key=f"{element.id}.77", element=element.id, tier=tier if tier != "stage" else drawn.stages[0].tier,
                side=element.properties.get("side", "both"), role=element.properties.get("role"),
                opened=concord.clock.now(), stage=stage.id if stage else None,
                group=min(reports) if element.parent in drawn.risk_branches else None,
            )  # fmt: skip
            tasks.append(to_json(task))
    found.change(tasks)
    return found


def seen(desk: Desk, visitor: Visitor, keys: list[str]) -> dict[str, str]:
    """Everything that somebody can open, by address: pages, lists and exports."""
    visits = desk.work.dispute.visits
    forms = [
        form if form != "stage" else f"stage?stage={visits[0].stage}" for form in FORMS if len(keys) > 2 and visits
    ]
    base = f"/disputes/{desk.ref}"
    ends = ["", "/replay", "/risk", "/looks", "/verify", "/erase", "/path", "/diagram.bpmn", "/entries/1/correct",
            *(f"/{act}" for act in ("agreed", "escalate", "protective", "withdraw", "bar", "recalculate")),
            *(f"/export/{form}" for form in forms), *(f"/tasks/{key}" for key in keys)]  # fmt: skip
    paths = ["/", "/find", "/find?q=Marked", "/find.csv", "/find.xes", "/directory", *(base + end for end in ends)]
    return {path: plain(visitor.get(path).get_data()) for path in paths}


def plain(body: bytes) -> str:
    """What an answer or an export says, its parts unpacked."""
    if body.startswith(b"%PDF"):
        return text_of(body)
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(archive.read(name).decode("latin-1") for name in archive.namelist())
    return body.decode("latin-1")


def test_nobody_of_another_side_ever_reads_what_is_typed_and_no_colleague_replaces_it(desk: Desk) -> None:
    """E1: each task of the pathway, open and ended, each side; on pages, lists and exports, the office's too."""
    app = create_app(desk.concord, Config(secret_key=b"for tests", demo=True))
    tasks = desk.tasks()
    keys = [task.key for task in tasks]
    typed = {task.key: desk.typists(task) for task in tasks}
    assert all(typed.values()), f"nobody's: {[key for key in keys if not typed[key]]}"
    asked = {task.key: desk.asked(task) for task in tasks}
    for key, typists in typed.items():
        for person in typists:
            save_draft(desk.concord, desk.people[person], desk.ref, key, {asked[key]: marker(person, key)})
    for tasks_left in (tasks, []):
        desk.change([to_json(task) for task in tasks_left])
        for person in ("ada", "dee", "manager", "auditor", "eve"):
            pages = seen(desk, Visitor(app.test_client(), person), keys if tasks_left else keys[:2])
            read = {path: set(MARKED.findall(page)) for path, page in pages.items()}
            others = {path: found for path, found in read.items() if {f[0] for f in found} - {SIDES.get(person)}}
            assert not others, f"{person} reads {others}"
            wanted = {
                key: {(SIDES[p], p, key) for p in ps if SIDES[p] == SIDES.get(person)} for key, ps in typed.items()
            }
            for key in keys:
                page = f"/disputes/{desk.ref}/tasks/{key}" if tasks_left else f"/disputes/{desk.ref}"
                if person in typed[key] or not tasks_left:
                    in_form = {(SIDES.get(person), person, key)} if tasks_left and asked[key] == "x" else set()
                    assert wanted[key] - in_form <= read[page], f"{person} does not find what was typed for {key}"
    stages = [visit.stage for visit in desk.work.dispute.visits]
    for form in FORMS.keys() - {"outcome", *(() if stages else ("stage",))}:  # nothing has ended here
        assert not MARKED.findall(plain(export(desk.concord, desk.ref, form, "".join(stages[:1])))), form
    with desk.concord.store.begin(write=False) as tx:
        kept = {
            (d.person, d.key) for d in tx.drafts.of(desk.ref) if marker(d.person, d.key) in json.dumps(dict(d.draft))
        }
    assert kept == {(person, key) for key, typists in typed.items() for person in typists}


def test_colleagues_see_what_each_typed_and_neither_is_merged_into_the_other(town: Town) -> None:
    """E1: one's own stands in the form, a colleague's beside it; the other agency's on the same task is not shown."""
    ref, key = town.raises(), "Stage1_Discuss.1"
    add_person(town.concord, OPERATOR, replace(town["school-practitioner"], id="second", name="Second Teacher"))
    town.people["second"] = replace(town["school-practitioner"], id="second", name="Second Teacher")
    for who, words in (("school-practitioner", "Ours"), ("second", "Also ours"), ("council-practitioner", "Theirs")):
        save_draft(town.concord, town[who], ref, key, {"reasons_given": words})
    save_draft(town.concord, town["second"], ref, key, {"reasons_given": "Ours, better"})
    page = task_page(town.concord, town["second"], ref, key)
    assert page.draft == {"reasons_given": "Ours, better"}
    assert [(draft.by, [words for _, words in draft.answers]) for draft in page.typed] == [
        ("School Practitioner", ["Ours"])
    ]
    assert town.drafts(ref, key)["council-practitioner"] == {"reasons_given": "Theirs"}


def test_what_is_sent_is_no_draft_any_more_and_a_colleagues_stays_theirs(town: Town) -> None:
    """E1: also of one that was sent too late and is kept for that."""
    ref, key = town.raises(), "Stage1_Discuss.1"
    for who in ("school-practitioner", "council-practitioner"):
        save_draft(town.concord, town[who], ref, key, {"reasons_given": who})
    town.completes("school-practitioner", ref, key, result="not_agreed")
    assert town.drafts(ref, key) == {"council-practitioner": {"reasons_given": "council-practitioner"}}
    assert dispute_page(town.concord, town["school-practitioner"], ref).interrupted == ()
    assert [d.by for d in dispute_page(town.concord, town["council-practitioner"], ref).interrupted] == [
        "Council Practitioner"
    ]


def test_words_stay_with_the_side_that_they_were_typed_for(town: Town) -> None:
    """E1, W: who has changed sides takes nothing along; who is barred reads their own alone, and keeps no more."""
    ref, key = town.raises(), "Stage1_Discuss.1"
    save_draft(town.concord, town["school-practitioner"], ref, key, {"reasons_given": "For the school"})
    council = {"agency": "council", "agency_name": "Council", "agency_kind": "local_authority"}
    moved = replace(town["school-practitioner"], **council)
    add_person(town.concord, OPERATOR, moved, replace=True)
    assert not task_page(town.concord, moved, ref, key).draft
    save_draft(town.concord, moved, ref, key, {"reasons_given": "For the council"})
    with town.concord.store.begin(write=False) as tx:
        assert sorted((d.side, d.draft["reasons_given"]) for d in tx.drafts.of(ref)) == [
            ("raising", "For the school"), ("receiving", "For the council"),
        ]  # fmt: skip
    colleague = town.joins("second", "school-practitioner", name="Second Teacher")
    assert len(task_page(town.concord, colleague, ref, key).typed) == 1
    town.joins("third", "second")
    bar(town.concord, town["business_manager"], ref, command(), "second", "practitioners", "A cousin of hers")
    assert not task_page(town.concord, colleague, ref, key).typed
    with pytest.raises(NotYourTask):
        save_draft(town.concord, colleague, ref, key, {"reasons_given": "x"})


def test_a_draft_of_what_never_was_a_task_or_was_not_for_ones_side_is_refused(town: Town) -> None:
    """E1: nothing is kept under a key that the dispute does not know."""
    ref = town.raises()
    with pytest.raises(TaskGone):
        save_draft(town.concord, town["school-practitioner"], ref, "Stage1_Discuss.99", {"x": "y"})
    with pytest.raises(NotYours):
        save_draft(town.concord, town["police-practitioner"], ref, "Stage1_Discuss.99", {"x": "y"})
    town.move("2026-03-09T17:00")
    town.completes("council-practitioner", ref, "StageEnd_RecordReceiving")
    with pytest.raises(NotYourTask):
        save_draft(town.concord, town["school-practitioner"], ref, "StageEnd_RecordReceiving.1", {"x": "y"})
