"""What the clock counts: lateness, dead air, frames lost."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from livestream.media import FPS

LATE_SECONDS = 0.040
_KEPT = 3600 * FPS


@dataclass(slots=True)
class TickStats:
    """Counters of one air process; lateness is kept for the last hour.

    `held_frames` are those under the slate, which nobody counts as dead air.
    """

    frames: int = 0
    late: int = 0
    lost: int = 0
    dead_air_frames: int = 0
    held_frames: int = 0
    _lateness: NDArray[np.float32] = field(default_factory=lambda: np.zeros(_KEPT, np.float32))
    _ticks: int = 0

    def tick(self, lateness: float) -> None:
        """Count one release that came `lateness` seconds after it was due."""
        self._lateness[self._ticks % _KEPT] = lateness
        self._ticks += 1
        self.late += lateness > LATE_SECONDS

    def lateness_ms(self) -> dict[str, float]:
        """Return p50, p99 and the maximum of lateness in milliseconds."""
        seen = self._lateness[: min(self._ticks, _KEPT)]
        if not len(seen):
            return {"p50": 0.0, "p99": 0.0, "max": 0.0}
        p50, p99 = np.percentile(seen, (50, 99))
        return {"p50": round(p50 * 1e3, 3), "p99": round(p99 * 1e3, 3), "max": round(float(seen.max()) * 1e3, 3)}

    def summary(self) -> dict[str, float | int | dict[str, float]]:
        """Return all counters, for status messages and the closing summary."""
        return {
            "frames": self.frames,
            "late_frames": self.late,
            "lost_frames": self.lost,
            "dead_air_seconds": round(self.dead_air_frames / FPS, 2),
            "held_seconds": round(self.held_frames / FPS, 2),
            "lateness_ms": self.lateness_ms(),
        }
