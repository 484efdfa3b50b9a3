import random

import cv2
import numpy as np
import pytest
from programme_fakes import BODY, Puppet, planes

from livestream.media import Box, Figure
from livestream.programme.compositor import Compositor, Layer
from livestream.programme.graphics import Sprite, faded, sprite
from livestream.programme.layout import PICTURE, intersection, merged
from livestream.programme.scene import load_scene


def blob(rng, box):
    rgba = np.zeros((box.height, box.width, 4), np.uint8)
    alpha = rng.integers(0, 256, (box.height, box.width), np.uint8)
    rgba[..., 3] = alpha
    for channel in range(3):
        rgba[..., channel] = rng.integers(0, 256, alpha.shape) * (alpha / 255)
    return sprite(box, rgba)


def random_box(rng):
    x, y = 2 * rng.randrange(0, 300), 2 * rng.randrange(0, 560)
    return Box(x, y, 2 * rng.randrange(8, 100), 2 * rng.randrange(8, 80))


@pytest.mark.parametrize("seed", range(4))
def test_composing_only_what_changed_equals_composing_everything(seed):
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    scene, layers, puppet = load_scene("studio"), [Layer() for _ in range(3)], Puppet()
    kept = Compositor(scene, layers)
    for n in range(14):
        for layer in layers:
            if rng.random() < 0.35:
                layer.show(None if rng.random() < 0.3 else blob(noise, random_box(rng)))
        figure = puppet.render(n)
        got = planes(kept.compose(figure))
        fresh_layers = [Layer() for _ in layers]
        for fresh, layer in zip(fresh_layers, layers, strict=True):
            fresh.show(layer.sprite)
        wanted = planes(Compositor(scene, fresh_layers).compose(figure))
        for name, a, b in zip("yuv", got, wanted, strict=True):
            assert np.array_equal(a, b), f"frame {n}, plane {name}: {np.argwhere(a != b)[:3]}"


def test_a_blend_is_the_premultiplied_formula():
    rng = np.random.default_rng(0)
    layer, box = Layer(), Box(40, 60, 200, 120)
    layer.show(blob(rng, box))
    scene, empty = load_scene("studio"), Box(0, 0, 2, 2)
    nothing = np.zeros((2, 2), np.uint8)
    figure = Figure(empty, nothing, nothing[:1, :1], nothing[:1, :1], nothing, nothing[:1, :1], ())
    got = planes(Compositor(scene, [layer]).compose(figure))[0][60:180, 40:240]
    below = scene.y[60:180, 40:240].astype(int)
    shown = layer.sprite
    wanted = np.minimum(255, shown.y + (below * (255 - shown.alpha.astype(int)) + 127) // 255)
    assert np.array_equal(got, wanted)


def test_a_figure_that_moves_its_box_leaves_nothing_behind():
    scene = load_scene("studio")
    kept = Compositor(scene, [])
    kept.compose(Puppet().render(0))
    moved = Puppet(Box(BODY.x - 60, BODY.y, BODY.width, BODY.height))
    wanted = planes(Compositor(scene, []).compose(moved.render(0)))
    got = planes(kept.compose(Puppet(moved.box).render(0)))
    assert all(np.array_equal(a, b) for a, b in zip(got, wanted, strict=True))


def test_merged_boxes_cover_everything_and_never_meet():
    rng = random.Random(1)
    for _ in range(40):
        boxes = [random_box(rng) for _ in range(rng.randrange(1, 9))]
        apart = merged(boxes)
        assert all(intersection(a, b) is None for i, a in enumerate(apart) for b in apart[:i])
        for box in boxes:
            assert any(intersection(box, whole) == box for whole in apart)


def test_a_sprite_is_studio_range_bt709():
    red = np.zeros((4, 4, 4), np.uint8)
    red[...] = (255, 0, 0, 255)
    made = sprite(Box(0, 0, 4, 4), red)
    assert (made.y[0, 0], made.u[0, 0], made.v[0, 0]) == (63, 102, 240)


def test_a_faded_sprite_keeps_its_ratio_of_ink_to_alpha():
    white = np.full((8, 8, 4), 255, np.uint8)
    half = faded(sprite(Box(0, 0, 8, 8), white), 0.5, 4, -2)
    assert half.box == Box(4, -2, 8, 8)
    assert (int(half.y[0, 0]), int(half.alpha[0, 0])) == (118, 128)


def test_the_compositor_uses_one_core():
    Compositor(Sprite(PICTURE, *(np.zeros((2, 2), np.uint8),) * 5), [])
    assert cv2.getNumThreads() == 1
