"""Pathways as an earlier test has compiled them: a version's files say all that its executor is made of."""

from engine.composition import executor
from engine.course import Executor
from engine.pathway import Pathway

KNOWN: dict[tuple[str, int], Executor] = {}


def compiled_once(pathway: Pathway) -> Executor:
    """What runs a pathway, made once for a version and its reader."""
    key = pathway.version, pathway.reader
    if key not in KNOWN:
        KNOWN[key] = executor(pathway)
    return KNOWN[key]
