from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from avatar_samples import babble, make_speech

from livestream.avatar.pack import Pack
from livestream.avatar.puppet import STRIDE, Puppet
from livestream.media import SAMPLE_RATE, SAMPLES_PER_FRAME, Box, Figure, Viseme

PLANES = ("y", "u", "v", "alpha", "alpha_half")


def copies(figure: Figure) -> list[np.ndarray]:
    return [getattr(figure, name).copy() for name in PLANES]


def told(pack: Pack, *, start: int = 0, seed: int = 3) -> Puppet:
    puppet = Puppet(pack, seed=seed)
    puppet.push(babble(3.0, 1), start * SAMPLES_PER_FRAME + 700)
    puppet.event((start + 20) * SAMPLES_PER_FRAME, "gesture", "wave")
    puppet.event((start + 30) * SAMPLES_PER_FRAME, "gaze", "card")
    puppet.event((start + 60) * SAMPLES_PER_FRAME, "state", "listening")
    return puppet


def same(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_a_frame_does_not_depend_on_the_frames_before(pack: Pack):
    steady, skipping = told(pack), told(pack)
    wanted = {0, 7, 22, 33, 34, 75, 91, 104, 105, 106, 140, 190}
    for n in range(200):
        figure = steady.render(n)
        if n in wanted:
            assert same(copies(figure), copies(skipping.render(n))), n


def test_a_fresh_presenter_gives_the_same_frame_after_an_hour(pack: Pack):
    first = 90_000 - 40
    steady = told(pack, start=first)
    for n in range(first, 90_000):
        steady.render(n)
    fresh = told(pack, start=first)
    assert same(copies(steady.render(90_000)), copies(fresh.render(90_000)))


def test_another_seed_gives_another_picture(pack: Pack):
    assert not same(copies(Puppet(pack, seed=1).render(100)), copies(Puppet(pack, seed=2).render(100)))


def test_outside_the_dirty_boxes_nothing_changes(pack: Pack):
    puppet = told(pack)
    before = copies(puppet.render(0))
    box = pack.manifest.figure_box
    quiet = 0
    for n in range(1, 160):
        figure = puppet.render(n)
        after = copies(figure)
        masks = [np.ones(plane.shape, bool) for plane in after]
        for dirty in figure.dirty:
            assert not any(value % 2 for value in (dirty.x, dirty.y, dirty.width, dirty.height))
            for mask, name in zip(masks, PLANES, strict=True):
                half = 1 if name in ("y", "alpha") else 2
                x, y = (dirty.x - box.x) // half, (dirty.y - box.y) // half
                mask[y : y + dirty.height // half, x : x + dirty.width // half] = False
        for mask, old, new in zip(masks, before, after, strict=True):
            assert np.array_equal(old[mask], new[mask]), n
        quiet += pack.manifest.trunk_box not in figure.dirty
        before = after
    assert quiet > 100, "the trunk need not be drawn in every frame"


def test_every_second_frame_draws_only_what_talks_and_blinks(pack: Pack):
    puppet = Puppet(pack, seed=3)
    puppet.push(babble(3.0, 1), 0)
    head = pack.manifest.head_box
    parts = {box for n in range(80) for box in puppet.render(n).dirty if n % STRIDE}
    assert sum(box.width * box.height for box in parts) < 0.5 * head.width * head.height
    for box in parts:
        assert head.x < box.x < box.x + box.width < head.x + head.width
        assert head.y < box.y < box.y + box.height < head.y + head.height


def test_the_same_frame_again_is_not_dirty(pack: Pack):
    puppet = told(pack)
    assert puppet.render(5).dirty == (pack.manifest.figure_box,)
    assert puppet.render(5).dirty == ()


def test_planes_are_premultiplied_and_fit_the_box(pack: Pack):
    figure = told(pack).render(30)
    height, width = figure.box.height, figure.box.width
    assert figure.y.shape == figure.alpha.shape == (height, width)
    assert figure.u.shape == figure.v.shape == figure.alpha_half.shape == (height // 2, width // 2)
    for plane, alpha in ((figure.y, figure.alpha), (figure.u, figure.alpha_half), (figure.v, figure.alpha_half)):
        assert (plane.astype(int) <= alpha.astype(int) + 1).all()
        assert (plane[alpha == 0] == 0).all()
        assert (alpha == 255).mean() > 0.3
    assert figure.box.x + figure.box.width <= 720
    assert figure.box.y + figure.box.height <= 1280


def test_head_and_trunk_meet_without_a_seam(pack: Pack):
    figure = told(pack).render(47)
    head, box = pack.manifest.head_box, figure.box
    row = head.y + head.height - box.y
    columns = slice(head.x - box.x + 100, head.x - box.x + 250)
    step = np.abs(np.diff(figure.y[row - 6 : row + 6, columns].astype(int), axis=0)).max(axis=1)
    assert step[5] <= max(6, 1.5 * np.delete(step, 5).max())


def test_the_head_never_moves_out_of_its_box(pack: Pack):
    puppet = Puppet(pack, seed=6)
    head, box, trunk = pack.manifest.head_box, pack.manifest.figure_box, pack.manifest.trunk_box
    top, left = head.y - box.y, head.x - box.x
    rows = slice(top, trunk.y - box.y)
    extremes = [(yaw, pitch, roll) for yaw in (-1.8, 1.8) for pitch in (-1.2, 1.9) for roll in (-1.2, 1.5)]
    for yaw, pitch, roll in extremes:
        for breath, lean, shift in ((1.0, -1.0, -0.8), (1.0, 1.0, 0.8)):
            pose = replace(puppet.pose(0), head=(breath, lean, yaw, pitch, roll, shift, 0.0, 0.3, 0.0))
            alpha = puppet.show(pose).alpha
            assert alpha[top, left : left + head.width].max() == 0
            assert alpha[rows, left].max() == 0
            assert alpha[rows, left + head.width - 1].max() == 0


def test_every_gesture_moves_the_arm_and_returns_to_rest(pack: Pack):
    for name, plan in pack.manifest.gestures.items():
        frames = pack.gesture(name)[0]
        place = plan.box
        base = pack.manifest.figure_box
        rows, columns = (
            slice(place.y - base.y, place.y - base.y + place.height),
            slice(place.x - base.x, place.x - base.x + place.width),
        )
        still = pack.arrays["base_full"][rows, columns].astype(int)
        moved = [np.abs(frame.astype(int) - still).mean() for frame in frames]
        assert moved[plan.cycle[0]] > 4, name
        puppet = Puppet(pack, seed=1)
        puppet.event(0, "gesture", name)
        shown = [puppet.pose(n).gesture for n in range(2 * plan.rise + plan.hold + 2)]
        assert shown[0] == (name, 0)
        assert shown[plan.rise + 1] == (name, plan.cycle[1])
        assert shown[-3] == (name, 0)
        assert shown[-1] is None


def test_a_second_gesture_waits_for_the_first_but_not_for_long(pack: Pack):
    puppet = Puppet(pack, seed=1)
    puppet.event(0, "gesture", "emphasis")
    puppet.event(30 * SAMPLES_PER_FRAME, "gesture", "wave")
    puppet.event(31 * SAMPLES_PER_FRAME, "gesture", "count")
    shown = [puppet.pose(n).gesture for n in range(250)]
    names = [
        name
        for name, following in zip(shown, [*shown[1:], None], strict=True)
        if name and (not following or following[0] != name[0])
    ]
    assert [name for name, _ in names] == ["emphasis", "wave"]


def test_eyes_go_where_they_are_sent_and_come_back(pack: Pack):
    puppet = Puppet(pack, seed=1)
    puppet.event(10 * SAMPLES_PER_FRAME, "gaze", "card")
    card = puppet.pose(20).eyes[1:]
    puppet.event(200 * SAMPLES_PER_FRAME, "gaze", "camera")
    assert card[1] < puppet.pose(210).eyes[2]
    assert puppet.pose(20).head[2] < puppet.pose(9).head[2] - 0.3


def test_what_the_presenter_does_not_know_is_logged(pack: Pack, caplog: pytest.LogCaptureFixture):
    puppet = Puppet(pack, seed=1)
    puppet.event(0, "gesture", "juggle")
    assert "juggle" in caplog.text
    assert puppet.pose(5).gesture is None


def test_a_long_day_is_forgotten(pack: Pack):
    puppet = Puppet(pack, seed=1)
    speech = make_speech([(Viseme.AA, 0.2)])
    for second in range(300):
        puppet.push(speech, second * SAMPLE_RATE)
        puppet.event(second * SAMPLE_RATE, "gaze", "card")
        puppet.event(second * SAMPLE_RATE, "state", "talking")
        puppet._timeline.forget(second * 25)
    assert puppet._timeline.size < 60


def test_the_mouth_box_holds_the_mouth(pack: Pack):
    puppet = Puppet(pack, seed=1)
    puppet.push(make_speech([(Viseme.AA, 1.0)]), 0)
    box, base = pack.manifest.mouth_box, pack.manifest.figure_box
    assert isinstance(box, Box)
    place = (slice(box.y - base.y, box.y - base.y + box.height), slice(box.x - base.x, box.x - base.x + box.width))
    talking = puppet.render(12)
    assert talking.mouth_open > 0.6
    dark = (talking.y[place] < 60).sum()
    shut = puppet.render(60)
    assert shut.mouth_open == 0
    assert dark > 5 * max(1, (shut.y[place] < 60).sum())
