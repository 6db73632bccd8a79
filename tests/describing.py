"""Random descriptions of protocols: two to seven stages, limits in days and hours, what comes before the talks."""

import random
from typing import Any

WORKERS = (
    "practitioner", "safeguarding_lead", "line_manager", "senior_manager", "director", "head_teacher",
    "delegated_partner",
)  # fmt: skip
CHAIRS = ("chair", "co_chair")
BOARD = ("social_worker", "service_manager", "head_of_service", "chief_officer")
SCRUTINEERS = ("independent_chair", "scrutineer")
KINDS = {"social_care": "Social care", "housing": "Housing", "fire": "Fire and rescue"}
TITLES = ("practitioners talk", "safeguarding leads", "senior managers and heads of service meet", "chief officers")


def describe(seed: int) -> dict[str, Any]:
    """A protocol; every second one lists roles and kinds of agencies of its own."""
    dice = random.Random(seed)  # noqa: S311 - a seed makes a description that can be made again
    usual = seed % 2 == 0
    agencies, office = (WORKERS, CHAIRS) if usual else ((*BOARD, "safeguarding_lead"), SCRUTINEERS)
    stages = [_stage(dice, number, agencies) for number in range(1, dice.randint(2, 7) + 1)]
    described: dict[str, Any] = {
        "name": f"Town {seed}",
        "title": f"Town {seed} Safeguarding {'Children' if usual else 'Adults'} Partnership",
        "reference": "".join(dice.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(3)),
        "front_door": {"name": "The front door", "telephone": "01632 960100"},
        "out_of_hours": {"name": "Out of hours", "telephone": "01632 960101"},
        "stage": stages,
        "final": {
            "title": "it is decided", "tier": "deciding", "called": "Whoever decides",
            "roles": dice.sample(office, dice.randint(1, 2)), "limit": {"working_days": dice.randint(3, 15)},
            "hears": dice.random() < 0.6, "meets": dice.random() < 0.6,
        },
    }  # fmt: skip
    if not usual:
        named = {role: {"name": role.replace("_", " "), "senior": place > 0} for place, role in enumerate(BOARD)}
        offices = {role: {"name": role.replace("_", " "), "office": True} for role in SCRUTINEERS}
        described |= {"roles": {**named, **offices}, "kinds": KINDS}
    return described


def _stage(dice: random.Random, number: int, agencies: tuple[str, ...]) -> dict[str, Any]:
    title = dice.choice(TITLES)
    stage = {"title": title, "tier": f"tier_{number}", "called": f"{title.capitalize()}, {number}"}
    stage |= {"roles": dice.sample(agencies, dice.randint(1, 2))}
    if dice.random() < 0.4:
        days, hours = dice.randint(1, 10), dice.choice((4, 12, 24, 36, 48, 72))
        return stage | {"limit": {"hours": hours} if dice.random() < 0.4 else {"working_days": days}}
    ways = ("each reviews", *(("raising refers", "each refers") if number > 1 else ()))
    inner = {"hours": dice.choice((12, 24, 48))} if dice.random() < 0.5 else {"working_days": dice.randint(1, 2)}
    limit = {"working_days": dice.randint(4, 9)}
    return stage | {"limit": limit, "before": dice.choice(ways), "before_limit": inner}
