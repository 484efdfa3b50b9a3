"""What the presenter has been told: speeches, gestures, glances and states, asked by frame."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from livestream.avatar.lipsync import TARGETS, Articulation, articulate
from livestream.avatar.motion import GAZES
from livestream.avatar.pack import GesturePlan
from livestream.media import FPS, SAMPLES_PER_FRAME, Speech, Viseme

log = logging.getLogger(__name__)

REST = np.array(TARGETS[Viseme.SIL], np.float32)
KEEP = 10 * FPS
"""Frames for which what is over is remembered; older frames can no longer be asked."""
GAZE_HOLD = int(2.2 * FPS)
PATIENCE = int(1.5 * FPS)
"""Frames a gesture waits for the one before it; after that it is dropped."""
_JOIN = 2
_STATE_FRAMES = 7


@dataclass(frozen=True, slots=True)
class Speaking:
    """One frame of talk: the mouth pose and how lively the rest is, see `Articulation`."""

    pose: np.ndarray[tuple[int], np.dtype[np.float32]]
    talk: float = 0.0
    nod: float = 0.0
    brow: float = 0.0


@dataclass(frozen=True, slots=True)
class _Event:
    at: int
    name: str
    asked: int


class Timeline:
    """Everything pushed so far. Answers for frame n depend only on what was told, not on what was asked."""

    def __init__(self, plans: Mapping[str, GesturePlan]) -> None:
        self._plans = plans
        self._speeches: list[Articulation] = []
        self._gestures: list[_Event] = []
        self._gazes: list[_Event] = []
        self._states: list[_Event] = []

    def push(self, speech: Speech, start: int) -> None:
        """Add a speech that begins at programme sample `start`."""
        self._speeches.append(articulate(speech, start))
        self._speeches.sort(key=lambda item: item.start)

    def cut(self, at: int) -> None:
        """Forget all speech, gestures and glances after sample `at`."""
        self._speeches = [item.cut(at) for item in self._speeches if item.start < at]
        frame = at // SAMPLES_PER_FRAME
        self._gestures = [item for item in self._gestures if item.asked <= frame]
        self._gazes = [item for item in self._gazes if item.asked <= frame]

    def event(self, at: int, kind: str, name: str) -> None:
        """Add a gesture, a glance or a state at sample `at`; names the presenter does not know are logged."""
        frame = at // SAMPLES_PER_FRAME
        if kind == "gesture" and name in self._plans:
            begin = max([frame, *(self._end(item) for item in self._gestures)])
            if begin - frame <= PATIENCE:
                self._gestures.append(_Event(begin, name, frame))
        elif kind == "gaze" and name in GAZES:
            self._gazes.append(_Event(frame, name, frame))
            self._gazes.sort(key=lambda item: item.at)
        elif kind == "state" and name in ("idle", "listening", "talking"):
            self._states.append(_Event(frame, name, frame))
            self._states.sort(key=lambda item: item.at)
        else:
            log.warning("presenter knows no %s named %s", kind, name)

    def forget(self, n: int) -> None:
        """Drop what was over `KEEP` frames before frame `n`."""
        old = n - KEEP
        if self._speeches and self._speeches[0].end < old:
            self._speeches = [item for item in self._speeches if item.end >= old]
        if self._gestures and self._end(self._gestures[0]) < old:
            self._gestures = [item for item in self._gestures if self._end(item) >= old]
        if self._gazes and self._gazes[0].at + 2 * GAZE_HOLD < old:
            self._gazes = [item for item in self._gazes if item.at + 2 * GAZE_HOLD >= old]
        while len(self._states) > 1 and self._states[1].at + _STATE_FRAMES < old:
            self._states.pop(0)

    @property
    def size(self) -> int:
        """How many things are remembered."""
        return len(self._speeches) + len(self._gestures) + len(self._gazes) + len(self._states)

    def speaking(self, n: int) -> Speaking:
        """Return the mouth and the liveliness of frame `n`."""
        covering = [item for item in self._speeches if item.first <= n < item.end]
        if not covering:
            return Speaking(REST)
        newest = covering[-1]
        place = n - newest.first
        pose = newest.poses[place]
        if len(covering) > 1 and place < _JOIN + 6:
            older = covering[-2]
            share = min(1.0, max(0.0, (place - 3) / _JOIN))
            pose = older.poses[n - older.first] * (1 - share) + pose * share
        talk, nod, brow = (
            max(float(getattr(item, name)[n - item.first]) for item in covering) for name in ("talk", "nod", "brow")
        )
        return Speaking(pose, talk, nod, brow)

    def gesture(self, n: int) -> tuple[str, int] | None:
        """Return the gesture under way in frame `n` and which of its pictures to show."""
        for item in reversed(self._gestures):
            plan = self._plans[item.name]
            k = n - item.at
            if 0 <= k < 2 * plan.rise + plan.hold:
                if k < plan.rise:
                    return item.name, k
                if k < plan.rise + plan.hold:
                    return item.name, plan.cycle[(k - plan.rise) % len(plan.cycle)]
                return item.name, 2 * plan.rise + plan.hold - 1 - k
        return None

    def gaze(self, n: int) -> tuple[str, int, int] | None:
        """Return the glance asked for at frame `n`: where, frames since it began, frames until it ends."""
        for place in range(len(self._gazes) - 1, -1, -1):
            item = self._gazes[place]
            if item.at <= n:
                return (item.name, n - item.at, item.at + GAZE_HOLD - n) if n < item.at + GAZE_HOLD else None
        return None

    def listening(self, n: int) -> float:
        """Return how much the presenter is listening in frame `n`, 0 to 1, blended over 280 ms."""
        past = [item for item in self._states if item.at <= n]
        if not past:
            return 0.0
        now = float(past[-1].name == "listening")
        before = float(len(past) > 1 and past[-2].name == "listening")
        return before + (now - before) * min(1.0, (n - past[-1].at) / _STATE_FRAMES)

    def _end(self, item: _Event) -> int:
        plan = self._plans[item.name]
        return item.at + 2 * plan.rise + plan.hold
