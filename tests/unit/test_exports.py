"""The record taken away: JSON lines, event logs, and a chronology on paper, as they are written."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typst
from lxml import etree
from papers import pages_of, tagged, text_of

from engine.application import story_of
from engine.dispute import (
    CLOCK,
    GENESIS,
    Actor,
    Dispute,
    Effect,
    Entry,
    Input,
    Text,
    dispute_from_json,
    record,
    to_json,
)
from engine.exports.chronology import chronology
from engine.exports.lines import lines
from engine.exports.paper import Paper
from engine.exports.sheet import FONTS, PageFrame, printable, printed, said, table
from engine.exports.xes import EXTENSIONS, STANDARD, Story, xes
from engine.pathway import Pathway, read_folder
from engine.replay import lines_of

BPMN = Path(__file__).parents[2] / "bpmn"
TERRY = Actor(id="terry", name="Łukasz O’Siân", agency="school", role="practitioner")
PARTIES = [
    {"side": "raising", "agency": "school", "name": "Made-up School", "kind": "school"},
    {"side": "receiving", "agency": "council", "name": "Children's <Services>", "kind": "local_authority"},
]
CALENDAR = {"bank_holidays": ["2026-03-03"], "closures": [], "opens": "09:00:00", "closes": "17:00:00"}
CHILDREN = [{"case_reference": "CASE-77", "initials": "AB"}]
RAISED = {"answers": {"lead_told_at": "2026-03-02T09:30"}, "children": CHILDREN, "risk": True, "parties": PARTIES,
          "calendar": CALENDAR}  # fmt: skip
TYPED = {"disagreement": "We see the risk as high.\nGrażyna 你 said so.", "evidence": "Three referrals."}
OPENED = {"task": "Stage1_Discuss.1", "tier": "practitioners", "side": "both", "due": "2026-03-05T17:00:00Z",
          "group": "Stage1.1"}  # fmt: skip
DEADLINE = {"key": "k", "host": "Stage1.1", "what": "deadline", "due": "2026-03-09T17:00:00Z",
            "basis": {"from": "2026-03-02T10:00:00Z", "limits": {"working_days": 4}}}  # fmt: skip


def at(day: int, hour: int) -> datetime:
    """An instant of March 2026."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


@pytest.fixture(scope="module")
def pathway() -> Pathway:
    """Birmingham's."""
    return read_folder(BPMN / "birmingham", demo=True)


@pytest.fixture(scope="module")
def journal() -> tuple[list[Entry], dict[tuple[int, str], Text]]:
    """A short journal: raised with risk, a task opened, done; the stage left by its deadline."""
    turns: list[tuple[Input, list[Effect]]] = [
        (
            Input(kind="Raised", at=at(2, 10), actor=TERRY, element="Raised", data=RAISED, texts=TYPED),
            [
                Effect(kind="DisputeRaised", element="Raised", data={"version": "v"}),
                Effect(kind="StageEntered", element="Stage1", data={"stage": "Stage1", "tier": "x", "key": "Stage1.1"}),
                Effect(kind="DeadlineSet", element="Stage1_Deadline", data=DEADLINE),
                Effect(kind="TaskOpened", element="Stage1_Discuss", data=OPENED),
                Effect(kind="ReferralOpened", element="Risk", data={"referral": "Risk.1", "children": [0]}),
            ],
        ),
        (
            Input(kind="TaskCompleted", at=at(4, 10), actor=TERRY, element="Stage1_Discuss",
                  data={"task": "Stage1_Discuss.1", "answers": {}, "side": "raising"}),
            [Effect(kind="ReferralClosed", element="Risk", data={"referral": "Risk.1"})],
        ),
        (
            Input(kind="TimerFired", at=at(9, 17), actor=CLOCK, element="Stage1_Deadline",
                  data={"key": "k", "what": "deadline", "due": "2026-03-09T17:00:00Z"}),
            [Effect(kind="StageLeft", element="Stage1", data={"stage": "Stage1", "how": "deadline"})],
        ),
    ]  # fmt: skip
    entries: list[Entry] = []
    texts: dict[tuple[int, str], Text] = {}
    for given, effects in turns:
        last = entries[-1].hash if entries else GENESIS
        more, typed = record("BIR-2026-0001", last, len(entries) + 1, given, effects)
        entries += more
        texts |= {(seq, text.name): text for seq, text in typed}
    return entries, texts


def dispute(entries: list[Entry]) -> Dispute:
    """The dispute of that journal, as far as paper needs it."""
    visit = {"stage": "Stage1", "key": "Stage1.1", "entered": to_json(at(2, 10)), "deadline": to_json(at(9, 17)),
             "left": to_json(at(9, 17)), "how": "deadline"}  # fmt: skip
    return dispute_from_json(
        {"ref": entries[0].ref, "raised": entries[0].at, "counted_from": entries[0].at, "parties": PARTIES,
         "children": CHILDREN, "calendar": CALENDAR, "raised_by": "terry", "visits": [visit]}
    )  # fmt: skip


def test_json_lines_hold_each_entry_with_what_was_typed_beside_it(journal: Any) -> None:
    """One object a line; what was erased is null, and the digest that the chain covers stays."""
    entries, texts = journal
    kept = {place: text for place, text in texts.items() if place != (1, "evidence")}
    told = lines(entries, kept).decode().split("\n")
    assert told.pop() == ""
    read = [json.loads(line) for line in told]
    assert [{name: each[name] for name in each if name != "typed"} for each in read] == [e.to_json() for e in entries]
    assert read[0]["typed"] == {"disagreement": TYPED["disagreement"], "evidence": None}
    assert [each["typed"] for each in read[1:]] == [{}] * (len(entries) - 1)
    assert "Łukasz" in told[0]


def attributes(element: Any) -> dict[str, str]:
    """The XES attributes of an element, each with its type."""
    return {f"{child.tag} {child.get('key')}": child.get("value") for child in element if child.get("key")}


def test_an_event_log_tells_what_was_done_in_working_time(journal: Any, pathway: Pathway) -> None:
    """Stages and tasks begin and end; the bank holiday of the 3rd is no working time; nobody did what only began."""
    log = etree.fromstring(xes([Story(pathway=pathway, entries=journal[0])]))
    (trace,) = log.findall("trace")
    about = attributes(trace)
    assert about == {
        "string concept:name": "BIR-2026-0001",
        "string pathway": "birmingham",
        "string version": pathway.version,
        "string raising": "Made-up School",
        "string raising_kind": "school",
        "string receiving": "Children's <Services>",
        "string receiving_kind": "local_authority",
        "int children": "1",
        "date raised": "2026-03-02T10:00:00.000+00:00",
        "string end": "open",
        "int working_minutes": str((7 + 3 * 8 + 8) * 60),
    }
    events = [attributes(event) for event in trace.findall("event")]
    told = [(e["string concept:name"], e["string lifecycle:transition"], e.get("int working_minutes")) for e in events]
    stage = pathway.diagram.elements["Stage1"].name
    assert told == [
        ("Raised", "complete", None),
        (stage, "start", None),
        ("Discuss the difference", "start", None),
        ("Referral", "start", None),
        ("Discuss the difference", "complete", str((7 + 1) * 60)),
        ("Referral", "complete", str((7 + 1) * 60)),
        (f"Deadline passed: {stage}", "complete", None),
        (stage, "complete", str((7 + 3 * 8 + 8) * 60)),
    ]
    assert events[4] == {
        "string concept:name": "Discuss the difference",
        "string concept:instance": "Stage1_Discuss.1",
        "string lifecycle:transition": "complete",
        "date time:timestamp": "2026-03-04T10:00:00.000+00:00",
        "string org:resource": "terry",
        "string org:role": "practitioner",
        "string org:group": "school",
        "int seq": "7",
        "string element": "Stage1_Discuss",
        "string side": "raising",
        "int working_minutes": "480",
    }
    assert not [name for name in events[2] if "org:" in name]
    assert events[7]["string how"] == "deadline"


def test_summer_time_stands_in_the_offset(pathway: Pathway, journal: Any) -> None:
    """An instant is written in London's time, with its offset."""
    first = journal[0][0]
    summer = Entry(**{**first.to_json(), "at": "2026-07-01T10:00:00Z"})
    log = etree.fromstring(xes([Story(pathway=pathway, entries=[summer])]))
    assert attributes(log.find("trace/event"))["date time:timestamp"] == "2026-07-01T11:00:00.000+01:00"


def test_an_event_log_names_no_child_and_nothing_that_was_typed(journal: Any, pathway: Pathway) -> None:
    """It goes to analysts."""
    log = xes([Story(pathway=pathway, entries=journal[0])]).decode()
    for secret in ("CASE-77", '"AB"', "We see", "Three referrals", "Łukasz", "lead_told_at"):
        assert secret not in log


ORDER = ("extension", "global", "classifier", "attribute", "trace", "event")
TRUTH = ("true", "false")
READERS: dict[str, Any] = {"string": str, "date": datetime.fromisoformat, "int": int, "boolean": TRUTH.index}


def broken(log: Any) -> Iterator[str]:
    """What in a log is not as IEEE 1849 has it: names, order, what must be there, and the types of values."""
    known = {"log": {"xes.version", "xes.features"}, "extension": {"name", "prefix", "uri"}, "global": {"scope"},
             "classifier": {"name", "scope", "keys"}, "trace": set(), "event": set()}  # fmt: skip
    known |= {kind: {"key", "value"} for kind in READERS}
    inside = {"log": ORDER, "trace": ("attribute", "event"), "event": ("attribute",), "global": ("attribute",)}
    for element in log.iter():
        kinds = [child.tag if child.tag in ORDER else "attribute" for child in element]
        allowed = inside.get(element.tag, ())
        if [k for k in kinds if k not in allowed] or kinds != sorted(kinds, key=ORDER.index):
            yield f"{element.tag} holds {kinds}"
        if set(element.attrib) != known[element.tag]:
            yield f"{element.tag} has {element.attrib}"
        if element.tag in READERS:
            READERS[element.tag](element.get("value"))
        keys = [child.get("key") for child in element if child.get("key")]
        if len(keys) != len(set(keys)):
            yield f"{element.tag} has a key twice: {keys}"


def test_an_event_log_is_as_the_standard_has_it(journal: Any, pathway: Pathway) -> None:
    """Declared extensions and no others, globals that every event has, classifiers over globals, types, order."""
    log = etree.fromstring(xes([Story(pathway=pathway, entries=journal[0])] * 2))
    assert list(broken(log)) == []
    assert float(log.get("xes.version")) == 1849.2016
    declared = {each.get("prefix"): each.get("uri") for each in log.findall("extension")}
    assert declared == {prefix: f"{STANDARD}/{prefix}.xesext" for _, prefix in EXTENSIONS}
    used = {key.split(":")[0] for each in log.iter() if (key := each.get("key")) and ":" in key}
    assert used == declared.keys()
    globals_ = {each.get("scope"): [child.get("key") for child in each] for each in log.findall("global")}
    for scope, keys in globals_.items():
        assert all(set(keys) <= {child.get("key") for child in each} for each in log.iter(scope))
    for classifier in log.findall("classifier"):
        assert set(classifier.get("keys").split()) <= set(globals_["event"])
    assert len(log.findall("trace")) == 2


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Łukasz Siân Zoë", "Łukasz Siân Zoë"),
        ("Grażyna Żółć", "Grażyna Żółć"),
        ("Si\u0302an", "Sîan"),
        ("你好 \U0001f600", "你好 \U0001f600"),
        ("a\tb\u200b\x07c\nd", "a bc\nd"),
        ("we \u202edid not\u202c agree", "we did not agree"),
        ("نه\u200cخێر", "نه\u200cخێر"),
        ("x" * 40, "x" * 40),
        ("see " + "x" * 41, "see " + "\u200b".join("x" * 41)),
    ],
)
def test_what_can_be_printed_is(typed: str, printed: str) -> None:
    """Letters are composed, what no paper shows goes, and a long word may be broken anywhere."""
    assert printable(typed) == printed


SCRIPTS = (
    "Siân Llŷr Ŵyn", "Łukasz Żółć", "Ștefan Țurcanu", "Gražina Šimkutė", "Nguyễn Thị Hạnh", "Ọlá Ẹniọlá", "Ελένη",
    "Привіт, Ґалина", "لا أريد العودة إلى البيت", "میں گھر نہیں جانا چاہتا", "نه‌خێر", "אני לא רוצה", "ਮੈਂ ਘਰ ਨਹੀਂ ਜਾਣਾ",
    "আমি বাড়ি যেতে চাই না", "मैं घर नहीं जाना चाहता", "હું ઘરે જવા માંગતો નથી", "நான் வீட்டிற்கு", "నేను ఇంటికి", "ഞാൻ വീട്ടിലേക്ക്",
    "මම ගෙදර යන්නේ නැහැ", "ฉันไม่อยากกลับบ้าน", "ወደ ቤት መመለስ አልፈልግም", "Ես չեմ ուզում", "არ მინდა სახლში", "ខ្ញុំមិនចង់",
    "我不想回家", "私は帰りたくない", "집에 가고 싶지 않아요", "😀",
)  # fmt: skip


@pytest.mark.parametrize("typed", SCRIPTS)
def test_every_script_that_people_write_has_its_type(typed: str) -> None:
    """With what Concord carries alone: PDF/UA refuses a letter for which no type is there."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    source = '#set document(title: "t")\n#set text(font: "Noto Sans")\n#sys.inputs.typed'
    done = typst.compile(source.encode(), font_paths=fonts, sys_inputs={"typed": typed}, pdf_standards="ua-1")
    assert done.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("typed", "rtl"), [("لا أريد AB", True), ("AB: لا أريد", False), ("12. אני", True), ("", False)]
)
def test_what_is_written_from_right_to_left_is_printed_so(typed: str, rtl: bool) -> None:
    """By its first letter, as browsers do."""
    assert said("answer", typed).rtl is rtl


def test_nothing_that_was_typed_is_read_as_markup() -> None:
    """What is a command to the printing program stands there as it was typed."""
    typed = "#panic() $x$ *b* _i_ @ref <label> = head \\ [x] #set text(fill: red) `raw` // no comment"
    frame = PageFrame(title="#panic()", author="[", subject="]", head="#head", foot="$")
    body = printed(frame, [said("body", typed), table([("#panic()", "*b*")], (48, 122))])
    assert typed in text_of(body)


def paper(pathway: Pathway, journal: Any, erased: bool = False) -> bytes:
    """The chronology."""
    entries, texts = journal
    told = lines_of(pathway, entries, {} if erased else texts)
    about, when = dispute(entries), at(10, 12)
    story = story_of(pathway, about, told, {} if erased else texts, when)
    return chronology(
        Paper(pathway=pathway, dispute=about, entries=entries, lines=told, story=story, at=when, by="Bo <Manager>")
    )


def test_a_chronology_says_what_it_is_about_and_who_printed_it(journal: Any, pathway: Pathway) -> None:
    """At the top: protocol, sides, children, where it is now; on each page its number, and who printed it when."""
    body = paper(pathway, journal)
    pages = pages_of(body)
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "BIR-2026-0001 · Printed on Tuesday 10 March 2026 at 12:00 by Bo <Manager>" in text
    sides = ("Made-up School", "Łukasz O’Siân", "Children's <Services>", "AB (case reference CASE-77)")
    for told in (*sides, "Chronology of BIR-2026-0001", pathway.version[:12], "Monday 2 March 2026", "Not ended"):
        assert told in pages[0]
    assert tagged(body) == ("Chronology of BIR-2026-0001", "en-GB", True)


def test_a_chronology_tells_the_days_what_was_missed_and_risk_apart(journal: Any, pathway: Pathway) -> None:
    """Deadlines missed and risk have sections of their own; then each day, with what was entered, clauses and hash."""
    text = text_of(paper(pathway, journal))
    missed, risk, chron = (text.index(each) for each in ("Deadlines missed,", "Risk of significant", "day by day"))
    assert "due Monday 9 March 2026 at 17:00: ran out: the timer moved it on" in text[missed:risk]
    assert "4 working days from Monday 2 March 2026 at 10:00; not counted: 3 March 2026" in text[missed:risk]
    assert "risk of significant harm reported for AB, Monday 2 March 2026 at 10:00, Łukasz O’Siân" in text[risk:chron]
    days = text[chron:]
    for told in ("Monday 2 March 2026", "Wednesday 4 March 2026", "We see the risk as high. Grażyna 你 said so.",
                 "Monday 2 March 2026 at 09:30", "R4 [local]", "Discuss the difference"):  # fmt: skip
        assert told in days
    assert journal[0][-1].hash in days


def test_a_chronology_says_where_something_was_erased(journal: Any, pathway: Pathway) -> None:
    """What is gone is said to be gone."""
    text = text_of(paper(pathway, journal, erased=True))
    assert text.count("(erased)") == len(TYPED)
    assert "We see the risk" not in text
