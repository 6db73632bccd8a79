"""Composition root and command line of Concord: where this installation keeps things, and every command on it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from platformdirs import user_data_path

import engine
import web.cli
from engine.cli import COMMANDS, of_data, of_pathways

if TYPE_CHECKING:
    from flask import Flask

HERE = Path(__file__).resolve().parent
BPMN = HERE / "bpmn"
BENCHMARKS = HERE / "tests" / "benchmarks"
CHECKOUT = (HERE / "pyproject.toml").is_file()


def installation() -> engine.Installation:
    """Where things are kept unless the command line says otherwise: in a checkout under var/, else with the user's."""
    usual = HERE / "var" if CHECKOUT else user_data_path("concord", appauthor=False)
    return engine.Installation(
        home=HERE,
        pathways=Path(os.environ.get("CONCORD_PATHWAYS") or BPMN).resolve(),
        data=Path(os.environ.get("CONCORD_DATA") or usual).resolve(),
        settings=os.environ,
        checkout=CHECKOUT,
    )


@click.group(invoke_without_command=True, context_settings={"obj": installation()})
@of_data
@of_pathways
@click.pass_context
def main(context: click.Context) -> None:
    """Concord runs a safeguarding partnership's escalation protocol from its own BPMN diagram."""
    engine.log_lines()
    if context.invoked_subcommand is None:
        context.invoke(web.cli.serve)


for command in (of_data(of_pathways(web.cli.serve)), of_data(web.cli.worker), *COMMANDS):
    main.add_command(command)


if BENCHMARKS.is_dir():  # in a checkout: an installation has nothing to measure with

    @main.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
    @click.argument("options", nargs=-1, type=click.UNPROCESSED)
    def bench(*, options: tuple[str, ...]) -> None:
        """Measure what must be quick: ratios and rates, all in one run."""
        within = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])}
        sys.exit(subprocess.run([sys.executable, BENCHMARKS, *options], check=False, env=within).returncode)


def application() -> "Flask":
    """What gunicorn serves, once in each of its processes; the command `worker` fires the timers beside it."""
    return web.cli.application(installation())


def cli() -> None:
    """Run the command line; a refusal is a sentence, not a traceback."""
    try:
        main()
    except engine.ConcordError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    cli()
