"""A pathway read from its files: its diagram, forms, tables, settings and register of duties. Knows no store."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from engine.dmn import read_table
from engine.forms import Form, read_form
from engine.pathway.bpmn.loosely import read_diagram
from engine.pathway.bpmn.reader import strictly
from engine.pathway.bpmn.xml import SPELLINGS, SPIFF
from engine.pathway.definition import READER, Pathway, PathwayUnreadable
from engine.pathway.diagram import Diagram
from engine.pathway.duties import REGISTER, SHARED, Register, read_register
from engine.pathway.settings_reader import SettingsUnreadable, read_settings


def registers_of(partnership: str, name: str) -> tuple[str, str]:
    """The files in which a pathway's duties stand: its own, and those of the rules that all share."""
    return f"bpmn/{partnership}/{name}{REGISTER}", SHARED


def _marked(diagram: Diagram, register: Register) -> Diagram:
    """The diagram with what is set locally marked as the register says."""
    local = {duty.id: not duty.stands for duty in register.duties}
    elements = {
        identity: replace(e, clauses=tuple(replace(c, local=local.get(c.id, False)) for c in e.clauses))
        for identity, e in diagram.elements.items()
    }
    return replace(diagram, elements=elements)


def read_pathway(
    files: Mapping[str, bytes], partnership: str, name: str, *, reader: int = READER, diagram: Diagram | None = None
) -> Pathway:
    """Read a pathway from its files (name → bytes); raises what its parts raise, each saying what to do.

    A published version is read by the reader that it was published under. `diagram` has been read already.
    """
    main = f"bpmn/{partnership}/{name}.bpmn"
    strict = reader > 1
    if diagram is None:
        spellings = SPELLINGS if reader > 3 else (SPIFF,)
        diagram = strictly(files[main], main, spellings) if strict else read_diagram(files[main], main)
    forms: dict[str, Form] = {}
    for path in sorted(files):
        if path.endswith(".form"):
            stem = Path(path).stem
            if f"forms/shared/{stem}.form" == path and f"forms/{partnership}/{stem}.form" in files:
                continue
            forms[stem] = read_form(files[path], path, strict=strict)
    tables = {
        Path(path).stem: read_table(files[path], strict=strict) for path in sorted(files) if path.endswith(".dmn")
    }
    given = files.get(f"bpmn/{partnership}/partnership.toml", b"")
    try:
        settings = read_settings(given) if strict else tomllib.loads(given.decode())
    except SettingsUnreadable as error:
        raise PathwayUnreadable(file=error.file, why=f"{error.why}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PathwayUnreadable(file="partnership.toml", why=str(error)) from error
    register = read_register((path, files[path]) for path in registers_of(partnership, name) if path in files)
    return Pathway(
        partnership=partnership,
        name=partnership if name == "escalation" else f"{partnership}/{name}",
        files=dict(files),
        diagram=_marked(diagram, register) if register.duties else diagram,
        forms=forms,
        tables=tables,
        settings=settings,
        register=register,
        reader=reader,
    )
