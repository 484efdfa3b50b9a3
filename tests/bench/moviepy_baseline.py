"""The same composition in moviepy 2: scene, presenter with moving head and mouth, card, caption, badge."""

import math
import time
from collections.abc import Callable

import numpy as np
from moviepy import CompositeVideoClip, ImageClip, VideoClip, vfx

from livestream.avatar import load_presenter_pack, presenter_still
from livestream.media import FPS, HEIGHT, WIDTH, Box, Viseme

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
        *_presenter(),
        _panel(300, 390, (255, 255, 255)).with_position((32, 150)),
        _panel(570, 110, (255, 255, 255)).with_position((32, 820)),
        _panel(560, 110, (30, 30, 36)).with_position((40, 960)),
        _panel(260, 48, (30, 30, 36)).with_position((32, 84)),
    ]
    return CompositeVideoClip([layer.with_duration(seconds) for layer in layers], size=(WIDTH, HEIGHT))


def _presenter() -> list[VideoClip]:
    """The presenter as moviepy would move her: a body, a head that turns, a mouth that changes with it."""
    manifest = load_presenter_pack().manifest
    figure, head, mouth = manifest.figure_box, manifest.head_box, manifest.mouth_box
    stills = [presenter_still(viseme=viseme) for viseme in MOUTHS]

    def cut(still: np.ndarray, box: Box) -> np.ndarray:
        x, y = box.x - figure.x, box.y - figure.y
        return still[y : y + box.height, x : x + box.width]

    def sway(box: Box) -> Callable[[float], tuple[float, float]]:
        return lambda t: (box.x + 3 * math.sin(t), box.y + 2 * math.cos(t))

    mouths = [np.ascontiguousarray(cut(still, mouth)[..., :3]) for still in stills]
    turning = vfx.Rotate(lambda t: 1.5 * math.sin(t), resample="bilinear", expand=False)
    return [
        ImageClip(stills[0], transparent=True).with_position((figure.x, figure.y)),
        ImageClip(cut(stills[0], head), transparent=True).with_effects([turning]).with_position(sway(head)),
        VideoClip(frame_function=lambda t: mouths[int(t * FPS / 2) % len(mouths)]).with_position(sway(mouth)),
    ]


def _panel(width: int, height: int, colour: tuple[int, int, int]) -> ImageClip:
    picture = np.full((height, width, 4), 235, np.uint8)
    picture[..., :3] = colour
    return ImageClip(picture, transparent=True)
