"""What a request may be written in: text that every database and every export can hold. Knows no page.

NUL is refused by PostgreSQL, other control characters and non-characters by XML, in which a record is exported.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.routing import BaseConverter, IntegerConverter, ValidationError

from engine import with_plain_breaks

UNKEEPABLE = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST = 200  # characters of a part of an address; a task's key is the longest of ours
LONGEST_NUMBER = 9  # digits: what every database holds as an integer


class TypedRequest(Request):
    """A request whose text breaks lines as every database and export does: Word's own break (Shift-Enter) is one."""

    @cached_property
    def form(self) -> ImmutableMultiDict[str, str]:
        """What was posted."""
        sent = super().form
        return ImmutableMultiDict([(name, with_plain_breaks(text)) for name, text in sent.items(multi=True)])


class CharactersRefused(BadRequest):
    """Something in the request can't be kept as text; the page says so, and shows what was typed without it."""


class Part(BaseConverter):
    """A part of an address as it can be a reference or an id; nothing is looked up for any other."""

    def to_python(self, value: str) -> str:
        """Give the part; what is no name of anything is an address that does not exist."""
        if len(value) > LONGEST or not value.isprintable():
            raise ValidationError
        return value


class Number(IntegerConverter):
    """A number in an address that a database can hold."""

    def to_python(self, value: str) -> int:
        """Give the number."""
        if len(value) > LONGEST_NUMBER:
            raise ValidationError
        return int(super().to_python(value))


def init(app: Flask) -> None:
    """Refuse what can't be kept before any view reads it; call this before routes are added."""
    app.request_class = TypedRequest
    app.url_map.converters |= {"default": Part, "string": Part, "int": Number}
    app.before_request(_readable)


def keepable(text: str) -> str:
    """Give a text without what can't be kept."""
    return UNKEEPABLE.sub("", text)


def _readable() -> None:
    if any(UNKEEPABLE.search(text) for text in _sent()):
        raise CharactersRefused


def _sent() -> Iterator[str]:
    for values in (request.args, request.form):
        for name, texts in values.lists():
            yield name
            yield from texts
