"""What ships was proven before it shipped: its proofs by version, so that a first start proves only what is unknown.

`make proofs` writes them; a test proves all of it anew and compares. `check` takes none of them for known.
"""

from pathlib import Path

import msgspec

from engine.proof.result import PROVER, Proof

FILE = Path(__file__).with_name("shipped.json")


class Shipped(msgspec.Struct, kw_only=True):
    """The file: the prover's number, and what it found of each version."""

    prover: int
    proofs: dict[str, Proof]


def shipped(file: Path = FILE) -> dict[str, Proof]:
    """The proofs of what ships, by version; none that another prover found, nor where the file can't be read."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Shipped)
    except (OSError, msgspec.MsgspecError):
        return {}
    return found.proofs if found.prover == PROVER else {}


def written(proofs: dict[str, Proof]) -> bytes:
    """The file's text."""
    text = msgspec.json.encode(Shipped(prover=PROVER, proofs=dict(sorted(proofs.items()))))
    return msgspec.json.format(text, indent=2) + b"\n"
