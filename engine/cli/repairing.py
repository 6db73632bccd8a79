"""The command that repairs: what stands around a dispute's record is made again from it."""

import json
import sys
from typing import Any

import click

import engine
from engine.cli.folders import of_data

SHOWN = 160  # characters of a value


@click.command()
@click.argument("refs", metavar="[REF]…", nargs=-1)
@click.option("--all-set-aside", "aside", is_flag=True, help="Every dispute that is set aside.")
@click.option("--reason", default="", help="Why; it is kept with the dispute.")
@click.option("--preview", is_flag=True, help="Show what differs, and change nothing.")
@of_data
@click.pass_obj
def repair(here: engine.Installation, *, refs: tuple[str, ...], aside: bool, reason: str, preview: bool) -> None:
    """Make what stands around a dispute's record again from the record, and take it back from "set aside".

    Exit status 1 where one is refused: its record itself is not as it was written, and nothing of it is changed.
    """
    if not refs and not aside:
        raise click.UsageError("Name disputes, or say --all-set-aside.")
    if not preview and not reason.strip():
        raise click.UsageError("Say why, with --reason; it is kept with the dispute. Or look first, with --preview.")
    concord = engine.open_concord(here.database)
    wanted = [*refs, *(ref for ref in (engine.put_aside(concord) if aside else ()) if ref not in refs)]
    if not wanted:
        click.echo("No dispute is set aside.")
    refused = False
    for ref in wanted:
        try:
            _say_repair(engine.repair(concord, engine.OPERATOR, ref, reason, preview=preview))
        except (engine.RepairRefused, engine.DisputeUnknown) as error:
            refused = True
            click.echo(f"{ref}: {error}")
    sys.exit(1 if refused else 0)


def _say_repair(done: engine.Repair) -> None:
    """Print what differed, and what was done."""
    many = len(done.differences)
    words = "nothing differs" if not many else "1 place differs" if many == 1 else f"{many} places differ"
    back = "taken back from “set aside”" if done.set_aside is not None else "written"
    click.echo(f"{done.ref}: {words}{f'; {back}' if done.written else ''}")
    if done.set_aside is not None:
        click.echo(f"  was set aside: {done.set_aside}")
    for each in done.differences:
        click.echo(f"  {each.place}: stood {_told_of(each.stood)}; the record gives {_told_of(each.gives)}")


def _told_of(value: Any) -> str:
    """A value in a line, and no more of it than fits there."""
    told = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return told if len(told) <= SHOWN else f"{told[:SHOWN]}… ({len(told)} characters)"
