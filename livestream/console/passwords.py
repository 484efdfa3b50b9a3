"""Passwords: argon2 off the event loop, one at a time, and only so many tries.

Parameters: OWASP Password Storage Cheat Sheet, argon2id with m=19 MiB, t=2, p=1.
"""

from __future__ import annotations

import asyncio
import ipaddress
import unicodedata
from collections import OrderedDict, deque
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from livestream.clock import Clock
from livestream.console.problems import Problem

SHORTEST = 10
LONGEST = 200
MINUTE = 60.0
A_NAME = 5
"""Tries a minute with one name, from wherever they come."""
A_NAME_FROM_ONE_ADDRESS = 3
"""Fewer, so that whoever floods a name leaves tries to its owner, who comes from elsewhere."""
AN_ADDRESS = 10
MOST_WAITING = 8
MOST_COUNTED = 10_000
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$5KM/QobLOFN+XL8Bef6prQ$Xwc+DoYWEzLxnxJi1H0+KzLgcKjF0xqYqCAF65zMNWM"
"""A hash of no password: a name that nobody has takes as long as any other."""


class TooManyTries(Problem):
    """Somebody tried too often; nothing was compared. `seconds` says when to come again."""

    def __init__(self, seconds: int) -> None:
        super().__init__("signin.problem.often", seconds=seconds)
        self.seconds = seconds


class Passwords:
    """Hashes and compares, in a thread of its own."""

    def __init__(self, clock: Clock) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._thread = ThreadPoolExecutor(1, "passwords")
        self._waiting = 0
        self._tries = Tries(clock)
        self.compared = 0

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(cancel_futures=True)

    async def hash(self, password: str) -> str:
        """Return what is kept of a new password.

        Raises:
            Problem: it is too short or too long.
        """
        if len(password) < SHORTEST:
            raise Problem("account.problem.short", least=SHORTEST)
        if len(password) > LONGEST:
            raise Problem("account.problem.long", most=LONGEST)
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._hasher.hash, _plain(password))

    async def compare(self, name: str, hashed: str, password: str, address: str) -> bool:
        """Whether a password is right; takes equally long where `hashed` is empty.

        Raises:
            TooManyTries: with this name or from this address, or by everybody together, just now.
        """
        place = network(address)
        self._tries.take([(A_NAME, name), (A_NAME_FROM_ONE_ADDRESS, f"{name}\0{place}"), (AN_ADDRESS, f"\0{place}")])
        if self._waiting >= MOST_WAITING:
            raise TooManyTries(2)
        self._waiting += 1
        try:
            self.compared += 1
            work = asyncio.get_running_loop().run_in_executor(
                self._thread, self._compare, hashed or NOBODYS, _plain(password[: LONGEST + 1])
            )
            return await work and bool(hashed)
        finally:
            self._waiting -= 1

    def _compare(self, hashed: str, password: bytes) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (Argon2Error, InvalidHashError):
            return False


class Tries:
    """Counts tries within the last minute under several names at once; bounded in memory."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._made: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, limits: Iterable[tuple[int, str]]) -> None:
        """Count one try under each name, or none where one of them is at its limit.

        Raises:
            TooManyTries: a limit is reached.
        """
        now = self._clock.monotonic()
        counted = []
        for most, name in limits:
            made = self._made.setdefault(name, deque())
            self._made.move_to_end(name)
            while made and made[0] <= now - MINUTE:
                made.popleft()
            if len(made) >= most:
                raise TooManyTries(int(made[0] + MINUTE - now) + 1)
            counted.append(made)
        for made in counted:
            made.append(now)
        while len(self._made) > MOST_COUNTED:
            self._made.popitem(last=False)


def network(address: str) -> str:
    """Return what one person's addresses have in common: of IPv6 the first 64 bits."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "?"
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _plain(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace")
