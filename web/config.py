"""What the web needs to be told by run.py; reads no environment itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Config:
    """Settings of the web.

    `demo` lets one sign in as anybody; `move_clock` moves a demonstration's clock on and fires what is due by then.
    """

    secret_key: bytes
    demo: bool = False
    move_clock: Callable[[datetime], None] | None = None
    secure_cookie: bool = False
