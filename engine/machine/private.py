"""Files and folders that are nobody else's: databases, keys. Knows nothing of what stands in them."""

import os
import stat
from contextlib import suppress
from pathlib import Path

import structlog

FILE, FOLDER = 0o600, 0o700
log = structlog.get_logger()


def private_file(path: Path) -> None:
    """Make an empty file that only its owner reads where there is none; mend one that others could open."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE))
        return
    mend(path, FILE)


def private_folder(path: Path) -> None:
    """Make a folder of ours, or mend one that others could look into."""
    made_folder(path)
    mend(path, FOLDER)


def made_folder(path: Path) -> None:
    """Make a folder with those above it where there is none; one that is there belongs to somebody else, and stays."""
    for each in reversed([path, *path.parents]):
        if not each.is_dir():
            each.mkdir(FOLDER, exist_ok=True)


def mend(path: Path, mode: int) -> None:
    """Take away what others may do with a file or folder, and say so; where that is not ours to do, only say so."""
    try:
        found = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return
    if not found & 0o077:
        return
    try:
        path.chmod(found & mode)
    except OSError as error:
        log.warning("others can open this file", path=str(path), mode=f"{found:o}", why=error.strerror)
    else:
        log.warning("others could open this file: mended", path=str(path), was=f"{found:o}", mode=f"{found & mode:o}")
