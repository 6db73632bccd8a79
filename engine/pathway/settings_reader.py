"""Reads a settings file: TOML, no more of it than a partnership needs (D13). Knows no setting."""

import tomllib
from collections.abc import Mapping
from typing import Any

from engine.bounds import LONGEST_LINE, LONGEST_SETTINGS
from engine.errors import ConcordError

MOST_PARTS = 9


class SettingsUnreadable(ConcordError):
    """{file} can't be read: {why}."""

    file: str
    why: str


def read_settings(data: bytes, file: str = "partnership.toml") -> Mapping[str, Any]:
    """The settings of a file, with or without a byte order mark; raises SettingsUnreadable."""
    try:
        if wrong := _oversized(data):
            raise SettingsUnreadable(file=file, why=wrong)
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SettingsUnreadable(file=file, why=f"line {line} is not in UTF-8. Save the file in UTF-8") from error
    except RecursionError as error:
        why = "lists or tables stand one in another too deep. Write them one after another"
        raise SettingsUnreadable(file=file, why=why) from error
    except ValueError as error:  # of TOML, or of a number that is too long
        raise SettingsUnreadable(file=file, why=f"it is not TOML there: {error}. Correct that line") from error


def _oversized(data: bytes) -> str | None:
    """What there is too much of, and what to do; reading a key takes time by the square of its parts."""
    if len(data) > LONGEST_SETTINGS:
        return f"it has {len(data):,} bytes; at most {LONGEST_SETTINGS:,} are read. Shorten it"
    for number, line in enumerate(data.decode("utf-8-sig").splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            return f"line {number} has {len(line):,} characters; at most {LONGEST_LINE:,} are read. Shorten it"
        if (parts := _key(line).count(".") + 1) > MOST_PARTS:
            return f"line {number} has a key of {parts} parts; at most {MOST_PARTS} are read. Shorten it"
    return None


def _key(line: str) -> str:
    """What stands before the value of a line, or in a heading; a remark or a text is neither."""
    return line.partition("#")[0].partition("=")[0].partition('"')[0]
