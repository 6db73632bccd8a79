"""A pathway and what runs it."""

from dataclasses import dataclass

from engine.course.executor import Executor
from engine.pathway import Pathway


@dataclass(frozen=True, kw_only=True)
class Version:
    """A pathway and what runs it: parsed once, shared by all its disputes."""

    pathway: Pathway
    executor: Executor
