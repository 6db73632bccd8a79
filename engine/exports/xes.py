"""Journals as an event log for process mining: XES, the XML of IEEE 1849. Knows no store and no clock.

What people typed, what they answered and the children's identifiers stay out: a log goes to analysts. Elements stand
in no namespace, as in the standard's schema. Attributes of our own have plain keys: tools look an extension up at its
address, and none of ours would answer.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

from engine.calendar import working_days as days
from engine.dispute import INPUT, TOLD, Entry, Kind, closed_told, ended_told, meaning_of
from engine.pathway import Pathway
from engine.replay import ENDS, OF, of_entry

VERSION = "1849.2016"
STANDARD = "http://www.xes-standard.org"
EXTENSIONS = (("Concept", "concept"), ("Lifecycle", "lifecycle"), ("Organizational", "org"), ("Time", "time"))
START, COMPLETE, ABORTED = "start", "complete", "ate_abort"
UNKNOWN, REFERRAL = "unknown", "Referral"
NEVER = "1970-01-01T00:00:00.000+00:00"
TIMERS = {
    "deadline": "Deadline passed",
    "reminder": "Reminder",
    "protective": "Protective timescale passed",
    "task_reminder": "Reminder",
    "task_due": "Time ran out",
    "task_alert": "Still not done",
    "acknowledged": "Not taken up by half time",
}
NOTED = ("corrected_by", "contradicted_by")
"""The entry that corrects or contradicts an event last."""
UNWRITABLE = re.compile("[^\\t\\n\\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has no way to write."""

Value = str | int | bool | datetime | None


@dataclass(frozen=True, kw_only=True)
class Story:
    """A dispute as a log tells it: the pathway of its version, and its journal."""

    pathway: Pathway
    entries: list[Entry]


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event of a trace; its `entry` is who and when."""

    entry: Entry
    name: str
    transition: str
    instance: str | None = None
    by: bool = True
    more: Mapping[str, Value] = field(default_factory=dict)


def xes(stories: Iterable[Story]) -> bytes:
    """Give a log with one trace for each dispute."""
    out = io.BytesIO()
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("log", {"xes.version": VERSION, "xes.features": ""}):
            for element in _head():
                _write(file, element)
            for story in stories:
                _write(file, _trace(story))
            file.write("\n")
    return out.getvalue()


def _write(file: Any, element: etree._Element) -> None:
    file.write("\n")
    etree.indent(element)
    file.write(element)


def _head() -> Iterator[etree._Element]:
    """What stands before the traces, in the order that the standard's schema asks for."""
    for name, prefix in EXTENSIONS:
        yield etree.Element("extension", name=name, prefix=prefix, uri=f"{STANDARD}/{prefix}.xesext")
    trace = etree.Element("global", scope="trace")
    _attribute(trace, "concept:name", UNKNOWN)
    yield trace
    event = etree.Element("global", scope="event")
    for key in ("concept:name", "lifecycle:transition"):
        _attribute(event, key, UNKNOWN)
    etree.SubElement(event, "date", key="time:timestamp", value=NEVER)
    yield event
    yield etree.Element("classifier", name="Activity", scope="event", keys="concept:name")
    yield etree.Element("classifier", name="Transition", scope="event", keys="concept:name lifecycle:transition")
    for key, value in (("concept:name", "Disputes"), ("lifecycle:model", "standard")):
        yield _attribute(etree.Element("log"), key, value)


def _trace(story: Story) -> etree._Element:
    first, last = story.entries[0], story.entries[-1]
    raised = first.data
    sides = {party["side"]: party for party in raised["parties"]}
    end, closed = ended_told(story.entries), closed_told(story.entries)
    telling = Telling(story)
    events = list(telling.events())
    trace = etree.Element("trace")
    about: dict[str, Value] = {
        "concept:name": first.ref,
        "pathway": story.pathway.name,
        "version": story.pathway.version,
        "unproven": story.pathway.unproven or None,
        "raising": sides["raising"]["name"],
        "raising_kind": sides["raising"]["kind"],
        "receiving": sides["receiving"]["name"],
        "receiving_kind": sides["receiving"]["kind"],
        "children": len(raised["children"]),
        "raised": _at(first),
        "ended": end.at if end else None,
        "closed": closed,
        "end": end.how if end else "open",
        "end_stage": end.stage if end else None,
        "taken_up_from": raised.get("taken_up_from"),
        "working_minutes": telling.minutes(_at(first), end.at if end else _at(last)),
    }
    for key, value in about.items():
        _attribute(trace, key, value)
    noted = {(of, f"{e.kind.lower()}_by"): e.seq for e in story.entries if (of := of_entry(e)) is not None}
    for event in events:
        trace.append(_event(event, noted))
    return trace


class Telling:
    """What was really done, entry by entry; working time by the calendar that the dispute was told last."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.calendar = days.Calendar.from_json(dict(story.entries[0].data["calendar"]))
        self.opened: dict[str, datetime] = {}
        self.visits: dict[str, str] = {}

    def minutes(self, start: datetime, end: datetime) -> int:
        """Whole minutes of working time."""
        return int(days.working_time(start, end, self.calendar).total_seconds() // 60)

    def events(self) -> Iterator[Event]:
        """The events of the dispute, in order."""
        for entry in self.story.entries:
            if entry.kind == Kind.CALENDAR_NOTED:
                self.calendar = days.Calendar.from_json(dict(entry.data["calendar"]))
            elif entry.role == INPUT and (known := meaning_of(entry.kind)) and known.activity:
                yield Event(entry=entry, name=known.activity, transition=COMPLETE, more=_about_act(entry.data))
            elif tell := TELLERS.get(entry.kind):
                yield tell(self, entry)

    def name(self, entry: Entry) -> str:
        """The name of the element that an entry is about."""
        found = self.story.pathway.diagram.elements.get(entry.element or "")
        return found.name or found.id if found else entry.element or entry.kind

    def began(self, entry: Entry, key: str, more: Mapping[str, Value], name: str | None = None) -> Event:
        """Something begins; nobody is said to have done it yet."""
        self.opened[key] = _at(entry)
        return Event(entry=entry, name=name or self.name(entry), transition=START, instance=key, by=False, more=more)

    def done(
        self, entry: Entry, key: str, more: Mapping[str, Value], name: str | None = None, how: str = COMPLETE
    ) -> Event:
        """Something is over, after so much working time."""
        began = self.opened.pop(key, None)
        took: dict[str, Value] = {"working_minutes": self.minutes(began, _at(entry))} if began else {}
        return Event(entry=entry, name=name or self.name(entry), transition=how, instance=key, more={**more, **took})

    def stage_entered(self, entry: Entry) -> Event:
        """A stage begins."""
        self.visits[entry.data["stage"]] = entry.data["key"]
        return self.began(entry, entry.data["key"], {"tier": entry.data["tier"]})

    def stage_left(self, entry: Entry) -> Event:
        """A stage is over, and how: by its deadline, escalated early, resolved …"""
        key = self.visits.pop(entry.data["stage"], entry.data["stage"])
        return self.done(entry, key, {"how": entry.data["how"]})

    def task_opened(self, entry: Entry) -> Event:
        """A task opens."""
        due = datetime.fromisoformat(entry.data["due"]) if entry.data["due"] else None
        return self.began(
            entry, entry.data["task"], {"tier": entry.data["tier"], "side": entry.data["side"], "due": due}
        )

    def task_completed(self, entry: Entry) -> Event:
        """A task is completed."""
        return self.done(entry, entry.data["task"], {"side": entry.data.get("side")})

    def task_attempted(self, entry: Entry) -> Event:
        """A task was tried, and is open still."""
        more = {"task": entry.data["task"], "side": entry.data.get("side")}
        return Event(entry=entry, name=f"Tried: {self.name(entry)}", transition=COMPLETE, more=more)

    def task_interrupted(self, entry: Entry) -> Event:
        """A task is ended before it was done."""
        return self.done(entry, entry.data["task"], {}, how=ABORTED)

    def referral_opened(self, entry: Entry) -> Event:
        """A run of the risk branch begins."""
        return self.began(entry, entry.data["referral"], {"children": len(entry.data["children"])}, name=REFERRAL)

    def referral_closed(self, entry: Entry) -> Event:
        """A run of the risk branch is over."""
        return self.done(entry, entry.data["referral"], {}, name=REFERRAL)

    def timer_fired(self, entry: Entry) -> Event:
        """A timer fires."""
        what = entry.data["what"]
        stage = self.story.pathway.stage_of(entry.element or "") if what in {"deadline", "reminder"} else None
        name = TIMERS[what] if what == "protective" else f"{TIMERS[what]}: {stage.title if stage else self.name(entry)}"
        more = {"due": datetime.fromisoformat(entry.data["due"])}
        return Event(entry=entry, name=name, transition=COMPLETE, more=more)

    def reached(self, entry: Entry) -> Event:
        """A drawn end is reached: where ends are told, that all that follows from it is done."""
        end = entry.data["end"]
        named = ENDS.get(end, end) if entry.v < TOLD else f"Done: {ENDS.get(end, end).lower()}"
        return Event(entry=entry, name=named, transition=COMPLETE)

    def ended(self, entry: Entry) -> Event:
        """The dispute ended."""
        end = entry.data["end"]
        return Event(entry=entry, name=ENDS.get(end, end), transition=COMPLETE)

    def closed(self, entry: Entry) -> Event:
        """The dispute is closed."""
        return Event(entry=entry, name="Dispute closed", transition=COMPLETE)


TELLERS: Mapping[str, Callable[[Telling, Entry], Event]] = {
    Kind.STAGE_ENTERED: Telling.stage_entered,
    Kind.STAGE_LEFT: Telling.stage_left,
    Kind.TASK_OPENED: Telling.task_opened,
    Kind.TASK_COMPLETED: Telling.task_completed,
    Kind.TASK_ATTEMPTED: Telling.task_attempted,
    Kind.TASK_INTERRUPTED: Telling.task_interrupted,
    Kind.REFERRAL_OPENED: Telling.referral_opened,
    Kind.REFERRAL_CLOSED: Telling.referral_closed,
    Kind.TIMER_FIRED: Telling.timer_fired,
    Kind.END_REACHED: Telling.reached,
    Kind.DISPUTE_ENDED: Telling.ended,
    Kind.DISPUTE_CLOSED: Telling.closed,
}


def _about_act(data: Mapping[str, Any]) -> dict[str, Value]:
    """How many children a report is about, whether risk was reported at raising, which entry is corrected."""
    about: dict[str, Value] = {"children": len(data["children"])} if "children" in data else {}
    about |= {name: int(data[name]) for name in OF.values() if name in data}
    return about | ({"risk": bool(data["risk"])} if "risk" in data else {})


def _event(event: Event, noted: Mapping[tuple[int, str], int]) -> etree._Element:
    entry = event.entry
    made = etree.Element("event")
    about: dict[str, Value] = {
        "concept:name": event.name,
        "concept:instance": event.instance,
        "lifecycle:transition": event.transition,
        "time:timestamp": _at(entry),
    }
    if event.by:
        about |= {
            "org:resource": entry.actor["id"],
            "org:role": entry.actor["role"] or None,
            "org:group": entry.actor["agency"] or None,
        }
    by = {how: noted.get((entry.seq, how)) for how in NOTED} if entry.role == INPUT else {}
    for key, value in {**about, "seq": entry.seq, "element": entry.element, **event.more, **by}.items():
        _attribute(made, key, value)
    return made


def _attribute(parent: etree._Element, key: str, value: Value) -> etree._Element:
    """Add an attribute of the type that its value has; nothing for none."""
    match value:
        case None:
            return parent
        case bool():
            return etree.SubElement(parent, "boolean", key=key, value=str(value).lower())
        case int():
            return etree.SubElement(parent, "int", key=key, value=str(value))
        case datetime():
            instant = value.astimezone(days.LONDON).isoformat(timespec="milliseconds")
            return etree.SubElement(parent, "date", key=key, value=instant)
    return etree.SubElement(parent, "string", key=key, value=UNWRITABLE.sub("", value))


def _at(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.at)
