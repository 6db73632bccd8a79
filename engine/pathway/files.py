"""The files of a partnership's folder: which pathways there are, and what each is made of. Runs and stores nothing."""

import re
import stat
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.errors import ConcordError
from engine.pathway.bpmn.reader import read_strictly
from engine.pathway.definition import Pathway, PathwayUnreadable
from engine.pathway.duties import REGISTER
from engine.pathway.finding import Finding
from engine.pathway.reading import read_pathway, registers_of

MAIN = "escalation"
DEMO, CAST = "demo.toml", "demo-people.toml"
OF_DEMONSTRATIONS = frozenset({DEMO, CAST})
"""What fills a demonstration and is part of no version."""
LARGEST = 2_000_000
MOST_FILES, MOST_DIAGRAMS = 200, 50
PLAIN = re.compile(r"[a-z][a-z0-9-]{0,60}")
FORM = re.compile(r"[\w-]{1,100}")


class PathwayNotFound(ConcordError):
    """There is no pathway {name}. Name it as birmingham or harrow/review-dissent; yours are in --pathways FOLDER."""


class NoPartnership(ConcordError):
    """{folder} holds no partnership's folder with an escalation.bpmn in it. Name one that does, such as bpmn/."""


def partnerships_in(pathways: Path) -> list[Path]:
    """The folders of the partnerships whose pathways stand in a folder such as bpmn/, by name; raises NoPartnership."""
    found = sorted(main.parent for main in pathways.glob(f"*/{MAIN}.bpmn") if main.is_file())
    if not found:
        raise NoPartnership(folder=pathways)
    return found


def pathways_in(folder: Path) -> list[str]:
    """The names of a partnership's pathways: escalation first, then its side pathways."""
    names = sorted(path.stem for path in folder.glob("*.bpmn"))
    return sorted(names, key=lambda name: name != MAIN)


def forms_beside(folder: Path) -> tuple[str, ...]:
    """The names of the forms that a partnership's diagrams can name: its own, and those that all share."""
    places = (folder.parent.parent / "forms" / place for place in (folder.name, "shared"))
    return tuple(sorted({path.stem for place in places for path in place.glob("*.form") if FORM.fullmatch(path.stem)}))


def label(partnership: str, name: str) -> str:
    """What a pathway is called: birmingham, or harrow/review-dissent."""
    return partnership if name == MAIN else f"{partnership}/{name}"


def file_of(path: Path) -> bytes:
    """The bytes of a file; raises PathwayUnreadable for what is none: a folder, a pipe, a link to a device."""
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            raise PathwayUnreadable(file=path.name, why="it is no file. Take it out of the folder.")
        if kind.st_size > LARGEST:
            raise PathwayUnreadable(
                file=path.name, why=f"it is larger than {LARGEST:,} bytes. Take it out or shorten it."
            )
        return path.read_bytes()
    except OSError as error:
        raise PathwayUnreadable(file=path.name, why=f"{error.strerror}. Make it readable, or take it out.") from error


def strays(folder: Path, name: str) -> Iterator[Finding]:
    """What keeps a diagram from being a pathway of its folder: its name, or that another file holds its process."""
    if not PLAIN.fullmatch(name):
        message = (
            f"{name}.bpmn has no plain name: small letters, digits and - only, e.g. review-dissent.bpmn. "
            "Rename it; keep backup copies elsewhere."
        )
        yield Finding(rule="file", element=None, message=message)
    beside = sorted(folder.glob("*.bpmn"))
    if len(beside) > MOST_DIAGRAMS:
        holds = f"{folder.name} holds {len(beside):,} diagrams; at most {MOST_DIAGRAMS} are read"
        message = f"{holds}. Take out what is no pathway."
        yield Finding(rule="file", element=None, message=message)
        return
    own = _process(folder / f"{name}.bpmn")
    for path in beside:
        if own is not None and path.stem != name and _process(path) == own:
            message = f"{name}.bpmn and {path.name} both hold the process {own}. Keep one of them here."
            yield Finding(rule="file", element=own, message=message)


def _process(path: Path) -> str | None:
    try:
        return _process_in(file_of(path))
    except PathwayUnreadable:
        return None


@lru_cache(maxsize=2 * MOST_FILES)
def _process_in(data: bytes) -> str | None:
    """The id of a diagram's process; each diagram of a folder is compared with each, and read once."""
    read = read_strictly(data, "").diagram
    return read.process if read else None


def collect(folder: Path, name: str = MAIN, *, demo: bool = False) -> dict[str, bytes]:
    """The files of one pathway of a partnership's folder; in demo mode its fictional numbers fill the gaps (S6).

    Raises PathwayNotFound, and PathwayUnreadable for what lies there and is no file.
    """
    partnership = folder.name
    main = folder / f"{name}.bpmn"
    if not main.exists() and not main.is_symlink():
        raise PathwayNotFound(name=label(partnership, name))
    files = {f"bpmn/{partnership}/{main.name}": file_of(main)}
    registers = {f"{each}{REGISTER}" for each in pathways_in(folder) if each != name}
    beside = [*sorted(folder.glob("*.dmn")), *(p for p in sorted(folder.glob("*.toml")) if p.name not in registers)]
    if len(beside) > MOST_FILES:
        raise PathwayUnreadable(file=folder.name, why=f"it holds {len(beside):,} files. At most {MOST_FILES} are read.")
    for path in beside:
        if path.name not in OF_DEMONSTRATIONS:
            files[f"bpmn/{partnership}/{path.name}"] = file_of(path)
    settings = f"bpmn/{partnership}/partnership.toml"
    overlay = folder / DEMO
    if demo and overlay.is_file():
        files[settings] = _overlaid(files.get(settings, b"").decode("utf-8-sig"), overlay.read_text()).encode()
    own, rules = registers_of(partnership, name)
    shared = folder.parent / Path(rules).name
    if own in files and (shared.exists() or shared.is_symlink()):
        files[rules] = file_of(shared)
    forms = folder.parent.parent / "forms"
    drawn = read_strictly(files[f"bpmn/{partnership}/{main.name}"], main.name).diagram
    named = {element.properties.get("form", "") for element in drawn.elements.values()} if drawn else set()
    for stem in sorted(form for form in named if FORM.fullmatch(form)):
        for place in (partnership, "shared"):
            path = forms / place / f"{stem}.form"
            if path.exists() or path.is_symlink():
                files[f"forms/{place}/{stem}.form"] = file_of(path)
                break
    return files


def _overlaid(base: str, overlay: str) -> str:
    """Fill empty values of a settings file with those of the overlay, section by section."""
    values = tomllib.loads(overlay)
    section, lines = "", []
    for line in base.splitlines():
        if heading := re.match(r"\s*\[([\w.]+)\]", line):
            section = heading[1]
        if empty := re.match(r'\s*(\w+)\s*=\s*""\s*(#.*)?$', line):
            at: Any = values
            for part in section.split("."):
                at = at.get(part, {}) if isinstance(at, dict) else {}
            if isinstance(at, dict) and at.get(empty[1]):
                line = f'{empty[1]} = "{at[empty[1]]}"  # fictional, for the demonstration'  # noqa: PLW2901 - the line with its gap filled
        lines.append(line)
    return "\n".join(lines) + "\n"


def read_folder(folder: Path, name: str = MAIN, *, demo: bool = False) -> Pathway:
    """Read one pathway of a partnership's folder."""
    return read_pathway(collect(folder, name, demo=demo), folder.name, name)
