"""Whatever is thrown at the programme and whenever: what the log says is what was heard, and nothing is lost."""

import tempfile
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playout_stage import Stage

from livestream.media import FPS, SAMPLE_RATE
from livestream.playout.engine import FADE_OUT
from livestream.playout.timeline import FADE
from livestream.testing.playout import make_ad_lib, make_ready, make_speech

LONGEST = 2.4


@dataclass(frozen=True)
class Blow:
    """Something done to the programme when frame `frame` leaves."""

    frame: int
    kind: str
    which: int


blows = st.lists(
    st.builds(
        Blow,
        st.integers(0, 12 * FPS),
        st.sampled_from(["ad_lib", "ad_lib", "ad_lib", "now", "skip", "jump", "panic", "calm", "recall"]),
        st.integers(0, 7),
    ),
    max_size=12,
)
script = st.lists(st.tuples(st.floats(0.08, LONGEST), st.floats(0.0, 0.4)), min_size=4, max_size=8)


def unique(entry, place):
    """Give a sentence a sound that no other has, and a cut point at each word."""
    speech = make_speech("one two three", entry.speech.seconds, line_id=entry.speech.line_id, cut_points=True)
    pcm = (3000 + 400 * place + np.arange(len(speech.pcm)) % 300).astype(np.int16)
    return replace(entry, speech=replace(speech, pcm=pcm))


def lines_of(entries):
    return {entry.speech.line_id: entry.speech for entry in entries}


def strike(stage, blow, number, asked, dropped, entries):
    match blow.kind:
        case "ad_lib" | "now":
            ad_lib = make_ad_lib(f"a{number}", 1 + blow.which % 3, 0.3 + blow.which / 5, now=blow.kind == "now")
            lines = tuple(unique(entry, 20 + 3 * number + n) for n, entry in enumerate(ad_lib.entries))
            asked[ad_lib.id] = lines
            return lambda: stage.playout.interject(replace(ad_lib, entries=lines))
        case "skip":
            part = entries[blow.which % len(entries)].instance
            dropped |= {entry.seq for entry in entries if entry.instance == part}
            return lambda: stage.playout.skip(part)
        case "jump":
            seq = blow.which % len(entries)
            dropped |= {entry.seq for entry in entries if entry.seq < seq}
            return lambda: stage.playout.jump(seq)
        case "recall":
            return lambda: stage.playout.recall(f"a{blow.which}")
    return lambda: stage.playout.panic(blow.kind == "panic")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(script, blows)
def test_what_was_heard_is_what_the_log_says_and_nothing_is_lost_or_said_twice(lengths, thrown):
    entries = [
        unique(replace(make_ready(seq, seconds=seconds, gap=gap), instance=f"0.part-{seq // 2}"), seq)
        for seq, (seconds, gap) in enumerate(lengths)
    ]
    asked, dropped = {}, set()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        acts = defaultdict(list)
        for number, blow in enumerate(thrown):
            acts[blow.frame].append(strike(stage, blow, number, asked, dropped, entries))
        acts[12 * FPS + 1].append(lambda: stage.playout.panic(False))
        for frame, todo in acts.items():
            stage.on_frame[frame] = lambda todo=todo: [act() for act in todo]
        stage.playout.submit(entries)
        stage.play(12 * FPS + round((8 * LONGEST + 12 * 3 * 2.5) * FPS / 2))
        assert stage.playout.position.queued_seconds == 0.0
        lines, sound, finished = stage.aired(), stage.sound(), dict(stage.playout.position.finished)
    spoken = lines_of([*entries, *(entry for ad_lib in asked.values() for entry in ad_lib)])

    expected = np.zeros(len(sound), np.int16)
    for line in lines:
        pcm = spoken[line.line].pcm[: line.end - line.start]
        if not line.complete:
            fade = np.clip(np.arange(len(pcm), 0, -1) / FADE, 0.0, 1.0)
            pcm = (pcm * fade).astype(np.int16)
        expected[line.start : line.end] = pcm
    assert np.array_equal(sound, expected)

    heard = defaultdict(list)
    for line in lines:
        heard[line.line].append(line)
    for line_id, times in heard.items():
        assert not any(line.complete or not line.note for line in times[:-1]), "said again after it had been heard"
        enough = spoken[line_id].pcm.size / 2 + FADE
        assert all(line.end - line.start < enough for line in times if line.note)
    assert [line.seq for line in lines if line.seq >= 0] == sorted(line.seq for line in lines if line.seq >= 0)
    for entry in entries:
        if entry.seq not in dropped:
            last = heard[entry.speech.line_id][-1]
            assert not last.note, "lost"
            assert last.complete or last.end - last.start >= entry.speech.pcm.size / 2
    assert set(finished) == set(asked)
    for ident, ad_lib in asked.items():
        whole = all(any(line.complete for line in heard[entry.speech.line_id]) for entry in ad_lib)
        assert finished[ident] == whole
    assert len(sound) == (stage.frames + FADE_OUT) * SAMPLE_RATE // FPS
