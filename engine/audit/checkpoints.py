"""Signed checkpoints over every dispute's journal, to be kept elsewhere and shown to others. Knows no database.

A checkpoint tells no reference: a dispute stands in it as a digest of its first entry, and how far its journal went as
a number and a digest of the entry there.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import rfc8785
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from engine.dispute import GENESIS
from engine.errors import ConcordError
from engine.machine import FILE, mend

FORMAT = 1
SETTLED = timedelta(hours=1)  # no transaction stays open for so long: what is older than this is written for good


class KeyUnreadable(ConcordError):
    """{file} holds no Ed25519 {kind} key in PEM form."""


class CheckpointUnreadable(ConcordError):
    """{file} is no checkpoint of Concord."""


class Leaf(msgspec.Struct, frozen=True, array_like=True):
    """One dispute in a checkpoint: a digest that names it without telling which it is, and where its journal ended."""

    dispute: str
    seq: int
    digest: str


class TableDigest(msgspec.Struct, frozen=True, array_like=True):
    """One table beside the journals that is only added to: how many rows it had, and a digest of them."""

    rows: int
    digest: str


class Body(msgspec.Struct, frozen=True):
    """What is signed; `settled` is the instant up to which the tables beside the journals were read."""

    v: int
    number: int
    at: str
    settled: str
    previous: str
    leaves: list[Leaf]
    beside: dict[str, TableDigest]


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A checkpoint as it is kept: the canonical JSON that was signed, the signature and the public key, both in hex."""

    number: int
    body: str
    signature: str
    public_key: str

    @property
    def digest(self) -> str:
        """What the next checkpoint names it by."""
        return hashlib.sha256(str(self.body).encode()).hexdigest()

    def read(self) -> Body:
        """What it says; raises CheckpointUnreadable."""
        try:
            body = msgspec.json.decode(self.body, type=Body)
        except msgspec.MsgspecError as error:
            raise CheckpointUnreadable(file=f"Checkpoint {self.number}") from error
        if body.v != FORMAT:
            raise CheckpointUnreadable(file=f"Checkpoint {self.number}, of format {body.v},")
        return body


@dataclass(frozen=True, kw_only=True)
class End:
    """Where a journal ends: its reference, its first entry's hash, its last entry's number and hash."""

    ref: str
    first: str
    seq: int
    last: str


def place(ref: str, seq: int, hash_: str) -> str:
    """The digest of an entry's place in a dispute's journal."""
    return hashlib.sha256(rfc8785.dumps([ref, seq, hash_])).hexdigest()


def seal(
    key: Ed25519PrivateKey,
    at: datetime,
    before: Sealed | None,
    ends: Iterable[End],
    beside: Mapping[str, TableDigest],
) -> Sealed:
    """A checkpoint that follows `before`, signed."""
    leaves = [Leaf(place(e.ref, 1, e.first), e.seq, place(e.ref, e.seq, e.last)) for e in ends]
    body = Body(
        v=FORMAT,
        number=before.number + 1 if before else 1,
        at=msgspec.to_builtins(at),
        settled=msgspec.to_builtins(at - SETTLED),
        previous=before.digest if before else GENESIS,
        leaves=sorted(leaves, key=lambda leaf: leaf.dispute),
        beside=dict(beside),
    )
    canonical = rfc8785.dumps(msgspec.to_builtins(body))
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return Sealed(
        number=body.number, body=canonical.decode(), signature=key.sign(canonical).hex(), public_key=public.hex()
    )


def signature_fault(checkpoint: Sealed, known: Sequence[str] = ()) -> str | None:
    """What is wrong with a checkpoint's signature; `known` are public keys to be trusted, else its own is taken.

    SQLite holds in a column whatever somebody puts there: what is no text was altered.
    """
    if known and checkpoint.public_key not in known:
        return f"Checkpoint {checkpoint.number} was signed with another key: {fingerprint(checkpoint.public_key)}."
    try:
        key = Ed25519PublicKey.from_public_bytes(_from_hex(checkpoint.public_key))
        key.verify(_from_hex(checkpoint.signature), str(checkpoint.body).encode())
    except (InvalidSignature, ValueError):
        return f"Checkpoint {checkpoint.number} was altered: its signature does not fit."
    return None


def _from_hex(told: str) -> bytes:
    """The bytes that were written in hex, as Concord writes it: `bytes.fromhex` takes capitals and spaces too."""
    found = bytes.fromhex(str(told))
    if found.hex() != told:
        raise ValueError
    return found


def to_file(checkpoint: Sealed) -> bytes:
    """A checkpoint as a file, to be kept elsewhere."""
    return msgspec.json.format(msgspec.json.encode(checkpoint), indent=1) + b"\n"


def from_file(data: bytes, file: str) -> Sealed:
    """The checkpoint of a file; raises CheckpointUnreadable."""
    try:
        found = msgspec.json.decode(data, type=Sealed)
        fits = found.read().number == found.number
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, CheckpointUnreadable) as error:
        raise CheckpointUnreadable(file=file) from error
    if not fits:
        raise CheckpointUnreadable(file=file)
    return found


def fingerprint(public_key: str) -> str:
    """SHA-256 of a public key's 32 bytes, in groups that can be read out."""
    try:
        digest = hashlib.sha256(bytes.fromhex(str(public_key))).hexdigest()
    except ValueError:
        return "none: it is no key"
    return " ".join(digest[n : n + 8] for n in range(0, 64, 8))


def new_key(file: Path) -> Path:
    """Make a key pair: the private key in `file`, for its owner's eyes alone; gives the public key's file beside it.

    Raises OSError where either can't be written or is there already; then neither is made.
    """
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    beside = file.with_name(f"{file.stem}.public.pem")
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(private)
    try:
        with beside.open("xb") as shown:
            shown.write(public)
    except OSError:
        file.unlink()
        raise
    return beside


def private_key(file: Path) -> Ed25519PrivateKey:
    """The private key of a PEM file, which is its owner's alone from then on; raises KeyUnreadable."""
    try:
        mend(file, FILE)
        key = serialization.load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnreadable(file=file, kind="private") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnreadable(file=file, kind="private")
    return key


def public_key(file: Path) -> str:
    """The public key of a PEM file, in hex; raises KeyUnreadable."""
    try:
        key = serialization.load_pem_public_key(file.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise KeyUnreadable(file=file, kind="public") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyUnreadable(file=file, kind="public")
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def public_pem(public_key: str) -> bytes:
    """A public key as a PEM file; nothing where it is none."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    except ValueError:
        return b""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
