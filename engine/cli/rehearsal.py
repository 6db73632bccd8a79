"""Commands that run a pathway in memory, on a clock of their own: timeline and simulate. They open no database."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import engine
from engine.cli.folders import READABLE, of_pathways
from engine.cli.report import say_report

if TYPE_CHECKING:
    from engine.course import Version


@click.command()
@click.argument("pathway")
@click.option("--raised", required=True, help="ISO date and time; London time where it has no offset.")
@click.option("--start", type=READABLE, help="A JSON file of start answers.")
@click.option("--json", "as_json", is_flag=True)
@of_pathways
@click.pass_obj
def timeline(here: engine.Installation, *, pathway: str, raised: str, start: Path | None, as_json: bool) -> None:
    """What happens if every limit is used in full. Refused with its findings where the pathway is not sound."""
    answers = engine.starting(engine.scenario_from_file(start)) if start else None
    line = engine.timeline(_sound(here, pathway, as_json=as_json), engine.instant(raised), answers)
    if as_json:
        click.echo(json.dumps(line, indent=2))
        return
    click.echo(f"{line['pathway']}, raised {line['raised']}")
    for stage in line["stages"]:
        click.echo(
            f"  {stage['stage']:<12} {stage['tier']:<24} {stage['entered']} → {stage['deadline']}"
            f"  (working day {stage['cumulative_working_days']})"
        )
    click.echo(f"  ended: {line['ended'] or 'never by the clock alone: the last stage is only alerted about'}")


@click.command()
@click.argument("pathway")
@click.argument("scenario", type=READABLE)
@click.option("--json", "as_json", is_flag=True)
@click.option("--unproven", is_flag=True, help="Also where the proof fails: to see what it has found happen.")
@of_pathways
@click.pass_obj
def simulate(here: engine.Installation, *, pathway: str, scenario: Path, as_json: bool, unproven: bool) -> None:
    """Run a scenario in memory, on a clock of its own, and print its journal.

    Refused with its findings where the pathway is not sound.
    """
    given = engine.scenario_from_file(scenario)
    done = engine.run_scenario(_sound(here, pathway, as_json=as_json, unproven=unproven), given)
    for line in engine.journal_lines(done):
        if as_json:
            click.echo(json.dumps(line, ensure_ascii=False))
        else:
            told = {k: v for k, v in line["data"].items() if k not in {"calendar", "basis"}}
            at = engine.show(engine.london(line["at"]))
            said = json.dumps(told, ensure_ascii=False)
            click.echo(
                f"{line['seq']:>4} {at} {line['kind']:<22} {line['element'] or '':<28} {line['actor']['name']}: {said}"
            )


def _sound(here: engine.Installation, pathway: str, *, as_json: bool, unproven: bool = False) -> "Version":
    """A pathway that `check` accepts, ready to run in memory; exit status 1 and its findings where it does not."""
    folder, name = _place(here.pathways, pathway)
    files = engine.collect(folder, name, demo=True)
    found = engine.examine(files, folder.name, name, None if unproven else engine.proven_once)
    if found.pathway is not None and found.sound:
        return engine.executable(found.pathway)
    report = found.report()
    if as_json:
        click.echo(json.dumps([report], indent=2))
    else:
        say_report(report)
    sys.exit(1)


def _place(pathways: Path, pathway: str) -> tuple[Path, str]:
    """The folder and the name of a pathway: of one there, as `harrow/review-dissent`, or of any by its path."""
    partnership, _, name = pathway.partition("/")
    given = Path(pathway)
    there = given.is_dir() or given.is_file() or given.with_name(f"{given.name}.bpmn").is_file()
    if (partnership and (pathways / partnership).is_dir()) or not there:
        return pathways / partnership, name or "escalation"
    return (given, "escalation") if given.is_dir() else (given.parent, given.name.removesuffix(".bpmn"))
