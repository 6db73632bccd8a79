"""The values of FEEL and what its operators make of them, null included; knows nothing of texts and syntax."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

_ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_EVEN, traps=[])
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


@dataclass(frozen=True, kw_only=True)
class Range:
    """A stretch of values between two ends, such as `[1..5)`."""

    low: Any
    high: Any
    low_included: bool
    high_included: bool

    def contains(self, value: Any) -> bool | None:
        """Whether the value lies inside; null where the ends cannot be compared with it."""
        above = compare(">=" if self.low_included else ">", value, self.low)
        below = compare("<=" if self.high_included else "<", value, self.high)
        return all_of([above, below])


def normalise(value: Any) -> Any:
    """Take a Python value over into FEEL: exact numbers only, sequences as lists, no infinity."""
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal):
        return _tidy(value)
    if isinstance(value, (list, tuple)):
        return [normalise(item) for item in value]
    return value


def equal(left: Any, right: Any) -> bool | None:
    """FEEL's `=`: only null equals null; values of different kinds are not comparable (null)."""
    if left is None or right is None:
        return left is right
    if _kind(left) != _kind(right):
        return None
    if isinstance(left, list):
        return len(left) == len(right) and all(equal(a, b) is True for a, b in zip(left, right, strict=True))
    return bool(left == right)


def compare(operator: str, left: Any, right: Any) -> bool | None:
    """Apply `= != < <= > >=`; only numbers and strings have an order, anything else is null."""
    if operator == "=":
        return equal(left, right)
    if operator == "!=":
        return negate(equal(left, right))
    if _kind(left) != _kind(right) or _kind(left) not in ("number", "string"):
        return None
    return _COMPARISONS[operator](left, right)


def all_of(values: Iterable[Any]) -> bool | None:
    """FEEL's `and`: false wins, then null (which every value but true and false counts as), then true."""
    found = list(values)
    if any(value is False for value in found):
        return False
    return True if all(value is True for value in found) else None


def any_of(values: Iterable[Any]) -> bool | None:
    """FEEL's `or`: true wins, then null, then false."""
    return negate(all_of(negate(value) for value in values))


def negate(value: Any) -> bool | None:
    """FEEL's `not`: null for whatever is neither true nor false."""
    return not value if isinstance(value, bool) else None


def arithmetic(operator: str, left: Any, right: Any) -> Any:
    """Apply `+ - * /` to numbers, `+` to strings; null for anything else and for a division by zero."""
    if operator == "+" and isinstance(left, str) and isinstance(right, str):
        return left + right
    if _kind(left) != "number" or _kind(right) != "number" or (operator == "/" and right == 0):
        return None
    left, right = _ARITHMETIC.create_decimal(left), _ARITHMETIC.create_decimal(right)
    if operator == "+":
        return _tidy(_ARITHMETIC.add(left, right))
    if operator == "-":
        return _tidy(_ARITHMETIC.subtract(left, right))
    if operator == "*":
        return _tidy(_ARITHMETIC.multiply(left, right))
    return _tidy(_ARITHMETIC.divide(left, right))


def passes(value: Any, test: Any) -> bool | None:
    """Whether the value is in a test's value: within a range, an item of a list, or equal to it."""
    if isinstance(test, Range):
        return test.contains(value)
    if isinstance(test, list) and not isinstance(value, list):
        return any(passes(value, item) is True for item in test)
    return equal(value, test) is True


def list_contains(items: Any, value: Any) -> bool | None:
    """FEEL's `list contains`: whether an item equals the value; a single value counts as a list of one."""
    if items is None:
        return None
    return any(equal(item, value) is True for item in _as_list(items))


def count(items: Any) -> int | None:
    """FEEL's `count`: how many items a list has; a single value counts as a list of one."""
    return None if items is None else len(_as_list(items))


def _as_list(items: Any) -> Sequence[Any]:
    return items if isinstance(items, list) else [items]


def _tidy(value: Decimal) -> Decimal | int | None:
    """Give whole numbers as int, and no number at all for what is not finite."""
    if not value.is_finite():
        return None
    if value == 0:
        return 0
    whole = value.adjusted() < _ARITHMETIC.prec and value == value.to_integral_value()
    return int(value) if whole else value


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return type(value).__name__
    if isinstance(value, (int, Decimal)):
        return "number"
    return "string" if isinstance(value, str) else type(value).__name__
