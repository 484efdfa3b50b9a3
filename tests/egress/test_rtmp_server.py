import json
import subprocess

import pytest

from livestream.testing.air import TestAir

pytestmark = pytest.mark.needs("nginx-rtmp", "ffmpeg")
KEY = "sk-Sup3r+Secret/Key?x=1"


def probe(path):
    command = ["ffprobe", "-v", "error", "-show_entries", "packet=codec_type,pts_time,flags", "-of", "json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    packets = json.loads(done.stdout)["packets"]
    return {
        kind: [(float(p["pts_time"]), "K" in p["flags"]) for p in packets if p["codec_type"] == kind]
        for kind in ("video", "audio")
    }


def decode_errors(path):
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "null", "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stderr


def test_what_the_server_received_decodes_without_errors_or_gaps(rtmp_server, listener, egress):
    with TestAir(listener[0], seconds=6) as air:
        process = egress({"kind": "rtmp", "url": rtmp_server.url, "key_env": "KEY"}, KEY=KEY)
        process.wait_for(lambda status: status["state"] == "publishing")
        air.wait()
    assert process.terminate() == 0
    rtmp_server.stop()
    (recording,) = rtmp_server.recordings
    assert decode_errors(recording) == ""
    received = probe(recording)
    assert received["video"][0][1]
