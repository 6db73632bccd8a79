"""How much is read of one file: with less, none takes more than 2 s and 300 MB to read and rule. Knows no file.

Each bound is several times what the five protocols need. Versions of before are read without them.
"""

from collections.abc import Sequence

MOST_NODES, MOST_FLOWS, MOST_LANES = 2_000, 4_000, 100
MOST_TAGS, MOST_ATTRIBUTES = 60_000, 100
LONGEST_ID, LONGEST_NAME, LONGEST_CLAUSE = 100, 200, 30
LONGEST_WORDS, LONGEST_VALUE = 5_000, 500
MOST_PROPERTIES = 40
MOST_ANSWERS = 5_000
"""How often all elements of a diagram together may name a duty that they answer."""
MOST_COMPONENTS, MOST_OPTIONS, MOST_RULES = 200, 200, 50
LONGEST_LINE, LONGEST_SETTINGS = 1_000, 65_536
MOST_EXPRESSION = 50_000
"""Characters that all expressions of one file may have together: each is parsed."""
MOST_COMPARED = 8_000_000
"""Characters of conditions that are evaluated, over all combinations of answers, to see that no two hold at once."""
MOST_FINDINGS = 200
"""Findings that are printed; the rest is counted."""
LONGEST_MESSAGE = 1_000
SHOWN, MOST_SHOWN = 60, 8


def shortened(text: str, most: int = SHOWN) -> str:
    """A text as it stands in a message: no more of it than can be looked at."""
    return text if len(text) <= most else f"{text[:most]}…"


def first_of(texts: Sequence[str], joined: str = ", ") -> str:
    """What is listed in a message: the first of many, with the number of the rest."""
    more = len(texts) - MOST_SHOWN
    listed = joined.join(shortened(text) for text in texts[:MOST_SHOWN])
    return f"{listed} and {more:,} more" if more > 0 else listed
