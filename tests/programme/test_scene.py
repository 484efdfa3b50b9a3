import numpy as np
import pytest

from livestream.datafiles import cache_dir
from livestream.errors import ProgrammeError, UsageError
from livestream.programme.scene import draw_scene, load_scene


def test_a_scene_is_opaque_and_drawn_once():
    drawn = load_scene("studio")
    assert drawn.y.shape == (1280, 720)
    assert drawn.alpha.min() == 255
    (cached,) = (cache_dir() / "scenes").glob("studio-*.npz")
    before = cached.stat().st_mtime_ns
    again = load_scene("studio")
    assert cached.stat().st_mtime_ns == before
    assert np.array_equal(again.y, drawn.y)


def test_a_damaged_cache_is_drawn_again():
    wanted = load_scene("studio").y
    (cached,) = (cache_dir() / "scenes").glob("studio-*.npz")
    for content in (b"", b"PK\x03\x04 torn", cached.read_bytes()[:5000]):
        cached.write_bytes(content)
        assert np.array_equal(load_scene("studio").y, wanted)


def test_the_backdrop_has_no_noise_that_would_cost_bits():
    y = load_scene("studio").y.astype(int)
    assert np.mean(np.abs(np.diff(y, axis=1))) < 0.6


@pytest.mark.parametrize(
    "text",
    ["", "wall = 3", "[wall", "[wall]\ntop='#000000'\nbottom='#fff'", "[[shape]]\nkind='star'"],
)
def test_a_broken_scene_is_a_sentence(text):
    with pytest.raises(ProgrammeError) as caught:
        draw_scene(text, where="here.toml")
    assert "here.toml" in str(caught.value)


def test_an_unknown_scene_is_a_sentence():
    with pytest.raises(UsageError, match="no-such-room"):
        load_scene("no-such-room")
