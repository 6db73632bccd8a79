"""What `check` found of a pathway, printed. Decides nothing."""

from collections.abc import Sequence
from typing import Any

import click

import engine


def say_faulty(reports: Sequence[dict[str, Any]]) -> None:
    """Print of pathways that were refused what is wrong with them."""
    for report in reports:
        if report["findings"]:
            say_report(report)


def say_report(report: dict[str, Any]) -> None:
    """Print one pathway's report."""
    proof = report["proof"]
    walked = f", {proof['states']} states and {proof['steps']} steps walked" if proof else ""
    click.echo(
        f"{report['pathway']}: {'sound' if report['sound'] else 'not sound'} ({report['elements']} elements{walked})"
    )
    for line in engine.finding_lines(report):
        click.echo(line)
    for row in report.get("clauses", ()):
        _say_clause(row)


def _say_clause(row: dict[str, Any]) -> None:
    """Print what answers one clause."""
    named = [f"{e['name'] or e['id']}{' [local]' if e['local'] else ''}" for e in row["elements"]]
    beside = [f"beside the diagram: {row['elsewhere']}"] if row["elsewhere"] else []
    click.echo(f"  {row['clause']}: {'; '.join([*named, *beside]) or 'nothing answers it'}")
    for test in row["tests"]:
        click.echo(f"      {test}")
