"""The life of one dispute: an input, what it brings about, and executing it all again. Knows no store."""

from engine.course.decider import HANDLERS, Course, NotNow, TaskGone, Version, raised
from engine.course.executor import Change, Endless, Executor, NotWaiting, Open, Run, Step
from engine.course.lives import Lives
from engine.course.reexecution import exact, input_of, plain, reexecute

__all__ = [
    "HANDLERS",
    "Change",
    "Course",
    "Endless",
    "Executor",
    "Lives",
    "NotNow",
    "NotWaiting",
    "Open",
    "Run",
    "Step",
    "TaskGone",
    "Version",
    "exact",
    "input_of",
    "plain",
    "raised",
    "reexecute",
]
