"""Checkpoints and verifying: whether a record is what it was. Knows no database."""

from engine.audit.checkpoints import (
    SETTLED,
    Beside,
    CheckpointUnreadable,
    End,
    KeyUnreadable,
    Sealed,
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
from engine.audit.verdict import Judged, Verdict, judge, told
from engine.audit.witness import Witness, alone, named, witness

__all__ = [
    "SETTLED",
    "Beside",
    "CheckpointUnreadable",
    "End",
    "Judged",
    "KeyUnreadable",
    "Sealed",
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
    "told",
    "witness",
]
