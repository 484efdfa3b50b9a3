import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "adversary"))
INSTALLED = HERE.parents[1] / ".venv" / "models"


@pytest.fixture(scope="session")
def small_model():
    """The address of a real small model, an OpenAI-compatible server on loopback; `make test-models` installs it."""
    environ = {**os.environ, "PYTHONPATH": str(INSTALLED)}
    with subprocess.Popen(
        [sys.executable, HERE / "serve_model.py"],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), "the model does not serve: run make test-models"
        yield f"{address}/v1"
        process.kill()
