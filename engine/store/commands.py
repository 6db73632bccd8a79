"""Commands that were carried out, so that none is carried out twice."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.application import (
    CommandRepeated,
)
from engine.store import statements as said
from engine.store.part import Part


class Commands(Part):
    """Commands that were carried out, so that none is carried out twice."""

    def done(self, command_id: str) -> Mapping[str, Any] | None:
        """What a command that was carried out before gave, or none."""
        row = self.connection.execute(said.COMMAND, {"of": command_id}).one_or_none()
        return json.loads(row.result) if row else None

    def remember(self, command_id: str, ref: str, at: datetime, result: Mapping[str, Any]) -> None:
        """Note that a command was carried out; raises CommandRepeated where another did so meanwhile."""
        row = {"id": command_id, "ref": ref, "at": at, "result": json.dumps(dict(result))}
        if self.connection.execute(said.REMEMBER[self.sqlite], row).one_or_none() is None:
            raise CommandRepeated(command_id=command_id)
