"""Every command in the documents is run, as a reader would run it."""

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from listening_channel import listening_channel

from livestream.testing.model_server import drafts, model_server_beside
from livestream.testing.rtmp_server import RtmpServer

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
INGEST = "rtmps://a.rtmps.youtube.com/live2"
MODEL = "http://127.0.0.1:8080/v1"
AIR_SECONDS = "4"

pytestmark = [pytest.mark.timeout(300)]


def commands():
    """Each command once, where it is first written."""
    seen = set()
    for document in DOCUMENTS:
        for block in BLOCK.findall(document.read_text()):
            for number, line in enumerate(block.strip().splitlines()):
                if line in seen:
                    continue
                seen.add(line)
                yield pytest.param(line, id=f"{document.relative_to(ROOT)}:{number}:{line[:60]}")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    with RtmpServer(folder) as running:
        yield running


@pytest.fixture(scope="module")
def model():
    with model_server_beside(drafts_or_texts) as running:
        yield running


def drafts_or_texts(body):
    """Draft lines, or translate as the sample's own German texts do."""
    asked = json.loads(body["messages"][1]["content"])
    if "texts" not in asked:
        return drafts(body)
    with (ROOT / "assets" / "catalogue" / "sample.de-DE.csv").open(encoding="utf-8", newline="") as file:
        german = {row["source"]: row["text"] for row in csv.DictReader(file)}
    known = {plain(source): text for source, text in german.items()}
    return json.dumps({"texts": [{"id": each["id"], "text": known[plain(each["says"])]} for each in asked["texts"]]})


def plain(text):
    """Return the words of a text, whatever markup and stops part them."""
    return " ".join(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", text)))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A reader's folder: the product list, a key, a recording."""
    folder = tmp_path_factory.mktemp("reader")
    for entry in (ROOT / "assets" / "catalogue").iterdir():
        if entry.suffix in (".csv", ".png", ".toml"):
            shutil.copy(entry, folder)
    (folder / "sample.csv").rename(folder / "products.csv")
    (folder / "stream-key.txt").write_text("sk-docs\n")
    return folder


@pytest.fixture(scope="module")
def channel(desk, tmp_path_factory):
    """A channel that takes comments, and a recording to send it."""
    (desk / "chat.jsonl").write_text('{"text": "hello", "at": 1.0}\n{"text": "How much is it?", "at": 1.5}\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        with listening_channel(desk):
            yield


def run(words, folder):
    return subprocess.run(
        [sys.executable, "-m", "livestream.cli.main", *words],
        cwd=folder,
        env={**os.environ, "STREAM_KEY": "sk-docs", "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def bounded(words):
    """A stream in the documents has no end, or a long one: here it has a short one."""
    if words[0] != "run":
        return words
    if "--duration" in words:
        words[words.index("--duration") + 1] = AIR_SECONDS
        return words
    return [*words, "--duration", AIR_SECONDS]


BESIDE = re.compile(r"livestream (comments|console|tail)\b")
TAIL_SECONDS = 4
BESIDES = [each for each in commands() if BESIDE.search(each.values[0])]


@pytest.mark.parametrize("line", BESIDES)
def test_a_command_beside_a_running_channel_works(line, desk, channel, tmp_path):
    program = tmp_path / "livestream"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m livestream.cli.main "$@"\n')
    program.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    if line.startswith("livestream tail"):  # it follows until Ctrl-C
        line = f"timeout --signal=INT --preserve-status {TAIL_SECONDS} {line}"
    done = subprocess.run(
        line, shell=True, cwd=desk, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout or "tail" in line
    assert "Traceback" not in done.stderr


@pytest.mark.needs("nginx-rtmp")
@pytest.mark.parametrize("line", [each for each in commands() if each not in BESIDES])
def test_a_command_in_the_documents_works(line, desk, server, model):
    program, *words = shlex.split(line, comments=True)
    if program == "make":
        done = subprocess.run(["make", "-n", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return
    if program == "python":
        done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return
    assert program == "livestream", line
    if words[0] == "clip" and not (desk / words[1]).exists():
        run(["render", "products.csv", "--output", words[1], "--duration", "30"], desk)
    if "drafts.toml" in words and not (desk / "drafts.toml").exists():
        run(["write", "products.csv", "--base-url", model.url, "--model", "my-model"], desk)
        run(["drafts", "approve", "drafts.toml", "--by", "Ana Ruiz"], desk)
    if "--approve" in words and not (desk / words[2]).exists():
        run(["translate", "products.csv", "--locale", "de-DE", "--base-url", model.url, "--model", "my-model"], desk)
    done = run(bounded([word.replace(INGEST, server.url).replace(MODEL, model.url) for word in words]), desk)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_links_to_is_there(document):
    for target in LINK.findall(document.read_text()):
        assert (document.parent / target).exists(), target


def test_help_answers_at_once_and_imports_no_engine():
    code = (
        "import sys; from typer.testing import CliRunner; from livestream.cli.main import app;"
        "done = CliRunner().invoke(app, ['--help']); assert done.exit_code == 0, done.output;"
        "engines = {'numpy', 'cv2', 'av', 'skia', 'onnxruntime', 'starlette', 'aiortc', 'moviepy', 'pydantic'};"
        "heavy = engines & set(sys.modules);"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
