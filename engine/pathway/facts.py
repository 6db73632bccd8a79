"""What Concord knows as a signal is heard, and gateways of the event subprocess that it begins may ask (S2, E5)."""

from collections.abc import Mapping
from types import MappingProxyType

RAISING_ASKED, RECEIVING_ASKED, SAID_BY = "raising_side_asked", "receiving_side_asked", "said_by"
FACTS: Mapping[str, tuple[bool | str, ...]] = MappingProxyType(
    {
        RAISING_ASKED: (False, True),
        RECEIVING_ASKED: (False, True),
        SAID_BY: ("raising", "receiving", "partnership"),
    }
)
"""The names, each with its values: whether a side's risk question is open, and who says that there is an agreement.

An event subprocess sees no other, so it can't know by itself.
"""
