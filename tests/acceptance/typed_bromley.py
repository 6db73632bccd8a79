"""Bromley's protocol typed by hand from its sheet and its source, so that nothing here knows the register.

Typed from docs of the protocol (bromley.md, row by row), and where that leaves something open, from the published text
and its chart. Where the two differ, the text has it and a remark says so. The text gives no limit to any step but to a
referral of risk: all others are set locally, within the one working week to which it guides.
"""

from sheets_typed import Row

BROMLEY: dict[str, Row] = {
    # That the own manager is asked first is left to the worker; evidence and a record of all discussions are not.
    "BRO-0.1": Row(who=("raising",)),
    # “Individuals may wish to”: nobody is bound.
    "BRO-0.2": Row(may=True),
    # “as soon as possible” is no limit.
    "BRO-1.1": Row(who=("both",), local=True),
    "BRO-1.2": Row(who=("each",), local=True, changed=True),
    # The sheet says both; the text has the worker go to their own manager first, who then speaks with the other one.
    "BRO-2.1": Row(who=("raising", "both"), local=True),
    # The text names nobody who notifies; the chart has it beside stage 2's box. Concord does it as stage 2 is entered,
    # by what raising said; the raising side finds out what it did not know, and tells whom Concord does not reach.
    "BRO-2.2": Row(
        who=("Concord", "raising"), told=("child_protection_chair", "independent_reviewing_officer"), local=True,
        reading=True, changed=True,
    ),
    "BRO-2.3": Row(who=("each",), local=True, changed=True),
    # “These two managers”: those who were reported to, or those who report.
    "BRO-3.1": Row(who=("each", "both"), local=True, reading=True, changed=True),
    "BRO-3.2": Row(who=("both",), local=True),
    "BRO-3.3": Row(who=("each",), local=True, changed=True),
    "BRO-3.4": Row(who=("each",), local=True, changed=True),
    "BRO-3.5": Row(),
    # The Chair's address is spelled in two ways.
    "BRO-4.1": Row(who=("raising",), told=("chair",), local=True, reading=True, changed=True),
    "BRO-4.2": Row(who=("partnership",), local=True),
    "BRO-4.3": Row(who=("partnership",), local=True),
    "BRO-4.4": Row(who=("each",), local=True, changed=True),
    "BRO-4.5": Row(who=("partnership",), local=True),
    # The sheet says any; “at all stages” of the additional notes binds each agency, as R3 has it.
    "BRO-4.6": Row(who=("each",), told=("both",), local=True),
    "BRO-R1": Row(who=("reporter",), limit="immediately", local=True),
}  # fmt: skip
MAY_BE_ASKED: tuple[str, ...] = ()
"""Rows with a limit that are left to whoever may: none."""
