"""The life of one dispute: an input, what it brings about, and executing it all again. Knows no store."""

from engine.course.decider import Course
from engine.course.event import Event
from engine.course.executor import TASK, Change, Endless, Executor, NotWaiting, Open, Run, Step
from engine.course.folding import Folding, fold, folded
from engine.course.inputs import TO_THE_MINUTE
from engine.course.known import AT_RISK
from engine.course.lives import Lives
from engine.course.reexecution import exact, input_of, plain, reexecute
from engine.course.refusals import NotNow, TaskGone
from engine.course.undone import recordable
from engine.course.version import Version

__all__ = [
    "AT_RISK",
    "TASK",
    "TO_THE_MINUTE",
    "Change",
    "Course",
    "Endless",
    "Event",
    "Executor",
    "Folding",
    "Lives",
    "NotNow",
    "NotWaiting",
    "Open",
    "Run",
    "Step",
    "TaskGone",
    "Version",
    "exact",
    "fold",
    "folded",
    "input_of",
    "plain",
    "recordable",
    "reexecute",
]
