"""What code, tests, diagrams, forms and pages refer to by a number or an id can be looked up in docs/."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FOLDERS = ("bpmn", "docs", "engine", "forms", "tests", "web")
WRITTEN = frozenset(
    {".bpmn", ".css", ".dmn", ".form", ".html", ".js", ".json", ".jinja", ".md", ".mjs", ".py", ".toml", ".yaml"}
)
SKIPPED = frozenset({"__pycache__", "frozen", "node_modules", "static", "package-lock.json", Path(__file__).name})
"""What others wrote, what was written before, and this file, which makes ids up."""

RULE = re.compile(r"(?<![\w./#%@])(?<![A-Za-z]-)((?:T|D)\d{1,2}|E\d[ab]?|[SRC]\d|W)(?![\w%]|-[a-z\d]|:\d|\.\w)")
CLAUSE = re.compile(r"(?<![\w/-])((?:BIR|BRO|HAR|BAR|WOL)-(?:\d{1,2}\.\d{1,2}|[A-Z]\d{1,2}[a-z]?))(?![\w-])")
DECISION = re.compile(r"\b[Dd]ecisions? (\d+(?:(?:, | and |, and )\d+)*)\b")
_NUMBERED = re.compile(r"^\*\*(?:(\d+)\. )?(.+)\*\*$", re.MULTILINE)
_EXPLAINED = re.compile(r'^(?:\| )?<a id="([^"]+)"></a>(?:\*\*)?([\w.-]*\w)', re.MULTILINE)


def named(text: str) -> set[str]:
    """Rules, clauses and decisions that a text names."""
    decisions = {f"decision {n}" for found in DECISION.findall(text) for n in re.findall(r"\d+", found)}
    return {*RULE.findall(text), *CLAUSE.findall(text), *decisions}


def explained() -> dict[str, str]:
    """What the pages explain, each with its anchor."""
    pages = "\n".join((DOCS / page).read_text("utf-8") for page in ("rules.md", "clauses.md"))
    numbers = {f"decision {n}": "" for n, _question in _NUMBERED.findall((DOCS / "decisions.md").read_text("utf-8"))}
    return {word: anchor for anchor, word in _EXPLAINED.findall(pages)} | numbers


def files() -> Iterator[Path]:
    """What is written by hand: code, templates, diagrams, forms, settings, tests and pages."""
    inside = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    for path in (*inside, *ROOT.glob("*")):
        if path.suffix in WRITTEN and not SKIPPED & set(path.relative_to(ROOT).parts) and path.is_file():
            yield path


def test_whatever_is_named_is_explained() -> None:
    """Each rule, clause and numbered decision; one that is explained and named nowhere does no harm."""
    known = explained()
    unknown = {
        f"{path.relative_to(ROOT)}:{number}: {word}"
        for path in files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for word in named(line) - known.keys()
    }
    assert not unknown, "explain these in docs/rules.md, docs/clauses.md or docs/decisions.md, or correct them"


def test_each_explanation_can_be_linked_to() -> None:
    """Its anchor is its id in small letters, so that rules.md#t9 and clauses.md#bir-3.2 lead there."""
    wrong = {word: anchor for word, anchor in explained().items() if anchor != word.lower() and " " not in word}
    assert not wrong


def anchors(page: Path) -> set[str]:
    """What a page can be linked to at: its anchors, and its headings as GitHub names them."""
    text = page.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {
        *re.findall(r'<a id="([^"]+)"', text),
        *(re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings),
    }


def test_links_between_pages_lead_somewhere() -> None:
    """To a file that is there, and a place in it."""
    pages = [*ROOT.glob("*.md"), *DOCS.glob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))]
    own = [(page, *link.partition("#")) for page, link in links if "://" not in link]
    lost = [
        f"{page.name}: {to}{sharp}{place}"
        for page, to, sharp, place in own
        if not (there := page.parent / to if to else page).exists() or (place and place not in anchors(there))
    ]
    assert len(own) > 10
    assert not lost


def test_files_that_pages_name_are_there() -> None:
    """A path in backticks from the root of the checkout, a module with or without its ending; `<…>` stands for any."""
    folders = "|".join(FOLDERS)
    named_ = [
        (page.name, path)
        for page in (*ROOT.glob("*.md"), *DOCS.glob("*.md"))
        for path in re.findall(rf"`((?:{folders})/[^`\s<]*)`", page.read_text("utf-8"))
    ]
    lost = [f"{page}: {path}" for page, path in named_ if not any([*ROOT.glob(path), *ROOT.glob(f"{path}.py")])]
    assert len(named_) > 20
    assert not lost


def test_the_glossary_names_what_is_in_the_code() -> None:
    """Each name in backticks is in the code, so that a rename does not leave the page behind."""
    ours = (ROOT / "engine", ROOT / "web", ROOT / "bpmn")
    shipped = [path for path in files() if any(path.is_relative_to(folder) for folder in ours) or path.parent == ROOT]
    code = {path: path.read_text("utf-8") for path in shipped if path.suffix in {".bpmn", ".dmn", ".py"}}
    words = {word for text in code.values() for word in re.findall(r"\w+", text)}
    names = set(re.findall(r"`([^`]+)`", (DOCS / "glossary.md").read_text("utf-8")))
    assert len(names) > 100
    assert not {name for name in names if not _is_word(name, words) or not _is_member(name, code)}


def _is_word(name: str, words: set[str]) -> bool:
    if any(
        [*(ROOT / top).glob(f"{name.partition(' ')[0].rstrip('/')}{end}")]
        for top in ("", "engine")
        for end in ("", ".py")
    ):
        return True
    unknown = [word for word in re.findall(r"[A-Za-z_]\w+", name) if word not in words]
    return all(name.endswith("…") and any(word.startswith(part) for word in words) for part in unknown)


def _is_member(name: str, code: dict[Path, str]) -> bool:
    """Whether a class, function or value is in the module or class that it is named with."""
    found = re.fullmatch(r"(?:[\w/.]+[./])?(\w+)\.([A-Za-z_]\w*)", name)
    if found is None or found[2] in {"md", "py"}:
        return True
    where, what = found.groups()
    owners = [
        text for path, text in code.items() if path.stem == where or re.search(rf"^class {where}\b", text, re.MULTILINE)
    ]
    made = rf"^\s*(?:def|class) {what}\b|^{what}\b.*=|^    {what}: |self\.{what}\b"
    return any(re.search(made, text, re.MULTILINE) for text in owners)


def test_nothing_is_explained_twice() -> None:
    """One id, one meaning."""
    pages = "\n".join((DOCS / page).read_text("utf-8") for page in ("rules.md", "clauses.md"))
    words = [word for _anchor, word in _EXPLAINED.findall(pages)]
    assert len(words) > 150, "the pages are read"
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("by deadline (T9, E4a); W, and D11.", {"T9", "E4a", "W", "D11"}),
        ("T1-T10, S1–S6 and R2", {"T1", "T10", "S1", "S6", "R2"}),
        ("<documentation>BIR-3.2, BAR-P2n [local], E1: …", {"BIR-3.2", "BAR-P2n", "E1"}),
        ("Decisions 1, 2, 4; see decision 12 and 13.", {f"decision {n}" for n in (1, 2, 4, 12, 13)}),
        ("HAR-C6 is a clause and no C6", {"HAR-C6", "C6"}),
        ("a made-up T99 and BIR-9.9 (decision 99)", {"T99", "BIR-9.9", "decision 99"}),
    ],
)
def test_what_is_named_is_found(text: str, words: set[str]) -> None:
    """Alone, in a list, in a range, in an attribute's text."""
    assert named(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "BIR-2026-0001, HAR-2026, TST-1",
        'f"2027-01-{day}T17:00" and 2026-12-23T10:00',
        "# noqa: T201, S311 and D105",
        "#C6 url(E4.png) 30% Ü-W3",
        "the decision of 2026, decided 4 times",
    ],
)
def test_what_only_looks_alike_is_not(text: str) -> None:
    """References, times, codes of the linter, colours and files."""
    assert not named(text)


def test_decisions_are_numbered_without_a_gap() -> None:
    """So that “decision 4” means one thing for ever; a new one takes the next number, at the end."""
    numbers = [int(number or 0) for number, _question in _NUMBERED.findall((DOCS / "decisions.md").read_text("utf-8"))]
    assert numbers[0] == 1
    wrong = [after for before, after in pairwise(numbers) if after != before + 1]
    assert not wrong, "Number each decision of docs/decisions.md: **41. The question?**, one more than the one before"
