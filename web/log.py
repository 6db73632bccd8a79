"""What the log says of requests: who did what from where, and what was refused; never what was typed.

A dispute's reference is told where it can be one: an address may hold anything.
"""

import re
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from web.current import desk

REFERENCE = re.compile(r"[A-Z][A-Z0-9-]{0,20}-\d{4}-\d{4,9}")
ELEMENT = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,80}(\.\d{1,9}){1,3}")
NO_CHANGE = frozenset({"session.enter", "session.leave", "raising.answered", "demo.move"})
log = structlog.get_logger()


def init(app: Flask) -> None:
    """Tell of every command that was carried out and of every refusal."""
    app.after_request(_told)
    app.log_exception = _failed  # type: ignore[assignment, method-assign]


def about() -> dict[str, Any]:
    """Give who asks, from where, and for what."""
    person = desk().person
    given = request.view_args or {}
    found = {
        "person": person.id if person else None,
        "remote": request.remote_addr,
        "what": request.endpoint,
        "ref": _if_it_is_one(REFERENCE, given.get("ref")),
        "task": _if_it_is_one(ELEMENT, given.get("key")),
        "act": given.get("name") if request.endpoint in {"acts.act", "acts.show"} else None,
    }
    return {name: value for name, value in found.items() if value}


def _told(answer: Response) -> Response:
    told = about()
    if answer.status_code >= 400:
        why = {"why": desk().refused} if desk().refused else {}
        log.info("refused", status=answer.status_code, method=_method(), **why, **told)
    elif request.method == "POST" and answer.status_code < 400 and request.endpoint not in NO_CHANGE:
        log.info("changed", **{**told, **_led_to(answer)}) if answer.status_code >= 300 else None
    return answer


def _method() -> str:
    return request.method if request.method in {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"} else "other"


def _led_to(answer: Response) -> dict[str, str]:
    """Give the dispute that an answer leads on to: one that was raised has a reference only now."""
    try:
        _, given = current_app.url_map.bind("").match(urlsplit(answer.location or "").path, method="GET")
    except HTTPException:
        return {}
    ref = _if_it_is_one(REFERENCE, given.get("ref"))
    return {"ref": ref} if ref else {}


def _if_it_is_one(kind: re.Pattern[str], value: Any) -> str | None:
    return str(value) if value and kind.fullmatch(str(value)) else None


def _failed(
    given: tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None],
) -> None:
    log.error("failed", method=_method(), exc_info=given[1] or True, **about())
