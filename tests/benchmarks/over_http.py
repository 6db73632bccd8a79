"""What `run.py bench` measures of the pages: completing a task over HTTP, the next page rendered."""

import re
from collections.abc import Iterable, Mapping
from statistics import median
from time import perf_counter
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

HIDDEN = re.compile(r'name="(csrf_token|command_id)" value="([^"]+)"')


def completing(app: Flask, who: Mapping[str, str], tasks: Iterable[tuple[str, str, Mapping[str, Any]]]) -> float:
    """The median seconds of sending a task's answers and rendering the page that follows."""
    client = app.test_client()
    client.post("/sign-in", data={**_hidden(client, "/sign-in"), **who})
    times = []
    for ref, key, answers in tasks:
        client.get(f"/disputes/{ref}")  # one comes to a task from its dispute: that somebody looked is noted there
        address = f"/disputes/{ref}/tasks/{key}"
        sent = {**_hidden(client, address), **_parts(answers), "do": "complete"}
        begun = perf_counter()
        answer = client.post(address, data=sent, follow_redirects=True)
        times.append(perf_counter() - begun)
        if answer.status_code != 200:
            raise RuntimeError(answer.text)
    return median(times)


def _hidden(client: FlaskClient, address: str) -> dict[str, str]:
    """The tokens of the first form on a page."""
    found: dict[str, str] = {}
    for name, value in HIDDEN.findall(client.get(address).text):
        found.setdefault(name, value)
    return found


def _parts(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as a browser sends them: a date and time in parts."""
    sent: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, str) and (moment := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)", value)):
            sent |= {name: [moment[3], moment[2], moment[1]], f"{name}-time": moment[4]}
        elif value is True:
            sent[name] = "y"
        elif value is not None and value is not False:
            sent[name] = value
    return sent
