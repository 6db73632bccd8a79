"""The only importer of SpiffWorkflow: a diagram becomes specs, specs run, runs become JSON. Knows no dispute."""

from engine.spiff.parser import Specs, compile_diagram
from engine.spiff.runtime import DiagramExecutor, DiagramRun

__all__ = ["DiagramExecutor", "DiagramRun", "Specs", "compile_diagram"]
