"""A bundle: one dispute's record in a ZIP that can be checked on a machine that has never seen the database.

Making one reads the store; reading one back trusts nothing in it: names, sizes and kinds are checked first.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from engine.application import Concord, Transaction
from engine.audit import (
    CheckpointUnreadable,
    Sealed,
    alone,
    from_file,
    place,
    public_pem,
    to_file,
)
from engine.calendar import show
from engine.dispute import Entry, Text
from engine.errors import ConcordError
from engine.exports import archive

FORMAT = 2
"""Since 2 every byte is given by what it says; a bundle of format 1 was deflated, with dates."""
MOST_BYTES = 50_000_000
TOO_MUCH = f"it unpacks to more than {MOST_BYTES // 1_000_000} MB"
MOST_FILES = 2_000
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError,
    IndexError, OverflowError,
)  # fmt: skip
"""What reading an archive raises that was tampered with."""
PLAIN = ("README.txt", "bundle.json", "journal.jsonl", "texts.jsonl", "checkpoint.json", "public-key.pem")
VERSION_FILE = re.compile(r"version/((?:bpmn|forms)/(?:[A-Za-z0-9_-]+/)?[A-Za-z0-9_-]+\.[a-z]+)")
README = """The record of dispute {ref}, taken from Concord on {at}

journal.jsonl     its journal: one entry a line, each with the hash of the one before it
texts.jsonl       what people typed, with the salts under which the journal holds its digests;
                  what was erased is not there, and an entry of the journal says so
version/          the files of the pathway that it ran on: version {version},
                  read as reader {reader} of Concord reads them
checkpoint.json   a signed checkpoint that covers it, where there is one; its place in it is told in bundle.json
public-key.pem    the key that the checkpoint names as its own

To check it, no database is needed:

    python run.py verify --bundle THIS-FILE.zip --public-key KEY.pem

KEY.pem is the public key as whoever holds the checkpoint key gave it to you. Without it the key in this bundle is
taken: then compare the fingerprint that is printed with the one that the holder tells you.
"""


class BundleUnreadable(ConcordError):
    """This is no bundle that Concord can check: {why}."""


class Manifest(msgspec.Struct, frozen=True):
    """What a bundle says of itself; `place` is its dispute's leaf in the checkpoint, `at` when it was made.

    `reader` is the one by which the version's files are read.
    """

    v: int
    ref: str
    version: str
    place: list[str | int] | None = None
    reader: int = 1
    at: str | msgspec.UnsetType = msgspec.UNSET


class _Typed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seq: int
    name: str
    salt: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A bundle that was read; `strange` is what in it is not as what it says gives it."""

    manifest: Manifest
    entries: Sequence[Entry]
    texts: Mapping[tuple[int, str], Text]
    files: Mapping[str, bytes]
    checkpoint: Sealed | None = None
    strange: str | None = None


def bundle_of(concord: Concord, tx: Transaction, ref: str) -> bytes:
    """The bundle of a dispute, as a ZIP; raises DisputeUnknown."""
    record, entries = tx.disputes.get(ref), tx.journal.entries(ref)
    texts = [_Typed(seq, text.name, text.salt, text.text) for (seq, _), text in sorted(tx.journal.texts(ref).items())]
    own = place(ref, 1, entries[0].hash)
    newest = tx.checkpoints.newest()
    leaf, at = _leaf(newest, own), msgspec.to_builtins(concord.clock.now())
    said = Manifest(FORMAT, ref, record.version, leaf, tx.versions.reader(record.version), at)
    files = {
        "README.txt": _readme(said),
        "bundle.json": msgspec.json.encode(said),
        "journal.jsonl": _lines(_spelled(entry.to_json()) for entry in entries),
        "texts.jsonl": _lines(map(msgspec.json.encode, texts)),
    }
    if newest and leaf:
        files |= {"checkpoint.json": to_file(newest), "public-key.pem": public_pem(newest.public_key)}
    files |= {f"version/{name}": data for name, data in sorted(tx.versions.files(record.version).items())}
    return archive.packed(files)


def _readme(said: Manifest) -> bytes:
    at = show(datetime.fromisoformat(str(said.at)))
    return README.format(ref=said.ref, at=at, version=said.version, reader=said.reader).encode()


def _leaf(checkpoint: Sealed | None, own: str) -> list[str | int] | None:
    """The place of a dispute in a checkpoint."""
    body = alone(checkpoint).newest
    found = next((leaf for leaf in body.leaves if leaf.dispute == own), None) if body else None
    return [found.dispute, found.seq, found.digest] if found else None


def _spelled(value: Any, v: int = FORMAT) -> bytes:
    """An entry as JSON: one way alone; in a bundle of format 1 names stand in the order in which they were written."""
    return msgspec.json.encode(value, order="sorted" if v > 1 else None)


def _lines(rows: Iterable[bytes]) -> bytes:
    return b"".join(row + b"\n" for row in rows)


def unpacked(data: bytes) -> Bundle:
    """Read a bundle; raises BundleUnreadable with what is wrong."""
    try:
        files = dict(_members(data))
    except BROKEN as error:
        raise BundleUnreadable(why=f"it is no ZIP archive, or a broken one ({error})") from error
    for name in ("bundle.json", "journal.jsonl"):
        if name not in files:
            raise BundleUnreadable(why=f"it holds no {name}")
    try:
        manifest = msgspec.json.decode(files["bundle.json"], type=Manifest)
        if manifest.v not in range(1, FORMAT + 1):
            raise BundleUnreadable(
                why=f"its format is {manifest.v}, this Concord reads format {FORMAT} and those before"
            )
        entries = [_line(line, manifest.v) for line in _split(files["journal.jsonl"], "journal.jsonl")]
        typed = [_text(line) for line in _split(files.get("texts.jsonl", b""), "texts.jsonl")]
        kept = files.get("checkpoint.json")
        checkpoint = from_file(kept, "checkpoint.json") if kept is not None else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BundleUnreadable(why=f"what it holds can't be read ({error})") from error
    except CheckpointUnreadable as error:
        raise BundleUnreadable(why="its checkpoint can't be read") from error
    if not entries:
        raise BundleUnreadable(why="its journal is empty")
    if files["bundle.json"] not in _spellings(manifest):
        raise BundleUnreadable(why="its bundle.json is not spelled as Concord spells it")
    if len({(text.seq, text.name) for text in typed}) < len(typed):
        raise BundleUnreadable(why="it holds what was typed in one place twice")
    return Bundle(
        manifest=manifest,
        entries=entries,
        texts={(text.seq, text.name): Text(name=text.name, salt=text.salt, text=text.text) for text in typed},
        files={found[1]: data for name, data in files.items() if (found := VERSION_FILE.fullmatch(name))},
        checkpoint=checkpoint,
        strange=_strange(data, files, manifest, entries, checkpoint) if manifest.v > 1 else None,
    )


def _spellings(said: Manifest) -> set[bytes]:
    """How bundle.json may be written; the first bundles named no reader."""
    first = {"v": said.v, "ref": said.ref, "version": said.version, "place": said.place}
    return {msgspec.json.encode(said)} | ({msgspec.json.encode(first)} if said.v == 1 else set())


def _split(data: bytes, name: str) -> list[bytes]:
    """The lines of a file, each of which ends as Concord ends it."""
    rows = data.split(b"\n")
    if rows.pop():
        raise BundleUnreadable(why=f"the last line of {name} is cut off")
    return rows


def _line(line: bytes, v: int) -> Entry:
    """An entry, spelled as it was written, and nothing beside it that no hash covers."""
    entry = msgspec.json.decode(line, type=Entry)
    if msgspec.json.decode(line).keys() != entry.to_json().keys():
        raise BundleUnreadable(why=f"entry {entry.seq} holds more than an entry has")
    if _spelled(entry.to_json(), v) != line:
        raise BundleUnreadable(why=f"entry {entry.seq} is not spelled as Concord spells it")
    return entry


def _text(line: bytes) -> _Typed:
    text = msgspec.json.decode(line, type=_Typed)
    if msgspec.json.encode(text) != line:
        raise BundleUnreadable(why=f"what was typed in entry {text.seq} is not spelled as Concord spells it")
    return text


def _strange(
    data: bytes, files: Mapping[str, bytes], said: Manifest, entries: Sequence[Entry], checkpoint: Sealed | None
) -> str | None:
    """What in a bundle is not as what it says gives it: no byte of it may be another."""
    must = {"README.txt": _readme(said)}
    if checkpoint is not None:
        must |= {"checkpoint.json": to_file(checkpoint), "public-key.pem": public_pem(checkpoint.public_key)}
    for name in ("README.txt", "checkpoint.json", "public-key.pem"):
        if files.get(name) != must.get(name):
            return f"{name} is not as Concord writes it."
    own = place(said.ref, 1, entries[0].hash)
    if said.place != _leaf(checkpoint, own):
        return "bundle.json tells another place in the checkpoint than the dispute has."
    typed = [(text.seq, text.name) for text in (_text(line) for line in _split(files["texts.jsonl"], ""))]
    if typed != sorted(typed):
        return "texts.jsonl is not in order."
    ordered = {name: files[name] for name in (*PLAIN, *sorted(files.keys() - set(PLAIN))) if name in files}
    where = archive.difference(data, ordered)
    return f"The archive is not as Concord writes it, {where}." if where else None


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of the archive: known names only, each once, and no more bytes than a record can have."""
    left = MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        listed = zipped.infolist()
        if len(listed) > MOST_FILES:
            raise BundleUnreadable(why=f"it holds more than {MOST_FILES} files")
        if sum(each.file_size for each in listed) > MOST_BYTES:
            raise BundleUnreadable(why=TOO_MUCH)
        names = [each.filename for each in listed]
        for each in listed:
            if each.filename not in PLAIN and not VERSION_FILE.fullmatch(each.filename):
                raise BundleUnreadable(why=f"it holds {each.filename[:80]!r}, which is no part of a bundle")
            if names.count(each.filename) > 1:
                raise BundleUnreadable(why=f"it holds {each.filename} more than once")
        for each in listed:
            with zipped.open(each) as member:
                content = member.read(left + 1)
            left -= len(content)
            if left < 0:
                raise BundleUnreadable(why=TOO_MUCH)
            yield each.filename, content
