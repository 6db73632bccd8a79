"""A bundle is checked on a machine that has never seen the database; a hostile one is refused in words."""

import io
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from town import MONDAY, Town, command
from town import closed as hung_up

from engine import (
    BundleUnreadable,
    SetClock,
    ask_erasure,
    check_bundle,
    confirm_erasure,
    make_checkpoint,
    new_key,
    open_concord,
)
from engine.exports.archive import packed
from engine.exports.bundle import bundle_of
from run import main

RUN = Path(__file__).parents[2] / "run.py"
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"
REF = "BIR-2026-0001"


@dataclass
class Held:
    """A bundle in somebody's hands, with the key that its holder gave them, and another one."""

    folder: Path
    data: bytes
    erased: bytes
    bare: bytes

    def verify(self, data: bytes, *words: str) -> tuple[int, str]:
        """Check it; the exit status and what is said."""
        file = self.folder / "record.zip"
        file.write_bytes(data)
        done = CliRunner().invoke(main, ["verify", "--bundle", str(file), *words], env={"DATABASE_URL": NOWHERE})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    def verify_elsewhere(self, data: bytes, *words: str) -> tuple[int, str]:
        """Check it in a new process: a database that can't be opened, an empty folder, and nothing else."""
        (self.folder / "record.zip").write_bytes(data)
        empty = self.folder / "empty"
        empty.mkdir(exist_ok=True)
        nowhere = {"DATABASE_URL": NOWHERE, "PATH": os.environ["PATH"]}
        done = subprocess.run(
            [sys.executable, str(RUN), "verify", "--bundle", str(self.folder / "record.zip"), *words],
            cwd=empty, env=nowhere, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        assert list(empty.iterdir()) == []
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def held(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """A dispute that was lived to its end, in a bundle without a checkpoint, with one, and with its text erased."""
    folder = tmp_path_factory.mktemp("bundles")
    (folder / "concord.db").write_bytes(sqlite_template.read_bytes())
    town = Town(open_concord(f"sqlite:///{folder / 'concord.db'}", SetClock(MONDAY)))
    for name in ("office", "other"):
        new_key(folder / f"{name}.pem")
    ref = town.raises(children=2, risk=True)
    town.completes("school-practitioner", ref, "Details_Say", disagreement="She was hurt.\nNobody came.")
    town.move("2026-03-11T12:00")
    town.settles(ref)

    def pack() -> bytes:
        with town.concord.store.begin(write=False) as tx:
            return bundle_of(town.concord, tx, ref)

    bare = pack()
    make_checkpoint(town.concord, folder / "office.pem")
    data = pack()
    ask_erasure(town.concord, town["business_manager"], ref, command(), "The family asked for it.")
    assert isinstance(town.concord.clock, SetClock)
    town.concord.clock.advance(timedelta(days=1))
    confirm_erasure(town.concord, town["co_chair"], ref, command())
    yield Held(folder=folder, data=data, erased=pack(), bare=bare)
    hung_up(town.concord)


def changed(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A bundle with other files in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    return zipped(files)


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_bundle_is_checked_with_the_key_that_its_holder_gave(held: Held) -> None:
    """Executed again, covered by a checkpoint, the key known."""
    status, said = held.verify_elsewhere(held.data, "--public-key", str(held.folder / "office.public.pem"))
    assert status == 0, said
    assert f"{REF}: " in said
    assert "inputs executed again on version" in said
    assert "Checkpoint 1 of 2026-03-11 12:00 UTC covers its first" in said
    assert "came from this bundle itself" not in said


def test_a_key_that_came_with_the_bundle_proves_nothing_by_itself(held: Held) -> None:
    """It is said, with the fingerprint to compare; another key than the holder's is a fault."""
    status, said = held.verify(held.data)
    assert (status, "came from this bundle itself" in said, "Fingerprint" in said) == (0, True, True)
    status, said = held.verify(held.data, "--public-key", str(held.folder / "other.public.pem"))
    assert (status, "signed with another key" in said) == (1, True)


def test_a_bundle_without_a_checkpoint_says_what_it_can_not_show(held: Held) -> None:
    """Whoever asked for a signature does not get by without one."""
    status, said = held.verify(held.bare)
    assert (status, "nobody can tell whether the end of its journal was cut off" in said) == (0, True)
    assert held.verify(held.bare, "--public-key", str(held.folder / "office.public.pem"))[0] == 1


def test_a_bundle_of_an_erased_dispute_verifies_and_says_so(held: Held) -> None:
    """Without what was typed; the checkpoint covers what it saw."""
    status, said = held.verify(held.erased)
    assert status == 0, said
    assert "was erased by it" in said
    with zipfile.ZipFile(io.BytesIO(held.erased)) as archive:
        assert b"The family asked for it." in archive.read("texts.jsonl")
        assert archive.read("texts.jsonl").count(b"\n") == 1
        assert b"verify --bundle" in archive.read("README.txt")


def lines(files: dict[str, bytes]) -> list[bytes]:
    """The journal's lines."""
    return files["journal.jsonl"].splitlines(keepends=True)


def cut(files: dict[str, bytes]) -> None:
    """Cut the journal off at its end."""
    files["journal.jsonl"] = b"".join(lines(files)[:20])


def swapped(files: dict[str, bytes]) -> None:
    """Exchange two lines."""
    rows = lines(files)
    rows[2], rows[3] = rows[3], rows[2]
    files["journal.jsonl"] = b"".join(rows)


def renamed(files: dict[str, bytes]) -> None:
    """Another name in an entry."""
    files["journal.jsonl"] = files["journal.jsonl"].replace(b"School Practitioner", b"Somebody Else", 1)


def untyped(files: dict[str, bytes]) -> None:
    """Leave out what was typed."""
    files["texts.jsonl"] = b""


def shortened(files: dict[str, bytes]) -> None:
    """Move the first line of what was typed into its salt: the digest of both together stays as it was."""
    typed = files["texts.jsonl"]
    files["texts.jsonl"] = re.sub(
        rb'"salt":"(\w+)","text":"She was hurt.\\n', rb'"salt":"\1\\nShe was hurt.","text":"', typed
    )
    assert files["texts.jsonl"] != typed


def redrawn(files: dict[str, bytes]) -> None:
    """Change the diagram."""
    name = next(name for name in files if name.endswith(".bpmn"))
    files[name] = files[name].replace(b"working_days: 2", b"working_days: 9")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (cut, "cut off at the end: checkpoint 1"),
        (swapped, "Entry 3 of BIR-2026-0001 is not as it was written, reordered: it stands after 4"),
        (renamed, "Entry 1 of BIR-2026-0001 is not as it was written, altered"),
        (untyped, "is missing, and no entry says that it was erased"),
        (shortened, "What was typed in entry 20 (disagreement) of BIR-2026-0001 was altered"),
        (redrawn, "are not those that the dispute was raised on"),
    ],
    ids=["cut off", "reordered", "altered", "text left out", "text's first line", "version's files"],
)
def test_a_bundle_that_was_tampered_with_is_found_out(
    held: Held, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    """As in the database: the first wrong entry, and in what way; exit status 1."""
    status, told = held.verify(changed(held.data, change))
    assert status == 1
    assert said in told


def bomb() -> bytes:
    """Little that unpacks to much."""
    return zipped({"bundle.json": b"{}", "journal.jsonl": bytes(51_000_000)})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"This is no archive.", "no ZIP archive"),
        (lambda: b"", "no ZIP archive"),
        (bomb, "unpacks to more than 50 MB"),
        (lambda: zipped({"../../etc/passwd": b"x"}), "no part of a bundle"),
        (lambda: zipped({"version/bpmn/../x.bpmn": b"x"}), "no part of a bundle"),
        (lambda: zipped({"README.txt": b"Hello"}), "it holds no bundle.json"),
        (lambda: zipped({"bundle.json": b"[", "journal.jsonl": b""}), "can't be read"),
        (lambda: zipped({"bundle.json": b'{"v":9,"ref":"x","version":"x"}', "journal.jsonl": b""}), "its format is 9"),
        (lambda: zipped({"bundle.json": b'{"v":1,"ref":"x","version":"x"}', "journal.jsonl": b""}), "journal is empty"),
        (lambda: zipped({"bundle.json": b"[" * 100_000, "journal.jsonl": b""}), "can't be read"),
    ],
    ids=["text", "empty", "bomb", "path", "inner path", "lacking", "no JSON", "format", "no entries", "deep"],
)
def test_what_is_no_bundle_is_refused_with_status_two(held: Held, make: Callable[[], bytes], said: str) -> None:
    """A clear message, no traceback, nothing written anywhere."""
    status, told = held.verify(make())
    assert (status, said in told) == (2, True), told


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("journal.jsonl", lambda line: line.replace(b"{", b'{"note":"Nobody was hurt.",', 1), "more than an entry has"),
        ("texts.jsonl", lambda line: line.replace(b"{", b'{"note":"Nobody was hurt.",', 1), "can't be read"),
        ("texts.jsonl", lambda line: line.replace(b"She was hurt", b"She was well") + line, "in one place twice"),
    ],
    ids=["entry", "text", "text twice"],
)
def test_nothing_stands_in_a_bundle_that_no_hash_covers(
    held: Held, file: str, change: Callable[[bytes], bytes], said: str
) -> None:
    """Whoever reads its files by eye reads what was verified."""

    def add(files: dict[str, bytes]) -> None:
        rows = files[file].splitlines(keepends=True)
        files[file] = b"".join([change(row) if b"disagreement" in row else row for row in rows])

    status, told = held.verify(changed(held.data, add))
    assert (status, said in told) == (2, True), told


def test_every_byte_of_a_bundle_is_covered(held: Held) -> None:
    """Any bit flipped, any byte put in, left out, added before or after: named, wherever it stands."""
    dice = random.Random(41)  # noqa: S311 - the same bits every time
    assert check_bundle(held.data).faults == ()
    places = [0, len(held.data) - 1, *(dice.randrange(len(held.data)) for _ in range(12))]
    directory = held.data.index(b"PK\x01\x02")
    places += [dice.randrange(directory, len(held.data)) for _ in range(12)]
    places += [held.data.index(b"README.txt") - 30 + n for n in range(0, 40, 4)]
    for place in places:
        flipped = bytes([held.data[place] ^ 1 << dice.randrange(8)])
        for other in (
            held.data[:place] + flipped + held.data[place + 1 :],
            held.data[:place] + b"x" + held.data[place:],
            held.data[:place] + held.data[place + 1 :],
        ):
            assert wrong(other), place
    assert wrong(b"x" + held.data)
    assert wrong(held.data + b"\0")


def wrong(data: bytes) -> bool:
    """Whether checking a bundle finds anything wrong."""
    try:
        return bool(check_bundle(data).faults)
    except BundleUnreadable:
        return True


def test_a_bundle_that_is_unpacked_and_packed_again_is_the_same(held: Held) -> None:
    """The same files in another archive are named: where it is another."""
    with zipfile.ZipFile(io.BytesIO(held.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
    assert packed(files) == held.data
    status, told = held.verify(zipped(files))
    assert (status, "The archive is not as Concord writes it, at byte" in told) == (1, True), told


@pytest.mark.parametrize(
    ("name", "was", "now"),
    [
        ("README.txt", b"no database is needed", b"nothing is needed"),
        ("bundle.json", b'"v":2', b'"v":2,"v":2'),
        ("bundle.json", b'"at":"2026', b'"at":"2025'),
        ("bundle.json", b'"place":["', b'"place":["0'),
        ("journal.jsonl", b'"seq":1,', b'"seq":9,"seq":1,'),
        ("journal.jsonl", b'"risk":true', b'"risk":1'),
        ("journal.jsonl", b'"seq":1,', b'"seq":1.0,'),
        ("journal.jsonl", b'"role":"input"', b'"role": "input"'),
        ("texts.jsonl", b'"name":', b'"name":"x","name":'),
        ("public-key.pem", b"PUBLIC KEY-----\n", b"PUBLIC KEY-----\n\n"),
        ("checkpoint.json", b"\n", b"\r\n"),
    ],
)
def test_what_a_bundle_says_is_spelled_in_one_way(held: Held, name: str, was: bytes, now: bytes) -> None:
    """A name twice, a space, a number for true: packed as Concord packs it, and named all the same."""
    with zipfile.ZipFile(io.BytesIO(held.data)) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    assert was in files[name]
    files[name] = files[name].replace(was, now, 1)
    assert wrong(packed(files))
