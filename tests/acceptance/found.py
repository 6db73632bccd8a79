"""Which acceptance tests show a clause, read from their decorators; runs none of them."""

import ast
from collections import defaultdict
from pathlib import Path


def acceptance_tests(folder: Path) -> dict[str, list[str]]:
    """The acceptance tests by the clauses their decorator `clause` names; nothing where there is no such folder."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for clause in _decorated(node):
                    found[clause].append(node.name)
    return dict(found)


def _decorated(test: ast.FunctionDef) -> list[str]:
    calls = [d for d in test.decorator_list if isinstance(d, ast.Call) and getattr(d.func, "id", "") == "clause"]
    return [a.value for call in calls for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
