"""Nothing that is merely imported may write into a merchant's home or tell anybody of it."""

from __future__ import annotations

import os
import subprocess
import sys


def test_no_library_leaves_an_identity_behind(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    code = "import livestream.speech.hibari, onnxruntime"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=60)
    assert [str(path) for path in tmp_path.rglob("*") if path.is_file()] == []
