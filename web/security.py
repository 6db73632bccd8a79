"""What every answer says to the browser about safety: what may run, who may frame it, what may be kept."""

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from web.current import desk

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
protect = CSRFProtect()


def init(app: Flask) -> None:
    """Guard every POST with a token, and every answer with its headers."""
    protect.init_app(app)
    app.after_request(_headers)


def _headers(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY.format(nonce=desk().nonce)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.endpoint != "assets.built":
        headers["Cache-Control"] = "no-store"
    return response
