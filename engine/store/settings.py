"""Settings of the installation, and which tables it has."""

from alembic.migration import MigrationContext
from sqlalchemy import select

from engine.store import tables as t
from engine.store.part import Part


class Settings(Part):
    """Settings of the installation, and which tables it has."""

    def schema(self) -> tuple[str, ...]:
        """The heads of the migrations that the tables are at; none where there are no tables."""
        return tuple(MigrationContext.configure(self.connection).get_current_heads())

    def get(self, name: str) -> str | None:
        """A setting of the installation."""
        row = self._one(select(t.settings.c.value).where(t.settings.c.name == name))
        return row.value if row else None

    def set(self, name: str, value: str) -> None:
        """Change a setting of the installation."""
        self._upsert(t.settings, ["name"], [{"name": name, "value": value}])
        self._touch("settings", name)
