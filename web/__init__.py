"""The web: thin views over the engine. Knows the names that engine/__init__.py offers, and nothing behind them."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from engine import Concord, impatient, when
from web import (
    acts,
    assets,
    calendar_file,
    characters,
    clauses,
    compressing,
    demo,
    directory,
    disputes,
    exports,
    finding,
    first_steps,
    health,
    log,
    looks,
    paperwork,
    raising,
    record,
    refusals,
    replay,
    security,
    session,
    tasks,
)
from web.config import Config, SettingWrong, configured
from web.current import desk
from web.server import Server
from web.wording import ended_with, few, first_few, sentence_case

__all__ = ["Config", "Server", "SettingWrong", "configured", "create_app"]

LARGEST_REQUEST = 1_000_000
PATIENCE = 5.0  # seconds for a lock


def create_app(concord: Concord, config: Config) -> Flask:
    """Make the application that serves one engine."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=config.secret_key,
        SESSION_COOKIE_NAME="__Host-concord" if config.secure_cookie else "concord",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookie,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: nobody loses what they typed over lunch
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
    )
    app.wsgi_app = _impatient(app.wsgi_app)  # type: ignore[assignment, method-assign]
    app.extensions["concord"] = concord
    app.extensions["concord_config"] = config
    _templates(app)
    for part in (session, characters, security, refusals, looks, log, compressing):
        part.init(app)
    if count := config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    for module in (
        assets, session, tasks, paperwork, raising, disputes, acts, directory, clauses, exports, finding, record,
        calendar_file, replay, demo, health, first_steps,
    ):  # fmt: skip
        app.register_blueprint(module.blueprint)
    return app


def _impatient(inner: Any) -> Callable[[Any, Any], Any]:
    """Answer within seconds, also while somebody holds the database: who waits at a page takes a thread."""

    def answered(environ: Any, start: Any) -> Any:
        with impatient(PATIENCE):
            return inner(environ, start)

    return answered


def _templates(app: Flask) -> None:
    packages = ("govuk_frontend_jinja", "govuk_frontend_wtf")
    app.jinja_options = {
        "loader": ChoiceLoader([PackageLoader("web"), PrefixLoader({name: PackageLoader(name) for name in packages})]),
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_env.globals["asset"] = assets.asset
    app.jinja_env.filters["when"] = when
    app.jinja_env.filters["ended_with"] = ended_with
    app.jinja_env.filters["few"] = few
    app.jinja_env.filters["first_few"] = first_few
    app.jinja_env.filters["capitalize_first"] = sentence_case
    app.context_processor(_shown)


def _shown() -> dict[str, object]:
    """Give every page who is signed in, where to go, the nonce of its script, and a demonstration's clock."""
    here = desk()
    if here.shown is None:
        person = here.person
        here.shown = {
            "cspNonce": here.nonce,
            "person": {"id": person.id, "name": person.name, "about": person.agency_name} if person else None,
            "navigation": session.navigation(person),
            "standstill": health.standstill() if person and person.oversees else (),
            **session.addresses(person),
            **demo.banner(),
        }
    return here.shown
