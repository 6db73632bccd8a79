"""Harrow's procedure typed by hand from its sheet and its source, so that nothing here knows the registers.

Typed row by row from harrow.md, and where that leaves something open, from the published text. The text gives no limit
but one (three months for the report): every other is set locally, so `limit` is empty. Where sheet and text differ, the
text has it and a remark says so.
"""

from sheets_typed import Row

HARROW: dict[str, Row] = {
    # “within a timescale that protects the child from harm”: how long that is, is agreed on a form (T9).
    "HAR-1.1": Row(who=("both",), changed=True),
    # “they should consult”: each practitioner their own senior; one working day for it is no word of the text.
    "HAR-2.1": Row(who=("each",), local=True, changed=True),
    "HAR-2.2": Row(who=("each",), local=True, changed=True),
    # The consultations are each side's; the managers' talk, and safety meanwhile, are one talk of both.
    "HAR-2.3": Row(who=("each", "both"), local=True, changed=True),
    "HAR-2.4": Row(),
    # “should consult their respective Operations Manager”, then “discuss the difference with their equivalent”.
    "HAR-3.1": Row(who=("each", "both"), local=True, changed=True),
    # The text does not say who refers: the sheet has each, as at stage 3.
    "HAR-4.1": Row(who=("each", "both"), local=True, reading=True, changed=True),
    # That it runs beside the dispute is the sheet's; the text leaves open whether it is waited for.
    "HAR-4.2": Row(who=("both",), told=("board_representative", "business_manager"), local=True, reading=True),
    "HAR-5.0": Row(who=("raising",), local=True),
    "HAR-5.1": Row(who=("partnership",), local=True),
    "HAR-5.2": Row(who=("partnership",), local=True),
    "HAR-5.3": Row(who=("each", "partnership"), local=True, changed=True),
    "HAR-5.4": Row(who=("partnership",), told=("board_representative",)),
    "HAR-5.5": Row(who=("partnership",), limit="3 months", local=True),
    # “Where it is found”: by whom is not said; the HSSP, who has to explain it, says so.
    "HAR-6.1": Row(who=("partnership",), local=True, reading=True, changed=True),
    "HAR-6.2": Row(who=("partnership",), local=True),
    # “written confirmation between the parties”: the sheet has both; of an agreement the receiving side writes (E5).
    "HAR-7.1": Row(who=("receiving", "both"), local=True, reading=True),
    "HAR-7.2": Row(may=True),
    # “It may be useful for individuals to debrief”: that it is offered each time is set locally.
    "HAR-7.3": Row(who=("both",), local=True),
    # “no delay in escalating … to a higher stage”: two working hours, and who is told, are set locally.
    "HAR-R1": Row(
        who=("reporter", "Concord"),
        told=("safeguarding_leads", "operations_managers", "heads_of_service", "hssp", "out_of_hours"),
        local=True,
        reading=True,
        changed=True,
    ),
}
ANY_STAGE = ("HAR-7.1", "HAR-7.2", "HAR-7.3")
"""What holds at every stage of the process, in the dissents too."""
CONFERENCE: dict[str, Row] = {
    "HAR-C1": Row(who=("receiving",), local=True),
    "HAR-C2": Row(who=("receiving",), local=True),
    "HAR-C3": Row(who=("receiving",)),
    # The dissenter's wish, then the panel: neither has a limit in the text.
    "HAR-C4": Row(who=("raising", "partnership"), local=True),
    "HAR-C5": Row(who=("raising",), local=True),
    "HAR-C6": Row(who=("raising",), local=True),
    **{row: HARROW[row] for row in ANY_STAGE},
    "HAR-R1": Row(
        who=("reporter", "Concord"),
        told=("conference_chair", "chairs_manager", "review_panel", "out_of_hours"),
        local=True,
        reading=True,
        changed=True,
    ),
}
REVIEW: dict[str, Row] = {
    "HAR-L1": Row(who=("receiving",), local=True),
    # “the Chair can initiate”: left to the Chair, and asked of them all the same (E4).
    "HAR-L2": Row(who=("receiving",), local=True, may=True),
    **{row: HARROW[row] for row in ANY_STAGE},
    "HAR-R1": Row(
        who=("reporter", "Concord"), told=("reviewing_officer", "out_of_hours"), local=True, reading=True, changed=True
    ),
}
