"""`run.py bench`: everything that must be quick, measured in one run."""

import json
import logging
import runpy
from pathlib import Path

import click
import figures
import in_a_browser
import over_http
import structlog
from flask import Flask

from engine import replay_page
from web import Config, create_app

ROOT = Path(__file__).resolve().parents[2]


@click.command("bench")
@click.option("--json", "as_json", is_flag=True)
@click.option("--many", default=1_000_000, show_default=True, help="Open disputes for the sweep.")
def bench(*, as_json: bool, many: int) -> None:
    """Measure what must be quick: ratios and rates, all in one run."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with figures.opened(ROOT / "bpmn") as bed:
        app = create_app(bed.concord, Config(secret_key=b"bench", demo=False, move_clock=None))
        found = [page(bed, app), *replay(bed, app), *figures.measured(bed, many)]
    if as_json:
        click.echo(json.dumps([vars(figure) for figure in found], indent=2))
        return
    for figure in found:
        said = f"{figure.must:<14} {'met' if figure.good else 'NOT MET'}" if figure.must else ""
        click.echo(f"{figure.what:<72} {figure.value:>9.2f} {figure.unit:<9} {said}")


def page(bed: figures.Bench, app: Flask) -> figures.Figure:
    """Completing a task over HTTP."""
    refs = [bed.raised() for _ in range(40)]
    given = {"result": "not_agreed"}
    seconds = over_http.completing(app, bed.signs_in(), [(ref, *bed.next_task(ref, given)[1:]) for ref in refs])
    return figures.Figure(
        what="completing a task over HTTP, the next page rendered", value=seconds * 1000, unit="ms",
        must="at most 12", good=seconds <= 0.012,
    )  # fmt: skip


def replay(bed: figures.Bench, app: Flask) -> list[figures.Figure]:
    """The replay of a dispute of 100 entries, in the browser of the tests; nothing where there is none."""
    try:
        tests = runpy.run_path(str(ROOT / "tests" / "browser" / "browser.py"))
        tests["chromium"]()
    except Exception as error:  # noqa: BLE001 - whatever is missing, the other figures are measured
        click.echo(f"The replay is not measured: no browser ({error}).", err=True)
        return []
    ref = bed.raised()
    while replay_page(bed.concord, bed.person, ref).entries < 100:
        bed.complete(ref)
    with tests["browser"]() as browser:
        first, step = in_a_browser.replaying(app, bed.person.id, ref, browser)
    return [
        figures.Figure(what="the first frame of a replay of 100 entries", value=first, unit="ms", must="", good=True),
        figures.Figure(what="a step of it", value=step, unit="ms", must="", good=True),
    ]


if __name__ == "__main__":
    bench()
