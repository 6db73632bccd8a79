"""What a proof has found, and how it is kept under its version and the prover's number. Proves nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

PROVER = 6
"""Raised whenever what is proven, or how, changes: what an earlier prover found is then not taken for known."""


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A property that does not hold: where, why, and a shortest way there."""

    what: str
    element: str | None
    message: str
    way: tuple[str, ...] = ()
    scenario: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What was walked, and what does not hold."""

    pathway: str
    states: int
    steps: int
    dates: int
    broken: tuple[Broken, ...]


def kept(proof: Proof) -> str:
    """A proof as it is kept under its version and this prover's number."""
    return msgspec.json.encode(proof).decode()


def read(text: str) -> Proof | None:
    """A proof that was kept; none where it can't be read: then it is proven anew."""
    try:
        return msgspec.json.decode(text, type=Proof)
    except msgspec.MsgspecError:
        return None
