"""Barnet's policy typed by hand from its sheet and its source, so that nothing here knows the register.

Typed from the rows of the sheet (barnet.md), and where that leaves something open, from the published text. Where the
two differ, the text has it and a remark says so. The text gives no limit but a guide of one working week for talking
(1.4): one day for stage 1, for each line and for stage 3, and every other limit here, is set locally.
"""

from sheets_typed import Row

LINE = Row(who=("raising",), local=True)
"""Whom to contact on a line: whoever escalates does it; the day that there is for a line is no word of the text."""

BARNET: dict[str, Row] = {
    # “can initially consult”: whoever disagrees may; evidence and a record of discussions are kept all the same, so it
    # is no mere advice. The text has no limit for it, and none is needed: it is asked as the dispute is raised.
    "BAR-0.1": Row(who=("raising",)),
    # “as soon as possible” is no limit: what counts as late is set locally.
    "BAR-1.1": Row(who=("both",), local=True),
    # The sheet binds both; the text says whom to go to, by agency. That the table is looked at until the contact is
    # made is the sheet's own.
    "BAR-2.0": Row(who=("both",), local=True),
    # No word of it in the text, which knows four kinds of agencies only. Whoever escalates contacts; both talk.
    "BAR-2.1": Row(who=("raising", "both"), local=True),
    # The text names three leaders and not for whom; which, by agency, is set locally. It is taken to them by whoever
    # disagrees, as on each line; then they and the other side look for a resolution.
    "BAR-3.1": Row(who=("raising", "both"), local=True),
    # “Also notify”: that it is the raising side is set locally, and that Concord tells the Business Manager as well.
    "BAR-3.2": Row(who=("raising", "Concord"), told=("business_manager",), local=True, changed=True),
    # The sheet names nobody; R3 says by each agency. The text says that there is a requirement, and not by when.
    "BAR-3.3": Row(who=("each",), local=True),
    # “will consider issues escalated and any trends”: that one unresolved is a case of its own is set locally.
    "BAR-4.1": Row(who=("partnership",), local=True, changed=True),
    # The raising side follows the other area's procedure (sheet: the partnership's row); the partnership “can be
    # approached to liaise”. By when is no word of the text.
    "BAR-4.2": Row(who=("raising", "partnership"), local=True),
    "BAR-P1": LINE,
    "BAR-P2": LINE,
    "BAR-P2n": LINE,
    "BAR-P3": LINE,
    "BAR-S1": LINE,
    # At most five days for the school's own procedure; both sides take part in it. Going past the guide week is told.
    "BAR-S2": Row(
        who=("raising", "both", "Concord"), told=("both", "business_manager"), local=True, changed=True
    ),
    "BAR-S3": LINE,
    # “Initial resolution”: stage 1, a talk of both, about whom to talk to.
    "BAR-F0": Row(who=("both",), local=True),
    "BAR-F1": LINE,
    # The text has no out of hours on the second and third line: what the sheet has there is set locally.
    "BAR-F2": LINE,
    "BAR-F3": LINE,
    # “should raise concerns at Team Around the Child meetings”: beside the lines, and by no other time.
    "BAR-F4": LINE,
    "BAR-H1": LINE,
    # Stands beside each risk, too: of whoever reports one.
    "BAR-H2": Row(who=("raising", "reporter"), local=True),
    # “If a child is in immediate danger please call 999”.
    "BAR-R1": Row(who=("reporter",)),
    # Not in the text, which names no one to call for other risks.
    "BAR-R2": Row(who=("reporter",), local=True),
}  # fmt: skip
MAY_BE_ASKED: tuple[str, ...] = ()
"""No row with a recipient or a new mark is left to whoever may."""
NOWHERE = ("BAR-2.1", "BAR-R2")
"""Rows that stand nowhere in the published text: all of them is set locally."""
