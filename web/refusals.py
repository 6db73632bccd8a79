"""The one place where a refusal of the engine becomes a status and a page; nothing that was typed is lost."""

from collections.abc import Mapping

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from engine import (
    AgencyUnknown,
    AnotherSaidIt,
    AskedByYourself,
    ChildrenMissing,
    ChildTwice,
    ChildUnknown,
    ClockTurnedBack,
    CommandRepeated,
    ConcordError,
    DayNotOver,
    DirectoryNotYours,
    DisputeMovedOn,
    DisputeUnknown,
    DisputeUnreadable,
    DocumentMissing,
    DraftTooLong,
    EntryUnknown,
    ExportUnknown,
    FormInvalid,
    Held,
    InstantUnreadable,
    NotEnded,
    NotNow,
    NotYours,
    NotYourTask,
    OverseersOnly,
    OwnWord,
    PathwayUnpublished,
    PersonUnknown,
    ProtectiveInPast,
    RaisingNotOpen,
    ReasonMissing,
    RowUnreadable,
    SentOtherwise,
    SideWrong,
    StageNotEntered,
    StoreUnavailable,
    TakenUpBefore,
    TaskGone,
    TooMany,
    TwoPeople,
    ValueUnkeepable,
    WallTimeMissing,
)
from web.characters import CharactersRefused, keepable
from web.current import desk, typed

STATUSES: Mapping[type[ConcordError], int] = {
    DisputeUnknown: 404,
    PersonUnknown: 404,
    EntryUnknown: 404,
    ExportUnknown: 404,
    StageNotEntered: 404,
    DocumentMissing: 404,
    PathwayUnpublished: 404,
    StoreUnavailable: 503,
    DisputeUnreadable: 503,
    RowUnreadable: 503,
    NotYours: 404,
    DirectoryNotYours: 403,
    NotYourTask: 403,
    OverseersOnly: 403,
    SideWrong: 403,
    RaisingNotOpen: 403,
    TaskGone: 409,
    SentOtherwise: 409,
    TakenUpBefore: 409,
    CommandRepeated: 409,
    DisputeMovedOn: 409,
    NotNow: 409,
    NotEnded: 409,
    DayNotOver: 409,
    TwoPeople: 409,
    Held: 409,
    AskedByYourself: 403,
    AnotherSaidIt: 403,
    OwnWord: 403,
    FormInvalid: 422,
    ReasonMissing: 422,
    ChildUnknown: 422,
    ChildrenMissing: 422,
    ChildTwice: 422,
    AgencyUnknown: 422,
    ProtectiveInPast: 422,
    DraftTooLong: 422,
    TooMany: 422,
    ClockTurnedBack: 422,
    InstantUnreadable: 422,
    WallTimeMissing: 422,
    ValueUnkeepable: 400,
}
Answer = tuple[str, int, dict[str, str]]
UNSEEN = (
    "There is no such disagreement, or it is between other agencies. Check the reference, or ask the business manager."
)
ASKED_AS: Mapping[type[ConcordError], str] = {
    ReasonMissing: "reason",
    ChildUnknown: "children",
    ChildrenMissing: "case-1",
    ChildTwice: "case-1",
    AgencyUnknown: "receiving-agency",
    ProtectiveInPast: "protective-until",
}
TITLES = {
    400: "That could not be read",
    403: "This is not open to you",
    404: "There is nothing here",
    405: "That can’t be done here",
    409: "Something happened in the meantime",
    413: "That is too much at once",
    422: "Something needs to be put right",
    500: "Something went wrong",
    503: "The database can’t be reached just now",
}
DAMAGED = "This disagreement can’t be shown"
WORDS = {404: "Check the address, or go back to your tasks.", 413: "Shorten what you typed and send it again."}
BUSY = "It can’t be reached, or is too busy. Nothing was changed. Try again in a few seconds."
RETRY_AFTER = "5"  # seconds
UNKEEPABLE = (
    "What was sent holds a character that can’t be kept, such as a control character. Nothing was recorded. "
    "Type that part again."
)


def init(app: Flask) -> None:
    """Show every refusal as a page."""
    app.register_error_handler(ConcordError, _refused)
    app.register_error_handler(CSRFError, _token_missing)
    app.register_error_handler(HTTPException, _http)


def status_of(error: ConcordError) -> int:
    """Give the status of a refusal; one that is not named here is the request's fault, not ours."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 400)


def _refused(error: ConcordError) -> Answer:
    status = status_of(error)
    desk().refused = type(error).__name__
    again = desk().again
    if status == 422 and again is not None:
        try:
            return again(wrong_answers(error)), status, {}
        except ConcordError as refused:  # the form itself is not theirs to see
            error, status = refused, status_of(refused)
    if isinstance(error, (DisputeUnreadable, RowUnreadable)):
        return _page(status, str(error), DAMAGED), status, {}
    return _page(status, words_of(error)), status, {"Retry-After": RETRY_AFTER} if status == 503 else {}


def words_of(error: ConcordError) -> str:
    """Give the words of a refusal; of a dispute that one may not see, those about one that is not there."""
    if isinstance(error, StoreUnavailable):
        return BUSY  # what a database says is its operator's to read
    unseen = isinstance(error, (DisputeUnknown, NotYours)) and not isinstance(error, DirectoryNotYours)
    return UNSEEN if unseen else str(error)


def wrong_answers(error: ConcordError) -> Mapping[str, str]:
    """Give what to put right, by the field it was asked in; "" where it concerns the form as a whole."""
    if isinstance(error, FormInvalid):
        return error.errors
    field = next((name for kind, name in ASKED_AS.items() if isinstance(error, kind)), "")
    return {field: str(error)}


def _token_missing(error: CSRFError) -> tuple[str, int]:  # noqa: ARG001 - Flask hands it in
    words = "This page was open for too long, or it was sent from somewhere else. Nothing was recorded. Open it again."
    return _page(400, words), 400


def _http(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    words = WORDS.get(status, "Nothing was recorded. Go back and try again.")
    return _page(status, UNKEEPABLE if isinstance(error, CharactersRefused) else words), status


def _page(status: int, words: str, title: str = "") -> str:
    kept = request.method == "POST" and status != 413
    return render_template(
        "refusals/page.html",
        title=title or TITLES.get(status, TITLES[500]),
        words=words,
        ref=(request.view_args or {}).get("ref") if status == 409 else None,
        texts=typed_texts() if kept else [],
        status=status,
        has_errors=request.method == "POST",
    )


def typed_texts() -> list[tuple[str, str]]:
    """Give what was typed, by the question it answers."""
    form = desk().form
    labels = {field.key: field.label for field in form.inputs} if form else {}
    return [(keepable(labels.get(name, _plain(name))), keepable(", ".join(texts))) for name, texts in typed().items()]


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
