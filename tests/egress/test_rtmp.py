import http.server
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import judge
import pytest

from livestream.testing.air import TestAir
from livestream.testing.rtmp_server import RtmpServer

pytestmark = pytest.mark.needs("nginx-rtmp", "ffmpeg")
KEY = "sk-Sup3r+Secret/Key?x=1&y"


def publishing(status):
    return status["state"] == "publishing" and status["last_pts"]


@pytest.fixture
def publish(egress, tmp_path):
    """Start a publication; afterwards, look for the key in all that the process showed."""
    started = []

    def publish(server: RtmpServer, **how: str):
        key = tmp_path / "key.txt"
        key.write_text(f"{KEY}\n")
        started.append(egress({"kind": "rtmp", "url": server.url, "key_file": str(key), **how}))
        return started[-1]

    yield publish
    for process in started:
        shown = repr(process.statuses) + process.log()
        shown += " ".join(process.process.args)
        for secret in (KEY, "Sup3r", "Secret"):
            assert secret not in shown


def test_what_the_server_received_decodes_without_errors_or_gaps(rtmp_server, listener, publish):
    with TestAir(listener[0], seconds=5) as air:
        process = publish(rtmp_server)
        process.wait_for(publishing)
        cmdline = Path(f"/proc/{process.process.pid}/cmdline").read_text()
        assert "Secret" not in cmdline
        air.wait()
    assert process.terminate() == 0
    rtmp_server.stop()
    (recording,) = rtmp_server.recordings
    assert judge.complaints(recording) == ""
    seen = [number for _, number in judge.frames(recording)]
    assert seen == list(range(seen[0], 125))
    assert len(seen) > 50
    assert judge.packets(recording)["video"][0] == (0.0, True)
    offset = seen[0] / 25
    assert all(abs((beep + offset + 0.5) % 1 - 0.5) < 0.004 for beep in judge.beeps(recording)[1:])
    assert len(judge.beeps(recording)) >= 2


def test_a_killed_server_is_back_in_two_seconds_and_nobody_else_notices(
    rtmp_server, listener, publish, egress, tmp_path
):
    with TestAir(listener[0], seconds=20):
        process = publish(rtmp_server)
        other = egress({"kind": "file", "path": str(tmp_path / "other.mp4")})
        process.wait_for(publishing)
        other.wait_for(publishing)
        rtmp_server.kill()
        process.wait_for(lambda status: "no server listens" in status["detail"])
        threading.Event().wait(1.5)
        rtmp_server.start()
        listening = time.monotonic()
        while len(rtmp_server.recordings) < 2 or not rtmp_server.recordings[1].stat().st_size:
            assert time.monotonic() - listening < 2
            threading.Event().wait(0.01)
        process.wait_for(lambda status: publishing(status) and status["reconnects"] == 1)
        threading.Event().wait(1)
        assert process.terminate() == other.terminate() == 0
    rtmp_server.stop()
    before, after = rtmp_server.recordings
    second = judge.packets(after)["video"]
    assert second[0][1], "the server got something else than a key frame first"
    assert all(b > a for (a, _), (b, _) in pairwise(second))
    assert judge.complaints(after) == ""
    numbers = [number for _, number in judge.frames(after)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert numbers[0] > judge.frames(before)[-1][1]
    unbroken = [number for _, number in judge.frames(tmp_path / "other.mp4")]
    assert unbroken == list(range(unbroken[0], unbroken[0] + len(unbroken)))


def test_a_stalled_server_is_noticed_and_taken_back(rtmp_server, listener, publish):
    with TestAir(listener[0], seconds=40):
        process = publish(rtmp_server)
        process.wait_for(lambda status: (status["last_pts"] or 0) > 3 * 48_000)
        frozen = time.monotonic()
        rtmp_server.freeze()
        status = process.wait_for(lambda status: status["state"] != "publishing", 15)
        assert time.monotonic() - frozen < 10
        assert "stalled" in status["detail"]
        rtmp_server.thaw()
        thawed = time.monotonic()
        process.wait_for(publishing)
        assert time.monotonic() - thawed < 8


@pytest.fixture
def gatekeeper() -> Iterator[http.server.ThreadingHTTPServer]:
    """Answers nginx's questions for leave with `code`, and notes when they came."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.asked.append(time.monotonic())
            self.send_response(server.code)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.code = [], 403
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_wrong_key_is_tried_less_and_less_often(tmp_path, gatekeeper, listener, publish):
    on_publish = f"http://127.0.0.1:{gatekeeper.server_port}/"
    with RtmpServer(tmp_path / "nginx", on_publish=on_publish) as server, TestAir(listener[0], seconds=40):
        process = publish(server)
        status = process.wait_for(lambda status: status["state"] == "refused")
        assert "refused the stream" in status["detail"]
        assert "Check the stream key" in status["detail"]
        process.wait_for(lambda _: len(gatekeeper.asked) == 2)
        gatekeeper.code = 200
        process.wait_for(publishing)
        first, second, third = gatekeeper.asked
        assert 0.7 < second - first < 1.8
        assert 1.4 < third - second < 3.3
