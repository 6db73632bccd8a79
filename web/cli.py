"""The commands that stay: serve, worker, and what gunicorn serves. How such a process lives is in web/process.py."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import click
from flask import Flask

from engine import (
    OPERATOR,
    Concord,
    ConcordError,
    Installation,
    log_everything,
    open_concord,
    open_demo,
    partnerships_in,
    publish_folder,
)
from web import Server, configured, create_app
from web.process import in_lines, opened, say, staying
from web.worker import ended_by, worker_of


class CannotListen(ConcordError):
    """Nothing can be served at {host}:{port}: {why}. Choose another --port, or end what listens there."""


@click.command()
@click.option("--demo", is_flag=True, help="Fictional people and disputes, and a clock that can be moved on.")
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--threads", default=8, show_default=True)
@click.pass_obj
def serve(here: Installation, *, demo: bool, port: int, host: str, threads: int) -> None:
    """Serve the web pages, with the worker inside the process."""
    with staying() as stop:
        config = configured(here, demo=demo)  # a setting that is wrong is told before anything is opened
        concord, move = _opened(here, stop, demo=demo)
        config = replace(config, move_clock=move)
        app = create_app(concord, config)
        try:
            server = Server(app, host=host, port=port, threads=threads, stop=stop, proxies=config.trusted_proxies)
        except OSError as error:
            raise CannotListen(host=host, port=port, why=error.strerror or error) from error
        steady = worker_of(concord, here.settings)
        beside = threading.Thread(target=steady.run, args=(stop,), name="worker", daemon=True)
        beside.start()
        made_up = " (demonstration: everybody in it is made up)" if demo else ""
        say(f"Concord is at http://{host}:{server.port}{made_up}")
        try:
            server.run()
        finally:
            stop.set()
            beside.join(10)
        ended_by(steady)


@click.command()
@click.option("--once", is_flag=True, help="One turn, then stop.")
@click.pass_obj
def worker(here: Installation, *, once: bool) -> None:
    """Fire timers and deliver notices; as many of these as wanted share one database."""
    with staying() as stop:
        single = worker_of(opened(lambda: open_concord(here.database), stop, here.settings), here.settings)
        if once:
            single.turn()
            single.end()
        else:
            single.run(stop)
            ended_by(single)


def application(here: Installation) -> Flask:
    """What gunicorn serves, once in each of its processes; `worker` fires the timers beside it."""
    log_everything()
    os.umask(0o077)
    config = configured(here)
    concord, _ = _opened(here, threading.Event(), demo=False)
    return create_app(concord, config)


def _opened(
    here: Installation, stop: threading.Event, *, demo: bool
) -> tuple[Concord, Callable[[datetime], None] | None]:
    """The demonstration with what moves its clock on, or a real database with what ships published."""
    if demo:
        say("Opening the demonstration; the first time it lives through some weeks of made-up disputes …")
        return opened(lambda: open_demo(here.demonstration, here.pathways), stop, here.settings)
    concord = opened(lambda: open_concord(here.database), stop, here.settings)
    in_lines(lambda: _publish_shipped(concord, here))
    return concord, None


def _publish_shipped(concord: Concord, here: Installation) -> None:
    """Publish the pathways of this installation; say of each partnership whose can't be published what they lack."""
    for folder in partnerships_in(here.pathways):
        try:
            for published in publish_folder(concord, OPERATOR, folder):
                if published.new:
                    click.echo(f"Published {published.pathway}, version {published.version[:12]}")
        except ConcordError as error:
            click.echo(f"Not published, none of {folder.name}: {error}", err=True)
