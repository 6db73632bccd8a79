#!/usr/bin/env python3
"""A voice for speech-dispatcher that writes down what it says instead of sounding.

It speaks the lines of speech-dispatcher's output modules on its standard input and output, and appends a line to the
file that HEARD names for each thing said to its end. It is quick, but takes its time: what is interrupted is not heard.
"""

from __future__ import annotations

import html
import os
import re
import select
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PACE = 0.002  # seconds a letter: thirty times as quick as somebody who listens
LEAST = 0.02  # seconds: who is told of an end before its beginning waits for ever
SPOKEN = {"SPEAK", "CHAR", "KEY", "SOUND_ICON"}
TAKEN = {"SET": "203 OK SETTINGS RECEIVED", "AUDIO": "203 OK AUDIO INITIALIZED", "LOGLEVEL": "203 OK LOG LEVEL SET"}
ANSWERS = {
    "INIT": "299-heard\n299 OK LOADED SUCCESSFULLY",
    "LIST VOICES": "200-heard\ten\tnone\n200 OK VOICE LIST SENT",
    "QUIT": "210 OK QUIT",
}
HALTS = {"STOP", "PAUSE"}


class Line:
    """The lines that come in, one at a time; "" once there are no more."""

    def __init__(self) -> None:
        self._waiting = b""

    def next(self) -> str:
        """Wait for the next line."""
        while b"\n" not in self._waiting:
            more = os.read(0, 65536)
            if not more:
                return ""
            self._waiting += more
        line, _, self._waiting = self._waiting.partition(b"\n")
        return line.decode().strip()

    def comes_before(self, moment: float) -> bool:
        """Wait until there is one, or until the moment."""
        if b"\n" in self._waiting:
            return True
        return bool(select.select([0], [], [], max(0.0, moment - time.monotonic()))[0])

    def text(self) -> str:
        """What follows up to a line with a dot."""
        return "\n".join(iter(self.next, "."))


def answer(line: str) -> None:
    """Send an answer, or say what happens."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def speak(lines: Line, text: str) -> Iterator[str]:
    """Say a text, unless it is halted: then only what it was halted by is given."""
    answer("200 OK SPEAKING\n701 BEGIN")
    plain = " ".join(html.unescape(re.sub("<[^>]*>", "", text)).split())
    end = time.monotonic() + LEAST + PACE * len(plain)
    while lines.comes_before(end):
        command = lines.next()
        if command in HALTS or not command:
            answer("703 STOP")
            return
        yield command
    with open(os.environ["HEARD"], "a", encoding="utf-8") as heard:  # noqa: PTH123 - appended to, line by line
        heard.write(plain + "\n")
    answer("702 END")


def obey(lines: Line, command: str) -> None:
    """Do what speech-dispatcher asks."""
    if command in SPOKEN:
        answer("202 OK RECEIVING MESSAGE")
        for meanwhile in speak(lines, lines.text()):
            obey(lines, meanwhile)
    elif command in TAKEN:
        answer("207 OK RECEIVING SETTINGS")
        lines.text()
        answer(TAKEN[command])
    elif command not in HALTS:
        answer(ANSWERS.get(command, "300 ERR UNKNOWN COMMAND"))


if __name__ == "__main__":
    coming = Line()
    for asked in iter(coming.next, ""):
        obey(coming, asked)
        if asked == "QUIT":
            break
