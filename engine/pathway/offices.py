"""The roles that people hold and the kinds of agencies: the offices of a partnership. Knows no people."""

PARTNERSHIP_ROLES = ("business_manager", "co_chair", "chair")
LEAD = "safeguarding_lead"
SENIORS = ("line_manager", "head_teacher", "senior_manager", "delegated_partner", "director", "board_representative")
ON_CALL = "on_call"
"""Whoever answers for their agency out of hours: with the number of that route, they are told then (S6)."""
AUDITOR = "auditor"  # looks at everything, does nothing
OFFICE_ROLES = (*PARTNERSHIP_ROLES, AUDITOR)
ROLES = (
    "practitioner",
    "safeguarding_lead",
    "line_manager",
    "head_teacher",
    "senior_manager",
    "delegated_partner",
    "director",
    "board_representative",
    "child_protection_chair",
    "independent_reviewing_officer",
    ON_CALL,
    *OFFICE_ROLES,
)
KINDS = (
    "local_authority",
    "police",
    "health",
    "school",
    "early_years",
    "probation",
    "voluntary",
    "self_employed",
    "other",
    "partnership",
)
