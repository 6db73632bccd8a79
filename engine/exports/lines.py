"""A journal as JSON lines: one entry an object, what was typed beside it. Knows no store and no clock."""

import json
from collections.abc import Mapping, Sequence

from engine.dispute import Entry, Text
from engine.replay import of_entry


def lines(entries: Sequence[Entry], texts: Mapping[tuple[int, str], Text]) -> bytes:
    """Give a journal as JSON lines; "typed" holds what was typed, by field, and null for what was erased.

    An entry that others correct or contradict names them: "corrected_by", "contradicted_by".
    """
    by: dict[int, dict[str, list[int]]] = {}
    for entry in entries:
        if (of := of_entry(entry)) is not None:
            by.setdefault(of, {}).setdefault(f"{entry.kind.lower()}_by", []).append(entry.seq)
    return b"".join(_line(entry, texts, by.get(entry.seq, {})) for entry in entries)


def _line(entry: Entry, texts: Mapping[tuple[int, str], Text], by: Mapping[str, Sequence[int]]) -> bytes:
    found = {name: texts.get((entry.seq, name)) for name in entry.texts}
    typed = {name: text.text if text else None for name, text in found.items()}
    return json.dumps(entry.to_json() | {"typed": typed} | dict(by), ensure_ascii=False).encode() + b"\n"
