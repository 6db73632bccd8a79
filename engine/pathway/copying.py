"""A partnership begun from another's files: what is renamed, what is emptied, and what still is the other's."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ConcordError
from engine.pathway.definition import PathwayUnreadable
from engine.pathway.files import DEMO, MAIN, OF_DEMONSTRATIONS, PLAIN, PathwayNotFound, file_of
from engine.pathway.settings_reader import read_settings

REACHED = re.compile(r'^(\s*(?:telephone|email)\s*=\s*)"[^"\n]*"', re.MULTILINE)
"""A number or an address of the settings: they are emptied, so that nobody rings the other partnership (S6)."""
NUMBER = re.compile(r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|\b[\w.+-]+@[\w-]+\.[\w.]+\b")
OWN = re.compile(r'^id = "([A-Z]{3})-', re.MULTILINE)
"""How a register begins the ids of a protocol's own duties."""


class NameTaken(ConcordError):
    """There is {name} already, in {place}. Name another."""


class NameUnfit(ConcordError):
    """“{name}” can't name a partnership: small letters, digits and - only, e.g. north-town."""


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What in a file is still the other partnership's: a name, a number to ring, or so many of its clauses."""

    file: str
    line: int
    what: str
    clauses: int = 0


def begin_from(pathways: Path, old: str, new: str) -> list[Carried]:
    """Copy a partnership's pathways and forms under another name; what still carries the first one's is returned.

    Raises NameUnfit, NameTaken, PathwayNotFound, PathwayUnreadable and OSError, and then leaves nothing written.
    """
    refuse_taken(pathways, new)
    if not (pathways / old / f"{MAIN}.bpmn").is_file():
        raise PathwayNotFound(name=old)
    made: dict[Path, str] = {}
    for place in (pathways, pathways.parent / "forms"):
        for path in sorted((place / old).glob("*.*")):
            if path.is_file() and path.name not in OF_DEMONSTRATIONS:
                made[place / new / path.name] = _renamed(path, old, new)
    settings = pathways / new / "partnership.toml"
    made[settings.with_name(DEMO)] = made_up(made.get(settings, ""))
    put({path: text.encode() for path, text in made.items()})
    prefixes = dict.fromkeys(prefix for text in made.values() for prefix in OWN.findall(text))
    own = {path: text for path, text in made.items() if path.name != DEMO}
    return [each for path, text in own.items() for each in _carried(path, text, old, tuple(prefixes))]


def refuse_taken(pathways: Path, new: str) -> None:
    """Raise NameUnfit or NameTaken where no partnership can be begun under a name."""
    if not PLAIN.fullmatch(new):
        raise NameUnfit(name=new)
    for place in (pathways, pathways.parent / "forms"):
        if (place / new).exists():
            raise NameTaken(name=new, place=place)


def put(made: Mapping[Path, bytes]) -> None:
    """Write files that are not there yet, all or none; raises OSError."""
    begun: list[Path] = []
    try:
        for path, data in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            begun.append(path)
            path.write_bytes(data)
    except OSError:
        for path in begun:
            path.unlink(missing_ok=True)
        for folder in {path.parent for path in begun}:
            with suppress(OSError):  # there is something else in it
                folder.rmdir()
        raise


def _renamed(path: Path, old: str, new: str) -> str:
    """The text of a file under the other name: its process, what links to it, its namespace, its own name."""
    try:
        text = file_of(path).decode()
    except UnicodeDecodeError as error:
        raise PathwayUnreadable(file=path.name, why="it is not in UTF-8. Save it in UTF-8.") from error
    process = new.replace("-", "_")
    if path.suffix == ".bpmn":
        for attribute in ("id", "processRef", "bpmnElement"):
            text = text.replace(f' {attribute}="{old}"', f' {attribute}="{process}"')
        text = text.replace(f' name="links" value="{old}"', f' name="links" value="{new}"')
    if path.name == "partnership.toml":
        called = str(read_settings(text.encode()).get("partnership", {}).get("name", ""))
        text = REACHED.sub(r'\1""', text).replace(f'name = "{called}"', f'name = "{_title(new)}"', 1)
    return text.replace(f"urn:concord:{old}:", f"urn:concord:{new}:")


def made_up(settings: str) -> str:
    """Numbers that are reserved for fiction, where there are none now: the demonstration runs on them."""
    lines = ["# Numbers reserved for fiction, which fill the empty settings in the demonstration only."]
    tables = read_settings(settings.encode())
    contacts = {f"contacts.{name}": table for name, table in tables.get("contacts", {}).items()}
    for number, (name, table) in enumerate({**tables, **contacts}.items(), 100):
        made_up = {"telephone": f"01632 960{number}", "email": f"{name.rpartition('.')[2]}@partnership.example"}
        own = [
            f'{key} = "{value}"' for key, value in made_up.items() if isinstance(table, dict) and table.get(key) == ""
        ]
        lines += ["", f"[{name}]", *own] if own else []
    return "\n".join(lines) + "\n"


def _title(name: str) -> str:
    return name.replace("-", " ").title()


def _carried(path: Path, text: str, old: str, prefixes: tuple[str, ...]) -> Iterator[Carried]:
    """Names and numbers line by line; clauses by how many there are, since every element has some."""
    name, file = re.compile(rf"\b{re.escape(_title(old))}\b"), f"{path.parent.name}/{path.name}"
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        for found in {*name.findall(line), *(match.group() for match in NUMBER.finditer(line))}:
            yield Carried(file=file, line=number, what=found)
    for prefix in prefixes:
        clauses = re.findall(rf"\b{prefix}-[A-Z]*\d", text)
        if clauses:
            first = next(number for number, line in enumerate(lines, 1) if clauses[0] in line)
            yield Carried(file=file, line=first, what=f"{prefix}-…", clauses=len(clauses))
