"""Papers of A4: what they are made of, and printing them. `sheet.typ` says how they look; neither what is printed."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import msgspec
import typst

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
"""The type: put there as the front end is built."""
FIRST = "Noto Sans"
LONG = re.compile(r"[!-~]{41,}")
"""Words that are broken wherever the line ends: references, addresses. Other scripts break by rules of their own."""
BREAK = "\u200b"
KEPT = "\n\u200c\u200d\u200e\u200f\u061c"
"""Control characters that stay: what joins letters or keeps them apart, and says which way some run. None that turns a
text round: it would read otherwise on paper than in the record."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words that are set alike."""

    text: str
    bold: bool = False
    struck: bool = False
    small: bool = False


Part = str | Run


@dataclass(frozen=True, kw_only=True)
class Said:
    """A paragraph in a style; `rtl` where its first letter is of a script that is written from right to left."""

    style: str
    parts: tuple[Run, ...]
    mark: str = ""
    rtl: bool = False


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """A table with rules between its rows, its columns so many millimetres wide."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    widths: tuple[float, ...]
    head: bool = False


@dataclass(frozen=True, kw_only=True)
class Together:
    """What stands on one page."""

    together: tuple[Said | Ruled, ...]


Block = Said | Ruled | Together


@dataclass(frozen=True, kw_only=True)
class PageFrame:
    """What stands on every page, and what the file says of itself."""

    title: str
    author: str
    subject: str
    head: str
    foot: str


def printable(text: str) -> str:
    """Text as it is printed: composed, without control characters, long references with places to break at."""
    kept = "".join(map(_printable, unicodedata.normalize("NFC", text)))
    return LONG.sub(lambda found: BREAK.join(found[0]), kept)


def _printable(letter: str) -> str:
    if letter in KEPT or unicodedata.category(letter) not in {"Cc", "Cf"}:
        return letter
    return " " if letter.isspace() else ""


def bold(text: str) -> Run:
    """Words in bold."""
    return Run(text=text, bold=True)


def said(style: str, *parts: Part, mark: str = "") -> Said:
    """A paragraph in a style."""
    made = _runs(parts)
    return Said(style=style, parts=made, mark=printable(mark), rtl=_rtl("".join(run.text for run in made)))


def table(rows: Sequence[Sequence[Part | Sequence[Part]]], widths: Sequence[float], *, head: bool = False) -> Ruled:
    """A table; the first row, or else the first column, is set in bold."""
    made = tuple(tuple(_runs((cell,) if isinstance(cell, Part) else cell) for cell in row) for row in rows)
    return Ruled(rows=made, widths=tuple(widths), head=head)


def _runs(parts: Iterable[Part]) -> tuple[Run, ...]:
    runs = (Run(text=part) if isinstance(part, str) else part for part in parts)
    return tuple(replace(run, text=printable(run.text)) for run in runs)


def _rtl(text: str) -> bool:
    strong = next((kind for letter in text if (kind := unicodedata.bidirectional(letter)) in {"L", "R", "AL"}), "L")
    return strong != "L"


@cache
def _type() -> tuple[typst.Fonts, tuple[str, ...]]:
    """The type that is carried along, before that of the machine; and its families, the usual one first."""
    own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]).families()
    return typst.Fonts(font_paths=[str(FONTS)]), (FIRST, *(family for family in own if family != FIRST))


def printed(frame: PageFrame, story: Iterable[Block]) -> bytes:
    """Print on A4, as a tagged PDF; every page says which of how many it is."""
    fonts, families = _type()
    given = {
        "title": printable(frame.title),
        "author": printable(frame.author),
        "subject": printable(frame.subject),
        "head": printable(frame.head),
        "foot": printable(frame.foot),
        "fonts": families,
        "blocks": list(story),
    }
    inputs = {"given": msgspec.json.encode(given).decode()}
    body: bytes = typst.compile((HERE / "sheet.typ").read_bytes(), font_paths=fonts, sys_inputs=inputs)
    return body
