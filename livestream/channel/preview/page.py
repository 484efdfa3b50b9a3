"""The preview as one page that needs nothing else: words, sound and the presenter."""

from __future__ import annotations

import base64
import secrets
from importlib.resources import files

import cv2
import jinja2
import numpy as np
from numpy.typing import NDArray

from livestream.avatar import presenter_still
from livestream.channel.preview.document import beat_name, clock, counted, heading, segments
from livestream.channel.preview.model import Preview, PreviewPart
from livestream.channel.preview.sound import mp3, voice
from livestream.media import Viseme

_STILL_HEIGHT = 480
_STILL_SIDE = 176
_HEAD_SHARE = 0.6
"""The side of the square with head and shoulders, as a share of the figure's height."""
_POSES: dict[str, tuple[str | None, Viseme]] = {
    "wave": ("wave", Viseme.E),
    "card": ("present_card", Viseme.AA),
    "count": ("emphasis", Viseme.E),
    "smile": (None, Viseme.SIL),
    "oh": (None, Viseme.O),
    "ah": (None, Viseme.AA),
}
"""The stills by name: gesture and mouth."""
_POSE_OF = {"opening": "wave", "closing": "wave", "offer": "card", "urgency": "count", "questions": "smile"}


def as_page(preview: Preview, *, presenter: str = "mira") -> str:
    """Return a self-contained HTML page; its sound is there once the preview has been spoken.

    Raises:
        AvatarError: the presenter is missing or damaged.
        ProgrammeError: the sound cannot be encoded.
    """
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
        (files("livestream.channel.preview") / "page.html").read_text(encoding="utf-8")
    )
    sound = _uri("audio/mpeg", mp3(voice(preview.programming))) if preview.programming else ""
    return template.render(
        preview=preview,
        segments=list(segments(preview)),
        clock=clock,
        counted=counted,
        heading=heading,
        beat_name=beat_name,
        still_of=_pose,
        stills=_stills(presenter),
        sound=sound,
        nonce=secrets.token_urlsafe(12),
    )


def _pose(part: PreviewPart) -> str:
    pose = _POSE_OF.get(part.beat)
    return pose or ("ah", "oh", "smile")[sum(part.id.encode()) % 3]


def _stills(presenter: str) -> dict[str, str]:
    """Return the presenter's pictures as data URIs, head and shoulders on the page's own ground."""
    found: dict[str, str] = {}
    for name, (gesture, viseme) in _POSES.items():
        picture = presenter_still(presenter, gesture=gesture, viseme=viseme, height=_STILL_HEIGHT)
        head = _head(picture)
        small = cv2.resize(head, (_STILL_SIDE, _STILL_SIDE), interpolation=cv2.INTER_AREA)
        _, png = cv2.imencode(".webp", cv2.cvtColor(small, cv2.COLOR_RGBA2BGRA), [cv2.IMWRITE_WEBP_QUALITY, 82])
        found[name] = _uri("image/webp", np.asarray(png).tobytes())
    return found


def _head(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the square with head and shoulders, centred on the figure's head."""
    solid = picture[..., 3] > 128
    top = int(np.argmax(solid.any(axis=1)))
    side = min(round(picture.shape[0] * _HEAD_SHARE), picture.shape[1])
    columns = np.flatnonzero(solid[top : top + side // 2].any(axis=0))
    middle = int(columns[0] + columns[-1]) // 2 if len(columns) else picture.shape[1] // 2
    left = min(max(middle - side // 2, 0), picture.shape[1] - side)
    start = max(top - side // 16, 0)
    return picture[start : start + side, left : left + side]


def _uri(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
