"""What every answer says to the browser about safety: what may run, who may frame it, what may be kept."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest
from werkzeug.sansio.utils import host_is_trusted

from web.current import config, desk

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
A_YEAR = 365 * 24 * 60 * 60  # seconds
LABEL = r"[A-Za-z0-9_-]{1,63}"
HOST = re.compile(rf"(?=.{{1,260}}\Z)(?:{LABEL}(?:\.{LABEL})*\.?|\[[0-9A-Fa-f:.]{{2,45}}\])(?::[0-9]{{1,5}})?")
protect = CSRFProtect()


def _by_our_names(inner: "WSGIApplication", hosts: tuple[str, ...]) -> "WSGIApplication":
    """Refuse, before anything looks at it, what was sent to no name of a host, or not to ours where they are set."""

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        named = environ.get("HTTP_HOST", "")
        ours = HOST.fullmatch(named) and (not hosts or host_is_trusted(named, hosts))
        return inner(environ, start) if ours or not (named or hosts) else BadRequest()(environ, start)

    return answer


def init(app: Flask) -> None:
    """Answer only under our own names, guard every POST with a token, and every answer with its headers."""
    hosts = app.extensions["concord_config"].allowed_hosts
    app.wsgi_app = _by_our_names(app.wsgi_app, hosts)  # type: ignore[assignment, method-assign]
    protect.init_app(app)
    app.after_request(_headers)


def _headers(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY.format(nonce=desk().nonce)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if config().secure_cookie:
        headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    if request.endpoint != "assets.built":
        headers["Cache-Control"] = "no-store"
    return response
