import numpy as np

from livestream.media import Box
from livestream.programme.graphics import Drawing, paint


def test_what_is_drawn_is_premultiplied_so_that_edges_are_soft():
    drawing = Drawing(Box(100, 200, 40, 40))
    drawing.canvas.drawCircle(120, 220, 12, paint("#ff8000", 0.5))
    rgba = drawing.rgba()
    assert rgba[20, 20].tolist() == [128, 64, 0, 128]
    assert (rgba[..., :3] <= rgba[..., 3:]).all(), "no ink is brighter than it is opaque"
    edge = rgba[(rgba[..., 3] > 0) & (rgba[..., 3] < 120)]
    assert len(edge) > 10
    assert np.abs(edge[:, 0].astype(int) - edge[:, 3]).max() <= 1
