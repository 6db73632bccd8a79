"""The properties of elements that mean something, and what some can be, with words for it (D6). Knows no rule."""

from collections.abc import Mapping

FIRST_PART = "first_part"
"""The property of a task that ends the first part of its stage: “ends”."""
LINKS = "links"
"""The property of a user task: the pathway that is raised by it."""
DUTIES, FURTHER = "duties", ("duties_2", "duties_3")
"""The property that names the duties which an element answers, and those that name one more each."""
STANDS_IN, SENIOR, OFFICE = "overdue", "seniors", "office"
"""The property of a task that says who may answer it once it is overdue, and what it can say."""
PROPERTIES = frozenset(
    {"form", "side", "tier", "due", "alert", "role", "stage", "kind", "to", "end", "contacts", "standing", LINKS,
     "shows", "shown_as", DUTIES, FIRST_PART, STANDS_IN, "before", "route"}
)  # fmt: skip
SIDES: Mapping[str, str] = {
    "raising": "the raising side",
    "receiving": "the receiving side",
    "both": "both sides together",
    "partnership": "the partnership itself",
    "reporter": "the side of whoever reported, in the risk branch",
}
ENDS: Mapping[str, str] = {
    "resolved": "Resolved",
    "not_pursued": "Concerns not pursued",
    "decided": "Decided",
    "referred_on": "Referred on",
    "screened_out": "Screened out as out of scope",
    "withdrawn": "Withdrawn",
}
NOTIFIED = frozenset({"next_tier", "deputy", "out_of_hours"})
"""To whom a notice can go beside sides, roles and tiers."""
