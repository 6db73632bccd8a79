"""How a state and a version's files become bytes."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec

MARK = 8
"""So many bytes of a digest end a packed state: not every bit of what is deflated changes what it inflates to."""


def pack(state: Mapping[str, Any]) -> bytes:
    """JSON, deflated, and a mark over that: a state repeats itself."""
    return repack(msgspec.json.encode(state, order="sorted"))


def repack(json: bytes) -> bytes:
    """A state's JSON, deflated and marked."""
    body = zlib.compress(json, 1)
    return body + hashlib.sha256(body).digest()[:MARK]


def unpack(data: bytes) -> dict[str, Any]:
    """The state that was packed; an earlier Concord set no mark."""
    found: dict[str, Any] = msgspec.json.decode(zlib.decompress(data))
    return found


def well_packed(data: Any) -> bool:
    """Whether a packed state is as `pack` writes it, whatever deflates as it likes."""
    if not isinstance(data, bytes):
        return False
    body, mark = data[:-MARK], data[-MARK:]
    if hashlib.sha256(body).digest()[:MARK] != mark:
        return False
    inflating = zlib.decompressobj()
    try:
        json = inflating.decompress(body)
        whole = inflating.eof and not inflating.unused_data
        return whole and msgspec.json.encode(msgspec.json.decode(json), order="sorted") == json
    except (zlib.error, msgspec.DecodeError):
        return False


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
