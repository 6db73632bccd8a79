"""The command that begins a partnership's pathways: from another's, or from a description, in a file or asked for."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import engine
from engine.cli.folders import READABLE, of_pathways

NOTHING = "nothing"
UNITS = {"d": "working_days", "h": "hours"}


@click.command()
@click.argument("name")
@click.option("--from", "old", metavar="PARTNERSHIP", help="The partnership whose pathways to begin from.")
@click.option("--described", "file", type=READABLE, metavar="FILE", help="A description of the protocol (TOML).")
@of_pathways
@click.pass_obj
def new(here: engine.Installation, *, name: str, old: str | None, file: Path | None) -> None:
    """Begin a partnership's pathways: from another's, from a description in a file, or by answering questions.

    From another's, what in them is still the other's is listed, and the numbers of the settings are emptied. From a
    description, a pathway is drawn that is sound and proven, with its register of duties, forms and settings.
    """
    pathways = here.pathways
    if pathways.name != "bpmn" and not list(pathways.glob("*/*.bpmn")):
        pathways /= "bpmn"  # a folder of one's own with nothing in it yet
    if old and file:
        raise click.UsageError("Give --from or --described, not both.")
    try:
        if old:
            for line in _from_another(pathways, name, old):
                click.echo(line)
        else:
            engine.refuse_taken(pathways, name)  # before anything is asked
            given = engine.read_description(file.read_bytes(), file.name) if file else _asked()
            engine.begin_described(pathways, name, given)
            click.echo(f"Made {pathways / name} and {pathways.parent / 'forms' / name}.")
            click.echo(f"See what it is: check {pathways / name}, and open escalation.bpmn in your modeller.")
    except OSError as error:
        raise click.ClickException(f"{pathways / name} can't be written: {error.strerror}") from error


def _from_another(pathways: Path, name: str, old: str) -> Iterator[str]:
    carried = engine.begin_from(pathways, old, name)
    yield f"Made {pathways / name} and {pathways.parent / 'forms' / name} from {old}."
    yield "Numbers and addresses of partnership.toml are empty: fill them in. Still the other's:"
    for each in carried:
        said = f"{each.clauses} clauses {each.what}, from line {each.line} on" if each.clauses else each.what
        yield f"  {each.file}{'' if each.clauses else f':{each.line}'}: {said}"


def _asked() -> engine.Description:
    """Ask for what a protocol is, one question after the other."""
    title = click.prompt("The partnership, in full")
    values: dict[str, Any] = {
        "title": title,
        "name": click.prompt("In short", default=title.partition(" Safeguarding")[0]),
        "protocol": click.prompt("What the protocol is called", default="Resolution and Escalation Protocol"),
        "reference": click.prompt("Three letters with which its references begin, e.g. NTN", value_proc=_prefix),
        "front_door": _contact("The front door"),
        "out_of_hours": _contact("Out of hours"),
    }
    count = click.prompt("How many stages, before somebody decides", type=click.IntRange(2, 7))
    values["stage"] = [_stage(number) for number in range(1, count + 1)]
    click.echo("\nWhere nobody could agree")
    decided = "The decision, e.g. the Independent Chair decides"
    values["final"] = _tier(decided, "deciding", "independent chair", office=True)
    values["final"] |= {
        "hears": click.confirm("Are both sides heard in writing first", default=True),
        "meets": click.confirm("Can those involved be met first", default=True),
    }
    return engine.described(values, "What you answered")


def _prefix(text: str) -> str:
    if not re.fullmatch("[A-Za-z]{3}", text.strip()):
        raise click.UsageError("Write three letters, without a space")
    return text.strip().upper()


def _contact(what: str) -> dict[str, str]:
    return {
        "name": click.prompt(f"{what}: what it is called"),
        "telephone": click.prompt(f"{what}: its number", default="", show_default=False),
    }


def _stage(number: int) -> dict[str, Any]:
    click.echo(f"\nStage {number}")
    stage = _tier("Who meets, e.g. practitioners talk", f"tier_{number}", "practitioners", office=False)
    ways = [NOTHING, engine.EACH_REVIEWS, *([engine.REFERS, engine.EACH_REFERS] if number > 1 else [])]
    before = click.prompt("What comes before they talk", type=click.Choice(ways), default=NOTHING)
    if before != NOTHING:
        stage |= {"before": before, "before_limit": _limit("Until when, from the stage’s beginning")}
    return stage


def _tier(title: str, key: str, called: str, *, office: bool) -> dict[str, Any]:
    offices = engine.usual_offices()
    able = ", ".join(role for role in offices.acting if (role in offices.of_office) == office)
    said = click.prompt(title)
    lane = click.prompt(f"What those who act there are called, e.g. {called}")
    roles = click.prompt(f"Their roles, with commas between them, of {able}")
    limit = _limit("How long they have")
    return {"title": said, "tier": key, "called": lane, "roles": [r.strip() for r in roles.split(",")], "limit": limit}


def _limit(what: str) -> dict[str, int]:
    """A limit: “5d” are working days, “24h” hours."""

    def read(text: str) -> dict[str, int]:
        number, unit = text.strip()[:-1].strip(), text.strip()[-1:].lower()
        if not number.isdecimal() or unit not in UNITS:
            raise click.UsageError("Write it like 5d for five working days, or 24h for hours")
        return {UNITS[unit]: int(number)}

    found: dict[str, int] = click.prompt(f"{what}, e.g. 5d for working days or 24h for hours", value_proc=read)
    return found
