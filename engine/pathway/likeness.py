"""Which known name was meant by one that means nothing: for messages that lead to what would do. Knows no rule."""

from collections.abc import Iterable
from difflib import get_close_matches

from engine.bounds import SHOWN, first_of

MOST_NAMES = 60  # to compare with more takes longer than a message is worth


def nearest(given: str, known: Iterable[str], form: str = "{}") -> str:
    """A question or a list, to end a message with: each name stands as it is to be written."""
    names = list(dict.fromkeys(known))
    if len(names) > MOST_NAMES:
        return f"Known are {first_of(list(map(form.format, names)))}."
    typed = given[:SHOWN].casefold()
    inside = sorted((name for name in names if name in typed), key=len, reverse=True)
    near = inside or get_close_matches(typed, names, n=1, cutoff=0.5)
    if near:
        return f"Did you mean {form.format(near[0])}?"
    return f"Known are {', '.join(map(form.format, names))}."
