"""The built files: their addresses carry their content's hash, so that a browser may keep them for ever."""

import json
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, send_from_directory, url_for
from werkzeug.exceptions import NotFound

STATIC = Path(__file__).parent / "static"
FOR_EVER = 365 * 24 * 60 * 60

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


@blueprint.get("/assets/<path:name>")
def built(name: str) -> Response:
    """Send a built file; one whose name carries a hash never changes."""
    if name == "manifest.json" or name.endswith(".LEGAL.txt"):
        raise NotFound
    response = send_from_directory(STATIC, name, max_age=FOR_EVER)
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response
