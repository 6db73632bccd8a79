"""Sheets of A4: type, styles, and what stands at the head and foot of each page. Knows nothing of what is printed."""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

PLAIN, BOLD, SLANTED = "Vera", "VeraBd", "VeraIt"
INK, GREY, RULE, ALARM = HexColor("#0b0c0c"), HexColor("#484949"), HexColor("#b1b4b6"), HexColor("#942514")
MISSING = "◊"
"""Stands for a character that the type has no shape for."""
MARGIN = 20 * mm
PADDING = 6
"""ReportLab keeps as many points free inside its margins."""


@cache
def shapes() -> frozenset[int]:
    """Register the type that ships with ReportLab, and give the characters that it has shapes for."""
    for name in (PLAIN, BOLD, SLANTED):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=SLANTED, boldItalic=BOLD)
    return frozenset(pdfmetrics.getFont(PLAIN).face.charToGlyph)


def printable(text: str) -> str:
    """Text as it can be printed: a letter loses an accent that the type lacks, what it lacks whole is a lozenge."""
    return "".join(map(_printable, unicodedata.normalize("NFC", text)))


@cache
def _printable(letter: str) -> str:
    if ord(letter) in shapes() or letter == "\n":
        return letter
    if letter.isspace() or unicodedata.category(letter) in {"Cc", "Cf", "Mn"}:
        return " " if letter.isspace() else ""
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if ord(part) in shapes())
    return bare or MISSING


def words(text: str) -> str:
    """Text as a paragraph takes it: printable, escaped, its lines kept."""
    return escape(printable(text)).replace("\n", "<br/>")


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    shapes()
    usual = {
        "fontName": PLAIN,
        "bulletFontName": PLAIN,
        "bulletFontSize": size,
        "textColor": INK,
        "leading": size * 1.45,
        "splitLongWords": 1,
    }
    return ParagraphStyle(name, fontSize=size, **{**usual, **more})


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The styles by name."""
    made = (
        _style("title", 19, fontName=BOLD, leading=24, spaceAfter=2 * mm),
        _style("lead", 10.5, textColor=GREY, spaceAfter=5 * mm),
        _style("section", 13, fontName=BOLD, spaceBefore=7 * mm, spaceAfter=2.5 * mm, keepWithNext=1),
        _style("day", 10.5, fontName=BOLD, spaceBefore=5 * mm, spaceAfter=1.5 * mm, keepWithNext=1),
        _style("body", 9, spaceAfter=1.5 * mm),
        _style("small", 8, textColor=GREY, spaceAfter=1 * mm),
        _style("cell", 8.5),
        _style("head", 8.5, fontName=BOLD),
        _style("entry", 9, leftIndent=14 * mm, bulletIndent=0, spaceBefore=2 * mm, keepWithNext=1),
        _style("by", 8, textColor=GREY, leftIndent=14 * mm, spaceAfter=0.8 * mm),
        _style("entered", 8.5, leftIndent=18 * mm, spaceAfter=0.8 * mm),
        _style("effect", 8, textColor=GREY, leftIndent=18 * mm, bulletIndent=14.5 * mm),
        _style("noted", 8.5, textColor=ALARM, leftIndent=18 * mm, bulletIndent=14.5 * mm, spaceAfter=0.8 * mm),
        _style("point", 9, leftIndent=5 * mm, bulletIndent=1 * mm, spaceAfter=1 * mm),
        _style("alarm", 9, fontName=BOLD, textColor=ALARM, spaceAfter=1.5 * mm),
    )
    return {style.name: style for style in made}


def said(style: str, markup: str, bullet: str | None = None) -> Paragraph:
    """A paragraph in a style; `markup` has been through `words` where it was not written here."""
    return Paragraph(markup, styles()[style], bulletText=bullet)


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], *, head: bool = False) -> Table:
    """A table with rules between its rows; the first row or the first column is set in bold."""
    made = [
        [said("head" if (row == 0 if head else column == 0) else "cell", cell) for column, cell in enumerate(cells)]
        for row, cells in enumerate(rows)
    ]
    ruled = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    drawn = Table(
        made, colWidths=[width * mm for width in widths], style=ruled, repeatRows=1 if head else 0, splitInRow=1
    )
    drawn.hAlign = "LEFT"
    return drawn


@dataclass(frozen=True, kw_only=True)
class PageFrame:
    """What stands on every page, and what the file says of itself."""

    title: str
    author: str
    subject: str
    head: str
    foot: str


def printed(frame: PageFrame, story: Iterable[Flowable]) -> bytes:
    """Print on A4; every page says which of how many it is."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, title=frame.title, author=frame.author, subject=frame.subject, creator="Concord", lang="en-GB",
        pagesize=A4, leftMargin=MARGIN - PADDING, rightMargin=MARGIN - PADDING, topMargin=24 * mm, bottomMargin=22 * mm,
    )  # fmt: skip

    def canvas(*given: Any, **named: Any) -> CountedCanvas:
        return CountedCanvas(frame, *given, **named)

    document.build(list(story), canvasmaker=canvas)
    return out.getvalue()


class CountedCanvas(Canvas):  # type: ignore[misc] # ReportLab has no types
    """A canvas that draws heads and feet when all pages are known."""

    def __init__(self, frame: PageFrame, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.frame = frame
        self.pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Keep the page until the last is known."""
        self.pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Draw what stands on every page, and write them all."""
        for number, page in enumerate(self.pages, 1):
            self.__dict__.update(page)
            self._surround(number, len(self.pages))
            super().showPage()
        super().save()

    def _surround(self, number: int, of: int) -> None:
        width, height = A4
        self.setStrokeColor(RULE)
        self.setLineWidth(0.5)
        self.setFillColor(GREY)
        self.setFont(PLAIN, 7.5)
        self.drawString(MARGIN, height - 14 * mm, printable(self.frame.head))
        self.drawRightString(width - MARGIN, height - 14 * mm, "Confidential")
        self.line(MARGIN, height - 16.5 * mm, width - MARGIN, height - 16.5 * mm)
        self.line(MARGIN, 16 * mm, width - MARGIN, 16 * mm)
        first, *rest = simpleSplit(printable(self.frame.foot), PLAIN, 7.5, width - 2 * MARGIN - 28 * mm)
        self.drawString(MARGIN, 12 * mm, f"{first} …" if rest else first)
        self.drawRightString(width - MARGIN, 12 * mm, f"Page {number} of {of}")
