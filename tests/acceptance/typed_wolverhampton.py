"""Wolverhampton's protocol typed by hand from its sheet and its source, so that nothing here knows the register.

Typed row by row; where the sheet leaves something open, from the published text. A row of the sheet that binds two
with different ends stands here as two (WOL-5.2 and 5.2a): one value says what holds while it is not done.
"""

from sheets_typed import Row

WOLVERHAMPTON: dict[str, Row] = {
    # Asked on the page of raising; whoever says yes there reports it, and the referral is theirs (S3).
    "WOL-0.1": Row(who=("reporter",), limit="immediately", local=True),
    # What was answered on the page of raising screens it out: nobody else has to do anything for that.
    "WOL-0.2": Row(who=("Concord",), told=("raising",), reading=True),
    # “a safeguarding lead may reverse a screening-out”: no word of the text. What may be left is reversing.
    "WOL-0.2a": Row(who=("raising",), local=True),
    # “at the earliest opportunity” is no limit: what counts as late is set locally.
    "WOL-0.3": Row(who=("each",), local=True, changed=True),
    "WOL-1.1": Row(who=("raising",), limit="2 working days", cum=2),
    "WOL-1.2": Row(who=("raising",)),
    # From when it was raised with the practitioner: the note above the sheet's table.
    "WOL-1.3": Row(who=("receiving",), limit="3 working days", cum=5),
    "WOL-1.4": Row(who=("receiving",), limit="2 working days"),
    # One of the two days for taking it to the manager is no word of the text.
    "WOL-2.1": Row(who=("each", "both"), limit="2 working days", cum=7, local=True, changed=True),
    "WOL-2.2": Row(who=("receiving",), limit="2 working days"),
    "WOL-3.1": Row(who=("each",), limit="24 hours", changed=True),
    "WOL-3.2": Row(who=("both",), limit="2 working days", cum=10),
    "WOL-3.3": Row(who=("receiving",), limit="2 working days"),
    "WOL-4.1": Row(who=("raising",), limit="2 working days", changed=True),
    # One of the further two days for writing is no word of the text.
    "WOL-4.2": Row(who=("raising", "both"), limit="2 working days", cum=14, local=True),
    # Concord refers it as the stage begins; how long there is for mediating stands nowhere.
    "WOL-4.3": Row(who=("Concord", "partnership"), told=("chair",), local=True, reading=True, changed=True),
    "WOL-5.1": Row(who=("raising",), limit="2 working days", told=("chair", "business_manager")),
    "WOL-5.2": Row(who=("each",), local=True, changed=True),
    # “being brought” is read as the letter; the time for reading is part of the five days, and set locally.
    "WOL-5.2a": Row(
        who=("partnership",), limit="5 working days", told=("both",), local=True, reading=True, changed=True
    ),
    # The sheet gives the five days of the decision; those for choosing the way and for the report are set within them.
    "WOL-5.3": Row(who=("partnership",), limit="5 working days", local=True),
    # “It may be useful for individuals to debrief”: that it is offered each time, and by when, is set locally (E5).
    "WOL-7.1": Row(who=("both",), local=True),
    # Each agency is asked; its representative tells the Chair, by way of the Business Manager, if there is one to tell.
    "WOL-7.2": Row(who=("each",), local=True, changed=True),
    "WOL-7.2a": Row(
        who=("raising", "receiving", "Concord"), told=("chair", "business_manager"), local=True, changed=True
    ),
    "WOL-8.1": Row(who=("each",), local=True, changed=True),
    "WOL-9.1": Row(),
    # The text names the lead alone for the call; that the practitioner may call as well is set locally (S4).
    "WOL-R1": Row(who=("reporter",), limit="immediately", local=True),
    # The number by night is in no text, and the call is due at once here.
    "WOL-R2": Row(who=("reporter",), limit="the same working day", local=True),
    "WOL-R3": Row(who=("each",), reading=True),
}
CONFERENCE: dict[str, Row] = {
    # The text gives no time for the call, the letter and the answer. Whoever has asked owes the call and the letter.
    "WOL-6.1": Row(who=("raising",), local=True),
    "WOL-6.1a": Row(who=("receiving",), told=("both",), local=True),
    # What the rest of the sheet asks of every matter holds for a request, too.
    **{row: WOLVERHAMPTON[row] for row in ("WOL-7.1", "WOL-7.2", "WOL-7.2a", "WOL-8.1", "WOL-3.3")},
    **{row: WOLVERHAMPTON[row] for row in ("WOL-R1", "WOL-R2", "WOL-R3")},
}
SET_LOCALLY = ("WOL-0.2a",)
"""That a lead looks at a screening-out stands nowhere in the text."""
