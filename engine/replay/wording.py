"""A journal in words: what happened, told to people. Knows no store and no web."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.calendar import working_days as days
from engine.dispute import ADDRESSEE, MOST_NAMES, RAISER, About, Entry, Kind, listed, meaning_of
from engine.pathway import ORDINARY, SAID_BY, Offices, Pathway

WAYS = {
    "deadline": "its deadline passed",
    "escalated_early": "it was escalated early",
    "withdrawn": "the dispute was withdrawn",
    "resolved": "it was resolved",
    "completed": "it was gone through",
}
UNSETTLED = "it was gone through, and not settled"
ENDED_BY = {
    "deadline": "its time was over, and it is recorded as not done",
    "passed": "there was too little time for this stage",
    "escalated_early": "the stage was escalated early",
    "withdrawn": "the dispute was withdrawn",
    "resolved": "it was resolved",
}
ENDS = {
    "resolved": "Resolved",
    "not_pursued": "Concerns not pursued",
    "decided": "Decided",
    "referred_on": "Referred on",
    "screened_out": "Screened out as out of scope",
    "withdrawn": Kind.WITHDRAWN,
}
RECIPIENTS = {
    "raising": "the raising side",
    "receiving": "the receiving side",
    "both": "both sides",
    "deputy": "their deputy",
    "out_of_hours": "the out-of-hours route",
    "next_tier": "the next tier",
    "partnership": "the partnership",
    ADDRESSEE: "whoever it is addressed to",
    RAISER: "whoever raised it",
}


MISSING = {"deputy": "deputy safeguarding lead", "next_tier": "holder of the next tier"}
CHILDREN = frozenset({Kind.RISK_REPORTED, Kind.REFERRAL_OPENED})


def when(at: datetime | str | None) -> str:
    """An instant in words, London time; empty for none."""
    if at is None:
        return ""
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    return instant.astimezone(days.LONDON).strftime("%A %-d %B %Y at %H:%M")


def recipients(to: str, offices: Offices) -> str:
    """Who a notice goes to, in words."""
    names = [_recipient(part.strip(), offices) for part in to.split(",") if part.strip()]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _recipient(name: str, offices: Offices) -> str:
    """One of them: “raising:deputy” is the raising side's."""
    side, colon, role = name.partition(":")
    if colon:
        return f"{_recipient(role, offices)} of {_recipient(side, offices)}"
    return RECIPIENTS.get(name) or offices.called(name)


def sentence(entry: Entry, pathway: Pathway, about: About) -> str | None:
    """One entry as a sentence, or none where it says nothing that another entry does not."""
    meaning = meaning_of(entry.kind)
    return meaning.says.format_map(_words(entry, pathway, about)) if meaning and meaning.says else None


def told_words(entry: Entry, offices: Offices, about: About) -> str:
    """Whom a notice went to, and what it said; who would have been told if anybody held the role, and whom to ring."""
    to, message, found = str(entry.data.get("to") or ""), entry.data.get("message"), about.told.get(entry.seq)
    if found is None:
        return f"To {recipients(to, offices)}: {message} (recorded before names were kept)"
    names = [each.words for each in found.people]
    if (more := len(names) - MOST_NAMES) > 0:
        names = [*names[:MOST_NAMES], f"{more} more, named in entry {found.by}"]
    said = [f"Told {listed(names)}: {message}" if names else f"Nobody was told: {message}"]
    if found.nobody:
        said.append(f"Nobody is {listed([_missing(role, agency, offices) for role, agency in found.nobody])}")
    if found.ring:
        said.append(f"To be rung out of hours: {found.ring}")
    return ". ".join(said)


def _missing(role: str, agency: str, offices: Offices) -> str:
    if role in {"raising", "receiving", "both"}:
        return f"in the directory for {agency or recipients(role, offices)}"
    title = MISSING.get(role) or RECIPIENTS.get(role) or offices.name(role)
    return f"{title} of {agency}" if agency else title


def _words(entry: Entry, pathway: Pathway, about: About) -> Mapping[str, Any]:
    data = entry.data
    children = data.get("children", ())
    parties = data.get("parties", ({}, {}))
    return {
        **data,
        "name": _name(pathway, entry.element),
        "stage": _stage(pathway, data.get("stage")),
        "at_stage": f" at {_stage(pathway, data['stage'])}" if data.get("stage") else "",
        "due": when(data.get("due")),
        "by_due": f", due {when(data['due'])}" if data.get("due") else "",
        "was": when(data.get("was")),
        "until": when(data.get("until")),
        "meeting_at": when(data.get("meeting_at")),
        "deadline_words": when(data.get("deadline")),
        "to_stage": _stage(pathway, data.get("to")) if entry.kind == Kind.STAGES_PASSED_OVER else "",
        "told": told_words(entry, pathway.offices, about) if entry.kind == Kind.NOTICE_QUEUED else "",
        "children": about.of_children(children) if entry.kind in CHILDREN else "",
        "person": about.names.get(str(data.get("person")), data.get("person")) if "person" in data else "",
        "withdrawal": "Asked to withdraw" if pathway.waits_to_end else "Withdrawn",
        "other_word": "other" if SAID_BY in pathway.facts_read else "raising",
        "addressee": (data.get("addressee") or {}).get("name") or "nobody",
        "on_to": _on_to(data, about) if entry.kind == Kind.TASK_HANDED_ON else "",
        "raising": parties[0].get("name"),
        "receiving": parties[1].get("name"),
        "risk": _risk(entry, about),
        "whose": about.parties.get(str(data.get("side"))) or f"the {data.get('side')} side",
        "tier": p_title(pathway, str(data.get("tier", ""))),
        "why_ended": f": {ENDED_BY.get(str(data['why']), data['why'])}" if "why" in data else "",
        "way": way_of(pathway, data.get("stage") or entry.element, str(data["how"])) if "how" in data else "",
        "unconfirmed": "; an agreement was reported and is not confirmed" if data.get("unconfirmed") else "",
        "end": ENDS.get(str(data.get("end")), data.get("end")),
        "erased_why": _erased_why(data),
        "timer": _timer(data, pathway, entry.element) if entry.kind == Kind.TIMER_FIRED else "",
        "what": "Deadline" if data.get("what") == "deadline" else "Reminder",
    }


def way_of(pathway: Pathway, stage: str | None, how: str) -> str:
    """How a stage ended, in words: one of the sides' own that was gone through has settled nothing."""
    found = pathway.stage(stage or "")
    return UNSETTLED if how == "completed" and found and found.kind == ORDINARY else WAYS.get(how, how)


def _risk(entry: Entry, about: About) -> str:
    """That risk was reported as it was raised, for every child of it."""
    if entry.kind != Kind.RAISED or not entry.data.get("risk"):
        return ""
    return f", risk of significant harm reported for {about.of_children(range(len(entry.data.get('children', ()))))}"


def _on_to(data: Mapping[str, Any], about: About) -> str:
    return f"to {about.names.get(str(data['to']), data['to'])}" if data.get("to") else "to whoever may do it"


def _erased_why(data: Mapping[str, Any]) -> str:
    if "years" in data:
        return f": kept for {data['years']} years"
    return f": asked for by {data['asked_by']} in entry {data['asked']}, and confirmed" if "asked_by" in data else ""


def _name(pathway: Pathway, element: str | None) -> str:
    found = pathway.diagram.elements.get(element or "")
    return found.name or found.id if found else element or ""


def _stage(pathway: Pathway, identity: Any) -> str:
    stage = pathway.stage(str(identity))
    return stage.title if stage else str(identity or "")


def _timer(data: Mapping[str, Any], pathway: Pathway, element: str | None) -> str:
    name = f"“{_name(pathway, element)}”"
    if data.get("passed"):
        return "Passed over: there was too little time for this stage"
    return {
        "deadline": f"The deadline {name} passed",
        "reminder": f"Reminder time: {name}",
        "protective": "The protective timescale passed",
        "task_reminder": f"Reminder time for {name}",
        "task_due": f"The time for {name} ran out",
        "task_alert": f"{name} is still not done",
        "acknowledged": "Half of the first stage’s time is over, and those who decided have not taken it up",
    }[data["what"]]


def p_title(pathway: Pathway, tier: str) -> str:
    """A tier's title."""
    return next((t.title for t in pathway.diagram.tiers if t.key == tier), tier)
