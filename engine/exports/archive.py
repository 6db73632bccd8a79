"""A ZIP archive whose files give every byte of it: stored, in one order, without dates. Knows not what they say.

Written out here, not by a library: the next version of one may set another flag.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
VERSION, UNIX, EPOCH, READABLE = 20, 3 << 8, 33, 0o100644 << 16
"""The ZIP version that is needed, where it was made, 1 January 1980, and a file that everybody may read."""


def packed(files: Mapping[str, bytes]) -> bytes:
    """The archive of these files, in their order."""
    body, directory = b"", b""
    for name, data, same in _described(files):
        directory += CENTRAL + struct.pack("<H", VERSION | UNIX) + same
        directory += struct.pack("<HHHII", 0, 0, 0, READABLE, len(body)) + name
        body += LOCAL + same + name + data
    count = len(files)
    return body + directory + END + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)


def _described(files: Mapping[str, bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Each file's name and content, and what both of its headers say of it."""
    for name, data in files.items():
        encoded = name.encode("ascii")
        sizes = (zlib.crc32(data), len(data), len(data), len(encoded), 0)
        yield encoded, data, struct.pack("<HHHHHIIIHH", VERSION, 0, 0, 0, EPOCH, *sizes)


def difference(data: bytes, files: Mapping[str, bytes]) -> str | None:
    """Where an archive is first not as these files give it; none where every byte is."""
    must = packed(files)
    if data == must:
        return None
    place = next((n for n, (is_, should) in enumerate(zip(data, must, strict=False)) if is_ != should), None)
    if place is None:
        return f"after byte {min(len(data), len(must))}, where it should {'end' if len(data) > len(must) else 'go on'}"
    end = 0
    for name, content, same in _described(files):
        end += len(LOCAL) + len(same) + len(name) + len(content)
        if place < end:
            return f"at byte {place}, in {name.decode()}"
    return f"at byte {place}, in the list of its files"
