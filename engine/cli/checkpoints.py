"""Commands about checkpoints: sign one, and make the keys for it."""

from pathlib import Path

import click

import engine
from engine.cli.files import writable, write_whole
from engine.cli.folders import READABLE, of_data


@click.command()
@click.option("--key", type=READABLE, required=True, envvar="CHECKPOINT_KEY", help="The private key, a PEM file.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it, to be kept.")
@of_data
@click.pass_obj
def checkpoint(here: engine.Installation, *, key: Path, out: Path | None) -> None:
    """Sign where every dispute's journal stands now, and store it; keep the file away from this database."""
    if out:
        writable(out)  # what can't be kept is not made
    made = engine.make_checkpoint(engine.open_concord(here.database), key)
    if out:
        write_whole(out, engine.checkpoint_to_file(made))
    written = f", written to {out}" if out else ""
    click.echo(f"Checkpoint {made.number} over {len(made.read().leaves)} disputes{written}")


@click.command("checkpoint-key")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def checkpoint_key(*, out: Path) -> None:
    """Make a key pair for checkpoints: the private key, readable by you alone, and the public key beside it."""
    try:
        public = engine.new_key(out)
    except FileExistsError as error:
        raise click.ClickException(f"{error.filename} is there already; a key is not written over.") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename} can't be written: {error.strerror}") from error
    click.echo(f"Private key: {out} (whoever has it can sign checkpoints)")
    click.echo(f"Public key: {public} (give it to everybody)")
    click.echo(f"Fingerprint of the public key: {engine.fingerprint(engine.public_key(public))}")
