"""What a journal must show, worked out apart: from its rows, the diagram's XML and who there is; by no code of ours."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
AFTER = {"Resolved": "resolved", "Decided": "decided", "Settled": "decided"}
"""What tasks are called that follow from an end alone."""
UNDECIDED = {"conference_dissent", "review_dissent"}
"""Where the same tasks follow from two ends: how it ended shows as it is reached."""
ROOT = Path(__file__).parents[2]
MAY = {
    duty["id"]
    for file in ROOT.glob("bpmn/**/*-duties.toml")
    for duty in tomllib.loads(file.read_text())["duty"]
    if duty.get("may")
}
"""Duties that are left to whoever may."""
SIDES = ("raising", "receiving")
WORDS = ("both", "all", "partnership", "deputy", "out_of_hours")
People = Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]
"""Who there is, by agency: a name and roles."""


@dataclass
class Drawing:
    """A diagram as its XML has it."""

    root: Any
    properties: dict[str, dict[str, str]] = field(default_factory=dict)
    attached: dict[str, str] = field(default_factory=dict)
    beside: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read what is asked: properties, what stands on an edge, what is in an event subprocess."""
        for node in self.root.iter():
            identity = node.get("id")
            if not isinstance(node.tag, str) or not identity:
                continue
            found = [p for p in node.iterfind(f"{BPMN}extensionElements//*") if p.get("name")]
            self.properties[identity] = {str(p.get("name")): str(p.get("value")) for p in found}
            if node.get("attachedToRef"):
                self.attached[identity] = node.get("attachedToRef")
            if any(up.get("triggeredByEvent") in {"true", "1"} for up in node.iterancestors()):
                self.beside.add(identity)

    @property
    def process(self) -> str:
        """What the process is called."""
        return str(next(self.root.iter(f"{BPMN}process")).get("id"))

    def of_stage(self, timer: str | None) -> bool:
        """Whether a timer stands on the edge of a stage."""
        return "stage" in self.properties.get(self.attached.get(timer or "", ""), {})

    def must(self, task: str | None) -> bool:
        """Whether a task answers to a duty that is not left to whoever may; none without a register."""
        duties = [each.strip() for each in self.properties.get(task or "", {}).get("duties", "").split(",")]
        return any(each and each not in MAY for each in duties)


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry as its row has it."""

    seq: int
    at: str
    role: str
    kind: str
    element: str | None
    actor: dict[str, str]
    data: dict[str, Any]


def rows(found: Sequence[Any]) -> list[Row]:
    """Rows of the table of entries."""
    return [
        Row(seq=r.seq, at=r.at, role=r.role, kind=r.kind, element=r.element, actor=json.loads(r.actor),
            data=json.loads(r.data))
        for r in found
    ]  # fmt: skip


def drawing(bpmn: bytes) -> Drawing:
    """A diagram."""
    return Drawing(root=etree.fromstring(bpmn))


def end_of(told: Sequence[Row], drawn: Drawing) -> tuple[str, str] | None:
    """How it ended and when: since when on nothing is open in the main flow but what follows from one end."""
    running: set[str] = set()
    tasks: dict[str, str] = {}
    since: tuple[str, str] | None = None
    reached: tuple[str, str] | None = None
    for place, row in enumerate(told):
        key = str(row.data.get("task"))
        if row.kind == "StageEntered":
            running.add(row.data["stage"])
        elif row.kind == "StageLeft":
            running.discard(row.data["stage"])
        elif row.kind == "TaskOpened" and row.element not in drawn.beside:
            tasks[key] = str(row.element).partition("_")[0]
        elif row.kind in {"TaskCompleted", "TaskInterrupted", "RecordedUndone"}:
            tasks.pop(key, None)
        elif row.kind == "EndReached":
            reached = (row.data["end"], row.at)
        turn_over = place + 1 == len(told) or told[place + 1].role == "input"
        if not turn_over or reached:
            continue
        ways = {AFTER.get(name) for name in tasks.values()}
        open_still = "decided" in ways and drawn.process in UNDECIDED
        sure = not running and len(ways) == 1 and None not in ways and not open_still
        since = (str(next(iter(ways))), row.at) if sure and since is None else since if sure else None
    if reached and since and since[0] == reached[0] != "withdrawn":
        return since
    return reached or since


def missed_of(told: Sequence[Row], drawn: Drawing) -> list[str]:
    """What was missed: stages of which a timer ran out, tasks that were overdue, protective timescales that passed."""
    found: list[str] = []
    due: dict[str, str] = {}
    for row in told:
        if row.kind == "TaskOpened" and row.data["due"] and not row.data["basis"].get("limits", {}).get("immediately"):
            due[row.data["task"]] = row.data["due"]
        elif row.kind == "DeadlineMoved" and row.data["key"].endswith("/task_due"):
            due[row.data["key"].partition("/")[0]] = row.data["due"]
        elif row.kind == "TaskCompleted" and row.data["task"] not in found and late(due.get(row.data["task"]), row.at):
            found.append(row.data["task"])  # it opened when its time was over, and was done before a timer could fire
        ended = row.kind == "TaskInterrupted" and row.data.get("why") == "deadline" and row.data["task"] in due
        undone = ended and drawn.must(row.element)  # what has no limit of its own misses none: its stage's ran out
        if (row.kind == "TaskOverdue" or undone) and str(row.data["task"]) not in found:
            found.append(str(row.data["task"]))
        elif row.kind == "ProtectiveTimescalePassed":
            found.append("protective")
        elif row.kind == "TimerFired" and row.data["what"] == "deadline" and drawn.of_stage(row.element):
            found += [] if row.data.get("passed") else [str(row.data["key"])]  # passed over: never was there time
    return sorted(found)


def late(due: str | None, at: str) -> bool:
    """Whether something was done after it was due."""
    return due is not None and datetime.fromisoformat(at) > datetime.fromisoformat(due)


def notes_of(told: Sequence[Row]) -> list[tuple[int, str, int]]:
    """Corrections and contradictions: number, kind, of which entry."""
    names = {"Corrected": "corrects", "Contradicted": "contradicts"}
    return [(row.seq, row.kind, row.data[names[row.kind]]) for row in told if row.kind in names]


def told_of(told: Sequence[Row], people: People) -> dict[int, set[str]]:
    """Whom each notice went to, by name; one to whoever holds a tier is left to the tables."""
    agencies = {p["side"]: p["agency"] for p in told[0].data["parties"]}
    queued = {row.seq: str(row.data["to"]) for row in told if row.kind == "NoticeQueued"}
    known = {*SIDES, *WORDS, *(role for each in people.values() for _, roles in each for role in roles)}
    names = {seq: {word.strip().rpartition(":")[2] for word in to.split(",")} for seq, to in queued.items()}
    return {seq: _reached(to, agencies, people) for seq, to in queued.items() if names[seq] <= known}


def _reached(to: str, agencies: Mapping[str, str], people: People) -> set[str]:
    found: set[str] = set()
    for word in to.split(","):
        side, _, role = word.strip().rpartition(":")
        sides = [agencies[side]] if side in agencies else [] if side else list(agencies.values())
        if role in SIDES:
            found |= {name for name, _ in people[agencies[role]]}
        elif role in {"both", "all"}:
            found |= {name for agency in agencies.values() for name, _ in people[agency]}
        elif role == "partnership":
            found |= {name for name, roles in people["office"] if roles != ("auditor",)}
        else:
            wanted = "safeguarding_lead" if role == "deputy" else role
            among = [*sides, *([] if side else ["office"])]
            found |= {name for agency in among for name, roles in people[agency] if wanted in roles}
    return found
