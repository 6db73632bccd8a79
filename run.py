"""Composition root and command line of Concord."""

import contextlib
import io
import json
import os
import runpy
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

import click
import structlog

import engine
from engine import Actor, Agency, Concord, ConcordError, Person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask

    from engine.course import Version

HERE = Path(__file__).parent
BPMN = HERE / "bpmn"
BENCHMARKS = HERE / "tests" / "benchmarks"
VAR = HERE / "var"
OPERATOR = Actor(id="operator", name="Operator of this installation", agency="", role="operator")
SHOWN = 160
HOUR = 3600.0
START_PATIENCE = 60  # seconds
MOMENT = 2.0  # seconds
Opened = TypeVar("Opened")
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
log = structlog.get_logger()


def database() -> str:
    """The database of every command: DATABASE_URL, else SQLite under var/."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{ours() / 'concord.db'}"


def demonstration() -> str:
    """The database of the demonstration."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{ours() / 'demo.db'}"


def folders() -> list[Path]:
    """The partnerships that ship."""
    return sorted(path for path in BPMN.iterdir() if (path / "escalation.bpmn").is_file())


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Concord runs a safeguarding partnership's escalation protocol from its own BPMN diagram."""
    engine.log_lines()
    if context.invoked_subcommand is None:
        context.invoke(serve)


def chores(concord: Concord) -> list[engine.Chore]:
    """What a worker looks after once an hour: text past its retention period, the checkpoint of the day."""
    key = os.environ.get("CHECKPOINT_KEY")

    def erase_due() -> None:
        if erased := engine.erase_due(concord, lambda ref, why: log.error("not erased", ref=ref, why=kind_of(why))):
            log.info("erased after the retention period", disputes=erased)

    def seal() -> None:
        if key and (made := engine.checkpoint_of_the_day(concord, Path(key))):
            log.info("checkpoint made", number=made.number)

    return [
        engine.Chore(name="erasing after the retention period", every=engine.HOUR, do=erase_due),
        engine.Chore(name="making the checkpoint of the day", every=engine.HOUR, do=seal),
    ]


def kind_of(why: str) -> str:
    """The kind of an error of which the kind and the words are told."""
    return why.partition(":")[0]


def worker_of(concord: Concord) -> engine.Worker:
    """A worker that tells what it meets in the log; of what failed its kind, since its words may quote a row."""

    def tell(level: str, event: str, about: Mapping[str, Any]) -> None:
        why = {"why": kind_of(str(about["why"]))} if level == "error" and "why" in about else {}
        getattr(log, level)(event, **{**about, **why})

    return engine.Worker(concord=concord, tell=tell, moment=time.monotonic, chores=chores(concord))


@main.command()
@click.option("--demo", is_flag=True, help="Fictional people and disputes, and a clock that can be moved on.")
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--threads", default=8, show_default=True)
def serve(*, demo: bool, port: int, host: str, threads: int) -> None:
    """Serve the web pages, with the worker inside the process."""
    from web import Server, configured, create_app  # noqa: PLC0415

    with service() as stop:
        started = "Opening the demonstration; the first time it lives through some weeks of made-up disputes …"
        move: Callable[[datetime], None] | None = None
        if demo:
            say(started)
            concord, move = opened(lambda: engine.open_demo(demonstration(), BPMN), stop)
        else:
            concord = opened(lambda: engine.open_concord(database()), stop)
            in_lines(lambda: publish_shipped(concord))
        config = configured(os.environ, secret_key=secret_key(), demo=demo, move_clock=move)
        app = create_app(concord, config)
        try:
            server = Server(app, host=host, port=port, threads=threads, stop=stop, proxies=config.trusted_proxies)
        except OSError as error:
            raise CannotListen(host=host, port=port, why=error.strerror or error) from error
        steady = worker_of(concord)
        worker = threading.Thread(target=steady.run, args=(stop,), name="worker", daemon=True)
        worker.start()
        made_up = " (demonstration: everybody in it is made up)" if demo else ""
        say(f"Concord is at http://{host}:{server.port}{made_up}")
        try:
            server.run()
        finally:
            stop.set()
            worker.join(10)
        ended_by(steady)


def ended_by(worker: engine.Worker) -> None:
    """Say of a worker that has ended by itself why: its database is another by now (decision 17)."""
    if worker.unfit is not None:
        raise worker.unfit


def application() -> "Flask":
    """What gunicorn serves, once in each of its processes; `run.py worker` fires the timers beside it."""
    from web import configured, create_app  # noqa: PLC0415

    engine.log_everything()
    os.umask(0o077)
    concord = opened(lambda: engine.open_concord(database()), threading.Event())
    in_lines(lambda: publish_shipped(concord))
    return create_app(concord, configured(os.environ, secret_key=secret_key()))


class CannotListen(ConcordError):
    """Nothing can be served at {host}:{port}: {why}. Choose another --port, or end what listens there."""


@contextlib.contextmanager
def service() -> Iterator[threading.Event]:
    """What runs until it is told to stop, by SIGTERM or from the keyboard; all that it says is JSON, a line each."""
    unlogged, umask = engine.log_everything(), os.umask(0o077)
    stop = threading.Event()

    def ended(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 - signal's signature
        stop.set()

    before = {each: signal.signal(each, ended) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    except engine.Interrupted:
        log.info("stopped")
    except ConcordError as error:
        log.critical("ended", why=str(error))
        sys.exit(1)
    else:
        log.info("stopped")
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        os.umask(umask)
        unlogged()


def opened(opening: "Callable[[], Opened]", stop: threading.Event) -> "Opened":
    """Open the database, waiting for one that is not there yet for START_PATIENCE seconds."""
    given = os.environ.get("START_PATIENCE", "")
    patience = int(given) if given.isdecimal() and len(given) < 9 else START_PATIENCE

    def tell(why: str, pause: float) -> None:
        log.warning("waiting for the database", why=why, seconds=pause)

    def hurried() -> Opened:
        with engine.impatient(MOMENT):  # a lock that is held is told of while it is
            return opening()

    return engine.patiently(hurried, patience, tell=tell, rest=stop.wait)


def say(words: str) -> None:
    """Tell whoever sits at the terminal; where nobody does, a line of the log."""
    if sys.stdout.isatty():
        click.echo(words)
    else:
        log.info(words)


def in_lines(doing: "Callable[[], None]") -> None:
    """Do what talks to people; where nobody sits at the terminal, what it says becomes lines of the log."""
    if sys.stdout.isatty():
        doing()
        return
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            doing()
    finally:
        for line in filter(str.strip, said.getvalue().splitlines()):
            if line.startswith("{"):
                click.echo(line)  # a line of the log already
            else:
                log.info(line.strip())


def publish_shipped(concord: Concord) -> None:
    """Publish what ships; say of each partnership's pathways that can't be published what they lack."""
    for folder in folders():
        try:
            for published in engine.publish_folder(concord, OPERATOR, folder):
                if published.new:
                    click.echo(f"Published {published.pathway}, version {published.version[:12]}")
        except engine.PathwayUnsound as error:
            click.echo(f"Not published, none of {folder.name}:", err=True)
            say_reports(error.reports)
        except ConcordError as error:
            click.echo(f"Not published, none of {folder.name}: {error}", err=True)


def say_reports(reports: list[dict[str, Any]]) -> None:
    """Print of pathways that were refused what is wrong with them."""
    for report in reports:
        if report["findings"]:
            say_report(report)


def secret_key() -> bytes:
    """The key that signs sessions: SECRET_KEY, else one kept under var/."""
    if given := os.environ.get("SECRET_KEY"):
        return given.encode()
    path = ours() / "secret-key"
    if not path.is_file() or not path.stat().st_size:
        new = path.with_name(f".secret-key.{os.getpid()}")
        engine.private_file(new)
        new.write_bytes(secrets.token_hex(32).encode())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(new)  # whole or not at all; of several processes that begin, the first one's
        new.unlink()
    engine.private_file(path)
    return path.read_bytes()


def ours() -> Path:
    """The folder in which all is kept that is given no other place; nobody else looks into it."""
    engine.private_folder(VAR)
    return VAR


@main.command()
@click.option("--once", is_flag=True, help="One turn, then stop.")
def worker(*, once: bool) -> None:
    """Fire timers and deliver notices; as many of these as wanted share one database."""
    with service() as stop:
        single = worker_of(opened(lambda: engine.open_concord(database()), stop))
        if once:
            single.turn()
            single.end()
        else:
            single.run(stop)
            ended_by(single)


@main.command()
@click.argument("given", metavar="[FOLDER]…", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@click.option("--quick", is_flag=True, help="Leave the proof out.")
@click.option("--clauses", "by_clause", is_flag=True, help="Show what answers each clause, and its acceptance tests.")
def check(*, given: tuple[Path, ...], as_json: bool, quick: bool, by_clause: bool) -> None:
    """Check that each pathway is sound and proven; exit status 1 and findings where not."""
    reports = []
    for folder in given or folders():
        names = engine.pathways_in(folder)
        if not names:
            raise click.ClickException(f"{folder} holds no .bpmn file.")
        for name in names:
            if sys.stderr.isatty() and not quick:
                click.echo(f"Proving {folder.name} {name} …", err=True)
            reports.append(check_one(folder, name, quick=quick))
            if by_clause:
                reports[-1]["clauses"] = clauses_of(folder, name)
    if as_json:
        click.echo(json.dumps(reports, indent=2))
    else:
        for report in reports:
            say_report(report)
    sys.exit(1 if any(not report["sound"] for report in reports) else 0)


def check_one(folder: Path, name: str, *, quick: bool) -> dict[str, Any]:
    """One pathway's report."""
    return engine.examine_folder(folder, name, None if quick else engine.proven).report()


def clauses_of(folder: Path, name: str) -> list[dict[str, Any]]:
    """What answers each clause of one pathway; nothing of one that can't be read, which its findings tell."""
    pathway, _ = engine.check_files(engine.collect(folder, name), folder.name, name)
    rows = engine.matrix(pathway, acceptance_tests()) if pathway else []
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


def acceptance_tests() -> dict[str, list[str]]:
    """The acceptance tests by their clauses, in a checkout; nothing where Concord was installed."""
    folder = HERE / "tests" / "acceptance"
    read = runpy.run_path(str(folder / "found.py"))["acceptance_tests"] if folder.is_dir() else lambda _folder: {}
    return dict(read(folder))


def say_clause(row: dict[str, Any]) -> None:
    """Print what answers one clause."""
    named = [f"{e['name'] or e['id']}{' [local]' if e['local'] else ''}" for e in row["elements"]]
    beside = [f"beside the diagram: {row['elsewhere']}"] if row["elsewhere"] else []
    click.echo(f"  {row['clause']}: {'; '.join([*named, *beside]) or 'nothing answers it'}")
    for test in row["tests"]:
        click.echo(f"      {test}")


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
        say_clause(row)


@main.command()
@click.argument("pathway")
@click.option("--raised", required=True, help="ISO date and time; London time where it has no offset.")
@click.option("--start", type=READABLE, help="A JSON file of start answers.")
@click.option("--json", "as_json", is_flag=True)
def timeline(*, pathway: str, raised: str, start: Path | None, as_json: bool) -> None:
    """What happens if every limit is used in full. Refused with its findings where the pathway is not sound."""
    answers = engine.starting(engine.scenario_from_file(start)) if start else None
    line = engine.timeline(sound(pathway, as_json=as_json), engine.instant(raised), answers)
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


def sound(pathway: str, *, as_json: bool, unproven: bool = False) -> "Version":
    """A pathway that `check` accepts, ready to run in memory; exit status 1 and its findings where it does not."""
    folder, name = place(pathway)
    files = engine.collect(folder, name, demo=True)
    found = engine.examine(files, folder.name, name, None if unproven else engine.proven)
    if found.pathway is not None and found.sound:
        return engine.executable(found.pathway)
    report = found.report()
    if as_json:
        click.echo(json.dumps([report], indent=2))
    else:
        say_report(report)
    sys.exit(1)


def place(pathway: str) -> tuple[Path, str]:
    """The folder and the name of a pathway: of one that ships, as `harrow/review-dissent`, or of any by its path."""
    partnership, _, name = pathway.partition("/")
    given = Path(pathway)
    if (partnership and (BPMN / partnership).is_dir()) or not given.parent.is_dir():
        return BPMN / partnership, name or "escalation"
    return (given, "escalation") if given.is_dir() else (given.parent, given.name.removesuffix(".bpmn"))


@main.command()
@click.argument("pathway")
@click.argument("scenario", type=READABLE)
@click.option("--json", "as_json", is_flag=True)
@click.option("--unproven", is_flag=True, help="Also where the proof fails: to see what it has found happen.")
def simulate(*, pathway: str, scenario: Path, as_json: bool, unproven: bool) -> None:
    """Run a scenario in memory, on a clock of its own, and print its journal.

    Refused with its findings where the pathway is not sound.
    """
    given = engine.scenario_from_file(scenario)
    done = engine.run_scenario(sound(pathway, as_json=as_json, unproven=unproven), given)
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


if BENCHMARKS.is_dir():  # in a checkout: an installation has nothing to measure with

    @main.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
    @click.argument("options", nargs=-1, type=click.UNPROCESSED)
    def bench(*, options: tuple[str, ...]) -> None:
        """Measure what must be quick: ratios and rates, all in one run."""
        within = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])}
        sys.exit(subprocess.run([sys.executable, BENCHMARKS, *options], check=False, env=within).returncode)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--unproven", metavar="REASON", help="Publish what the proof refuses; whoever works with it reads why.")
def publish(*, folder: Path, unproven: str | None) -> None:
    """Publish a partnership's pathways from files: new disputes run on them, running ones stay where they are.

    All of the folder or none: their rules and their proof must hold, as `check` says. Exit status 1 and its findings
    where they do not.
    """
    concord = engine.open_concord(database())
    try:
        made = engine.publish_folder(concord, OPERATOR, folder, unproven=unproven, tell=proving(folder))
    except engine.PathwayUnsound as error:
        say_reports(error.reports)
        click.echo(f"Error: Nothing of {folder} was published.", err=True)
        sys.exit(1)
    for published in made:
        how = "published" if published.new else "was current already"
        without = f" without its proof: {unproven}" if unproven and published.unproven else ""
        click.echo(f"{published.pathway} {published.version} {how}{without}")


def proving(folder: Path) -> "Callable[[str], None]":
    """Say to somebody at a terminal what takes a while."""
    return lambda name: click.echo(f"Proving {folder.name} {name} …", err=True) if sys.stderr.isatty() else None


@main.command()
@click.argument("refs", metavar="[REF]…", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every dispute, and the record as a whole.")
@click.option("--checkpoint", "kept", multiple=True, type=READABLE, help="A checkpoint that was kept elsewhere.")
@click.option("--bundle", type=READABLE, help="A bundle, checked without any database.")
@click.option(
    "--public-key", "keys", multiple=True, type=READABLE, envvar="CHECKPOINT_PUBLIC_KEY",
    help="The key that checkpoints must be signed with, as its holder gave it to you.",
)  # fmt: skip
def verify(
    *, refs: tuple[str, ...], everything: bool, kept: tuple[Path, ...], bundle: Path | None, keys: tuple[Path, ...]
) -> None:
    """Check journals, checkpoints and the tables around them, and execute every journal again.

    Exit status 1 and the first wrong entry where something is off; 2 where it can't be read at all.
    """
    try:
        known = [engine.public_key(key) for key in keys]
        elsewhere = [engine.checkpoint_from_file(file.read_bytes(), file.name) for file in kept]
        if bundle is not None:
            sys.exit(verify_bundle(bundle, known))
    except (engine.KeyUnreadable, engine.CheckpointUnreadable, engine.BundleUnreadable) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    if not refs and not everything and not kept:
        raise click.UsageError("Name disputes, or say --all.")
    wanted = None if everything or not refs else refs
    try:
        concord = engine.open_concord(database(), kind=None)
        verdicts = engine.verify(concord, wanted, elsewhere=elsewhere, known=known)
        count, faults = say_verdicts(verdicts, each=wanted is not None)
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


def say_verdicts(verdicts: Iterable[engine.Verdict], *, each: bool) -> tuple[int, int]:
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
            click.echo(f"{verdict.ref}: {said_of(verdict)}")
        if progress:
            click.echo(f"\r{count} verified ", err=True, nl=False)
    if progress:
        click.echo(err=True)
    click.echo(f"{count} {'dispute' if count == 1 else 'disputes'}, {inputs} inputs executed again, {faults} at fault")
    return count, faults


def said_of(verdict: engine.Verdict) -> str:
    """What verifying found of a dispute that is as it was written."""
    words = [f"{verdict.entries} entries, as they were written"]
    words += [f"what was typed was erased by entry {seq} (texts: {texts})" for seq, texts in verdict.erased]
    if verdict.checkpoint:
        words.append(f"{verdict.checkpoint} covers the first {verdict.covered}")
    return "; ".join(words)


def verify_bundle(file: Path, known: list[str]) -> int:
    """Check a bundle with no database; the exit status."""
    found = engine.check_bundle(file.read_bytes(), known)
    for line in found.lines:
        click.echo(line)
    return 1 if found.faults else 0


@main.command()
@click.option("--key", type=READABLE, required=True, envvar="CHECKPOINT_KEY", help="The private key, a PEM file.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it, to be kept.")
def checkpoint(*, key: Path, out: Path | None) -> None:
    """Sign where every dispute's journal stands now, and store it; keep the file away from this database."""
    if out:
        writable(out)  # what can't be kept is not made
    made = engine.make_checkpoint(engine.open_concord(database()), key)
    if out:
        write_whole(out, engine.checkpoint_to_file(made))
    written = f", written to {out}" if out else ""
    click.echo(f"Checkpoint {made.number} over {len(made.read().leaves)} disputes{written}")


@main.command("checkpoint-key")
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


@main.command()
@click.argument("ref")
@click.option("--by", required=True, help="Who you are; it is kept with the dispute.")
@click.option("--reason", default="", help="Why; it is kept with the dispute.")
@click.option("--confirm", is_flag=True, help="Confirm what somebody else asked for a day ago or more, and erase.")
@click.option("--call-off", is_flag=True, help="Call off what somebody asked for.")
def erase(*, ref: str, by: str, reason: str, confirm: bool, call_off: bool) -> None:
    """Erase what people typed in a closed dispute; the journal stays whole and says that it was done.

    Before its retention period is over this asks for it; another person confirms it a day later (--confirm).
    """
    concord = engine.open_concord(database())
    if call_off:
        engine.call_off_by_operator(concord, by, ref, reason)
        click.echo(f"{ref}: called off")
        return
    count = engine.erase_by_operator(concord, by, ref, reason, confirm=confirm)
    if count is None:
        click.echo(
            f"{ref}: asked for. Somebody else confirms it in 24 hours or later: run.py erase {ref} --confirm --by …"
        )
    else:
        click.echo(f"{ref}: {count} texts erased")


@main.command()
@click.argument("refs", metavar="[REF]…", nargs=-1)
@click.option("--all-set-aside", "aside", is_flag=True, help="Every dispute that is set aside.")
@click.option("--reason", default="", help="Why; it is kept with the dispute.")
@click.option("--preview", is_flag=True, help="Show what differs, and change nothing.")
def repair(*, refs: tuple[str, ...], aside: bool, reason: str, preview: bool) -> None:
    """Make what stands around a dispute's record again from the record, and take it back from "set aside".

    Exit status 1 where one is refused: its record itself is not as it was written, and nothing of it is changed.
    """
    if not refs and not aside:
        raise click.UsageError("Name disputes, or say --all-set-aside.")
    if not preview and not reason.strip():
        raise click.UsageError("Say why, with --reason; it is kept with the dispute. Or look first, with --preview.")
    concord = engine.open_concord(database())
    wanted = [*refs, *(ref for ref in (engine.put_aside(concord) if aside else ()) if ref not in refs)]
    if not wanted:
        click.echo("No dispute is set aside.")
    refused = False
    for ref in wanted:
        try:
            say_repair(engine.repair(concord, OPERATOR, ref, reason, preview=preview))
        except (engine.RepairRefused, engine.DisputeUnknown) as error:
            refused = True
            click.echo(f"{ref}: {error}")
    sys.exit(1 if refused else 0)


def say_repair(done: engine.Repair) -> None:
    """Print what differed, and what was done."""
    many = len(done.differences)
    words = "nothing differs" if not many else "1 place differs" if many == 1 else f"{many} places differ"
    back = "taken back from “set aside”" if done.set_aside is not None else "written"
    click.echo(f"{done.ref}: {words}{f'; {back}' if done.written else ''}")
    if done.set_aside is not None:
        click.echo(f"  was set aside: {done.set_aside}")
    for each in done.differences:
        click.echo(f"  {each.place}: stood {told_of(each.stood)}; the record gives {told_of(each.gives)}")


def told_of(value: Any) -> str:
    """A value in a line, and no more of it than fits there."""
    told = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return told if len(told) <= SHOWN else f"{told[:SHOWN]}… ({len(told)} characters)"


@main.command()
@click.argument("role")
def grant(*, role: str) -> None:
    """Print the SQL that gives a PostgreSQL role what the application needs; for the tables' owner to run."""
    for statement in engine.grants(role):
        click.echo(f"{statement};")


@main.command()
@click.argument("ref")
@click.option("--as", "as_", required=True, type=click.Choice(["xes", "bundle", "pdf", "json"]))
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="The file to write; - for standard output.",
)  # fmt: skip
def export(*, ref: str, as_: str, output: Path) -> None:
    """Save a dispute's record: event log, bundle, chronology on paper, or JSON lines."""
    body = engine.export(engine.open_concord(database(), kind=None), ref, as_)
    if str(output) == "-":
        click.echo(body, nl=False)
        return
    write_whole(output, body)
    click.echo(f"{output}: {len(body):,} bytes")


def write_whole(path: Path, body: bytes) -> None:
    """Write a file whole or not at all: what stood there before stays until all of it is written."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            path.write_bytes(body)  # /dev/stdout, a pipe: nothing to be put in its place
            return
        part.write_bytes(body)
        part.replace(path)
    except OSError as error:
        remove(part)
        raise click.ClickException(f"{path} can't be written: {error.strerror}") from error


def writable(path: Path) -> None:
    """Refuse a file that can't be written, before there is anything to write."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.touch()
    except OSError as error:
        raise click.ClickException(f"{path} can't be written: {error.strerror}") from error
    remove(part)


def remove(part: Path) -> None:
    """Remove a file that was begun, where it is there and may be removed."""
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)


@main.group()
def user() -> None:
    """The people of a real installation."""


@user.command("add")
@click.argument("person")
@click.option("--partnership", required=True, help="e.g. birmingham")
@click.option("--name", required=True)
@click.option("--agency", required=True, help="A short id of the agency; it is made where it does not exist.")
@click.option("--agency-name", help="The agency's name, for a new agency.")
@click.option("--agency-kind", help="Its kind; without one it keeps its own, and a new agency is “other”.")
@click.option("--role", "roles", multiple=True, required=True, help="May be given several times.")
@click.option("--email", default="")
@click.option("--replace", is_flag=True, help="Change a person or an agency that is there already.")
@click.password_option()
def user_add(
    *,
    person: str,
    partnership: str,
    name: str,
    agency: str,
    agency_name: str | None,
    agency_kind: str | None,
    roles: tuple[str, ...],
    email: str,
    replace: bool,
    password: str,
) -> None:
    """Add a person who can sign in; nobody who is there already is changed without --replace."""
    made = Agency(id=agency, partnership=partnership, name=agency_name or agency, kind=agency_kind or "")
    added = Person(
        id=person,
        partnership=partnership,
        name=name,
        agency=agency,
        agency_name=made.name,
        agency_kind=made.kind,
        roles=roles,
        email=email,
    )
    concord = engine.open_concord(database())
    engine.add_person(concord, OPERATOR, added, password, agency=made if agency_name else None, replace=replace)
    click.echo(f"{name} can sign in as {person}.")


@user.command("password")
@click.argument("person")
@click.password_option()
def user_password(*, person: str, password: str) -> None:
    """Give a person another password: they are signed out everywhere, and can sign in with it at once."""
    changed = engine.change_password(engine.open_concord(database()), OPERATOR, person, password)
    click.echo(f"{changed.name} has a new password, and is signed out everywhere.")


def cli() -> None:
    """Run the command line; a refusal is a sentence, not a traceback."""
    try:
        main()
    except ConcordError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    cli()
