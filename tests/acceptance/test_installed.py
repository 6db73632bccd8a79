"""Concord as people install it: a wheel in a fresh environment, run from a folder that has nothing to do with it."""

import json
import socket
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from urllib.error import URLError
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
OURS = "concord_escalation"
WATCH = """
import sys

def refuse(event, given):
    place = str(given[0]) if given else ""
    if event in {"open", "os.listdir", "os.scandir"} and place.startswith(CHECKOUT) and "site-packages" not in place:
        raise PermissionError(f"an installed Concord reads {place}")

sys.addaudithook(refuse)
"""
"""Runs as each interpreter of the environment starts: whatever opens a file of the checkout fails."""
START = 300
"""So many seconds the demonstration may take to live through its weeks on a busy machine."""


class Installed:
    """An environment with the wheel in it; what Concord depends on is borrowed from this one."""

    def __init__(self, folder: Path) -> None:
        self.wheel = self._built(folder)
        self.bin = folder / "venv" / "bin"
        self.away = folder / "away"
        self.away.mkdir()
        venv.create(folder / "venv", with_pip=False)
        python = str(self.bin / "python")
        _done([sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-index", "--no-deps", self.wheel])
        here = sysconfig.get_path("purelib")
        there = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "venv")}))
        (there / "borrowed.pth").write_text(f"{Path(here).resolve()}\n")  # its own .pth files are not followed
        (there / "sitecustomize.py").write_text(f"CHECKOUT = {str(ROOT) + '/'!r}\n{WATCH}")

    def _built(self, folder: Path) -> Path:
        _done([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder / "wheel"), str(ROOT)])
        return next((folder / "wheel").glob("*.whl"))

    @property
    def command(self) -> str:
        """The program."""
        return str(self.bin / "concord")

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of this process, a home folder of its own."""
        return {"PATH": str(self.bin), "HOME": str(self.away / "home")}

    def says(self, *words: str, status: int = 0) -> str:
        """Run a command from the folder away; gives what it printed."""
        done = subprocess.run(
            [self.command, *words], cwd=self.away, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done.stderr
        return done.stdout


def _done(command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """The wheel, built and installed once."""
    return Installed(tmp_path_factory.mktemp("installed"))


def test_the_wheel_takes_no_name_but_its_own(installed: Installed) -> None:
    """`engine` and `web` are everybody's names; front-end sources, tests and benchmarks are not for an installation."""
    with ZipFile(installed.wheel) as wheel:
        names = wheel.namelist()
    assert {name.partition("/")[0] for name in names} == {OURS, f"{OURS}-0.1.0.dist-info"}
    inside = {name.split("/")[1] for name in names if name.startswith(f"{OURS}/")}
    assert inside == {"__init__.py", "bpmn", "engine", "forms", "run.py", "web"}
    assert not [name for name in names if "/frontend/" in name or "/tests/" in name]
    assert {f"{OURS}/web/static/manifest.json", f"{OURS}/bpmn/shared-duties.toml"} <= set(names)


def test_no_file_of_the_checkout_can_be_read(installed: Installed) -> None:
    """What the other tests rest on: it would fail, and be told."""
    reading = [str(installed.bin / "python"), "-c", f"open({str(ROOT / 'run.py')!r})"]
    done = subprocess.run(reading, cwd=installed.away, env=installed.environment, capture_output=True, check=False)
    assert b"an installed Concord reads" in done.stderr


def test_every_command_is_there_and_says_where_it_keeps_things(installed: Installed) -> None:
    """Those of a checkout, without what only a checkout can do."""
    told = installed.says("--help")
    assert "bench" not in told
    for name in ("serve", "worker", "check", "timeline", "simulate", "publish", "verify", "export", "erase", "user"):
        assert f"\n  {name} " in told
    assert str(installed.away / "home") in "".join(told.split())


def test_the_shipped_pathways_are_checked_and_rehearsed(installed: Installed) -> None:
    """They and their forms are in the wheel."""
    reports = json.loads(installed.says("check", "--quick", "--json"))
    shipped = sorted(path.parent.name for path in (ROOT / "bpmn").glob("*/escalation.bpmn"))
    assert [report["pathway"] for report in reports if "/" not in report["pathway"]] == shipped
    assert all(report["sound"] for report in reports)
    line = json.loads(installed.says("timeline", "birmingham", "--raised", "2026-12-23T10:00", "--json"))
    assert line["stages"][0]["deadline"] == "2027-01-04T17:00:00+00:00"


def test_the_demonstration_is_served_and_its_record_verifies(installed: Installed) -> None:
    """`concord serve --demo`, and afterwards each journal of its disputes is executed again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    words = [installed.command, "serve", "--demo", "--port", port, "--data", "kept"]
    with subprocess.Popen(words, cwd=installed.away, env=installed.environment, stdout=subprocess.PIPE) as serving:
        try:
            assert _answer(f"http://127.0.0.1:{port}/healthz", serving) == "ok"
            assert "Who do you want to be?" in _answer(f"http://127.0.0.1:{port}/sign-in", serving)
        finally:
            serving.terminate()
            serving.communicate(timeout=60)
    assert serving.returncode == 0
    kept = {**installed.environment, "DATABASE_URL": f"sqlite:///{installed.away / 'kept' / 'demo.db'}"}
    verified = subprocess.run(
        [installed.command, "verify", "--all"],
        cwd=installed.away,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
    )
    assert verified.returncode == 0, verified.stderr
    assert "0 at fault" in verified.stdout


def _answer(address: str, serving: subprocess.Popen[bytes]) -> str:
    """What is served there, once anything is."""
    for _ in range(START * 4):
        assert serving.poll() is None, serving.stdout and serving.stdout.read()
        try:
            with urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
                return str(answer.read().decode())
        except URLError:
            Event().wait(0.25)
    raise AssertionError(f"Nothing is served within {START} seconds")
