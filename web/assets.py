"""The built files: their addresses carry their content's hash, so that a browser may keep them for ever."""

import gzip
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
def _bytes(path: Path, *, packed: bool) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0) if packed else path.read_bytes()


@blueprint.get("/assets/<name>")
def built(name: str) -> Response:
    """Send a built file, compressed where the browser takes that; as its name carries its hash it never changes."""
    path = safe_join(str(STATIC), name)
    if path is None or Path(path).suffix not in TYPES or not Path(path).is_file():
        raise NotFound
    packed = request.accept_encodings["gzip"] > 0
    response = Response(_bytes(Path(path), packed=packed), content_type=TYPES[Path(path).suffix])
    if packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = FOR_EVER
    response.cache_control.immutable = True
    return response
