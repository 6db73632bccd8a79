"""Where an installation keeps things: its database, its key, the folders it is given. Reads no file of a pathway."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.machine.private import private_file, private_folder


@dataclass(frozen=True, kw_only=True)
class Installation:
    """The folders of one installation and what its environment sets; made once by run.py.

    `home` holds what ships, `pathways` a folder for each partnership, with forms/ beside it; all that is written and
    given no other place goes into `data`. In a checkout what ships is one's own to change.
    """

    home: Path
    pathways: Path
    data: Path
    settings: Mapping[str, str]
    checkout: bool

    @property
    def command(self) -> str:
        """How its people start it."""
        return ".venv/bin/python run.py" if self.checkout else "concord"

    @property
    def own_pathways(self) -> bool:
        """Whether its pathways may be changed where they are: an upgrade writes over what was installed."""
        return self.checkout or self.pathways != self.home / "bpmn"

    @property
    def database(self) -> str:
        """The database of every command, an SQLAlchemy URL: DATABASE_URL, else SQLite among the data."""
        return self.settings.get("DATABASE_URL") or f"sqlite:///{self._ours() / 'concord.db'}"

    @property
    def demonstration(self) -> str:
        """The database of the demonstration."""
        return self.settings.get("DATABASE_URL") or f"sqlite:///{self._ours() / 'demo.db'}"

    def secret_key(self) -> bytes:
        """The key that signs sessions: SECRET_KEY, else one kept among the data."""
        if given := self.settings.get("SECRET_KEY"):
            return given.encode()
        path = self._ours() / "secret-key"
        if not path.is_file() or not path.stat().st_size:
            new = path.with_name(f".secret-key.{os.getpid()}")
            private_file(new)
            new.write_bytes(secrets.token_hex(32).encode())
            with suppress(FileExistsError):
                path.hardlink_to(new)  # whole or not at all; of several processes that begin, the first one's
            new.unlink()
        private_file(path)
        return path.read_bytes()

    def _ours(self) -> Path:
        """The folder in which all is kept that is given no other place; nobody else looks into it."""
        private_folder(self.data)
        return self.data
