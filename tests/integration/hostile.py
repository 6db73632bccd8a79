"""Files that would take a reader for ever, each read and ruled in a process of its own: `python hostile.py [NAME…]`.

Prints a line of JSON for each: the seconds of processor time, the largest memory in MB, and what was found.
"""

import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from small_pathway import (
    DIAGRAM,
    FORM,
    FORM_FILE,
    MAIN_FILE,
    OVER,
    SETTINGS,
    SETTINGS_FILE,
    changed,
    drawn,
    files,
    flow,
    node,
    timer,
)

from engine.proof import examine, lines

PATIENCE = 30  # seconds of processor time
TABLE_FILE = "bpmn/testing/who_acts.dmn"
REGISTER_FILE = "bpmn/testing/escalation-duties.toml"
Made = Mapping[str, bytes]
AGREED = 'result = "agreed"'
PLAIN = flow("Stage1_Agreed", "Stage1_NotAgreed")


def diagram(text: str) -> Made:
    """The small pathway with another diagram."""
    return {MAIN_FILE: text.encode()}


def many(count: int, made: Callable[[int], str]) -> Made:
    """The small pathway with so many elements more, each drawn."""
    return diagram(drawn(changed(OVER, OVER + "".join(made(n) for n in range(count)))))


def clause(name: str) -> Made:
    """A clause of that name on every element."""
    return diagram(drawn(DIAGRAM.replace("TST-1", name)))


def settings(text: str) -> Made:
    """The small pathway with more settings."""
    return {SETTINGS_FILE: (SETTINGS + text).encode()}


def register(*duties: str) -> Made:
    """The small pathway with a register of these duties, each with its other lines."""
    rows = (f'[[duty]]\nid = "TST-{n}"\nasks = "x"\n{lines}\n' for n, lines in enumerate(duties, start=1))
    return {REGISTER_FILE: "".join(rows).encode()}


def components(*given: Mapping[str, object]) -> Made:
    """The form with more components."""
    form = json.loads(FORM)
    form["components"] += given
    return {FORM_FILE: json.dumps(form).encode()}


def table(columns: int, rows: int, cell: Callable[[int, int], str], *, kind: str = "number") -> Made:
    """A decision table of so many inputs and rows."""
    heads = "".join(
        f'<input id="I{n}"><inputExpression id="E{n}" typeRef="{kind}"><text>n{n}</text></inputExpression></input>'
        for n in range(columns)
    )
    body = "".join(
        f'<rule id="R{r}">'
        + "".join(f'<inputEntry id="C{r}_{n}"><text>{cell(r, n)}</text></inputEntry>' for n in range(columns))
        + f'<outputEntry id="O{r}"><text>"x"</text></outputEntry></rule>'
        for r in range(rows)
    )
    text = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="D" name="D" namespace="urn:d">'
        f'<decision id="who" name="Who"><decisionTable id="T">{heads}'
        f'<output id="O" name="role" typeRef="string" />{body}</decisionTable></decision></definitions>'
    )
    return {TABLE_FILE: text.encode()}


def gateways(many: int, ways: int, condition: Callable[[int, int], str]) -> Made:
    """So many gateways of so many ways each."""
    drawn_ = "".join(
        node("exclusiveGateway", f"G{g}", attributes=f' default="G{g}_to_End{g}"')
        + node("endEvent", f"End{g}")
        + flow(f"G{g}", f"End{g}")
        + "".join(node("endEvent", f"W{g}_{w}") + flow(f"G{g}", f"W{g}_{w}", condition(g, w)) for w in range(ways))
        for g in range(many)
    )
    return diagram(drawn(changed(OVER, OVER + drawn_)))


def _digits() -> str:
    return "1" * 10_000


DUTY = 'who = ["each"]\ntold = ["a"]\nrecords = ["q"]\nset_locally = [{ hours = 1 }]'
ANSWERED = ",".join(f"TST-{n}" for n in range(1, 71))
CONDITIONS = 'result = "agreed" and meetings &gt; {} and met_on = "{}" and count(reasons) &gt; {}'
CASES: Mapping[str, Callable[[], Made]] = {
    "nothing hostile": dict,
    "a clause of 10,000 digits": lambda: clause(f"TST-{_digits()}"),
    "a clause of 4,000 digits": lambda: clause("TST-" + "1" * 4_000),
    "a clause of 10,000 letters": lambda: clause("T" * 10_000),
    "a documentation of 10,000 clauses": lambda: clause(", ".join(f"TST-{n}" for n in range(4_000))),
    "a documentation of a million words": lambda: diagram(changed("What it does.", "word " * 10_000)),
    "a stage number of 10,000 digits": lambda: diagram(
        drawn(changed('name="stage" value="1"', f'name="stage" value="{_digits()}"'))
    ),
    "a limit of 10,000 digits": lambda: diagram(drawn(changed("working_days: 5,", f"working_days: {_digits()},"))),
    "a limit of 1,000 digits": lambda: diagram(drawn(changed("working_days: 5,", f"working_days: {'9' * 1_000},"))),
    "a cardinality of 10,000 digits": lambda: diagram(drawn(changed(">children<", f">{_digits()}<"))),
    "a cardinality of 1e8": lambda: diagram(drawn(changed(">children<", ">1e8<"))),
    "names of 40,000 characters": lambda: diagram(drawn(DIAGRAM.replace(' name="', f' name="{"long " * 4_000}'))),
    "ids of 40,000 characters": lambda: diagram(DIAGRAM.replace("Stage1_Discuss", "x" * 40_000)),
    "a property of a million characters": lambda: diagram(
        drawn(changed('name="side" value="both"', f'name="side" value="{"x" * 900_000}"'))
    ),
    "20,000 properties": lambda: diagram(
        drawn(
            changed(
                '<spiffworkflow:property name="side"',
                "".join(f'<spiffworkflow:property name="p{n}" value="" />' for n in range(20_000))
                + '<spiffworkflow:property name="side"',
            )
        )
    ),
    "50,000 attributes": lambda: diagram(
        drawn(
            changed(
                '<bpmn:startEvent id="Raised"',
                '<bpmn:startEvent id="Raised" ' + " ".join(f'a{n}=""' for n in range(50_000)),
            )
        )
    ),
    "20,000 namespaces": lambda: diagram(
        drawn(changed('id="All"', 'id="All" ' + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(20_000))))
    ),
    "nesting of 3,000 levels": lambda: diagram(
        changed(
            OVER, OVER + "".join(f'<bpmn:subProcess id="L{n}">' for n in range(3_000)) + "</bpmn:subProcess>" * 3_000
        )
    ),
    "nesting of 240 levels, 40 times": lambda: diagram(
        changed(OVER, OVER + ("<bpmn:subProcess>" * 240 + "</bpmn:subProcess>" * 240) * 40)
    ),
    "an entity bomb": lambda: diagram(
        '<!DOCTYPE d [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
        + "]>"
        + changed("What it does.", "&k;")
    ),
    "1,900 ends": lambda: many(1_900, lambda n: node("endEvent", f"E{n}")),
    "1,900 stages": lambda: many(1_900, lambda n: node("subProcess", f"S{n}", stage="1")),
    "1,900 tasks of nobody": lambda: many(
        1_500,
        lambda n: node("userTask", f"T{n}", form="x", side="x", tier="x", role="x", alert="x", shows="x,y,z", to="a"),
    ),
    "600 stages that speak of limits": lambda: (
        many(
            600,
            lambda n: (
                node("subProcess", f"S{n}", node("userTask", f"T{n}", form="discuss", due="due(working_days: 9)"))
                + node("boundaryEvent", f"D{n}", timer("deadline(working_days: 5)"), f' attachedToRef="S{n}"')
            ),
        )
        | components({"type": "text", "text": "5 days " * 700}, {"type": "text", "text": "4 days " * 700})
    ),
    "1,500 notices to strangers": lambda: many(
        1_500, lambda n: node("sendTask", f"N{n}", to=",".join(f"{k:x}{n % 7}" for k in range(120)))
    ),
    "20,000 properties that nobody knows": lambda: many(
        1_000, lambda n: node("endEvent", f"N{n}", **{f"p{k}": "" for k in range(20)})
    ),
    "1,500 tasks of strangers beside a table of 500 roles": lambda: (
        many(1_500, lambda n: node("userTask", f"T{n}", form="discuss", side="both", role=f"r{n}", alert=f"a{n}"))
        | {path: data.replace(b'"x"', b'"a role"') for path, data in table(1, 500, lambda r, _n: f"{r}").items()}
    ),
    "20,000 elements": lambda: diagram(
        changed(OVER, OVER + "".join(f'<bpmn:endEvent id="E{n}" />' for n in range(20_000)))
    ),
    "15,000 flows": lambda: diagram(
        changed(
            OVER,
            OVER
            + "".join(f'<bpmn:sequenceFlow id="F{n}" sourceRef="Raised" targetRef="Stage1" />' for n in range(15_000)),
        )
    ),
    "20,000 flows to nowhere": lambda: diagram(
        changed(
            OVER,
            OVER
            + "".join(f'<bpmn:sequenceFlow id="F{n}" sourceRef="Raised" targetRef="Gone" />' for n in range(20_000)),
        )
    ),
    "20,000 lanes": lambda: diagram(
        changed("<bpmn:lane ", "".join(f'<bpmn:lane id="L{n}" />' for n in range(20_000)) + "<bpmn:lane ")
    ),
    "40,000 references of a lane": lambda: diagram(
        drawn(changed(OVER, OVER)).replace(
            "<bpmn:flowNodeRef>",
            "".join(f"<bpmn:flowNodeRef>x{n}</bpmn:flowNodeRef>" for n in range(40_000)) + "<bpmn:flowNodeRef>",
            1,
        )
    ),
    "a circle of 1,900 notices": lambda: many(
        1_900, lambda n: node("sendTask", f"N{n}") + flow(f"N{n}", f"N{(n + 1) % 1_900}")
    ),
    "60,000 shapes": lambda: diagram(
        drawn(DIAGRAM).replace(
            "<bpmndi:BPMNShape ", "<bpmndi:BPMNShape /><bpmndi:BPMNEdge />" * 20_000 + "<bpmndi:BPMNShape ", 1
        )
    ),
    "100,000 tags that nobody knows": lambda: diagram(changed(OVER, OVER + "<bpmn:odd />" * 100_000)),
    "84 conditions of 500 characters": lambda: gateways(
        3, 28, lambda g, w: " or ".join(f"meetings = {g}{w}{n}" for n in range(25))
    ),
    "many combinations": lambda: gateways(1, 29, lambda _g, w: CONDITIONS.format(w, w, w % 3)),
    "conditions of all that may be said": lambda: gateways(
        40, 29, lambda _g, w: f'result = "{w}" and count(reasons) = {w % 4}'
    ),
    "a condition of brackets": lambda: diagram(drawn(changed(AGREED, "(" * 900 + "1" + ")" * 900))),
    "a condition of numbers of 1,900 digits": lambda: diagram(
        drawn(changed(AGREED, f"meetings * {'9' * 900} * {'9' * 900} &gt; 1"))
    ),
    "a settings key of 20,000 parts": lambda: settings(".".join("a" * 20_000) + " = 1"),
    "a settings key of 50 parts": lambda: settings(".".join("a" * 51) + " = 1"),
    "a settings number of 900 digits": lambda: settings("[retention]\nyears = " + "9" * 900),
    "a settings heading of 20,000 parts": lambda: settings("[" + ".".join("a" * 20_000) + "]"),
    "1,000 settings keys of 900 parts": lambda: settings(
        "\n".join(f"k{n}." + ".".join("a" * 900) + " = 1" for n in range(1_000))
    ),
    "settings keys of 480 parts": lambda: settings(
        "\n".join(f"k{n} = {{ " + ".".join("a" * 480) + " = 1 }" for n in range(60))
    ),
    "settings headings of 480 parts": lambda: settings(
        "\n".join("[[" + ".".join(f'"{n}"' for _ in range(240)) + "]]" for n in range(60))
    ),
    "settings in 300 lists": lambda: settings(
        "\n".join("a" * n + " = " + "[" * 300 + "]" * 300 for n in range(1, 100))
    ),
    "settings nested in lists": lambda: settings("a = " + "[" * 10_000),
    "50,000 settings": lambda: settings("[scope]\n" + "\n".join(f'k{n} = "x"' for n in range(50_000))),
    "50,000 settings that mean nothing": lambda: settings(
        "[hours]\n" + "\n".join(f'k{n} = "x"' for n in range(50_000))
    ),
    "a setting of a million characters": lambda: settings(f'[contacts.a]\nname = "{"x" * 1_000_000}"'),
    "a settings number of a million digits": lambda: settings("[retention]\nyears = " + "9" * 1_000_000),
    "a register of 600 duties": lambda: register(*[DUTY] * 600),
    "a register of 5,000 duties": lambda: register(*[""] * 5_000),
    "a duty for 10,000 sides": lambda: register("who = [" + '"each",\n' * 10_000 + "]"),
    "a duty of 3,000 limits": lambda: register("set_locally = [" + "{ hours = 1 },\n" * 3_000 + "]"),
    "a duty that tells 3,000 strangers": lambda: register("told = [" + '"a stranger",\n' * 3_000 + "]"),
    "a duty that 3,000 fields record": lambda: register("records = [" + '"a field",\n' * 3_000 + "]"),
    "a limit of 4,000 digits in the register": lambda: register("limit = { hours = " + "9" * 4_000 + " }"),
    "a limit of 900 digits in the register": lambda: register("limit = { hours = " + "9" * 900 + " }"),
    "a maximum of 900 digits in the register": lambda: register("cumulative = " + "9" * 900),
    "a register nested in lists": lambda: {REGISTER_FILE: b"duty = " + b"[\n" * 10_000},
    "a register that is a date": lambda: {REGISTER_FILE: b"duty = 2020-01-01"},
    "duties of 10,000 characters": lambda: (
        diagram(drawn(changed('name="side" value="both"', f'name="duties" value="{"TST-1," * 1_700}"')))
        | register(DUTY, DUTY)
    ),
    "1,500 tasks that answer 70 of 600 duties": lambda: (
        many(
            1_500,
            lambda n: node(
                "userTask",
                f"T{n}",
                form="discuss",
                side="both",
                due="due(working_days: 3)",
                duties=ANSWERED,
            ),
        )
        | register(*[DUTY] * 600)
    ),
    "a form of 6,000 questions": lambda: components(
        *({"type": "number", "key": f"k{n}", "label": "x"} for n in range(5_000))
    ),
    "a form of 190 conditions": lambda: components(
        *(
            {
                "type": "number",
                "key": f"k{n}",
                "label": "x",
                "conditional": {"hide": f'result = "{n}" or meetings = {n}' * 1},
            }
            for n in range(190)
        )
    ),
    "a form of 5,000 choices": lambda: components(
        {"type": "radio", "key": "k", "label": "x", "values": [{"value": str(n), "label": "x"} for n in range(6_000)]}
    ),
    "a label of 200,000 characters": lambda: components({"type": "number", "key": "k", "label": "x" * 200_000}),
    "a key of 200,000 characters": lambda: components({"type": "number", "key": "k" * 200_000, "label": "x"}),
    "a form of long conditions": lambda: components(
        *(
            {
                "type": "number",
                "key": f"k{n}",
                "label": "x",
                "conditional": {"hide": " or ".join(f'result = "{n}{k}"' for k in range(80))},
            }
            for n in range(28)
        )
    ),
    "a form of 180 lists of 180 values": lambda: components(
        *(
            {
                "type": "checklist",
                "key": f"k{n}",
                "label": "x",
                "values": [{"value": str(v), "label": "x"} for v in range(24)],
            }
            for n in range(190)
        )
    ),
    "a form nested deep": lambda: {FORM_FILE: b"[" * 200_000},
    "a form with a number of 200,000 digits": lambda: {
        FORM_FILE: FORM.replace('"schemaVersion": 18', '"schemaVersion": ' + "9" * 200_000).encode()
    },
    "a table of 30 ranges": lambda: table(30, 80, lambda r, _n: f"[{r}..{r + 40}]"),
    "a table of 12 ranges": lambda: table(12, 200, lambda r, n: f"[{r * (n + 1)}..{r * (n + 1) + 40}]"),
    "a table of 500 rows": lambda: table(5, 500, lambda r, _n: f"&lt; {r * 7 % 501}"),
    "a table of any": lambda: table(5, 500, lambda _r, _n: "-"),
    "a table of texts": lambda: table(5, 500, lambda r, n: f'"{r}{n}"', kind="string"),
    "a table of cells of 1,000 characters": lambda: table(
        5, 9, lambda r, n: ",".join(f'"{r}{n}{k}"' for k in range(130)), kind="string"
    ),
    "a table of 12 columns of 50 numbers": lambda: table(
        12, 12, lambda r, n: ",".join(f"{r}{n}{k}" for k in range(50))
    ),
    "a table of 100,000 rows": lambda: table(1, 8_000, lambda r, _n: str(r)),
}


def largest() -> int:
    """The largest memory of this process in MB: of its own, while that of getrusage is its parent's too."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) // 1024


def ruled(name: str) -> dict[str, Any]:
    """Read and rule one case, and say what it took."""
    given = {**files(), **CASES[name]()}
    began = time.process_time()
    report = examine(given, "testing", "escalation", None).report()
    said = lines(report)
    seconds = time.process_time() - began
    return {"name": name, "seconds": seconds, "memory": largest(), "found": len(report["findings"]), "said": said}


def apart(name: str) -> None:
    """Rule a case in a process of its own, which is ended where it goes on for ever."""
    if (child := os.fork()) == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        sys.stdout.write(json.dumps(ruled(name)) + "\n")
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(child, 0)


if __name__ == "__main__":
    for each in sys.argv[1:] or CASES:
        apart(each)
