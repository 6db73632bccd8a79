"""What several integration tests begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from web_office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

BPMN = Path(__file__).parents[2] / "bpmn"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Open the office of a demonstration."""
    opened = Office(tmp_path, BPMN)
    yield opened
    opened.close()


@pytest.fixture
def real_office(tmp_path: Path) -> Iterator[Office]:
    """Open an office where people sign in with a password."""
    opened = Office(tmp_path, BPMN, demo=False)
    yield opened
    opened.close()
