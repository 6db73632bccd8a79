"""The syntax of our subset of FEEL: from a text to its parts; knows nothing of values and of what names mean."""

from typing import NoReturn

from lark import Lark, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from engine.feel.ast import FeelError, Node, Subject
from engine.feel.transformer import Builder, MisreadError, place_of

LONGEST = 2_000
"""Characters that an expression may have."""
DEEPEST = 50
"""Parts that an expression may hold one inside the other."""

_GRAMMAR = r"""
expression_only: expression
unary_only: "-" -> anything
          | tests
          | "not" "(" tests ")" -> none_of_tests
tests: cell ("," cell)*
?cell: end | COMPARE end -> bound
     | OPEN_LIST end ("," end)* "]" -> items
     | (OPEN_LIST | OPEN) end ".." end (CLOSE_LIST | CLOSE) -> span
?end: literal | "-" NUMBER -> minus_number | name

?expression: "if" expression "then" expression "else" expression -> conditional
           | disjunction
?disjunction: conjunction ("or" conjunction)*
?conjunction: comparison ("and" comparison)*
?comparison: terms
           | terms COMPARE terms -> compared
           | terms "in" terms -> within
           | terms "in" "(" test ("," test)+ ")" -> within
           | terms "in" "(" bound ")" -> within
?test: terms | bound
bound: COMPARE terms
?terms: factors ((PLUS | MINUS) factors)*
?factors: signed ((STAR | SLASH) signed)*
?signed: "-" signed -> negative
       | atom
?atom: literal | name | call | items | span
     | "not" "(" expression ")" -> negated
     | "(" expression ")" -> group
?literal: NUMBER -> number
        | STRING -> string
        | TRUE -> true
        | FALSE -> false
        | NULL -> null
name: NAME
call: (NAME | LIST_CONTAINS) "(" arguments? ")"
arguments: expression ("," expression)* | named ("," named)*
named: NAME ":" expression
items: OPEN_LIST (expression ("," expression)*)? "]"
span: (OPEN_LIST | OPEN) terms ".." terms (CLOSE_LIST | CLOSE)

TRUE: "true"
FALSE: "false"
NULL: "null"
PLUS: "+"
MINUS: "-"
STAR: "*"
SLASH: "/"
OPEN: "("
CLOSE: ")"
OPEN_LIST: "["
CLOSE_LIST: "]"
COMPARE: /!=|<=|>=|=|<|>/
NUMBER: /[0-9]+(\.[0-9]+)?|\.[0-9]+/
STRING: /"(?:[^"\\\r\n]|\\.)*"/
LIST_CONTAINS.2: /list[ \t\r\n]+contains(?![A-Za-z0-9_])/
NAME: /[A-Za-z_][A-Za-z0-9_]*/
%ignore /[ \t\r\n]+/
"""


def read_expression(text: str) -> Node:
    """Parse an expression, which may begin with the `=` of form-js; FeelError says what is wrong and where."""
    stripped = text.lstrip()
    equals = len(text) - len(stripped)
    return _read(text, f"{text[:equals]} {stripped[1:]}" if stripped.startswith("=") else text, "expression_only")


def read_tests(text: str) -> Node | None:
    """Parse the unary tests of a decision table's cell; None where any value will do (`-`)."""
    node = _read(text, text, "unary_only")
    return None if isinstance(node, Subject) else node


def walk(node: Node) -> list[list[Node]]:
    """List a node and all parts in it, level by level, without recursion."""
    levels, level = [], [node]
    while level:
        levels.append(level)
        level = [child for parent in level for child in parent.children()]
    return levels


def _read(text: str, source: str, start: str) -> Node:
    if len(text) > LONGEST:
        raise FeelError(text=f"{text[:40]}…", wrong=f"it is longer than {LONGEST:,} characters", position=LONGEST + 1)
    if not source.strip():
        raise FeelError(text=text, wrong="there is nothing in it", position=1)
    try:
        node: Node = _PARSER.parse(source, start=start)  # type: ignore[assignment]  # the builder makes nodes
    except UnexpectedInput as error:
        _explain(text, source, error)
    except MisreadError as error:
        raise FeelError(text=text, wrong=error.wrong, position=error.position) from None
    levels = walk(node)
    if len(levels) > DEEPEST:
        raise FeelError(text=text, wrong=f"it is nested more than {DEEPEST} deep", position=levels[DEEPEST][0].position)
    return node


def _explain(text: str, source: str, error: UnexpectedInput) -> NoReturn:
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        raise FeelError(text=text, wrong="it ends too early", position=len(text)) from None
    position = place_of(error.token) if isinstance(error, UnexpectedToken) else (error.pos_in_stream or 0) + 1
    found = error.token if isinstance(error, UnexpectedToken) else source[position - 1]
    wrong = f"“{found}” was not expected here"
    if isinstance(error, UnexpectedCharacters):
        wrong = f"“{found}” has no meaning here"
        if found == '"':
            wrong = "the text in quotes that begins here does not end"
    raise FeelError(text=text, wrong=wrong, position=position) from None


_PARSER = Lark(
    _GRAMMAR,
    parser="lalr",
    lexer="basic",
    start=["expression_only", "unary_only"],
    transformer=Builder(),
    maybe_placeholders=False,
)
