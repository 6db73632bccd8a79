"""Checking a bundle that was unpacked, with no database."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.audit import (
    Sealed,
    alone,
    fingerprint,
    judge,
    named,
    verdict_of,
)
from engine.course import Version
from engine.dispute import version_named
from engine.exports.bundle import Bundle
from engine.pathway import version_of


@dataclass(frozen=True, kw_only=True)
class BundleVerdict:
    """What checking a bundle gave: its faults, and all that there is to say, line by line."""

    ref: str
    faults: tuple[str, ...] = ()
    lines: tuple[str, ...] = field(default=())


def checked(bundle: Bundle, version: Version, known: Sequence[str] = ()) -> BundleVerdict:
    """Check a bundle that was read, on its own version; `known` are the public keys (hex) that are trusted."""
    ref, entries = bundle.manifest.ref, bundle.entries
    found = alone(bundle.checkpoint, known)
    faults = list(found.faults)
    faults += [bundle.strange] if bundle.strange else []
    faults += judge(ref, entries, bundle.texts, version, witness=found).faults
    verdict = verdict_of(ref, entries, faults, found)
    lines = [f"{ref}: {fault}" for fault in faults] or [
        (
            f"{ref}: {verdict.entries} entries, as they were written; {verdict.inputs} inputs executed again on "
            f"version {bundle.manifest.version[:12]}"
        )
    ]
    lines += [f"What was typed before entry {seq} was erased by it ({texts} texts)." for seq, texts in verdict.erased]
    covering = found.covering(ref, entries)
    if bundle.checkpoint is None or covering is None:
        why = "No checkpoint covers it: nobody can tell whether the end of its journal was cut off."
        lines.append(why)
        if known:
            faults.append(why)
    else:
        lines.append(f"C{named(covering[0])[1:]} covers its first {covering[1]} entries.")
        lines += _signed(bundle.checkpoint, known)
    return BundleVerdict(ref=ref, faults=tuple(faults), lines=tuple(lines))


def _signed(checkpoint: Sealed, known: Sequence[str]) -> list[str]:
    named = f"Fingerprint of the checkpoint's key: {fingerprint(checkpoint.public_key)}"
    if known:
        return [named]
    return [
        (
            "The checkpoint's public key came from this bundle itself, so anybody could have made both. Compare the "
            "fingerprint with the one that the key's holder gave you, or name their key with --public-key."
        ),
        named,
    ]


def fits(bundle: Bundle) -> str | None:
    """Whether the version's files are those that the bundle and the journal name; what is wrong where not."""
    version = version_of(bundle.files)
    named_ = version_named(bundle.entries)
    if version != bundle.manifest.version or version != named_:
        return "The version's files are not those that the dispute was raised on."
    return None
