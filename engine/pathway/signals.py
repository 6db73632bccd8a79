"""The signals between a diagram and Concord: what it throws of its own accord, and what a diagram may throw.

Their names are the interface that diagrams are drawn against (D4); nothing else in Concord is told by a name.
"""

RISK_REPORTED = "risk_reported"
ESCALATED_EARLY = "escalated_early"
WITHDRAWN = "withdrawn"
WITHDRAWAL_ASKED = "withdrawal_asked"
RESOLUTION_SAID = "resolution_said"
RESOLVED = "resolved"
PROTECTIVE_PASSED = "protective_passed"
STAGE_ENDED = "stage_ended"
SENT = frozenset({RISK_REPORTED, ESCALATED_EARLY, WITHDRAWN, WITHDRAWAL_ASKED, RESOLUTION_SAID, PROTECTIVE_PASSED})
"""What people and Concord bring about; `stage_ended` a diagram throws itself.

Who withdraws sends `withdrawal_asked` where a diagram hears it, and it throws `withdrawn` once that is countersigned.
"""
CARRIES = {RISK_REPORTED: "children", STAGE_ENDED: "stage"}
"""What a signal carries, and under which name; nothing need be typed on it in a modeller."""
