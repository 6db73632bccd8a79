"""What a page shows. Reads only; each is one call in one transaction."""

from engine.readings.clause_page import ClauseMatrix, clause_matrices
from engine.readings.correcting import CorrectionPage, correction_page
from engine.readings.danger import Contact, RiskAdvice, advice
from engine.readings.directory_page import DirectoryPage, directory_page
from engine.readings.dispute import DisputePage, dispute_page, disputes, highlights
from engine.readings.history import Line
from engine.readings.messages import Message, messages
from engine.readings.people import ClockChoices, clock_choices, person_named, sign_in_people
from engine.readings.raising import RaisePage, open_about, raise_page
from engine.readings.replay import Replay, Step, diagram_of, mark_words, replay_page, token_label
from engine.readings.standing import StageLine, status, time_left
from engine.readings.tasks import TaskLine, TaskPage, my_tasks, task_form, task_page
from engine.readings.unsent import Draft

__all__ = [
    "ClauseMatrix",
    "ClockChoices",
    "Contact",
    "CorrectionPage",
    "DirectoryPage",
    "DisputePage",
    "Draft",
    "Line",
    "Message",
    "RaisePage",
    "Replay",
    "RiskAdvice",
    "StageLine",
    "Step",
    "TaskLine",
    "TaskPage",
    "advice",
    "clause_matrices",
    "clock_choices",
    "correction_page",
    "diagram_of",
    "directory_page",
    "dispute_page",
    "disputes",
    "highlights",
    "mark_words",
    "messages",
    "my_tasks",
    "open_about",
    "person_named",
    "raise_page",
    "replay_page",
    "sign_in_people",
    "status",
    "task_form",
    "task_page",
    "time_left",
    "token_label",
]
