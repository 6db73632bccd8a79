"""Starts the actors' processes, listens to them, and kills them."""

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

from actors import RunningClock

TESTS = Path(__file__).parent
PATIENCE = 120


class Hand:
    """One actor's process; its lines are read as they come."""

    def __init__(self, role: str, url: str, clock: RunningClock, *rest: str) -> None:
        self.role = role
        path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
        self.process = subprocess.Popen(
            [sys.executable, str(TESTS / "actors.py"), role, url, *clock.arguments(), *rest],
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.strip())
        self.lines.put("")

    def hear(self, *beginnings: str) -> str:
        """Wait for a line that begins in one of these ways; an actor that ended by itself is an error."""
        while True:
            line = self.lines.get(timeout=PATIENCE)
            if line.startswith(beginnings):
                return line
            if not line:
                assert self.process.stderr is not None
                raise AssertionError(f"The {self.role} ended by itself: {self.process.stderr.read()[-3_000:]}")

    def kill(self) -> None:
        """Kill it, now."""
        self.process.send_signal(signal.SIGKILL)
        self._gone()

    def end(self) -> str:
        """Ask it to end; gives its last line."""
        self.process.terminate()
        said = self.hear("{")
        self._gone()
        return said

    def _gone(self) -> None:
        self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
