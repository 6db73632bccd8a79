"""The command that verifies: disputes, the record as a whole, or a bundle that needs no database."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

import engine
from engine.cli.folders import READABLE, of_data


@click.command()
@click.argument("refs", metavar="[REF]…", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every dispute, and the record as a whole.")
@click.option("--checkpoint", "kept", multiple=True, type=READABLE, help="A checkpoint that was kept elsewhere.")
@click.option("--bundle", type=READABLE, help="A bundle, checked without any database.")
@click.option(
    "--public-key", "keys", multiple=True, type=READABLE, envvar="CHECKPOINT_PUBLIC_KEY",
    help="The key that checkpoints must be signed with, as its holder gave it to you.",
)  # fmt: skip
@of_data
@click.pass_obj
def verify(
    here: engine.Installation,
    *,
    refs: tuple[str, ...],
    everything: bool,
    kept: tuple[Path, ...],
    bundle: Path | None,
    keys: tuple[Path, ...],
) -> None:
    """Check journals, checkpoints and the tables around them, and execute every journal again.

    Exit status 1 and the first wrong entry where something is off; 2 where it can't be read at all.
    """
    try:
        known = [engine.public_key(key) for key in keys]
        elsewhere = [engine.checkpoint_from_file(file.read_bytes(), file.name) for file in kept]
        if bundle is not None:
            sys.exit(_verify_bundle(bundle, known))
    except (engine.KeyUnreadable, engine.CheckpointUnreadable, engine.BundleUnreadable) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    if not refs and not everything and not kept:
        raise click.UsageError("Name disputes, or say --all.")
    wanted = None if everything or not refs else refs
    try:
        concord = engine.open_concord(here.database, kind=None)
        verdicts = engine.verify(concord, wanted, elsewhere=elsewhere, known=known)
        count, faults = _say_verdicts(verdicts, each=wanted is not None)
        lines = engine.checkpoint_lines(concord, known)
    except engine.StoreUnavailable as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    for line in lines:
        click.echo(line)
    if not count and not faults:
        click.echo("Nothing was verified: this database holds no dispute. Is DATABASE_URL the right one?", err=True)
        sys.exit(2)
    sys.exit(1 if faults else 0)


def _say_verdicts(verdicts: Iterable[engine.Verdict], *, each: bool) -> tuple[int, int]:
    """Print what verifying gives, all faults and, where asked for, what is whole; gives how many of both there were."""
    faults = inputs = count = 0
    progress = not each and sys.stderr.isatty()
    for verdict in verdicts:
        if verdict.ref != engine.RECORD:
            count, inputs = count + 1, inputs + verdict.inputs
        if verdict.fault:
            faults += 1
            click.echo(f"{verdict.ref}: {verdict.fault}")
        elif each:
            click.echo(f"{verdict.ref}: {_said_of(verdict)}")
        if progress:
            click.echo(f"\r{count} verified ", err=True, nl=False)
    if progress:
        click.echo(err=True)
    click.echo(f"{count} {'dispute' if count == 1 else 'disputes'}, {inputs} inputs executed again, {faults} at fault")
    return count, faults


def _said_of(verdict: engine.Verdict) -> str:
    """What verifying found of a dispute that is as it was written."""
    words = [f"{verdict.entries} entries, as they were written"]
    words += [f"what was typed was erased by entry {seq} (texts: {texts})" for seq, texts in verdict.erased]
    if verdict.checkpoint:
        words.append(f"{verdict.checkpoint} covers the first {verdict.covered}")
    return "; ".join(words)


def _verify_bundle(file: Path, known: list[str]) -> int:
    """Check a bundle with no database; the exit status."""
    found = engine.check_bundle(file.read_bytes(), known)
    for line in found.lines:
        click.echo(line)
    return 1 if found.faults else 0
