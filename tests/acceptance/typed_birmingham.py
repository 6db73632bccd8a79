"""Birmingham's protocol typed by hand from its sheet, row by row, and where that leaves something open from the text.

Where the two differ, the text has it and a remark says so.
"""

from sheets_typed import Row

BIRMINGHAM: dict[str, Row] = {
    # “at the earliest opportunity” is no limit: what counts as late is set locally.
    "BIR-0.1": Row(who=("each",), local=True, changed=True),
    "BIR-1.1": Row(who=("both",), limit="1 working day"),
    # No limit of its own in the text; each step of a side has one all the same (E4a).
    "BIR-1.2": Row(who=("each",), local=True, changed=True),
    # “an opportunity to request”: either may. That it is scheduled within a day of being asked for is no advice.
    "BIR-1.3": Row(who=("either",), limit="1 working day", cum=2, local=True, reading=True, may=True, changed=True),
    # The sheet gives day 2 alone; the text has 2 days as duration and as maximum of the part in which it stands.
    "BIR-1.4": Row(who=("each",), limit="2 working days", cum=2, changed=True),
    # The sheet says each; “then speak with the practitioners” is one talk of both, under the reading that is taken.
    # Two of the three days are for reading, so that nobody's silence keeps them from talking (E4a): set locally.
    "BIR-1.5": Row(who=("each", "both"), limit="3 working days", cum=5, local=True, reading=True, changed=True),
    "BIR-1.6": Row(who=("receiving",), limit="2 working days"),
    # One of the two days for taking it to the lead is no word of the text.
    "BIR-2.1": Row(who=("raising", "both"), limit="2 working days", cum=7, local=True, reading=True),
    "BIR-2.2": Row(who=("receiving",), limit="2 working days"),
    # Who acts is the text's; that the same person is flagged when acting again stands nowhere in it.
    "BIR-2.3": Row(local=True),
    "BIR-3.1": Row(who=("both", "each"), limit="24 hours", reading=True, changed=True),
    "BIR-3.2": Row(who=("both",), limit="2 working days", cum=10, changed=True),
    # The text says “both” and names one: the sheet tells it, without the word reading.
    "BIR-3.3": Row(who=("Concord",), told=("business_manager",), reading=True),
    "BIR-4.1": Row(who=("each",), limit="2 working days", changed=True),
    # One of the further two days for writing is no word of the text.
    "BIR-4.2": Row(who=("raising", "both"), limit="2 working days", cum=14, local=True, reading=True, changed=True),
    "BIR-4.3": Row(),
    "BIR-5.1": Row(who=("raising",), limit="2 working days", told=("co_chair", "business_manager"), reading=True),
    "BIR-5.2": Row(who=("each",), local=True, changed=True),
    # The sheet gives no limit; in the text the meeting is part of what has to be told within five days.
    "BIR-5.3": Row(who=("partnership",), limit="5 working days", local=True, may=True),
    # “all involved”: whoever is of either agency, and the Business Manager, by whom it came.
    "BIR-5.4": Row(who=("partnership",), limit="5 working days", cum=21, told=("both", "business_manager"), local=True),
    # “It may be useful for individuals to debrief”: that it is offered each time, and by when, is set locally (E5).
    "BIR-6.1": Row(who=("both",), local=True),
    "BIR-6.2": Row(who=("both", "Concord"), told=("co_chair",), local=True),
    # The text says it of immediate risk; of any risk it is set locally.
    "BIR-R1": Row(who=("reporter",), limit="immediately", local=True),
    # “should inform CASS”: the text says immediately of the lead alone. At once is S4's; the number by night is local.
    "BIR-R2": Row(who=("reporter",), local=True),
}
MAY_BE_ASKED = ("BIR-1.3", "BIR-5.3")
"""Rows with a limit that are left to whoever may.

BIR-1.3: either agency may ask for a meeting; its limit, and ◆, are about one that was asked for. BIR-5.3: the Co-Chairs
may meet whom they wish; its five days are those of their decision, which is no advice (BIR-5.4).
"""
