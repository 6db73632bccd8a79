"""Which Concord this is."""

from importlib.metadata import PackageNotFoundError, version

try:
    PROGRAM = f"concord {version('concord-escalation')}"
except PackageNotFoundError:  # run from its folder, installed nowhere
    PROGRAM = "concord"
