"""The one expression language of diagrams, tables and forms: a small subset of FEEL, parsed and interpreted."""

from engine.feel.ast import Call, FeelError, Literal
from engine.feel.expression import Expression, UnaryTest, parse, parse_unary

__all__ = [
    "Call",
    "Expression",
    "FeelError",
    "Literal",
    "UnaryTest",
    "parse",
    "parse_unary",
]
