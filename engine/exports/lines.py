"""A journal as JSON lines: one entry an object, what was typed beside it. Knows no store and no clock."""

import json
from collections.abc import Iterable, Mapping

from engine.journal import Entry, Text


def lines(entries: Iterable[Entry], texts: Mapping[tuple[int, str], Text]) -> bytes:
    """Give a journal as JSON lines; "typed" holds what was typed, by field, and null for what was erased."""
    return b"".join(_line(entry, texts) for entry in entries)


def _line(entry: Entry, texts: Mapping[tuple[int, str], Text]) -> bytes:
    found = {name: texts.get((entry.seq, name)) for name in entry.texts}
    typed = {name: text.text if text else None for name, text in found.items()}
    return json.dumps(entry.to_json() | {"typed": typed}, ensure_ascii=False).encode() + b"\n"
