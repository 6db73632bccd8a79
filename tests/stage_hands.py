"""Starts the actors' processes, listens to them, and kills them."""

import multiprocessing
import os
import queue
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from actors import RunningClock, act

TESTS = Path(__file__).parent
PATIENCE = 120
FORKED = multiprocessing.get_context("forkserver")
os.environ["PYTHONPATH"] = os.pathsep.join([str(TESTS.parent), str(TESTS)])  # of the process that they are forked from
FORKED.set_forkserver_preload(["actors"])


class Hand:
    """One actor's process; its lines are read as they come."""

    def __init__(self, role: str, url: str, clock: RunningClock, *rest: str) -> None:
        self.role = role
        heard, said = FORKED.Pipe(duplex=False)
        self.process = FORKED.Process(target=act, args=(said, role, url, clock, *rest), daemon=True)
        self.process.start()
        said.close()
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, args=(heard,), daemon=True)
        self.reader.start()

    def _read(self, heard: Connection) -> None:
        with heard:
            while True:
                try:
                    line = heard.recv().strip()
                except (EOFError, OSError):
                    break
                if line:
                    self.lines.put(line)
        self.lines.put("")

    def hear(self, *beginnings: str) -> str:
        """Wait for a line that begins in one of these ways; an actor that ended by itself is an error."""
        while True:
            line = self.lines.get(timeout=PATIENCE)
            if line.startswith(beginnings):
                return line
            if not line or line.startswith("ENDED"):
                raise AssertionError(f"The {self.role} ended by itself: {line}")

    def kill(self) -> None:
        """Kill it, now."""
        self.process.kill()
        self._gone()

    def end(self) -> str:
        """Ask it to end; gives its last line."""
        self.process.terminate()
        said = self.hear("{")
        self._gone()
        return said

    def _gone(self) -> None:
        self.process.join(PATIENCE)
        self.reader.join(PATIENCE)
        self.process.close()
