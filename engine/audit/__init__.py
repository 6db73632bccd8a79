"""Checkpoints and verifying: whether a record is what it was. Knows no database."""

from engine.audit.checkpoints import (
    SETTLED,
    CheckpointUnreadable,
    End,
    KeyUnreadable,
    Sealed,
    TableDigest,
    fingerprint,
    from_file,
    new_key,
    place,
    private_key,
    public_key,
    public_pem,
    seal,
    to_file,
)
from engine.audit.verdict import Judged, Verdict, judge, verdict_of
from engine.audit.witness import Witness, alone, named, witness

__all__ = [
    "SETTLED",
    "CheckpointUnreadable",
    "End",
    "Judged",
    "KeyUnreadable",
    "Sealed",
    "TableDigest",
    "Verdict",
    "Witness",
    "alone",
    "fingerprint",
    "from_file",
    "judge",
    "named",
    "new_key",
    "place",
    "private_key",
    "public_key",
    "public_pem",
    "seal",
    "to_file",
    "verdict_of",
    "witness",
]
