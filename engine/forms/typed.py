"""Text as people type and paste it: line breaks of every editor are line breaks, and what nobody can see is nothing."""

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs that are drawn as nothing: Hangul's fillers, Braille without a dot."""
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Mn", "Me", "Zl", "Zp", "Zs"})


def with_plain_breaks(text: str) -> str:
    """A text with the line breaks of every editor as plain ones: Word's own (Shift-Enter) is U+000B."""
    return _BREAKS.sub("\n", text)


def cleaned(text: str) -> str:
    """What somebody typed, with plain line breaks and nothing around it; nothing where nothing of it can be seen."""
    plain = with_plain_breaks(text).strip()
    return (
        plain if any(letter not in _BLANK and unicodedata.category(letter) not in _UNSEEN for letter in plain) else ""
    )
