"""Attaching the protocol as it was published to the version of a pathway that was drawn from it."""

import hashlib

from engine.application import Concord
from engine.dispute import Actor
from engine.errors import ConcordError

LARGEST = 20 * 1024 * 1024  # bytes
LONGEST_NAME = 200
PDF = b"%PDF-"


class NoDocument(ConcordError):
    """{name} can't be attached: {why}."""


def attach_document(concord: Concord, by: Actor, pathway: str, name: str, content: bytes) -> str:
    """Attach a PDF to the current version of a pathway, in place of one that was there; gives the version.

    It is no part of the version: what runs does not change by it. Raises NoDocument, PathwayUnpublished.
    """
    if not content.startswith(PDF):
        raise NoDocument(name=name, why="it is no PDF. Save the protocol as a PDF, and attach that")
    if len(content) > LARGEST:
        raise NoDocument(name=name, why=f"it is larger than {LARGEST // 1024 // 1024} MB")
    if not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
        raise NoDocument(name=name, why=f"its name must be of one line and at most {LONGEST_NAME} characters")
    with concord.store.begin() as tx:
        at, version = concord.clock.now(), tx.versions.current(pathway)
        tx.versions.attach(version, name, content, at)
        told = {"partnership": pathway.partition("/")[0], "pathway": pathway, "version": version, "name": name}
        tx.changes.record(at, by, "DocumentAttached", told | {"sha256": hashlib.sha256(content).hexdigest()})
        return version
