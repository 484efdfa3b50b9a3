"""The avatar pack: what a presenter is compiled into, how it is stored, and when it is refused.

A pack is a folder with two files. `manifest.json` says what the pack is (`Manifest`); `pack.npz`
holds the pictures, uncompressed, and its SHA-256 stands in the manifest. All pictures are in
picture coordinates of a 720x1280 frame, premultiplied, in the colours of `livestream.avatar.colour`.
`docs/decisions/0005-avatar-packs.md` describes every array.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from livestream.errors import AvatarError
from livestream.media import Box

FORMAT = 1
"""Version of the pack format this code reads and writes."""

Picture = NDArray[np.uint8]
Likeness = Literal["drawn", "person"]
ARRAYS = (
    "base_full", "base_half", "mouth_y", "mouth_uv", "mouth_open", "lips_y", "lips_uv", "lips_open",
    "eyes_y", "eyes_uv", "head_grid", "body_grid",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Consent:
    """Who allowed a real person's likeness to be used, when, for what, and until when (ISO dates)."""

    person: str
    date: str
    scope: str
    expires: str = ""


@dataclass(frozen=True, slots=True)
class GesturePlan:
    """One gesture: `rise` frames from rest to the pose, then `cycle` frame numbers while it is held."""

    box: Box
    rise: int
    cycle: tuple[int, ...]
    hold: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says. Boxes are in picture coordinates.

    The figure lies in `figure_box`; `head_box` moves with the head, `body_box` with breath and weight. Without a
    gesture nothing of the body but what the head covers is outside `trunk_box`. `lips_box` and `eyes_box` are where
    the atlas pictures go. `mouth_box` is where a decoded picture shows whether the lips are open: nothing but skin,
    lips and mouth is ever in it. `bases` name the head grid's fields.
    """

    name: str
    title: str
    licence: str
    likeness: Likeness
    sha256: str
    figure_box: Box
    head_box: Box
    body_box: Box
    trunk_box: Box
    lips_box: Box
    mouth_box: Box
    eyes_box: Box
    bases: tuple[str, ...]
    gestures: dict[str, GesturePlan] = field(default_factory=dict)
    consent: Consent | None = None
    format: int = FORMAT


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A loaded pack: the manifest and the arrays by name; arrays are read-only."""

    manifest: Manifest
    arrays: dict[str, NDArray[Any]] = field(repr=False)

    def gesture(self, name: str) -> tuple[Picture, Picture]:
        """Return the frames of a gesture: (F, h, w, 2) luma and alpha, (F, h/2, w/2, 3) chroma and alpha."""
        return self.arrays[f"gesture_{name}_full"], self.arrays[f"gesture_{name}_half"]


def require_consent(name: str, likeness: str, consent: Consent | None, *, today: str) -> None:
    """Refuse a real person's likeness that nobody has allowed.

    Args:
        name: of the presenter, for the message.
        likeness: "drawn" or "person".
        consent: the record that came with the presenter.
        today: ISO date on which it must be valid.

    Raises:
        AvatarError: the likeness is a person's and there is no valid record of consent.
    """
    if likeness == "drawn":
        return
    remedy = "Record who consented, when, for what and until when in [consent] of presenter.toml."
    if likeness != "person":
        raise AvatarError(f'likeness is "{likeness}", not "drawn" or "person"', where=f"presenter {name}")
    if consent is None or not (consent.person and consent.date and consent.scope):
        raise AvatarError("shows a real person without a record of consent", where=f"presenter {name}", remedy=remedy)
    if consent.date > today:
        raise AvatarError(f"consent begins only on {consent.date}", where=f"presenter {name}", remedy=remedy)
    if consent.expires and consent.expires < today:
        raise AvatarError(f"consent ended on {consent.expires}", where=f"presenter {name}", remedy=remedy)


def save_pack(folder: Path, manifest: Manifest, arrays: dict[str, NDArray[Any]]) -> None:
    """Write a pack so that a reader sees all of it or nothing.

    The manifest's own `sha256` is replaced by that of the arrays written.

    Raises:
        AvatarError: the folder cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            with (draft / "pack.npz").open("wb") as file:
                np.savez(file, allow_pickle=False, **arrays)
            content = asdict(manifest) | {"sha256": _digest(draft / "pack.npz")}
            (draft / "manifest.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
            if folder.exists():
                shutil.rmtree(folder)
            draft.replace(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise AvatarError(
            f"cannot be written: {error.strerror}", where=str(folder), remedy="Free disk space or set XDG_CACHE_HOME."
        ) from error


def load_pack(folder: Path, *, today: str) -> Pack:
    """Read a pack and check that it is whole and permitted.

    Raises:
        AvatarError: a file is missing, the hash does not match, the format is another, or consent is lacking.
    """
    remedy = "Delete the folder; it is made again at the next start."
    try:
        manifest = _manifest(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
        if manifest.format != FORMAT:
            raise AvatarError(f"has pack format {manifest.format}, not {FORMAT}", where=str(folder), remedy=remedy)
        if _digest(folder / "pack.npz") != manifest.sha256:
            raise AvatarError("is damaged: the hash does not match", where=str(folder), remedy=remedy)
        require_consent(manifest.name, manifest.likeness, manifest.consent, today=today)
        with np.load(folder / "pack.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except FileNotFoundError as error:
        raise AvatarError("is not there", where=str(error.filename), remedy=remedy) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AvatarError(f"is damaged: {error}", where=str(folder), remedy=remedy) from error
    missing = [name for name in ARRAYS if name not in arrays]
    if missing:
        raise AvatarError(f"lacks {', '.join(missing)}", where=str(folder), remedy=remedy)
    for array in arrays.values():
        array.flags.writeable = False
    return Pack(manifest, arrays)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(content: dict[str, Any]) -> Manifest:
    boxes = {name: Box(**content[name]) for name in content if name.endswith("_box")}
    gestures = {
        name: GesturePlan(Box(**plan["box"]), plan["rise"], tuple(plan["cycle"]), plan["hold"])
        for name, plan in content["gestures"].items()
    }
    consent = Consent(**content["consent"]) if content["consent"] else None
    return Manifest(**(content | boxes | {"bases": tuple(content["bases"]), "gestures": gestures, "consent": consent}))
