"""Whatever is sent to whatever address: no error of ours, nothing told to whom it is not for, nothing changed."""

import os
import random
from urllib.parse import urlsplit

import pytest
from attack import SCRIPT, Attack, Sent, Visit
from werkzeug.test import TestResponse

from engine import Concord
from engine.commands.firing import sweep

FEW, MANY = 200, 2000
READS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def seed() -> int:
    """A new seed each time, or the one that is asked for."""
    return int(os.environ.get("ATTACK_SEED") or random.SystemRandom().randrange(10**9))


def wrong_with(attack: Attack, visit: Visit, sent: Sent, answer: TestResponse) -> list[str]:
    """What an answer does that it must not."""
    found = []
    body = answer.get_data()
    if answer.status_code >= 500 and sent.path.split("?")[0] != "/readyz":  # there is no worker, and it says so
        found.append(f"status {answer.status_code}")
    said = body + str(answer.headers).encode()
    for each in attack.hidden:
        if visit.person not in each.seen_by:
            words = [word for word in (*each.words, each.ref) if word.encode() in said and not sent.holds(word)]
            found += [f"tells “{word}”" for word in words]
    if SCRIPT.encode() in body and answer.mimetype == "text/html":
        found.append("hands a script on")
    if "X-Zqx" in answer.headers:
        found.append("lets headers in")
    place = urlsplit(answer.headers.get("Location", "/"))
    if place.netloc not in {"", "localhost"} or answer.headers.get("Location", "/").startswith(("//", "/\\")):
        found.append(f"leads away to {answer.headers['Location']}")
    return found


def attacked(concord: Concord, most: int) -> None:
    """Attack, and gather all that is wrong."""
    chosen = seed()
    attack = Attack(concord, chosen)
    before, found, statuses, done = attack.rows(), [], set(), 0
    for visit, sent, answer in attack.requests(most):
        wrong = wrong_with(attack, visit, sent, answer)
        answer.close()
        statuses.add(answer.status_code)
        after = attack.rows()
        let_in = answer.status_code < 400 and visit.person is not None and sent.method not in READS
        changed = {name: (before[name], value) for name, value in after.items() if value != before[name]}
        kept = answer.status_code == 409 and visit.person is not None  # what was typed for a task that ended stays (E1)
        if changed.keys() - ({"drafts"} if kept else set()) and not let_in:
            wrong.append(f"changes {changed} with status {answer.status_code}")
        done += after != before
        sweep(concord)  # whoever may move the clock makes deadlines due, and the next request would fire them
        before = attack.rows()
        found += [f"{what}: {sent}" for what in wrong]
    assert not found, f"ATTACK_SEED={chosen}\n" + "\n".join(found[:20])
    assert {200, 302, 400, 404, 405} <= statuses
    assert done >= most // 250, "An attack that never gets in shows nothing"


def test_two_hundred_requests_of_an_attack_do_no_harm(concord: Concord) -> None:
    """A tenth of the attack, on both databases, with a seed of its own each time."""
    attacked(concord, FEW)


@pytest.mark.soak
def test_two_thousand_requests_of_an_attack_do_no_harm(concord: Concord) -> None:
    """The whole of it."""
    attacked(concord, MANY)
