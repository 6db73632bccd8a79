"""What every answer says to the browser about safety: what may run, who may frame it, what may be kept."""

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest
from werkzeug.sansio.utils import host_is_trusted

from web.current import config, desk

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
A_YEAR = 365 * 24 * 60 * 60  # seconds
protect = CSRFProtect()


def init(app: Flask) -> None:
    """Answer only under our own names, guard every POST with a token, and every answer with its headers."""
    app.before_request(_named)
    protect.init_app(app)
    app.after_request(_headers)


def _named() -> None:
    """Refuse a request that was sent to another name than ours, where ours are set."""
    hosts = config().allowed_hosts
    try:
        ours = not hosts or host_is_trusted(request.host, hosts)
    except UnicodeError as error:  # no name of any host
        raise BadRequest from error
    if not ours:
        raise BadRequest


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
