"""Whether everything that flows is drawn and named (D12). Knows no stages and no expressions."""

from collections.abc import Iterator

from engine.pathway.rules.drawing import Drawing, Finding, called

NAMED = frozenset({"userTask", "sendTask", "subProcess", "boundaryEvent", "intermediateThrowEvent", "endEvent"})


def drawn(drawing: Drawing) -> Iterator[Finding]:
    """Each element has a shape and each flow a line: what is not drawn can't be looked at afterwards."""
    diagram = drawing.pathway.diagram
    missing = [element for element in drawing.elements.values() if element.id not in diagram.shapes]
    if missing and not diagram.shapes:
        message = "Nothing of it is drawn: the file holds no shapes. Open it in the modeller, lay it out and save it."
        yield Finding(rule="D12", element=None, message=message)
        return
    for element in missing:
        message = f"{called(element)} is not drawn: it has no shape. Draw it again in the modeller."
        yield Finding(rule="D12", element=element.id, message=message)
    for element in drawing.elements.values():
        shape = diagram.shapes.get(element.id)
        if element.kind == "subProcess" and shape and not shape.expanded and element.id not in drawing.stage_ids:
            message = f"{called(element)} is folded up: nobody sees what runs in it. Expand it."
            yield Finding(rule="D12", element=element.id, message=message)
    for lane in diagram.lanes:
        if lane.id not in diagram.shapes:
            yield Finding(rule="D12", element=lane.id, message=f"The lane {lane.id} is not drawn. Draw it again.")
    for flow in diagram.flows:
        if flow.id not in diagram.edges:
            source, target = called(drawing.elements[flow.source]), called(drawing.elements[flow.target])
            message = f"The flow {flow.id} from {source} to {target} is not drawn: it has no line. Draw it again."
            yield Finding(rule="D12", element=flow.id, message=message)


def names(drawing: Drawing) -> Iterator[Finding]:
    """Whatever people read about has a name: tasks, stages, notices, edges and ends; a choice asks a question."""
    for element in drawing.elements.values():
        asks = element.kind == "exclusiveGateway" and len(drawing.outgoing[element.id]) > 1
        if not element.name and (element.kind in NAMED or asks):
            what = "a question" if asks else "a name"
            has = f"{element.id} ({_plain(element.kind)}) has no name, and people read it"
            message = f"{has}. Give it {what} (General, Name)."
            yield Finding(rule="D12", element=element.id, message=message)


def _plain(kind: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind)
