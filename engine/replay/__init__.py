"""A journal told to people: frames, sentences, deadlines as they ran. Knows no store and no web."""

from engine.replay.entered import answers_of, form_of
from engine.replay.frame import Frame, State, Token
from engine.replay.frames import frames
from engine.replay.history import Line, lines_of
from engine.replay.limits import LimitLine, computed, limit_line, missed_lines
from engine.replay.missing import limits_of, missed_any
from engine.replay.noting import OF, VALUE, EntryUnknown, Version, correctable, field_of, fields_of, of_entry
from engine.replay.status import StageLine, TimeLeft, end_words, pathway_title, stages_of, status, time_left
from engine.replay.timers import KEPT, LAPSED, MISSED, Timer
from engine.replay.wording import ENDS, p_title, when

__all__ = [
    "ENDS",
    "KEPT",
    "LAPSED",
    "MISSED",
    "OF",
    "VALUE",
    "EntryUnknown",
    "Frame",
    "LimitLine",
    "Line",
    "StageLine",
    "State",
    "TimeLeft",
    "Timer",
    "Token",
    "Version",
    "answers_of",
    "computed",
    "correctable",
    "end_words",
    "field_of",
    "fields_of",
    "form_of",
    "frames",
    "limit_line",
    "limits_of",
    "lines_of",
    "missed_any",
    "missed_lines",
    "of_entry",
    "p_title",
    "pathway_title",
    "stages_of",
    "status",
    "time_left",
    "when",
]
