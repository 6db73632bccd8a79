"""What is wrong with a pathway's files, and what to do about it. Knows no rule."""

from dataclasses import dataclass

USE, PUBLICATION = "use", "publication"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is wrong and what to do; `blocks` says whether the pathway can't be used, or only not published."""

    rule: str
    element: str | None
    message: str
    blocks: str = USE
