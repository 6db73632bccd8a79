"""Decision tables: read from DMN, which row answers, and whether exactly one always does. Knows no use of them."""

from engine.dmn.completeness import DecisionTable, gaps_and_overlaps, read_table
from engine.dmn.table import DecisionGap

__all__ = [
    "DecisionGap",
    "DecisionTable",
    "gaps_and_overlaps",
    "read_table",
]
