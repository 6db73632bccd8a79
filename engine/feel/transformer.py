"""Makes the parts of an expression from what the grammar has read; knows nothing of what names mean."""

import re
from decimal import Decimal
from typing import Any

from lark import Token, Transformer

from engine.feel import ast as nodes
from engine.feel.ast import Node
from engine.feel.values import arithmetic, normalise

_RESERVED = frozenset({"between", "every", "for", "function", "instance", "return", "satisfies", "some"})
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)")


class MisreadError(Exception):
    """What is wrong with a token that fits the grammar, and where."""

    def __init__(self, wrong: str, token: Token) -> None:
        super().__init__(wrong)
        self.wrong, self.position = wrong, place_of(token)


def place_of(token: Token) -> int:
    """Give the position of a token's first character, counted from 1."""
    return (token.start_pos or 0) + 1


class Builder(Transformer[Token, Node]):
    """Makes a node of each rule as soon as it has been read."""

    def number(self, parts: list[Token]) -> Node:
        """Read a number as written."""
        return nodes.Literal(position=place_of(parts[0]), value=normalise(Decimal(parts[0])))

    def minus_number(self, parts: list[Token]) -> Node:
        """Read a number below nought in a cell."""
        return nodes.Literal(position=place_of(parts[0]), value=normalise(-Decimal(parts[0])))

    def string(self, parts: list[Token]) -> Node:
        """Read a text in quotes."""
        return nodes.Literal(position=place_of(parts[0]), value=_unescape(parts[0]))

    def true(self, parts: list[Token]) -> Node:
        """Read the word true."""
        return nodes.Literal(position=place_of(parts[0]), value=True)

    def false(self, parts: list[Token]) -> Node:
        """Read the word false."""
        return nodes.Literal(position=place_of(parts[0]), value=False)

    def null(self, parts: list[Token]) -> Node:
        """Read the word null."""
        return nodes.Literal(position=place_of(parts[0]), value=None)

    def name(self, parts: list[Token]) -> Node:
        """Read a name."""
        if parts[0] in _RESERVED:
            raise MisreadError(f"“{parts[0]}” belongs to a part of FEEL that is not used here", parts[0])
        return nodes.Name(position=place_of(parts[0]), name=str(parts[0]))

    def items(self, parts: list[Any]) -> Node:
        """Read a list."""
        return nodes.Items(position=place_of(parts[0]), items=tuple(parts[1:]))

    def span(self, parts: list[Any]) -> Node:
        """Read a range."""
        opening, low, high, closing = parts
        return nodes.Interval(
            position=place_of(opening), low=low, high=high, low_included=opening == "[", high_included=closing == "]"
        )

    def group(self, parts: list[Node]) -> Node:
        """Read parentheses."""
        return nodes.Group(position=parts[0].position, inner=parts[0])

    def negative(self, parts: list[Node]) -> Node:
        """Read a minus before something."""
        inner = parts[0]
        if isinstance(inner, nodes.Literal) and isinstance(inner.value, (int, Decimal)):
            return nodes.Literal(position=inner.position, value=arithmetic("-", 0, inner.value))
        return nodes.Negative(position=inner.position, inner=inner)

    def negated(self, parts: list[Node]) -> Node:
        """Read a not(…)."""
        return nodes.Negated(position=parts[0].position, inner=parts[0])

    def terms(self, parts: list[Any]) -> Node:
        """Read a chain of + and -, or of * and /."""
        operators = tuple(str(operator) for operator in parts[1::2])
        return nodes.Arithmetic(
            position=parts[0].position, first=parts[0], operators=operators, others=tuple(parts[2::2])
        )

    factors = terms

    def compared(self, parts: list[Any]) -> Node:
        """Read a comparison."""
        left, operator, right = parts
        return nodes.Comparison(position=left.position, left=left, operator=str(operator), right=right)

    def bound(self, parts: list[Any]) -> Node:
        """Read a comparison with the value under test."""
        operator, right = parts
        position = place_of(operator)
        subject = nodes.Subject(position=position)
        return nodes.Comparison(position=position, left=subject, operator=str(operator), right=right)

    def within(self, parts: list[Node]) -> Node:
        """Read an “in”."""
        return nodes.Within(position=parts[0].position, value=parts[0], targets=tuple(parts[1:]))

    def conjunction(self, parts: list[Node]) -> Node:
        """Read parts joined by and."""
        return nodes.All(position=parts[0].position, parts=tuple(parts))

    def disjunction(self, parts: list[Node]) -> Node:
        """Read parts joined by or."""
        return nodes.Some(position=parts[0].position, parts=tuple(parts))

    def conditional(self, parts: list[Node]) -> Node:
        """Read an if."""
        condition, then, otherwise = parts
        return nodes.Conditional(position=condition.position, condition=condition, then=then, otherwise=otherwise)

    def named(self, parts: list[Any]) -> tuple[Token, Node]:
        """Read an argument with its name."""
        return parts[0], parts[1]

    def arguments(self, parts: list[Any]) -> list[Any]:
        """Read all arguments of a call."""
        return parts

    def call(self, parts: list[Any]) -> Node:
        """Read a call."""
        function, *rest = parts
        given = rest[0] if rest else []
        parameters = tuple(str(item[0]) for item in given if isinstance(item, tuple))
        if len(set(parameters)) < len(parameters):
            raise MisreadError("an argument is given twice", function)
        arguments = tuple(item[1] if isinstance(item, tuple) else item for item in given)
        name = " ".join(function.split())
        return nodes.Call(position=place_of(function), function=name, parameters=parameters, arguments=arguments)

    def tests(self, parts: list[Node]) -> Node:
        """Read the tests of a cell."""
        subject = nodes.Subject(position=1)
        return nodes.Within(position=1, value=subject, targets=tuple(parts))

    def anything(self, _parts: list[Node]) -> Node:
        """Read the cell that any value passes."""
        return nodes.Subject(position=1)

    def none_of_tests(self, parts: list[Node]) -> Node:
        """Read the tests that must fail."""
        return nodes.Negated(position=1, inner=parts[0])

    def expression_only(self, parts: list[Node]) -> Node:
        """Read the whole."""
        return parts[0]

    unary_only = expression_only


def _unescape(token: Token) -> str:
    def one(match: re.Match[str]) -> str:
        escape = match[1]
        if len(escape) > 1 and int(escape[1:], 16) <= 0x10FFFF:
            return chr(int(escape[1:], 16))
        if escape in _ESCAPES:
            return _ESCAPES[escape]
        raise MisreadError(f"the escape \\{escape} is unknown", token)

    plain = _ESCAPE.sub(one, token[1:-1]).encode("utf-16", "surrogatepass")
    try:
        return plain.decode("utf-16")
    except UnicodeDecodeError:
        raise MisreadError("it holds half of a character", token) from None
