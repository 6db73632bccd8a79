"""Commands about the record of disputes: save it, erase what was typed, and who may write at all."""

from pathlib import Path

import click

import engine
from engine.cli.files import write_whole
from engine.cli.folders import of_data


@click.command()
@click.argument("ref")
@click.option("--as", "as_", required=True, type=click.Choice(["xes", "bundle", "pdf", "outcome", "stage", "json"]))
@click.option("--stage", default="", help="Of which stage, by its element’s id, with --as stage.")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="The file to write; - for standard output.",
)  # fmt: skip
@of_data
@click.pass_obj
def export(here: engine.Installation, *, ref: str, as_: str, stage: str, output: Path) -> None:
    """Save a dispute's record: event log, bundle, chronology, outcome or a stage on paper, or JSON lines."""
    body = engine.export(engine.open_concord(here.database, kind=None), ref, as_, stage)
    if str(output) == "-":
        click.echo(body, nl=False)
        return
    write_whole(output, body)
    click.echo(f"{output}: {len(body):,} bytes")


@click.command()
@click.argument("ref")
@click.option("--by", required=True, help="Who you are; it is kept with the dispute.")
@click.option("--reason", default="", help="Why; it is kept with the dispute.")
@click.option("--confirm", is_flag=True, help="Confirm what somebody else asked for a day ago or more, and erase.")
@click.option("--call-off", is_flag=True, help="Call off what somebody asked for.")
@of_data
@click.pass_obj
def erase(here: engine.Installation, *, ref: str, by: str, reason: str, confirm: bool, call_off: bool) -> None:
    """Erase what people typed in a closed dispute; the journal stays whole and says that it was done.

    Before its retention period is over this asks for it; another person confirms it a day later (--confirm).
    """
    concord = engine.open_concord(here.database)
    if call_off:
        engine.call_off_by_operator(concord, by, ref, reason)
        click.echo(f"{ref}: called off")
        return
    count = engine.erase_by_operator(concord, by, ref, reason, confirm=confirm)
    if count is None:
        later = f"{here.command} erase {ref} --confirm --by …"
        click.echo(f"{ref}: asked for. Somebody else confirms it in 24 hours or later: {later}")
    else:
        click.echo(f"{ref}: {count} texts erased")


@click.command()
@click.argument("role")
def grant(*, role: str) -> None:
    """Print the SQL that gives a PostgreSQL role what the application needs; for the tables' owner to run."""
    for statement in engine.grants(role):
        click.echo(f"{statement};")
