"""Whoever is bound to answer never does: what becomes of each task of a pathway that has a register of duties.

For each task that answers a duty everybody acts until it is open; then whoever is bound by it never acts again, and the
others do all that they can while time passes from deadline to deadline.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from play import Play, Played, told

from engine.dispute import RAISING, RECEIVING, Entry, Task
from engine.pathway import STAYS, Duty, Element

DAY_0 = "Mon 2 Mar 2026 10:00"
STEPS = 60
BOTH, EITHER, PARTNERSHIP, REPORTER = "both", "either", "partnership", "reporter"
EVERYBODY = frozenset({RAISING, RECEIVING, PARTNERSHIP})


class Way(NamedTuple):
    """How a dispute comes to a task: what is answered, how it is raised, and what somebody does by themselves first."""

    answers: Mapping[str, Any] = {}
    raised: Mapping[str, Any] = {}
    first: Callable[[Played], object] | None = None


class Case(NamedTuple):
    """A duty, a task that answers to it, who of those bound is silent, and who acts all the same."""

    duty: Duty
    task: Element
    silent: frozenset[str]
    acting: frozenset[str]

    def __str__(self) -> str:
        silent, acting = (" and ".join(sorted(who)) for who in (self.silent, self.acting))
        return f"{self.duty.id}, {self.task.id}, {silent} silent, {acting} acting"


def acts(task: Task, acting: frozenset[str]) -> str | None:
    """Who of those who act does a task; of both sides either may."""
    if task.side in {BOTH, EITHER}:
        return next((side for side in (RAISING, RECEIVING) if side in acting), None)
    return task.side if task.side in acting else None


def next_deadline(dispute: Played) -> bool:
    """Time passes to the next deadline, unless there is none."""
    due = told(dispute.dispute.next_due)
    if due is not None:
        dispute.at(due)
    return due is not None


def of_task(dispute: Played, kind: str, key: str) -> list[Entry]:
    """The entries of a kind about one task."""
    return [entry for entry in dispute.effects(kind) if entry.data.get("task") == key]


def ends(dispute: Played) -> list[str]:
    """The ends that were come to."""
    return [str(entry.data["end"]) for entry in dispute.effects("EndReached")]


def answered(dispute: Played, element: str, **answers: str) -> bool:
    """Whether a task of that element was completed with these answers."""
    given = [entry.data["answers"] for entry in dispute.effects("TaskCompleted", element)]
    return any(answers.items() <= each.items() for each in given)


def not_done(dispute: Played, name: str = "") -> list[frozenset[str]]:
    """To whom it was told that something was not done in time."""
    told_ = [e.data for e in dispute.effects("NoticeQueued") if str(e.data["message"]).startswith("Not done in time")]
    return [frozenset(str(data["to"]).split(",")) for data in told_ if name in data["message"]]


def resolved_truly(dispute: Played) -> bool:
    """E5: the raising side confirmed it, or said it itself and was not contradicted."""
    said = dispute.effects("ResolutionSaid")
    denied = answered(dispute, "Resolution_Object", was_agreed="no")
    unopposed = any(e.actor.id == RAISING for e in said) and not denied
    return answered(dispute, "Resolution_Confirm", confirmed="yes") or unopposed


def not_pursued_truly(question: str) -> Callable[[Played], bool]:
    """E4b: concerns do not persist, as that question was answered, and it was countersigned."""
    return lambda dispute: (
        answered(dispute, question, persists="no") and answered(dispute, "NotPursued_Countersign", countersigned="yes")
    )


def withdrawn_truly(dispute: Played) -> bool:
    """C1: it was asked for, and countersigned."""
    return bool(dispute.effects("Withdrawn")) and answered(dispute, "Withdrawal_Countersign", countersigned="yes")


@dataclass(frozen=True, kw_only=True, eq=False)
class Silence:
    """A pathway whose duties are tried.

    `ways` are looked up by how an element's id begins; whatever is under none is come to where nobody agrees and
    concerns persist. `truths` say of each end whether what it says has happened. `questions` are the steps that no
    timer takes (E4), `last` the stages whose limit interrupts nothing.
    """

    play: Play
    ways: Mapping[str, Way]
    truths: Mapping[str, Callable[[Played], bool]]
    questions: tuple[str, ...]
    last: tuple[str, ...]
    steps: int = STEPS
    found: dict[tuple[str, frozenset[str], frozenset[str]], tuple[Played, str]] = field(default_factory=dict)

    @cached_property
    def tasks(self) -> list[Element]:
        """The tasks of the diagram."""
        return [e for e in self.play.pathway.diagram.elements.values() if e.kind == "userTask"]

    def way_to(self, element: str) -> Way:
        """How to come to a task."""
        return next((way for begins, way in self.ways.items() if element.startswith(begins)), Way())

    def cases(self) -> Iterator[Case]:
        """Each duty, each task that answers to it, and each way in which those bound are silent."""
        for duty in self.play.pathway.register.duties:
            for task in self.tasks:
                if duty in self.play.pathway.duties_of(task.id) and duty.unanswered is not None:
                    yield from (
                        Case(duty, task, silent, acting) for silent in _bound(task) for acting in _acting_beside(silent)
                    )

    def one_thing(self, dispute: Played, acting: frozenset[str], answers: Mapping[str, Any]) -> bool:
        """Somebody of those who act does the first thing that they have to do."""
        for task in dispute.dispute.tasks:
            if (side := acts(task, acting)) is not None and dispute.task(task.element) == task:
                asked = {each.key for each in self.play.form(task.element).inputs}
                dispute.done(task.element, side=side, **{k: v for k, v in answers.items() if k in asked})
                return True
        return False

    def let_be(self, dispute: Played, acting: frozenset[str], answers: Mapping[str, Any]) -> Played:
        """Those who act do all that they can, and time passes, up to sixty deadlines."""
        for _ in range(self.steps):
            while not dispute.dispute.closed and self.one_thing(dispute, acting, answers):
                pass
            if dispute.dispute.closed or not next_deadline(dispute):
                break
        return dispute

    def reached(self, element: str) -> Played:
        """A dispute in which everybody acts, up to where a task of that element is open."""
        way = self.way_to(element)
        dispute = self.play.raised(DAY_0, **way.raised)
        if way.first is not None:
            way.first(dispute)
        for _ in range(self.steps):
            if dispute.open(element):
                return dispute
            if not self.one_thing(dispute, EVERYBODY, way.answers):
                assert next_deadline(dispute), f"{element} was never open"
        raise AssertionError(element)

    def silent(self, case: Case) -> tuple[Played, str]:
        """What becomes of a dispute in which they are silent from when that task is open, and the key of the task."""
        asked = (case.task.id, case.silent, case.acting)
        if asked not in self.found:
            dispute = self.reached(case.task.id)
            key = dispute.task(case.task.id).key
            self.found[asked] = self.let_be(dispute, case.acting, self.way_to(case.task.id).answers), key
        return self.found[asked]

    def stays(self, element: str) -> bool:
        """Whether a duty of a task's stays open: then the task does."""
        return any(duty.unanswered == STAYS for duty in self.play.pathway.duties_of(element))

    def theirs(self, task: Task, acting: frozenset[str]) -> bool:
        """Whether a task waits for those who do not act, and is of a duty that stays open."""
        return acts(task, acting) is None and self.stays(task.element)

    def is_true(self, dispute: Played, end: str) -> bool:
        """Whether what an end says has happened."""
        return self.truths[end](dispute)

    def on_it_goes(self, told_: frozenset[str]) -> bool:
        """Whether a tier is told, the one that goes on; after the last ordinary stage, the business manager (E4)."""
        return bool(told_ & {tier.key for tier in self.play.pathway.diagram.tiers}) or told_ == {"business_manager"}

    def ends_as_the_register_says(self, case: Case) -> None:
        """It stays open; or its time ends it, or others did it, and whoever goes on is told of it."""
        dispute, key = self.silent(case)
        still_open = any(t.key == key for t in dispute.dispute.tasks)
        if case.task.properties["side"] in {BOTH, EITHER} and case.acting & {RAISING, RECEIVING}:
            assert of_task(dispute, "TaskCompleted", key)
        elif self.stays(case.task.id):
            assert still_open
            assert of_task(dispute, "TaskOverdue", key)
        else:
            assert not still_open
            assert [entry.data["why"] for entry in of_task(dispute, "TaskInterrupted", key)] == ["deadline"]
            if case.duty.who and not case.duty.may:
                assert all(self.on_it_goes(who) for who in not_done(dispute, case.task.name))
                assert not_done(dispute, case.task.name)

    def ends_nothing_and_stops_nothing(self, case: Case) -> None:
        """No end says what has not happened; and what is left open waits for the silent alone, and stays open."""
        dispute, _ = self.silent(case)
        assert all(self.is_true(dispute, end) for end in ends(dispute))
        assert bool(dispute.dispute.closed) == (not dispute.dispute.tasks)
        assert [t.element for t in dispute.dispute.tasks if not self.theirs(t, case.acting)] == []
        at_last = bool(dispute.dispute.visits) and dispute.dispute.visits[-1].stage in self.last
        gone_on = at_last or any(dispute.effects("TaskOpened", question) for question in self.questions)
        assert gone_on or ends(dispute) or any(self.theirs(t, case.acting) for t in dispute.dispute.tasks)
        if dispute.dispute.visit is not None:
            assert dispute.stage in self.last

    def was_tried(self) -> None:
        """No task of the diagram is left out by how it is come to."""
        assert {case.task.id for case in self.cases()} == {task.id for task in self.tasks}

    def keeps_its_word(self, duty: Duty) -> None:
        """A duty that goes on has at least one task of no other duty that stays open; else its word is never kept."""
        tasks = [task.id for task in self.tasks if duty in self.play.pathway.duties_of(task.id)]
        if tasks and duty.unanswered is not None and duty.unanswered != STAYS:
            assert not all(self.stays(task) for task in tasks)

    @cached_property
    def nobody(self) -> Played:
        """A dispute in which nobody ever acts once it is raised."""
        return self.let_be(self.play.raised(DAY_0), frozenset(), {})


def _bound(task: Element) -> Iterator[frozenset[str]]:
    """Who may be silent of those whom a task binds: its side; of both, both or the one."""
    side = task.properties["side"]
    if side in {BOTH, EITHER}:
        yield frozenset({RAISING, RECEIVING})
        yield frozenset({RECEIVING})
    else:
        yield frozenset({RAISING if side == REPORTER else side})


def _acting_beside(silent: frozenset[str]) -> Iterator[frozenset[str]]:
    """Everybody else; and where one agency is silent, the other alone."""
    yield EVERYBODY - silent
    if len(silent) == 1 and PARTNERSHIP not in silent:
        yield EVERYBODY - silent - {PARTNERSHIP}


def agreed(dispute: Played) -> None:
    """The receiving side says that there is an agreement, and the raising side confirms it."""
    dispute.say_resolved().done("Resolution_Confirm")


USUAL_WAYS: Mapping[str, Way] = {
    "Resolution_Confirm": Way(first=lambda dispute: dispute.say_resolved(RECEIVING)),
    "Resolution_Object": Way(first=lambda dispute: dispute.say_resolved(RAISING)),
    "Resolved": Way(first=agreed),
    "Withdrawal": Way(first=lambda dispute: dispute.withdraw()),
    "Risk_CloseByLead": Way({"outcome": ["mistake"]}, first=lambda dispute: dispute.report_risk()),
    "Risk": Way(first=lambda dispute: dispute.report_risk()),
    "NotPursued": Way({"persists": "no"}),
}  # fmt: skip
"""How to come to what all pathways have."""
RISK_ASKED = ("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving")


def no_time(*, stages: int) -> Way:
    """After these stages each side answers about risk; then the time passes by which the child must be safe."""

    def passes(dispute: Played) -> None:
        for _ in range(stages):
            dispute.escalate()
        dispute.all_done(*RISK_ASKED).protect("Tue 3 Mar 2026 12:00").at("Tue 3 Mar 2026 12:00")

    return Way(first=passes)
