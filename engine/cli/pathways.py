"""Commands about pathways as files: check, copy and publish. What they find is printed by engine/cli/report.py."""

import json
import runpy
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import engine
from engine.cli.folders import PLACE, THERE, of_data, of_pathways
from engine.cli.report import say_faulty, say_report


@click.command()
@click.argument("given", metavar="[FOLDER]…", nargs=-1, type=THERE)
@click.option("--json", "as_json", is_flag=True)
@click.option("--quick", is_flag=True, help="Leave the proof out.")
@click.option("--clauses", "by_clause", is_flag=True, help="Show what answers each clause, and its acceptance tests.")
@of_pathways
@click.pass_obj
def check(here: engine.Installation, *, given: tuple[Path, ...], as_json: bool, quick: bool, by_clause: bool) -> None:
    """Check that each pathway is sound and proven; exit status 1 and findings where not."""
    reports = []
    for folder in given or engine.partnerships_in(here.pathways):
        names = engine.pathways_in(folder)
        if not names:
            raise click.ClickException(f"{folder} holds no .bpmn file.")
        for name in names:
            if not quick:
                _proving(folder)(name)
            examined = engine.examine_folder(folder, name, None if quick else engine.proven)
            reports.append(examined.report())
            if examined.pathway and (faults := engine.cast_faults(folder, examined.pathway.offices)):
                reports[-1]["demonstration"] = faults
            if by_clause:
                reports[-1]["clauses"] = _clauses_of(here, folder, name)
    if as_json:
        click.echo(json.dumps(reports, indent=2))
    else:
        for report in reports:
            say_report(report)
            for fault in report.get("demonstration", ()):
                click.echo(f"  demonstration {fault}")
    sys.exit(1 if any(not report["sound"] or "demonstration" in report for report in reports) else 0)


@click.command()
@click.argument("folder", type=PLACE)
@of_pathways
@click.pass_obj
def copy(here: engine.Installation, *, folder: Path) -> None:
    """Copy the pathways and their forms into a folder of your own, to be changed there and named in --pathways."""
    parts = {folder / "bpmn": here.pathways, folder / "forms": here.pathways.parent / "forms"}
    if there := [str(place) for place in parts if place.exists()]:
        raise click.ClickException(f"{', '.join(there)}: there already, and not written over. Name another folder.")
    try:
        for place, part in parts.items():
            shutil.copytree(part, place)
    except OSError as error:
        raise click.ClickException(f"{folder} can't be written: {error}") from error
    click.echo(f"Copied to {folder}. Change them there, and start Concord with --pathways {folder}")


@click.command()
@click.argument("given", metavar="[FOLDER]…", nargs=-1, type=THERE)
@of_pathways
@click.pass_obj
def templates(here: engine.Installation, *, given: tuple[Path, ...]) -> None:
    """Write what Camunda Modeler's panels offer to choose from, beside the diagrams of a partnership.

    Its tiers, forms, roles and duties, as element templates for Camunda 8 and 7. Write them anew after any of these
    has changed.
    """
    for folder in given or engine.partnerships_in(here.pathways):
        for place, made in engine.element_templates(folder).items():
            path = folder / place
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(made)
            except OSError as error:
                raise click.ClickException(f"{path} can't be written: {error.strerror}") from error
            click.echo(f"Written: {path}")


@click.command()
@click.argument("folder", type=THERE)
@click.option("--unproven", metavar="REASON", help="Publish what the proof refuses; whoever works with it reads why.")
@of_data
@click.pass_obj
def publish(here: engine.Installation, *, folder: Path, unproven: str | None) -> None:
    """Publish a partnership's pathways from files: new disputes run on them, running ones stay where they are.

    All of the folder or none: their rules and their proof must hold, as `check` says. Exit status 1 and its findings
    where they do not.
    """
    concord = engine.open_concord(here.database)
    try:
        made = engine.publish_folder(concord, engine.OPERATOR, folder, unproven=unproven, tell=_proving(folder))
    except engine.PathwayUnsound as error:
        say_faulty(error.reports)
        click.echo(f"Error: Nothing of {folder} was published.", err=True)
        sys.exit(1)
    for published in made:
        how = "published" if published.new else "was current already"
        without = f" without its proof: {unproven}" if unproven and published.unproven else ""
        click.echo(f"{published.pathway} {published.version} {how}{without}")


@click.command()
@click.argument("pathway")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@of_data
@click.pass_obj
def attach(here: engine.Installation, *, pathway: str, file: Path) -> None:
    """Attach a protocol as it was published, a PDF, to the current version of a pathway that was drawn from it.

    Everybody of the partnership can then read it beside what the protocol asks. The version stays what it is.
    """
    concord = engine.open_concord(here.database)
    version = engine.attach_document(concord, engine.OPERATOR, pathway, file.name, file.read_bytes())
    click.echo(f"{file.name} is attached to {pathway} {version}")


def _proving(folder: Path) -> Callable[[str], None]:
    """Say to somebody at a terminal what takes a while."""
    return lambda name: click.echo(f"Proving {folder.name} {name} …", err=True) if sys.stderr.isatty() else None


def _clauses_of(here: engine.Installation, folder: Path, name: str) -> list[dict[str, Any]]:
    """What answers each clause of one pathway; nothing of one that can't be read, which its findings tell."""
    pathway, _ = engine.check_files(engine.collect(folder, name), folder.name, name)
    rows = engine.matrix(pathway, _acceptance_tests(here.home)) if pathway else []
    return [
        {
            "clause": row.clause,
            "elements": [{"id": each.id, "name": each.name, "local": each in row.local} for each in row.elements],
            "elsewhere": row.elsewhere,
            "listed": row.listed,
            "tests": list(row.tests),
        }
        for row in rows
    ]


def _acceptance_tests(home: Path) -> dict[str, list[str]]:
    """The acceptance tests by their clauses, in a checkout; nothing where Concord was installed."""
    folder = home / "tests" / "acceptance"
    read = runpy.run_path(str(folder / "found.py"))["acceptance_tests"] if folder.is_dir() else lambda _folder: {}
    return dict(read(folder))
