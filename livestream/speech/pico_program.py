"""The program that SVOX Pico speaks in: a process of its own, forked anew for every utterance.

Pico keeps state between calls, so that the same words sound different the second time; it holds the interpreter's
lock while it speaks, and a word of a thousand letters keeps it busy for good. So it is imported here once and never
called: each request is answered by a fork, which has the state of the first call and a limit to its life.

Stdin brings requests and stdout takes answers, both as a length (four bytes, big-endian) and so many bytes: a
request is JSON with `text`, `voice`, `speed` and `volume`, an answer is s16le at 16 kHz. The program ends when stdin
does, or with the first fork that fails. It is run by its path and imports nothing of this package.
"""

import json
import os
import signal
import sys

LONGEST_REQUEST = 1 << 16
LIFETIME = 10
"""Seconds a fork may live; a sentence takes it some hundredths of one."""


def main() -> None:
    """Answer requests until stdin ends."""
    answers = os.dup(1)
    os.dup2(2, 1)  # what the library prints must not get among the answers
    from py_nanotts import NanoTTS

    while len(head := sys.stdin.buffer.read(4)) == 4:
        size = int.from_bytes(head, "big")
        if size > LONGEST_REQUEST:
            sys.exit(1)
        request = json.loads(sys.stdin.buffer.read(size))
        fork = os.fork()
        if fork == 0:
            signal.alarm(LIFETIME)
            answer = NanoTTS().speak(**request)
            with os.fdopen(answers, "wb") as out:
                out.write(len(answer).to_bytes(4, "big") + answer)
            os._exit(0)
        if os.waitpid(fork, 0)[1] != 0:
            sys.exit(1)


if __name__ == "__main__":
    main()
