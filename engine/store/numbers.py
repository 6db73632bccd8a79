"""References: prefixes of partnerships, and the numbers that were given."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from engine.pathway import Prefix
from engine.store import numbering, proving
from engine.store import tables as t
from engine.store.part import Part


class Numbers(Part):
    """References: prefixes of partnerships, and the numbers that were given."""

    def next(self, partnership: str, year: int) -> int:
        """The next number of a dispute of a partnership in a year."""
        made = (
            (sqlite if self.sqlite else postgresql).insert(t.numbers).values(partnership=partnership, year=year, last=1)
        )
        statement = made.on_conflict_do_update(
            index_elements=["partnership", "year"], set_={"last": t.numbers.c.last + 1}
        )
        return int(self.connection.execute(statement.returning(t.numbers.c.last)).scalar_one())

    def prefixes(self) -> list[Prefix]:
        """The prefixes that partnerships have taken, in the order in which they did."""
        return numbering.prefixes(self.connection)

    def add_prefix(self, prefix: str, partnership: str, at: datetime) -> bool:
        """Take a prefix; false where somebody has it."""
        self._touch("prefixes", prefix)
        return numbering.add_prefix(self.connection, prefix, partnership, at)

    def partnerships_of(self, refs: Sequence[str] | None = None) -> dict[str, str]:
        """The partnership of each dispute by its own row, of some or of all."""
        return numbering.partnerships_of(self.connection, refs)

    def first_uses(self) -> list[tuple[str, str, datetime]]:
        """Each prefix with a partnership whose disputes carry it, and when the first of them was raised."""
        return numbering.first_uses(self.connection)

    def given(self) -> dict[tuple[str, int], int]:
        """The last number that was given to a dispute, by partnership and year."""
        return proving.numbers(self.connection)
