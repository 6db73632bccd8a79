"""Files that a command writes: whole or not at all. Knows nothing of what stands in them."""

import contextlib
import os
from pathlib import Path

import click


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
        _remove(part)
        raise click.ClickException(f"{path} can't be written: {error.strerror}") from error


def writable(path: Path) -> None:
    """Refuse a file that can't be written, before there is anything to write."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.touch()
    except OSError as error:
        raise click.ClickException(f"{path} can't be written: {error.strerror}") from error
    _remove(part)


def _remove(part: Path) -> None:
    """Remove a file that was begun, where it is there and may be removed."""
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
