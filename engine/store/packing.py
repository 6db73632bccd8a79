"""How a state and a version's files become bytes."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec


def pack(state: Mapping[str, Any]) -> bytes:
    """JSON, deflated: a state repeats itself."""
    return zlib.compress(msgspec.json.encode(state), 1)


def unpack(data: bytes) -> dict[str, Any]:
    """The state that was packed."""
    found: dict[str, Any] = msgspec.json.decode(zlib.decompress(data))
    return found


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of the files, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name])
    return out.getvalue()


def unpack_files(data: bytes) -> dict[str, bytes]:
    """The files of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
