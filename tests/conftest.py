"""What every test shares: the marker that names the system programs a test needs."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# As the command does, and before numpy is loaded: its threads cost more than they save here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A submission is judged by the same examples each time; people at work look for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")

RTMP_MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

NEEDS = {
    "ffmpeg": lambda: shutil.which("ffmpeg") and shutil.which("ffprobe"),
    "nginx-rtmp": lambda: shutil.which("nginx") and RTMP_MODULE.is_file(),
    "chromium": lambda: shutil.which("chromium"),
    "espeak-ng": lambda: shutil.which("espeak-ng"),
    "real-catalogues": lambda: (DATA / "catalogues").is_dir(),
    "root": lambda: os.geteuid() == 0,
}


REASONS = {
    "real-catalogues": "the folder of real exports, ../shared/data/catalogues, is not beside the checkout",
    "root": "only root may do this",
}


def pytest_configure(config):
    config.addinivalue_line("markers", "needs(*names): system programs or data without which the test cannot run")


ALONE = ("docs", "e2e", "egress")
"""Folders whose tests put shows on air in real time, and need the machine for themselves."""


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.relative_to(Path(__file__).parent).parts[0] in ALONE:
            item.add_marker(pytest.mark.alone)


def pytest_runtest_setup(item):
    for marker in item.iter_markers("needs"):
        for name in marker.args:
            if not NEEDS[name]():
                reason = REASONS.get(name, f"{name} is not on this machine: `make test` installs it as root")
                if os.environ.get("CI") == "true":
                    pytest.fail(reason)
                pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def state_home(tmp_path_factory):
    """Channels that tests start keep their databases here, not in the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("state")
        patch.setenv("XDG_STATE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def real_catalogues():
    """The folder of real exports; use with `needs("real-catalogues")`."""
    return DATA / "catalogues"
