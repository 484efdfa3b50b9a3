"""The same composition in moviepy 2: scene, presenter with moving head and mouth, card, caption, badge."""

import math
import time

import numpy as np
from moviepy import CompositeVideoClip, ImageClip, VideoClip

from livestream.avatar import presenter_still
from livestream.media import FPS, HEIGHT, WIDTH, Viseme

FRAMES = 75
MOUTHS = (Viseme.SIL, Viseme.AA, Viseme.PP, Viseme.O, Viseme.E, Viseme.FF)


def baseline_ms() -> float:
    """Return CPU ms a composed frame, the median of three stretches."""
    show = _show(FRAMES / FPS)
    costs = []
    for _ in range(3):
        began = time.process_time()
        count = sum(1 for _ in show.iter_frames(fps=FPS))
        costs.append((time.process_time() - began) / count * 1e3)
    return sorted(costs)[1]


def _show(seconds: float) -> CompositeVideoClip:
    scene = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    scene[:] = np.linspace(90, 190, HEIGHT, dtype=np.uint8)[:, None, None]
    layers = [
        ImageClip(scene),
        _presenter(),
        _panel(300, 390, (255, 255, 255)).with_position((32, 150)),
        _panel(560, 110, (30, 30, 36)).with_position((40, 960)),
        _panel(260, 48, (30, 30, 36)).with_position((32, 84)),
    ]
    return CompositeVideoClip([layer.with_duration(seconds) for layer in layers], size=(WIDTH, HEIGHT))


def _presenter() -> VideoClip:
    """The presenter's own stills as a clip with a mask, swaying as the head does."""
    stills = [presenter_still(viseme=viseme) for viseme in MOUTHS]
    colour = [np.ascontiguousarray(still[..., :3]) for still in stills]
    alpha = [still[..., 3].astype(np.float64) / 255 for still in stills]

    def mouth(t: float) -> int:
        return int(t * FPS / 2) % len(MOUTHS)

    figure = VideoClip(frame_function=lambda t: colour[mouth(t)])
    mask = VideoClip(frame_function=lambda t: alpha[mouth(t)], is_mask=True)
    height, width = colour[0].shape[:2]
    place = (WIDTH - width, HEIGHT - height)
    return figure.with_mask(mask).with_position(lambda t: (place[0] + 3 * math.sin(t), place[1] + 2 * math.cos(t)))


def _panel(width: int, height: int, colour: tuple[int, int, int]) -> ImageClip:
    picture = np.full((height, width, 4), 235, np.uint8)
    picture[..., :3] = colour
    return ImageClip(picture, transparent=True)
