"""The base of every refusal that Concord can explain; knows nothing of who asked."""

import inspect
from typing import Any


class ConcordError(Exception):
    """Concord refused this."""

    def __init__(self, **values: Any) -> None:
        """Keep the values as attributes; the class's docstring, filled with them, is the message."""
        for name, value in values.items():
            setattr(self, name, value)
        super().__init__(inspect.cleandoc(type(self).__doc__ or "").format(**values))
