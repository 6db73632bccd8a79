"""What lies beside a diagram that was made from a description: its register of duties, its settings and its forms."""

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.pathway.offices import CONCORDS_OWN, OTHER_KIND, OVERSEER, Role
from engine.pathway.starter.description import EACH_REVIEWS, REFERS, Description, parts

FEWEST_SIDES, MOST_SIDES = 2, 5
NAMES = ("Wren", "Lane", "Max", "Sidney", "Devon", "Corin", "Ira", "Robin", "Bo", "Charlie", "Ash")
TAKEN_OVER = ("raise", "details", "tell-lead", "countersign-withdrawal")
"""The forms that are the shipped partnership's own, and taken over."""


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _filled(name: str, **values: Any) -> str:
    """A file of TOML with what a description says in it."""
    folder = FileSystemLoader(Path(__file__).parent)
    pages = Environment(loader=folder, undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701 - no HTML
    pages.filters["quoted"] = _quoted
    return pages.get_template(name).render(values)


def register(given: Description) -> str:
    """The register of duties, as far as the description has them; the rest is the shared rules'."""
    number = len(given.stage) + 1
    hearing, reading = parts(given.final.limit.working_days or 0)
    return _filled(
        "duties.toml.jinja", own=given.reference, stages=given.stage, final=given.final, last=number, hearing=hearing,
        reading=reading, stands=given.final.stands or f"stage {number}", reviews=EACH_REVIEWS, refers=REFERS,
    )  # fmt: skip


def cast(given: Description) -> str:
    """Made-up agencies and people for the demonstration: an agency of each kind, with somebody for each role."""
    offices = given.offices
    kinds = [kind for kind in offices.of_sides if kind != OTHER_KIND][:MOST_SIDES]
    while len(kinds) < FEWEST_SIDES:
        kinds.append(kinds[0] if kinds else OTHER_KIND)
    acting = {*given.final.roles, *CONCORDS_OWN, *(role for stage in given.stage for role in stage.roles)}
    sides = [
        {"id": f"{kind}-{place}".replace("_", "-"), "kind": kind, "name": f"Made-up {_plain(offices.kind(kind))}"}
        for place, kind in enumerate(kinds, 1)
    ]
    return _filled(
        "demo-people.toml.jinja", sides=sides, roles=[role for role in offices.roles.values() if role.key in acting],
        first=given.stage[0].roles[0], overseer=OVERSEER, player=_player,
    )  # fmt: skip


def _plain(words: str) -> str:
    return words[:1].lower() + words[1:]


def _player(place: int, role: Role, of: str) -> str:
    """Somebody's name, by which it is seen that they are made up."""
    title = "-".join(word[:1].upper() + word[1:] for word in role.name.split())
    return f"{NAMES[place % len(NAMES)]} {title}{f' of {of}' if of else ''}"


def settings(given: Description) -> str:
    """The partnership's settings."""
    return _filled("partnership.toml.jinja", given=given)


def forms(folder: Path) -> dict[str, bytes]:
    """The forms of a partnership's own, by their names, from those of the shipped one."""
    told = {name: json.loads((folder / f"{name}.form").read_bytes()) for name in TAKEN_OVER}
    for form in told.values():
        for component in form["components"]:
            if "guidance" in component.get("description", ""):
                del component["description"]  # the shipped partnership's own
    up = told["take-up"] = json.loads((folder / "take-to-partner.form").read_bytes())
    up |= {"id": "take-up", "properties": {"title": "Take it up"}}
    up["components"][0]["description"] = "Whoever acts at this stage for your own agency."
    return {name: f"{json.dumps(form, indent=2, ensure_ascii=False)}\n".encode() for name, form in told.items()}
