from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from avatar_samples import TODAY

import livestream.avatar as avatar
from livestream.avatar import build
from livestream.avatar.pack import Consent, Pack, load_pack, require_consent
from livestream.avatar.sheet import contact_sheet
from livestream.avatar.still import still
from livestream.errors import AvatarError
from livestream.media import Viseme


@pytest.fixture
def copy(pack_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pack_folder, tmp_path / "mira"))


def rewrite(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_a_damaged_pack_is_refused(copy: Path):
    with (copy / "pack.npz").open("r+b") as file:
        file.seek(5000)
        file.write(b"\x00\xff\x00\xff")
    with pytest.raises(AvatarError, match="hash") as caught:
        load_pack(copy, today=TODAY)
    assert str(copy) in caught.value.where
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["manifest.json", "pack.npz"])
def test_a_missing_file_is_named(copy: Path, name: str):
    (copy / name).unlink()
    with pytest.raises(AvatarError, match="not there") as caught:
        load_pack(copy, today=TODAY)
    assert name in caught.value.where


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1}'])
def test_a_senseless_manifest_is_refused(copy: Path, text: str):
    (copy / "manifest.json").write_text(text)
    with pytest.raises(AvatarError, match="damaged"):
        load_pack(copy, today=TODAY)


def test_another_format_is_refused(copy: Path):
    rewrite(copy, format=2)
    with pytest.raises(AvatarError, match="format 2"):
        load_pack(copy, today=TODAY)


@pytest.mark.parametrize(
    "consent",
    [
        None,
        {"person": "A. Person", "date": "2025-01-01", "scope": "", "expires": ""},
        {"person": "A. Person", "date": "2027-01-01", "scope": "livestreams", "expires": ""},
        {"person": "A. Person", "date": "2025-01-01", "scope": "livestreams", "expires": "2025-12-31"},
    ],
)
def test_a_person_without_consent_is_refused(copy: Path, consent: dict[str, str] | None):
    rewrite(copy, likeness="person", consent=consent)
    with pytest.raises(AvatarError, match="consent"):
        load_pack(copy, today=TODAY)


def test_a_person_with_consent_is_shown(copy: Path):
    rewrite(
        copy,
        likeness="person",
        consent={"person": "A", "date": "2025-01-01", "scope": "livestreams", "expires": "2026-12-31"},
    )
    assert load_pack(copy, today=TODAY).manifest.consent == Consent("A", "2025-01-01", "livestreams", "2026-12-31")


def test_a_likeness_nobody_defined_is_refused():
    with pytest.raises(AvatarError, match="likeness"):
        require_consent("x", "celebrity", None, today=TODAY)


@pytest.mark.parametrize("name", ["nobody", "../mira", "Mira", ""])
def test_an_unknown_presenter_is_refused(name: str):
    with pytest.raises(AvatarError):
        build.find_source(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title = 1",
        'title="T"\nlicence="L"\nlikeness="person"',
        'title="T"\nlicence="L"\nlikeness="drawn"\ncolours={hat="#112233"}',
        'title="T"\nlicence="L"\nlikeness="drawn"\ncolours={skin="red"}',
    ],
)
def test_a_senseless_source_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str):
    folder = tmp_path / "assets" / "presenters" / "odd"
    folder.mkdir(parents=True)
    (folder / "presenter.toml").write_text(text)
    monkeypatch.setenv("LIVESTREAM_DATA", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(AvatarError):
        build.compiled("odd", today=TODAY)


def test_a_pack_is_compiled_once_and_healed_when_damaged(
    pack_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    calls = []

    def compile_presenter(source, folder, *, today, progress):
        calls.append(folder)
        shutil.copytree(pack_folder, folder)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(build, "compile_presenter", compile_presenter)
    avatar.load_presenter_pack()
    pack = avatar.load_presenter_pack()
    assert pack.manifest.name == "mira"
    assert len(calls) == 1
    (calls[0] / "pack.npz").write_bytes(b"junk")
    assert avatar.load_presenter_pack().manifest.sha256 == pack.manifest.sha256
    assert len(calls) == 2


def test_all_visemes_look_different(pack: Pack):
    box, base = pack.manifest.mouth_box, pack.manifest.figure_box
    place = (slice(box.y - base.y, box.y - base.y + box.height), slice(box.x - base.x, box.x - base.x + box.width))
    mouths = {viseme: still(pack, viseme=viseme)[place][..., :3].astype(int) for viseme in Viseme}
    for one, other in combinations(Viseme, 2):
        assert np.abs(mouths[one] - mouths[other]).mean() > 1.0, (one.name, other.name)


def test_a_wider_jaw_opens_the_lips_further(pack: Pack):
    opened = pack.arrays["mouth_open"]
    assert (opened[0] == 0).all()
    assert (np.diff(opened, axis=0) > 0).all()
    assert opened.max() > 0.9


def test_a_closed_mouth_shows_neither_teeth_nor_cavity(pack: Pack):
    lips, mouth = pack.manifest.lips_box, pack.manifest.mouth_box
    place = (
        slice(mouth.y - lips.y, mouth.y - lips.y + mouth.height),
        slice(mouth.x - lips.x, mouth.x - lips.x + mouth.width),
    )
    closed, wide = (pack.arrays["mouth_y"][jaw, 3][place] for jaw in (0, -1))
    assert (wide > 205).sum() > 150, "teeth"
    assert (closed > 205).sum() == 0
    assert (wide < 50).sum() > 400, "cavity"
    assert (closed < 50).sum() < 20


def test_lids_cover_the_eyes(pack: Pack):
    eyes = pack.arrays["eyes_y"]
    white = [int((eyes[lid, 1, 3] > 200).sum()) for lid in range(len(eyes))]
    assert white[0] > 100
    assert white[-1] == 0


def test_stills_come_at_any_size_and_know_their_gestures(pack: Pack):
    picture = still(pack, gesture="present_card", height=320)
    assert picture.shape[0] == 320
    assert picture.dtype == np.uint8
    assert 0.2 < (picture[..., 3] > 128).mean() < 0.8
    with pytest.raises(AvatarError, match="juggle"):
        still(pack, gesture="juggle")


def test_the_contact_sheet_shows_everything(pack: Pack):
    sheet = contact_sheet(pack)
    assert sheet.shape[1:] == (1600, 3)
    assert len(np.unique(sheet[::7, ::7].reshape(-1, 3), axis=0)) > 2000


def test_the_run_time_needs_no_drawing_library():
    check = "import sys, livestream.avatar; sys.exit('skia' in sys.modules or 'livestream.avatar.drawn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
