from __future__ import annotations

from pathlib import Path

import pytest
from avatar_samples import TODAY

from livestream.avatar import build
from livestream.avatar.pack import Pack, load_pack


@pytest.fixture(scope="session")
def pack_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("presenters") / "mira"
    build.compile_presenter(build.read_source(build.find_source("mira")), folder, today=TODAY)
    return folder


@pytest.fixture(scope="session")
def pack(pack_folder: Path) -> Pack:
    return load_pack(pack_folder, today=TODAY)
