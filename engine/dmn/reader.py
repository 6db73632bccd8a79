"""Reads a decision table from the DMN 1.3 that Camunda Modeler writes; knows nothing of what it is used for."""

from collections.abc import Mapping
from typing import Any, NoReturn

from lxml import etree

from engine.bounds import MOST_EXPRESSION, shortened
from engine.dmn.table import Column, DecisionTable, DecisionUnsupported, Output, Row
from engine.feel import Expression, FeelError, UnaryTest, parse, parse_unary

_LARGEST = 1_048_576
_DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
_KINDS = {
    "string": "string",
    "boolean": "boolean",
    "number": "number",
    "double": "number",
    "integer": "integer",
    "long": "integer",
}
_PLAIN = frozenset({"id", "name", "label"})
_READ: Mapping[str, frozenset[str]] = {
    "definitions": frozenset({"namespace", "exporter", "exporterVersion", "expressionLanguage", "typeLanguage"}),
    "decision": frozenset(),
    "variable": frozenset({"typeRef"}),
    "informationRequirement": frozenset(),
    "requiredInput": frozenset({"href"}),
    "requiredDecision": frozenset({"href"}),
    "authorityRequirement": frozenset(),
    "requiredAuthority": frozenset({"href"}),
    "inputData": frozenset(),
    "knowledgeSource": frozenset({"locationURI"}),
    "type": frozenset(),
    "question": frozenset(),
    "allowedAnswers": frozenset(),
    "textAnnotation": frozenset({"textFormat"}),
    "association": frozenset({"associationDirection"}),
    "sourceRef": frozenset({"href"}),
    "targetRef": frozenset({"href"}),
    "decisionTable": frozenset({"hitPolicy", "aggregation", "preferredOrientation", "outputLabel"}),
    "input": frozenset(),
    "inputExpression": frozenset({"typeRef", "expressionLanguage"}),
    "inputValues": frozenset({"expressionLanguage"}),
    "output": frozenset({"typeRef"}),
    "outputValues": frozenset({"expressionLanguage"}),
    "annotation": frozenset(),
    "rule": frozenset(),
    "inputEntry": frozenset({"expressionLanguage"}),
    "outputEntry": frozenset({"expressionLanguage"}),
    "annotationEntry": frozenset(),
    "description": frozenset(),
    "text": frozenset(),
    "extensionElements": frozenset(),
}
"""What a table may hold, each tag with its attributes beside the plain ones."""
_MOST = {"input": 12, "output": 12, "rule": 500, "inputEntry": 2_500}
_EMPTY = parse_unary("-")
_CALLED = {"input": "inputs", "output": "outputs", "rule": "rows", "inputEntry": "cells"}


def read_table(xml: bytes, *, strict: bool = False) -> DecisionTable:
    """Read the one decision table of a file; DecisionUnsupported says what in it is not supported.

    What is checked and published is read strictly: nothing in it is passed over. Versions of before are read as ever.
    """
    root = _root(xml)
    if strict:
        _screen(root)
    decisions = root.findall(f"{_DMN}decision")
    if root.tag != f"{_DMN}definitions" or len(decisions) != 1:
        _refuse(
            "the file",
            "the file",
            "must hold exactly one decision of DMN 1.3. Save each decision in a file of its own, in the modeller",
        )
    table = decisions[0].find(f"{_DMN}decisionTable")
    if table is None:
        _refuse(decisions[0].get("id", ""), "the decision", "is no decision table. Draw it as one in the modeller")
    return _Reader(decisions[0].get("id", "")).table(decisions[0], table)


def _root(xml: bytes) -> etree._Element:
    if len(xml) > _LARGEST:
        _refuse("the file", "the file", f"is larger than {_LARGEST:,} bytes. Make it smaller")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        _refuse("the file", "the file", f"is not readable XML ({error}). Save it again in the modeller")
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse("the file", "the file", "has a document type, which may hide things. Take it out")
    return root


def _screen(root: etree._Element) -> None:
    """Refuse what would not be honoured: by a list of what is read and what only decorates."""
    for node in (each for each in root.iter() if isinstance(each.tag, str) and each.tag.startswith(_DMN)):
        name = etree.QName(node).localname
        known = _READ.get(name)
        if known is None:
            _refuse("the file", f"its {name}", "is not read. Take it out")
        for attribute in map(str, node.attrib):
            if not attribute.startswith("{") and attribute not in known | _PLAIN:
                _refuse("the file", f"its {name}", f"has the attribute “{attribute}”, which is not read. Take it out")
        if name == "text" and len(node):
            _refuse("the file", "a cell", "holds a comment or a tag. Write plain text")
    for name, most in _MOST.items():
        if (count := sum(1 for _ in root.iter(f"{_DMN}{name}"))) > most:
            _refuse(
                "the file", "the table", f"has {count:,} {_CALLED[name]}; at most {most:,} are read. Make it smaller"
            )
    written = sum(len(text.text or "") for text in root.iter(f"{_DMN}text"))
    if written > MOST_EXPRESSION:
        what = f"have {written:,} characters together; at most {MOST_EXPRESSION:,} are read. Shorten them"
        _refuse("the file", "the cells", what)


def _refuse(table: str, place: str, wrong: str) -> NoReturn:
    raise DecisionUnsupported(table=table, place=place, wrong=wrong) from None


class _Reader:
    """Reads one table; keeps its id for what has to be refused."""

    def __init__(self, table: str) -> None:
        self.id = table

    def table(self, decision: etree._Element, element: etree._Element) -> DecisionTable:
        policy = element.get("hitPolicy", "UNIQUE")
        if policy not in ("UNIQUE", "FIRST") or element.get("aggregation"):
            self.refuse("the table", f"has the hit policy {policy}: use UNIQUE or FIRST")
        if decision.find(f"{_DMN}informationRequirement/{_DMN}requiredDecision") is not None:
            self.refuse("the table", "depends on another decision, which is not read. Write it into this one")
        inputs = tuple(self.input(item, n) for n, item in enumerate(element.findall(f"{_DMN}input"), start=1))
        outputs = tuple(self.output(item, n) for n, item in enumerate(element.findall(f"{_DMN}output"), start=1))
        for place, names in (("inputs", [i.name for i in inputs]), ("outputs", [o.name for o in outputs])):
            if not names or len(set(names)) < len(names):
                self.refuse("the table", f"must have {place}, each with a name of its own. Name them")
        rules = element.findall(f"{_DMN}rule")
        rows = tuple(self.row(rule, number, inputs, outputs) for number, rule in enumerate(rules, start=1))
        name = decision.get("name", "")
        return DecisionTable(id=self.id, name=name, hit_policy=policy, inputs=inputs, outputs=outputs, rows=rows)

    def input(self, element: etree._Element, number: int) -> Column:
        where = f"input {number}"
        expression = element.find(f"{_DMN}inputExpression")
        if expression is None:
            self.refuse(where, "has no expression. Write the name that it looks at")
        self.check_language(expression, where)
        read = self.expression(self.text(expression), where)
        if read.names != {read.text}:
            self.refuse(where, f"looks at “{shortened(read.text)}”: it must be one name. Correct it")
        kind = self.kind(expression, where)
        declared = element.find(f"{_DMN}inputValues")
        values = None if declared is None or not self.text(declared) else self.test(declared, kind, f"{where}'s values")
        return Column(name=read.text, label=element.get("label", ""), kind=kind, declared=values)

    def output(self, element: etree._Element, number: int) -> Output:
        where = f"output {number}"
        name = element.get("name", "")
        if not name:
            self.refuse(where, "has no name. Write one, e.g. role")
        return Output(name=name, label=element.get("label", ""), kind=self.kind(element, where))

    def row(self, element: etree._Element, number: int, inputs: tuple[Column, ...], outputs: tuple[Output, ...]) -> Row:
        tests, results = element.findall(f"{_DMN}inputEntry"), element.findall(f"{_DMN}outputEntry")
        where = f"row {number}"
        if len(tests) != len(inputs) or len(results) != len(outputs):
            self.refuse(where, "has not one cell for each input and output. Add the row again")
        notes = [*element.findall(f"{_DMN}description"), *element.findall(f"{_DMN}annotationEntry/{_DMN}text")]
        return Row(
            number=number,
            id=element.get("id", ""),
            annotation=" ".join((note.text or "").strip() for note in notes).strip(),
            tests=tuple(self.test(cell, column.kind, where) for cell, column in zip(tests, inputs, strict=True)),
            outputs={o.name: self.result(cell, o, where) for cell, o in zip(results, outputs, strict=True)},
        )

    def test(self, cell: etree._Element, kind: str, where: str) -> UnaryTest:
        self.check_language(cell, where)
        text = self.text(cell)
        try:
            test = parse_unary(text) if text else _EMPTY
        except FeelError as error:
            self.refuse(where, f"has a cell that does not work. {error}. Correct it")
        if test.names:
            self.refuse(where, f"reads a name, “{shortened(text)}”. Write strings in quotes")
        for constant in test.constants:
            self.check_kind(constant, kind, where)
        if kind in ("string", "boolean") and test.ordered:
            self.refuse(
                where, f"has the cell “{shortened(text)}”: only numbers can be compared by size. List the values"
            )
        return test

    def result(self, cell: etree._Element, output: Output, where: str) -> Any:
        self.check_language(cell, where)
        text = self.text(cell)
        if not text:
            return None
        read = self.expression(text, where)
        if not read.literal:
            self.refuse(
                where,
                f"answers “{shortened(text)}”: it must be one string in quotes, number, true or false. Correct it",
            )
        value = read.evaluate({})
        self.check_kind(value, output.kind, where)
        return value

    def expression(self, text: str, where: str) -> Expression:
        try:
            return parse(text)
        except FeelError as error:
            self.refuse(where, f"has an expression that does not work. {error}. Correct it")

    def kind(self, element: etree._Element, where: str) -> str:
        kind = element.get("typeRef", "string")
        return _KINDS.get(kind) or self.refuse(where, f"is of the type {kind}: use string, boolean, number or integer")

    def check_kind(self, value: Any, kind: str, where: str) -> None:
        if value is None:
            return
        found = "boolean" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"
        if found != ("number" if kind == "integer" else kind) or (kind == "integer" and not isinstance(value, int)):
            said = f"has the {found} {shortened(str(value))} where a {kind} belongs"
            self.refuse(where, f"{said}. Correct it, or the type of the column")

    def check_language(self, element: etree._Element, where: str) -> None:
        if element.get("expressionLanguage", "feel").lower().rsplit("/", 1)[-1] not in ("feel", ""):
            self.refuse(where, "is not written in FEEL. Choose FEEL as its expression language")

    @staticmethod
    def text(element: etree._Element) -> str:
        return (element.findtext(f"{_DMN}text") or "").strip()

    def refuse(self, place: str, wrong: str) -> NoReturn:
        _refuse(self.id, place, wrong)
