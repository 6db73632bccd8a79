"""The built files: their addresses carry their content's hash, so that a browser may keep them for ever."""

import json
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

STATIC = Path(__file__).parent / "static"
FOR_EVER = 365 * 24 * 60 * 60
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}

blueprint = Blueprint("assets", __name__)


@lru_cache(maxsize=4)
def _manifest(changed: float) -> dict[str, str]:  # noqa: ARG001 - read again where the file has changed
    found: dict[str, str] = json.loads((STATIC / "manifest.json").read_text())
    return found


def manifest() -> dict[str, str]:
    """Give the built name of each file."""
    path = STATIC / "manifest.json"
    return _manifest(path.stat().st_mtime) if path.exists() else {}


def asset(name: str) -> str:
    """Give the address of a built file, e.g. app.css."""
    return url_for("assets.built", name=manifest().get(name, name))


@lru_cache(maxsize=32)
def _bytes(path: Path) -> bytes:
    return path.read_bytes()


def _packed(path: Path) -> Path | None:
    """The same file as the build has compressed it, where the browser takes that."""
    packed = path.with_name(f"{path.name}.br")
    return packed if request.accept_encodings["br"] > 0 and packed.is_file() else None


@blueprint.get("/assets/<name>")
def built(name: str) -> Response:
    """Send a built file, as it was compressed when it was built; as its name carries its hash it never changes."""
    path = safe_join(str(STATIC), name)
    if path is None or Path(path).suffix not in TYPES or not Path(path).is_file():
        raise NotFound
    packed = _packed(Path(path))
    response = Response(_bytes(packed or Path(path)), content_type=TYPES[Path(path).suffix])
    if packed:
        response.content_encoding = "br"
    response.cache_control.public = True
    response.cache_control.max_age = FOR_EVER
    response.cache_control.immutable = True
    return response
