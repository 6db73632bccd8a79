"""Whether this process lives, and whether the installation serves and fires; open to whoever watches, without names."""

from time import monotonic

from flask import Blueprint, Response, current_app, json, request

from engine import Health, health
from web.current import concord

ONCE = 10.0
"""So many seconds a page trusts what it saw of the worker; who watches is always told what is so."""
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> tuple[str, dict[str, str]]:
    """Say that the process answers. It asks no database: one that is away, or locked, is no reason to start it anew."""
    return "ok", PLAIN


@blueprint.get("/readyz")
def ready() -> Response:
    """Say whether it serves and fires, in words or as JSON; 503 where it doesn't."""
    found = health(concord())
    status = 200 if found.ready else 503
    if "json" in request.args or request.accept_mimetypes.best == "application/json":
        return Response(json.dumps(found.told()), status, {**PLAIN, "Content-Type": "application/json"})
    words = "\n".join(found.wrong) or "ready"
    return Response(f"{words}\n", status, PLAIN)


def standstill() -> tuple[str, ...]:
    """Give what those who oversee must know on every page: that nothing fires. Looked at once in a while."""
    kept: tuple[float, Health] | None = current_app.extensions.get("concord_health")
    if kept is None or monotonic() > kept[0] + ONCE:
        kept = (monotonic(), health(concord()))
        current_app.extensions["concord_health"] = kept
    return kept[1].wrong
