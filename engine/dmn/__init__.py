"""Decision tables: read from DMN, which row answers, and whether exactly one always does. Knows no use of them."""

from engine.dmn.completeness import DecisionTable, gaps_and_overlaps, read_table
from engine.dmn.table import DecisionGap, DecisionUnsupported

__all__ = [
    "DecisionGap",
    "DecisionTable",
    "DecisionUnsupported",
    "gaps_and_overlaps",
    "read_table",
]
