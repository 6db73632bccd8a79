"""The sheets typed by hand, of each pathway that has a register of duties."""

from collections.abc import Mapping

import typed_barnet
import typed_birmingham
import typed_bromley
import typed_harrow
import typed_wolverhampton
from sheets_typed import Row

TYPED: Mapping[str, Mapping[str, Row]] = {
    "birmingham": typed_birmingham.BIRMINGHAM,
    "wolverhampton": typed_wolverhampton.WOLVERHAMPTON,
    "wolverhampton/conference-request": typed_wolverhampton.CONFERENCE,
    "bromley": typed_bromley.BROMLEY,
    "harrow": typed_harrow.HARROW,
    "harrow/conference-dissent": typed_harrow.CONFERENCE,
    "harrow/review-dissent": typed_harrow.REVIEW,
    "barnet": typed_barnet.BARNET,
}
MAY_BE_ASKED = frozenset({
    *typed_birmingham.MAY_BE_ASKED,
    *typed_bromley.MAY_BE_ASKED,
    *typed_barnet.MAY_BE_ASKED,
})  # fmt: skip
"""Rows with a limit, a recipient or a new mark that are left to whoever may; each file says why."""
SET_LOCALLY = frozenset({
    *typed_wolverhampton.SET_LOCALLY,
    *typed_barnet.NOWHERE,
})  # fmt: skip
"""Rows that stand nowhere in the protocol's text, and are set locally altogether; each file says which."""
