"""Compile a presenter's source into an avatar pack: `python -m livestream.avatar.build [NAME]`."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from livestream import datafiles
from livestream.avatar.colour import planes
from livestream.avatar.grid import GAZE_X, GAZE_Y, LAYERS, LIDS, LIP_JAWS, MOUTH_JAWS, WIDTHS
from livestream.avatar.pack import FORMAT, Consent, GesturePlan, Manifest, require_consent, save_pack
from livestream.avatar.rig import HEAD_BASES, body_grid, head_grid
from livestream.errors import AvatarError, UsageError

if TYPE_CHECKING:
    from livestream.avatar.drawn.mira import Mira

Progress = Callable[[int, int], None]
"""Told how many pictures are drawn, and of how many."""


@dataclass(frozen=True, slots=True)
class Source:
    """What `presenter.toml` says."""

    name: str
    folder: Path
    title: str
    licence: str
    likeness: str
    colours: dict[str, str] = field(default_factory=dict)
    consent: Consent | None = None


def find_source(name: str) -> Path:
    """Return the folder of a presenter.

    Raises:
        AvatarError: there is no such presenter.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
        raise AvatarError(f"{name!r} is no presenter's name", remedy="Names are lower-case letters, digits and dashes.")
    try:
        return datafiles.find("assets", "presenters", name)
    except UsageError as error:
        known = ", ".join(datafiles.names("assets/presenters"))
        raise AvatarError(f"there is no presenter {name}", remedy=f"There are: {known}.") from error


def read_source(folder: Path) -> Source:
    """Read `presenter.toml`.

    Raises:
        AvatarError: it is missing or not in order.
    """
    path = folder / "presenter.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        consent = (
            Consent(**{key: str(value) for key, value in content["consent"].items()}) if "consent" in content else None
        )
        return Source(
            folder.name,
            folder,
            content["title"],
            content["licence"],
            content["likeness"],
            content.get("colours", {}),
            consent,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AvatarError(f"cannot be read: {error}", where=str(path), remedy="See assets/presenters/mira.") from error


def source_key(source: Source) -> str:
    """Return 12 hex digits that change whenever the compiled pack would: format, settings or drawing code."""
    digest = hashlib.sha256(str(FORMAT).encode())
    here = Path(__file__).parent
    for path in [source.folder / "presenter.toml", *sorted(here.glob("*.py")), *sorted((here / "drawn").glob("*.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def compile_presenter(source: Source, folder: Path, *, today: str, progress: Progress | None = None) -> None:
    """Draw every picture of a presenter and write the pack to `folder`.

    Raises:
        AvatarError: the likeness is not permitted, a colour is none, or the folder cannot be written.
    """
    require_consent(source.name, source.likeness, source.consent, today=today)
    if source.likeness != "drawn":
        raise AvatarError("is not a drawn presenter", where=str(source.folder), remedy="Ship it as a compiled pack.")
    from livestream.avatar.drawn import mira
    from livestream.avatar.drawn.palette import Palette

    try:
        artist = mira.Mira(Palette(**source.colours))
    except (TypeError, ValueError) as error:
        raise AvatarError(f"[colours] {error}", where=str(source.folder / "presenter.toml")) from error
    arrays: dict[str, NDArray[Any]] = {}
    gestures = artist.gestures()
    total = (
        len(MOUTH_JAWS) * len(WIDTHS)
        + len(LAYERS) * len(LIP_JAWS) * len(WIDTHS)
        + len(LIDS) * len(GAZE_X) * len(GAZE_Y)
    )
    total += sum(frames for frames, _ in gestures.values())
    step = _counter(total, progress)
    arrays["base_full"], arrays["base_half"] = planes(artist.base().rgba())
    _mouths(artist, arrays, step)
    _eyes(artist, arrays, step)
    plans = {name: _gesture(artist, name, frames, plan, arrays, step) for name, (frames, plan) in gestures.items()}
    arrays["head_grid"] = head_grid(mira.HEAD, mira.LANDMARKS)
    arrays["body_grid"] = body_grid(mira.BODY)
    manifest = Manifest(
        name=source.name,
        title=source.title,
        licence=source.licence,
        likeness="drawn",
        sha256="",
        figure_box=mira.FIGURE,
        head_box=mira.HEAD,
        body_box=mira.BODY,
        trunk_box=mira.TRUNK,
        lips_box=mira.LIPS,
        mouth_box=mira.MOUTH,
        eyes_box=mira.EYES,
        bases=HEAD_BASES,
        gestures=plans,
    )
    save_pack(folder, manifest, arrays)


def compiled(name: str, *, today: str, progress: Progress | None = None) -> Path:
    """Return the folder of a presenter's pack, compiling it into the cache if that has not been done.

    Raises:
        AvatarError: the presenter is missing, not permitted, or cannot be compiled.
    """
    folder = find_source(name)
    if (folder / "manifest.json").is_file():
        return folder
    source = read_source(folder)
    require_consent(source.name, source.likeness, source.consent, today=today)
    cache = datafiles.cache_dir() / "presenters"
    target = cache / f"{name}-{source_key(source)}"
    if not (target / "manifest.json").is_file():
        compile_presenter(source, target, today=today, progress=progress)
        for old in cache.glob(f"{name}-" + "[0-9a-f]" * 12):
            if old != target:
                shutil.rmtree(old, ignore_errors=True)
    return target


def _counter(total: int, progress: Progress | None) -> Callable[[], None]:
    def count() -> Iterator[None]:
        for done in range(1, total + 1):
            if progress:
                progress(done, total)
            yield

    steps = count()
    return lambda: next(steps, None)


def _mouths(artist: Mira, arrays: dict[str, NDArray[Any]], step: Callable[[], None]) -> None:
    from livestream.avatar.drawn.mouth import MouthPose

    def draw(poses: list[MouthPose], shape: tuple[int, ...], prefix: str) -> None:
        luma, chroma, opened = [], [], []
        for pose in poses:
            sheet, share = artist.mouth(pose)
            full, half = planes(sheet.rgba())
            luma.append(full[..., 0])
            chroma.append(half[..., :2])
            opened.append(share)
            step()
        arrays[f"{prefix}_y"] = np.stack(luma).reshape(*shape, *luma[0].shape)
        arrays[f"{prefix}_uv"] = np.stack(chroma).reshape(*shape, *chroma[0].shape)
        arrays[f"{prefix}_open"] = np.array(opened, np.float32).reshape(shape)

    normal = [MouthPose(float(jaw), float(width)) for jaw in MOUTH_JAWS for width in WIDTHS]
    draw(normal, (len(MOUTH_JAWS), len(WIDTHS)), "mouth")
    special = [MouthPose(float(jaw), float(width), **layer) for layer in LAYERS for jaw in LIP_JAWS for width in WIDTHS]
    draw(special, (len(LAYERS), len(LIP_JAWS), len(WIDTHS)), "lips")


def _eyes(artist: Mira, arrays: dict[str, NDArray[Any]], step: Callable[[], None]) -> None:
    luma: list[NDArray[np.uint8]] = []
    chroma: list[NDArray[np.uint8]] = []
    for closed in LIDS:
        for down in GAZE_Y:
            for right in GAZE_X:
                if closed < 1 or not luma or (down, right) == (GAZE_Y[0], GAZE_X[0]):
                    full, half = planes(artist.eyes(float(closed), (float(right), float(down))).rgba())
                luma.append(full[..., 0])
                chroma.append(half[..., :2])
                step()
    shape = (len(LIDS), len(GAZE_Y), len(GAZE_X))
    arrays["eyes_y"] = np.stack(luma).reshape(*shape, *luma[0].shape)
    arrays["eyes_uv"] = np.stack(chroma).reshape(*shape, *chroma[0].shape)


def _gesture(
    artist: Mira, name: str, frames: int, plan: GesturePlan, arrays: dict[str, NDArray[Any]], step: Callable[[], None]
) -> GesturePlan:
    full, half = [], []
    for frame in range(frames):
        pictures = planes(artist.gesture(name, frame).rgba())
        full.append(pictures[0])
        half.append(pictures[1])
        step()
    arrays[f"gesture_{name}_full"], arrays[f"gesture_{name}_half"] = np.stack(full), np.stack(half)
    return plan


def main(arguments: list[str]) -> int:
    """Compile the presenters named, or mira, anew where their source has changed, and say where they lie."""
    import datetime as dt

    today = dt.datetime.now(dt.UTC).date().isoformat()
    for name in arguments or ["mira"]:
        sys.stdout.write(f"{compiled(name, today=today)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
