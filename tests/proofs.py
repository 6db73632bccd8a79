"""Proves what ships, as it is and with the demonstration's numbers, and writes the proofs down (make proofs)."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from engine.composition import proven  # noqa: E402
from engine.pathway import read_folder  # noqa: E402
from engine.proof.shipped import FILE, written  # noqa: E402


def main() -> None:
    """A pathway's proof stands under both of its versions: they differ in telephone numbers alone."""
    proofs = {}
    for diagram in sorted(ROOT.glob("bpmn/*/*.bpmn")):
        own, made_up = (read_folder(diagram.parent, diagram.stem, demo=demo) for demo in (False, True))
        proof = proven(own)
        print(f"{own.name}: {proof.states} states, {len(proof.broken)} properties broken")  # noqa: T201
        if not proof.broken:
            proofs |= {own.version: proof, made_up.version: proof}
    FILE.write_bytes(written(proofs))


if __name__ == "__main__":
    main()
