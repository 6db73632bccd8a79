"""Joins the parts of a date and a time, as people type them, into ISO text, and takes it apart; judges nothing."""

import re
from collections.abc import Sequence

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?\s*([ap]m)?", re.IGNORECASE)
_SECONDS = re.compile(r"([0-9]{2}:[0-9]{2}):[0-9.]+")
_WHOLE = re.compile(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2}|[a-z]{3,9})\s*[-/., ]\s*([0-9]{2}|[0-9]{4})", re.IGNORECASE)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DIGITS = re.compile("[0-9]*")
_APART = " | "
"""Between the parts of what is no date, so that each box shows again what was typed in it."""


def joined(parts: Sequence[str], time: str = "") -> str:
    """Join day, month, year and a time; what is no date stays as it was typed, so that it can be shown again.

    A whole date that was pasted into one of the boxes is one, in the order in which dates are written here.
    """
    typed = [part.strip() for part in (*parts, time)]
    if not any(typed):
        return ""
    day, month, year = _pasted(typed[:3])
    number = _month(month)
    if not all(_DIGITS.fullmatch(part) for part in (day, number, year)):
        return _APART.join(typed)
    date = "-".join((year, number.zfill(2) if number else "", day.zfill(2) if day else ""))
    return f"{date}T{_clock(typed[3])}" if typed[3] else date


def taken_apart(text: str) -> tuple[str, str, str, str]:
    """Give the day, the month, the year and the time of ISO text, without leading zeros and seconds."""
    if text.count(_APART) == 3:
        day, month, year, time = text.split(_APART)
        return day, month, year, time
    date, _, time = text.rpartition("T") if "T" in text else (text, "", "")
    year, month, day = ["", "", *date.rsplit("-", 2)][-3:] if date else ("", "", "")
    seconds = _SECONDS.fullmatch(time)
    return day.lstrip("0"), month.lstrip("0"), year, seconds[1] if seconds else time


def _pasted(parts: list[str]) -> list[str]:
    """The parts of a date that stands whole in one box, where the others are empty."""
    alone = [part for part in parts if part]
    if len(alone) != 1:
        return parts
    if found := _ISO.fullmatch(alone[0]):
        return [found[3], found[2], found[1]]
    whole = _WHOLE.fullmatch(alone[0])
    return [whole[1], whole[2], whole[3]] if whole else parts


def _month(month: str) -> str:
    """The number of a month that was written by its name, or the beginning of that."""
    named = month.lower().rstrip(".")
    known = [n for n, name in enumerate(_MONTHS, 1) if len(named) > 2 and name.startswith(named)]
    return str(known[0]) if len(known) == 1 else month


def _clock(time: str) -> str:
    """Read 14:30, 14.30, 1430, 2:30pm or 2pm; anything else stays as it was typed."""
    match = _TIME.fullmatch(time)
    if not match or int(match[1]) > (12 if match[3] else 24):
        return time
    afternoon = match[3] and match[3].lower() == "pm"
    hour = int(match[1]) % 12 + (12 if afternoon else 0) if match[3] else int(match[1])
    return f"{hour:02}:{match[2] or '00'}"
