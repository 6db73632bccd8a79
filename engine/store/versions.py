"""Published versions, their files and their proofs."""

import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.application import (
    PathwayUnpublished,
    RowUnreadable,
)
from engine.store import packing
from engine.store import tables as t
from engine.store.part import Part

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, LookupError, OSError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
"""What reading an archive raises that was tampered with."""


class Versions(Part):
    """Published versions, their files and their proofs."""

    @cached_property
    def known(self) -> dict[str, dict[str, str]]:
        """The current versions that were read in this transaction, by partnership and pathway."""
        return {}

    def add(
        self, version: str, partnership: str, pathway: str, at: datetime, files: Mapping[str, bytes], reader: int
    ) -> bool:
        """Store a published version and make it current; false where it is the current one already."""
        self.known.clear()
        c = t.publications.c
        last = self._one(select(c.version, c.number).where(c.pathway == pathway).order_by(c.number.desc()).limit(1))
        if last is not None and last.version == version:
            return False
        number = (last.number if last else 0) + 1
        made = sqlite if self.sqlite else postgresql
        if self._one(select(t.versions.c.version).where(t.versions.c.version == version)) is None:
            first = {
                "version": version,
                "partnership": partnership,
                "pathway": pathway,
                "published_at": at,
                "number": number,
                "files": packing.pack_files(files),
                "reader": reader,
            }
            self.connection.execute(made.insert(t.versions).values(first).on_conflict_do_nothing())
            self._touch("versions", version)
        published = made.insert(t.publications).values(pathway=pathway, number=number, version=version, at=at)
        once = published.on_conflict_do_nothing().returning(c.number)  # another process may publish the same just now
        self._touch("publications", pathway, number)
        return self.connection.execute(once).one_or_none() is not None

    def reader(self, version: str) -> int:
        """The number of the reader that a version was published under."""
        return int(
            self.connection.execute(select(t.versions.c.reader).where(t.versions.c.version == version)).scalar_one()
        )

    def files(self, version: str) -> dict[str, bytes]:
        """The files of a version."""
        row = self._one(select(t.versions.c.files).where(t.versions.c.version == version))
        if row is None:
            raise PathwayUnpublished(pathway=version)
        try:
            return packing.unpack_files(row.files)
        except UNREADABLE as error:
            raise RowUnreadable(table="versions", ref=f"version {version[:12]}") from error

    def proof(self, version: str, prover: int) -> str | None:
        """What a prover found of a version, as it was kept."""
        c = t.proofs.c
        row = self._one(select(c.result).where(c.version == version, c.prover == prover))
        return row.result if row else None

    def keep_proof(self, version: str, prover: int, result: str) -> None:
        """Keep what a prover found of a version."""
        self._upsert(t.proofs, ["version", "prover"], [{"version": version, "prover": prover, "result": result}])

    def unproven(self, version: str) -> str:
        """Why a version was published without its proof; nothing where it was not."""
        row = self._one(select(t.unproven.c.reason).where(t.unproven.c.version == version))
        return row.reason if row else ""

    def mark_unproven(self, version: str, at: datetime, reason: str) -> bool:
        """Note that a version is published without its proof, and why; false where that is noted already."""
        if self.unproven(version):
            return False
        self._touch("unproven", version)
        made = (sqlite if self.sqlite else postgresql).insert(t.unproven)
        once = made.values(version=version, at=at, reason=reason).on_conflict_do_nothing()
        return self.connection.execute(once.returning(t.unproven.c.version)).one_or_none() is not None

    def attach(self, version: str, name: str, content: bytes, at: datetime) -> None:
        """Keep a protocol's published document beside a version, in place of one that was there."""
        row = {"version": version, "name": name, "content": content, "at": at}
        self._upsert(t.documents, ["version"], [row])
        self._touch("documents", version)

    def documents(self, versions: Iterable[str]) -> dict[str, str]:
        """What the documents are called that are kept beside these versions."""
        c = t.documents.c
        wanted = select(c.version, c.name).where(c.version.in_(list(versions)))
        return {row.version: row.name for row in self.connection.execute(wanted)}

    def document(self, partnership: str, version: str) -> tuple[str, bytes] | None:
        """The document beside a version of a partnership: what it is called, and itself; none where there is none."""
        c, v = t.documents.c, t.versions.c
        wanted = select(c.name, c.content).join_from(t.documents, t.versions, v.version == c.version)
        row = self._one(wanted.where(c.version == version, v.partnership == partnership))
        return (row.name, row.content) if row else None

    def all(self) -> list[str]:
        """All versions that were ever published."""
        return list(self.connection.execute(select(t.versions.c.version).order_by(t.versions.c.version)).scalars())

    def current(self, pathway: str) -> str:
        """The version of a pathway that new disputes run on."""
        c = t.publications.c
        row = self._one(select(c.version).where(c.pathway == pathway).order_by(c.number.desc()).limit(1))
        if row is None:
            raise PathwayUnpublished(pathway=pathway)
        return str(row.version)

    def pathways(self, partnership: str) -> dict[str, str]:
        """The published pathways of a partnership, the main one first, each with its current version; read once."""
        if partnership not in self.known:
            self.known[partnership] = self._pathways(partnership)
        return dict(self.known[partnership])

    def _pathways(self, partnership: str) -> dict[str, str]:
        c, v = t.publications.c, t.versions.c
        again = t.publications.alias().c
        last = select(func.max(again.number)).where(again.pathway == c.pathway).scalar_subquery()
        current = select(c.pathway, c.version).join_from(t.publications, t.versions, v.version == c.version)
        wanted = current.where(v.partnership == partnership, c.number == last).order_by(c.pathway)
        return {row.pathway: row.version for row in self.connection.execute(wanted)}

    def partnerships(self) -> list[str]:
        """Those that have published a pathway."""
        return list(
            self.connection.execute(
                select(t.versions.c.partnership).distinct().order_by(t.versions.c.partnership)
            ).scalars()
        )
