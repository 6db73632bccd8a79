"""The machine that Concord runs on: its log, its files, which version this is. Knows no protocol."""

from engine.machine.installation import Installation
from engine.machine.log import log_everything, log_lines
from engine.machine.private import FILE, made_folder, mend, private_file
from engine.machine.version import PROGRAM

__all__ = [
    "FILE",
    "PROGRAM",
    "Installation",
    "log_everything",
    "log_lines",
    "made_folder",
    "mend",
    "private_file",
]
