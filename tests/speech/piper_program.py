"""Stands in for Piper's program in quick tests: the same command line, stdin and stderr, a tone as voice."""

import argparse
import sys
import time
import wave
from pathlib import Path

import numpy as np


def main():
    parser = argparse.ArgumentParser()
    for name in ("--model", "--output-dir", "--noise-scale", "--noise-w-scale", "--length-scale", "--sentence-silence"):
        parser.add_argument(name, required=True)
    arguments = parser.parse_args()
    for line in sys.stdin:
        if "die" in line:
            raise KeyError("phoneme_id_map")
        time_axis = np.arange(round(22_050 * 0.06 * len(line) * float(arguments.length_scale))) / 22_050
        path = Path(arguments.output_dir) / f"{time.monotonic_ns()}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(22_050)
            file.writeframes((8000 * np.sin(2 * np.pi * 150 * time_axis)).astype("<i2").tobytes())
        sys.stderr.write(f"INFO:__main__:Wrote {path}\n")
        sys.stderr.flush()


if __name__ == "__main__":
    main()
