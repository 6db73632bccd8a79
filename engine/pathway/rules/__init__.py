"""The rules by which a pathway is sound. Runs nothing; the proof does that."""

from engine.pathway.rules.checking import USE, Finding, check_files

__all__ = [
    "USE",
    "Finding",
    "check_files",
]
