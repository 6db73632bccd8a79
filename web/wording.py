"""Words that pages share; knows no request."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from engine import Child, DisputePage, Offices, RiskAdvice, in_order

T = TypeVar("T")
SIDES = {
    "raising": "the raising side",
    "receiving": "the receiving side",
    "both": "either side",
    "partnership": "the partnership",
}
REPEATED = "You had sent this before. It was recorded once, the first time."
URGENT, RECORDED = "risk", "done"
"""Kinds of messages beside "success" and "error": a child is at risk, told first; and what leads to what is next."""
MOST_NAMES = 4
"""So many people are named in a line of a page."""


def role_words(roles: Iterable[str], offices: Offices) -> str:
    """Give roles in the words of a partnership."""
    return ", ".join(offices.name(role) for role in roles)


def sentence_case(words: str) -> str:
    """Give words with a capital letter at their beginning, the others as they are."""
    return words[:1].upper() + words[1:]


def child_words(child: Child | None) -> str:
    """Give a child as people speak of it: initials and case reference (R4)."""
    return f"{child.initials} ({child.case_reference})" if child else ""


def ended_with(words: str, mark: str) -> str:
    """Give words with a mark at their end, unless they end in one of their own."""
    return words if words.endswith((".", ":", "?")) else f"{words}{mark}"


def first_few(every: Sequence[T], most: int = MOST_NAMES) -> tuple[Sequence[T], int]:
    """Give those that are shown, and how many more there are: all of them where that would be one."""
    rest = len(every) - most
    return (every, 0) if rest <= 1 else (every[:most], rest)


def few(names: Iterable[str], most: int = MOST_NAMES) -> str:
    """Give names in a row, the first ones where there are many: nobody reads a thousand practitioners."""
    shown, rest = first_few(list(names), most)
    return f"{', '.join(shown)} and {rest} others" if rest else ", ".join(shown)


def call_words(risk: RiskAdvice) -> str:
    """Say whom to call at this hour (S6)."""
    door = risk.now
    return f"Now call {door.name}: {door.telephone}." if door.telephone else f"Now call {door.name}."


def next_words(page: DisputePage) -> str:
    """Say what comes next in a dispute for whoever reads it: what is theirs to do, else whom it waits for."""
    mine = next((task for task in in_order(page.tasks) if task.mine), None)
    if mine:
        by = f", {mine.time_left.words}" if mine.time_left and not mine.urgent else ""
        return f"{'Do this now' if mine.urgent else 'Next for you'}: {mine.title}{by}."
    if page.ended:
        return f"{page.status}. {page.ended}."
    return f"Nothing more is for you to do. Now with {few(page.awaited)}." if page.awaited else ""


def clock_words(at: datetime) -> str:
    """Give an instant as a clock on the wall in London shows it."""
    return at.astimezone(ZoneInfo("Europe/London")).strftime("%A %-d %B %Y, %H:%M")
