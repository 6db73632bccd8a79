"""Joins the parts of a date and a time, as people type them, into ISO text, and takes it apart; judges nothing."""

import re
from collections.abc import Sequence

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?\s*([ap]m)?", re.IGNORECASE)
_SECONDS = re.compile(r"([0-9]{2}:[0-9]{2}):[0-9.]+")


def joined(parts: Sequence[str], time: str = "") -> str:
    """Join day, month, year and a time; what is no date stays as it was typed, so that it can be shown again."""
    day, month, year = map(str.strip, parts)
    time = time.strip()
    if not (day or month or year or time):
        return ""
    named = month[:3].lower()
    number = str(_MONTHS.index(named) + 1) if named in _MONTHS else month
    date = "-".join((year, number.zfill(2) if number else "", day.zfill(2) if day else ""))
    return f"{date}T{_clock(time)}" if time else date


def taken_apart(text: str) -> tuple[str, str, str, str]:
    """Give the day, the month, the year and the time of ISO text, without leading zeros and seconds."""
    date, _, time = text.rpartition("T") if "T" in text else (text, "", "")
    year, month, day = ["", "", *date.rsplit("-", 2)][-3:] if date else ("", "", "")
    seconds = _SECONDS.fullmatch(time)
    return day.lstrip("0"), month.lstrip("0"), year, seconds[1] if seconds else time


def _clock(time: str) -> str:
    """Read 14:30, 14.30, 1430, 2:30pm or 2pm; anything else stays as it was typed."""
    match = _TIME.fullmatch(time)
    if not match or int(match[1]) > (12 if match[3] else 24):
        return time
    afternoon = match[3] and match[3].lower() == "pm"
    hour = int(match[1]) % 12 + (12 if afternoon else 0) if match[3] else int(match[1])
    return f"{hour:02}:{match[2] or '00'}"
