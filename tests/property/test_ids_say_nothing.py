"""Ids are a modeller's: every one of a shipped pathway renamed as a modeller would name it changes nothing but ids."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from walkers import BPMN, PATHWAYS, journeys

from engine import executable, version_from
from engine.course import Course, Version, input_of
from engine.dispute import Entry
from engine.pathway import read_pathway
from engine.pathway.rules.checking import check
from engine.replay import frames, lines_of
from engine.replay.missing import limits_of, missed_of

REFERRING = {
    "id", "sourceRef", "targetRef", "attachedToRef", "default", "processRef", "bpmnElement", "signalRef", "messageRef",
}  # fmt: skip
KEY = re.compile(r"(.+?)(\.\d+(?:/.*)?)")


def generated(identity: str) -> str:
    """What a modeller might have called it; in no order that the names before were in."""
    return f"Activity_0x{hashlib.sha256(identity.encode()).hexdigest()[:7]}"


class Renamed:
    """A pathway whose ids are generated, and how each was called before."""

    def __init__(self, version: Version) -> None:
        pathway = version.pathway
        main = next(name for name in pathway.files if name.endswith(".bpmn"))
        root = etree.fromstring(pathway.files[main])
        self.ids = {node.get("id"): generated(node.get("id")) for node in root.iter() if node.get("id")}
        process = pathway.diagram.process
        self.ids[process] = process  # the name of the pathway's file
        for node in root.iter(etree.Element):
            for name in REFERRING & set(node.attrib.keys()):
                node.set(name, self.ids.get(node.get(name), node.get(name)))
            if node.text and node.text.strip() in self.ids and not len(node):
                node.text = self.ids[node.text.strip()]
        files = {**pathway.files, main: etree.tostring(root, xml_declaration=True, encoding="UTF-8")}
        self.version = executable(read_pathway(files, pathway.partnership, Path(main).stem))

    def __call__(self, value: Any) -> Any:
        """A value with its ids as they are called now."""
        if isinstance(value, dict):
            return {key: self(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self(each) for each in value]
        if not isinstance(value, str):
            return value
        turn = KEY.fullmatch(value)
        if turn and turn[1] in self.ids:
            return self.ids[turn[1]] + turn[2]
        return self.ids.get(value, value)

    def entry(self, entry: Entry) -> Entry:
        """An entry with its ids as they are called now."""
        return replace(entry, element=self(entry.element), data=self(dict(entry.data)))


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_renaming_every_id_changes_nothing_but_ids(pathway: str) -> None:
    """D8: ends, urgency, order and wording are what they were, at every step of generated journeys."""
    version = version_from(BPMN, pathway)
    renamed = Renamed(version)
    assert len(set(renamed.ids.values())) == len(renamed.ids) > 100
    assert [(f.rule, f.message) for f in check(renamed.version.pathway)] == [
        (f.rule, f.message) for f in check(version.pathway)
    ]
    for journey in journeys(version, 43_000, 3):
        relived(renamed, version, journey.entries)
        told_alike(renamed, version, journey.entries)


def relived(renamed: Renamed, version: Version, entries: list[Entry]) -> None:
    """Each input brings about the same, and the same timer is the next, under the new names."""
    was: Course | None = None
    now: Course | None = None
    for given in [entry for entry in entries if entry.role == "input"]:
        before, after = input_of(given), input_of(renamed.entry(given))
        if was is None or now is None:
            was, first = Course.begin(version, given.ref, before)
            now, again = Course.begin(renamed.version, given.ref, after)
        else:
            first, again = was.apply(before), now.apply(after)
        told = [(e.kind, renamed(e.element), renamed(dict(e.data))) for e in first]
        assert [(e.kind, e.element, renamed(dict(e.data))) for e in again if e.kind != "DisputeRaised"] == [
            each for each in told if each[0] != "DisputeRaised"
        ], given
        late = was.dispute.next_due
        if late is not None:
            due, same = was.due(late), now.due(late)
            assert due is not None
            assert same is not None
            assert (renamed(due.element), renamed(dict(due.data))) == (same.element, same.data)


def told_alike(renamed: Renamed, version: Version, entries: list[Entry]) -> None:
    """History, replay and missed deadlines say the same words in the same order."""
    now = [renamed.entry(entry) for entry in entries]
    before, after = version.pathway, renamed.version.pathway
    assert [line.words for line in lines_of(before, entries, {})] == [line.words for line in lines_of(after, now, {})]
    old, new = frames(before, entries, {}), frames(after, now, {})
    assert [(f.words, f.mark, [t.key for t in f.state.tasks]) for f in new] == [
        (f.words, f.mark, [renamed(t.key) for t in f.state.tasks]) for f in old
    ]
    assert [x.key for x in missed_of(limits_of(after, now))] == [
        renamed(x.key) for x in missed_of(limits_of(before, entries))
    ]
