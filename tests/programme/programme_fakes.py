"""A figure that moves, sentences with word times, and states made of them."""

from functools import cache

import cv2
import numpy as np

from livestream.media import SAMPLE_RATE, SAMPLES_PER_FRAME, Box, Figure, Speech, WordTime
from livestream.programme.graphics import sprite
from livestream.programme.state import ProgrammeState

BODY = Box(150, 300, 570, 980)


@cache
def body(width, height, dx, dy):
    rgba = np.zeros((height, width, 4), np.uint8)
    cv2.ellipse(rgba, (300, 800), (220, 420), 0, 0, 360, (60, 70, 110, 255), -1, cv2.LINE_AA)
    cv2.ellipse(rgba, (300 + dx, 210 + dy), (110, 150), 0, 0, 360, (235, 185, 155, 255), -1, cv2.LINE_AA)
    return sprite(Box(0, 0, width, height), cv2.GaussianBlur(rgba, (5, 5), 0))


class Puppet:
    """A presenter of two ellipses; its head moves with n, and only the head is ever dirty."""

    def __init__(self, box=BODY):
        self.box = box
        self._last = None

    def render(self, n):
        drawn = body(self.box.width, self.box.height, n * 7 % 8, n * 5 % 2)
        dirty = () if self._last is None else (Box(self.box.x + 180, self.box.y + 40, 270, 350),)
        self._last = n
        return Figure(self.box, drawn.y, drawn.u, drawn.v, drawn.alpha, drawn.alpha_half, dirty)


def voice(seconds, *, hertz=140.0, seed=3):
    """Something that has the loudness course of speech: −16 LUFS in bursts like syllables."""
    rng = np.random.default_rng(seed)
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tone = sum(np.sin(2 * np.pi * hertz * k * time + rng.uniform(0, 6)) / k for k in range(1, 24))
    syllables = 0.25 + 0.75 * np.abs(np.sin(2 * np.pi * 2.1 * time)) ** 2
    sound = tone * syllables
    return sound / np.sqrt(np.mean(sound**2)) * 0.16


def speech(text, *, locale="en-US", word_seconds=0.32, lead=0.05, pcm=None):
    words, at = [], lead
    for word in text.split():
        words.append(WordTime(word, round(at * SAMPLE_RATE), round((at + word_seconds * 0.9) * SAMPLE_RATE)))
        at += word_seconds
    if pcm is None:
        pcm = np.zeros(round((at + 0.1) * SAMPLE_RATE), np.int16)
    return Speech("line", locale, text, text, pcm, (), tuple(words), (), (), "fake", "exact")


def state(n, said=None, start=0, **more):
    if said is None:
        return ProgrammeState(n, **more)
    first = n * SAMPLES_PER_FRAME - start
    stem = np.zeros(SAMPLES_PER_FRAME, np.int16)
    piece = said.pcm[max(0, first) : max(0, first + SAMPLES_PER_FRAME)]
    stem[-len(piece) if first < 0 else 0 :][: len(piece)] = piece
    on_air = first < len(said.pcm)
    return ProgrammeState(n, said if on_air else None, start, stem, talking=on_air, **more)


def planes(frame):
    """The three planes of a frame, copied."""
    return [
        np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width].copy()
        for plane in frame.planes
    ]
