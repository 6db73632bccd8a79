"""A desktop that nobody sees: a screen, a keyboard, and Orca, whose words are taken down; knows nothing of Concord."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator

VOICE = Path(__file__).with_name("voice.py")
SETTINGS = """LogLevel 1
SymbolsPreproc "none"
AddModule "heard" "{voice}" ""
DefaultModule heard
DefaultLanguage "en"
"""
# Orca as usual, but for what many switch off: no page is read out by itself. What it does say must be enough.
ORCA = """{"general": {"startingProfile": ["Default", "default"]}, "pronunciations": {}, "keybindings": {}, "profiles":
{"default": {"profile": ["Default", "default"], "pronunciations": {}, "keybindings": {}, "sayAllOnLoad": false}}}"""
PATIENCE = 30.0  # seconds until what should be heard has been
MOST = 6  # times that one goes to a button again
OFTEN = 0.02  # seconds between two looks
# What Orca says of the key, of itself and of where it is, before what came of it, or leaves out.
BESIDE = ("return", "Loading. Please wait.", "Browse mode", "Focus mode", "main content", "main content.", "clickable.")


class UnheardError(Exception):
    """What was to be heard was not."""

    def __init__(self, wanted: str, said: list[str]) -> None:
        super().__init__("\n".join([f"“{wanted}” was not said, but:", *said]))


class Desktop:
    """A screen with its keyboard, and a screen reader."""

    def __init__(self, environment: dict[str, str], heard: Path) -> None:
        self.environment = environment
        self._heard = heard
        self._from = 0

    def listen(self) -> None:
        """From now on is heard what is said."""
        self._from = len(self._said())

    def press(self, key: str) -> None:
        """Press a key, as a person does, and listen to what comes of it."""
        self.listen()
        command = ["/usr/bin/env", "xdotool", "key", "--clearmodifiers", key]
        subprocess.run(command, env=self.environment, check=True)

    def come_to(self, place: Locator, named: str) -> None:
        """Come to a button and hear its name; who hears what was done before instead goes there again."""
        for again in range(MOST, -1, -1):
            self.listen()
            place.blur()
            place.focus()
            try:
                self.heard(named, patience=PATIENCE if not again else PATIENCE / MOST)
            except UnheardError:
                if not again:
                    raise
            else:
                return

    def heard(self, *until: str, patience: float = PATIENCE) -> list[str]:
        """Give what was said up to lines that begin so, one after the other; without what is only beside it."""
        end = time.monotonic() + patience
        while not (last := self._last(until)):
            if time.monotonic() > end:
                raise UnheardError(" … ".join(until), self._said()[self._from :])
            time.sleep(OFTEN)
        said = self._said()[self._from : last]
        return [line for line in said if line not in BESIDE and not line.endswith("document web.")]

    def _last(self, until: tuple[str, ...]) -> int:
        """Where the last of these lines ends; 0 as long as it has not been said."""
        said, at = self._said(), self._from
        for wanted in until:
            at = next((n for n, line in enumerate(said[at:], at + 1) if line.startswith(wanted)), 0)
            if not at:
                return 0
        return at

    def _said(self) -> list[str]:
        return self._heard.read_text().split("\n")[:-1]


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """Start a screen, a session's bus, a window manager, a voice and Orca, at home in the folder; end them again."""
    heard = folder / "heard"
    heard.touch()
    environment = _home(folder) | {"HEARD": str(heard), "GNOME_ACCESSIBILITY": "1", "LC_ALL": "C.UTF-8"}
    with ExitStack() as running:
        environment["DISPLAY"] = running.enter_context(_screen(environment))
        environment["DBUS_SESSION_BUS_ADDRESS"] = running.enter_context(_bus(environment))
        running.enter_context(_running(["openbox"], environment))
        running.enter_context(_speech(folder, environment))
        shown = Desktop(environment, heard)
        running.enter_context(_running(["orca"], _alone(folder, environment)))
        shown.heard("Screen reader on.")
        yield shown


def _home(folder: Path) -> dict[str, str]:
    """Nothing of the person who runs the tests is read or changed."""
    places = {"HOME": "home", "XDG_RUNTIME_DIR": "run", "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data"}
    for name in places.values():
        (folder / name).mkdir(mode=0o700)
    named = {variable: str(folder / name) for variable, name in places.items()}
    return {**os.environ, **named, "XDG_CACHE_HOME": str(folder / "home"), "GSETTINGS_BACKEND": "memory"}


def _alone(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """Orca will not start where its person runs another, though on another desktop: here it finds none."""
    (folder / "data" / "orca").mkdir()
    (folder / "data" / "orca" / "user-settings.conf").write_text(ORCA)
    finds_nothing = folder / "home" / "pgrep"
    finds_nothing.write_text("#!/bin/sh\nexit 1\n")
    finds_nothing.chmod(0o700)
    return environment | {"PATH": f"{finds_nothing.parent}{os.pathsep}{environment['PATH']}"}


@contextmanager
def _speech(folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """Run what hands speech on to the voice; who comes before its socket is there is dumb for ever."""
    settings, socket = folder / "config", folder / "run" / "speech"
    (settings / "speechd.conf").write_text(SETTINGS.format(voice=VOICE))
    environment["SPEECHD_ADDRESS"] = f"unix_socket:{socket}"
    command = ["speech-dispatcher", "--run-single", "-c", "unix_socket", "-S", str(socket), "-C", str(settings),
               "-L", str(folder), "-P", str(folder / "pid")]  # fmt: skip
    with _running(command, environment):
        end = time.monotonic() + PATIENCE
        while not socket.exists():
            if time.monotonic() > end:
                raise UnheardError("A voice", [])
            time.sleep(OFTEN)
        yield


@contextmanager
def _screen(environment: dict[str, str]) -> Iterator[str]:
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with _running(command, environment, pass_fds=[write]), os.fdopen(read) as told:
        os.close(write)
        yield f":{told.readline().strip()}"


@contextmanager
def _bus(environment: dict[str, str]) -> Iterator[str]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with _running(command, environment, stdout=subprocess.PIPE) as bus:
        assert bus.stdout
        yield bus.stdout.readline().decode().strip()


@contextmanager
def _running(command: list[str], environment: dict[str, str], **more: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until it is no longer wanted."""
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **more}
    with subprocess.Popen(command, env=environment, **options) as process:  # type: ignore[call-overload] - its own options
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
