"""References of disputes: which prefix a partnership's carry, and whose a reference is. Pure; knows no store."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase

from engine.errors import ConcordError

PREFIX = re.compile(r"[A-Z]{2,8}")
NUMBERED = re.compile(r"(.+)-([0-9]{4})-([0-9]{4,})")
LEAST, LONGEST = 3, 8


class PrefixTaken(ConcordError):
    """The references of {holder} begin with {prefix}. Write another in partnership.toml: [partnership] reference."""


@dataclass(frozen=True, kw_only=True)
class Prefix:
    """That references of a partnership begin so, and since when; once taken, it is nobody else's."""

    prefix: str
    partnership: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A reference taken apart."""

    prefix: str
    year: int
    number: int


def numbered(ref: str) -> Reference | None:
    """The parts of a reference; none where it is not one of ours."""
    found = NUMBERED.fullmatch(ref)
    return Reference(prefix=found[1], year=int(found[2]), number=int(found[3])) if found else None


def written(prefix: str, year: int, number: int) -> str:
    """A reference, e.g. BIR-2026-0001."""
    return f"{prefix}-{year}-{number:04d}"


def candidates(partnership: str) -> Iterator[str]:
    """Prefixes for a partnership that names none: its first three letters, else more of them, else one letter other."""
    plain = unicodedata.normalize("NFKD", partnership).upper()
    letters = "".join(letter for letter in plain if letter in ascii_uppercase)
    letters += "X" * (LEAST - len(letters))
    yield from (letters[:n] for n in range(LEAST, min(len(letters), LONGEST) + 1))
    for size in range(LEAST - 1, LONGEST):
        yield from (letters[:size] + other for other in ascii_uppercase)


def owner(ref: str, named: str | None, held: Mapping[str, str], given: Mapping[tuple[str, int], int]) -> str | None:
    """Whose a reference is: by the tables of prefixes and numbers, else by its own row (`named`); none if nobody's.

    A prefix may have been used by two partnerships before it belonged to one: then the numbers tell.
    """
    parts = numbered(ref)
    if parts is None or parts.prefix not in held:
        return named
    holder = held[parts.prefix]
    return holder if given.get((holder, parts.year), 0) >= parts.number else named
