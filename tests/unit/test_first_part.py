"""A stage whose time runs from the end of its first part, and a task that ends it (WOL-1.1, WOL-1.3)."""

import pytest

from engine.feel import FeelError
from engine.pathway.rules.timer_expressions import LimitMisread, read_limit
from engine.pathway.rules.words import amounts


def test_a_deadline_says_how_long_there_is_after_the_first_part() -> None:
    """Beside its own length, as a whole number of working days."""
    text = "deadline(working_days: 5, cumulative: 5, after_first_part: 3)"
    assert read_limit(text, ("deadline",)) == (
        "deadline",
        {"working_days": 5, "cumulative": 5, "after_first_part": 3},
    )


@pytest.mark.parametrize("text", ["deadline(working_days: 5, after_first_part: 0)", "due(after_first_part: 3)"])
def test_what_can_not_be_counted_is_refused(text: str) -> None:
    """No time at all, and a task's limit, which counts from the first part in its own words."""
    with pytest.raises((LimitMisread, FeelError)):
        read_limit(text, ("deadline", "due"))


def test_a_name_may_say_it_beside_the_stages_own_length() -> None:
    """The number with its unit is what is compared (D12)."""
    assert [amount for _, amount in amounts("5 working days, 3 working days once raised")] == [
        ("working day", 5),
        ("working day", 3),
    ]
