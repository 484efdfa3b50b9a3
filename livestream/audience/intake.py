"""The gate of the room: every comment becomes clean, masked and judged before anything else sees it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from livestream.audience.cleaning import IDENT_LIMIT, NAME_LIMIT, clean, evidence
from livestream.audience.comment import Comment, Taken, Verdict
from livestream.audience.limits import Admission, Viewers
from livestream.audience.masking import MASK, mask
from livestream.audience.phrases import folded
from livestream.audience.questions import BUYER, Questions, Sight
from livestream.audience.spam import (
    Advertising,
    Repetition,
    WordFilter,
    abusive_words,
    is_flood,
    is_wordless,
    says_it_again,
)
from livestream.clock import Clock

STAFF = frozenset({"broadcaster", "moderator", "owner"})
"""Badges of people whom limits and advertising rules spare; words and masks hold for them too."""
_NOTHING = Sight(question=False, worth=0.0)


class Intake:
    """Takes comments in, each in time linear in its bound, without waiting and without raising.

    `locale` is the stream's; questions are looked for in its language and in `languages`. A viewer may
    write `per_user` comments a second with bursts of `burst`, unless the platform tells no viewers
    apart; `admitted` a second are considered for answers. `slow` is slow mode: seconds between two
    comments of one viewer, 0 for off. `counts` says how many comments met which verdict and reason
    since the start.
    """

    def __init__(
        self,
        *,
        locale: str,
        clock: Clock,
        blocked_words: Iterable[str] = (),
        languages: Sequence[str] = ("en", "es"),
        per_user: float = 0.5,
        burst: float = 5.0,
        admitted: float = 60.0,
        viewers: int = 20_000,
    ) -> None:
        self._clock = clock
        self.slow = 0.0
        self.counts: Counter[tuple[Verdict, str]] = Counter()
        self._questions = Questions((locale.partition("-")[0], *languages))
        self._blocked = {word.strip() for word in blocked_words if word.strip()}
        self._blocked_filter = WordFilter(self._blocked)
        self._abuse = WordFilter(abusive_words())
        self._advertising = Advertising()
        self._repetition = Repetition()
        self._viewers = Viewers(rate=per_user, burst=burst, size=viewers)
        self._admission = Admission(admitted, clock.monotonic())
        self._banned: set[tuple[str, str]] = set()
        self._timeouts: dict[tuple[str, str], float] = {}

    @property
    def blocked_words(self) -> Sequence[str]:
        """The merchant's and the moderators' words, sorted."""
        return sorted(self._blocked)

    def block_word(self, word: str) -> None:
        """Hide comments with this word or phrase from now on; `*` at its end lets it go on."""
        self._blocked.add(clean(word))
        self._blocked_filter = WordFilter(self._blocked)

    def unblock_word(self, word: str) -> None:
        """Let a word pass again."""
        self._blocked.discard(clean(word))
        self._blocked_filter = WordFilter(self._blocked)

    def is_blocked(self, comment: Comment) -> bool:
        """Whether a comment that was let through holds a word that is blocked by now."""
        return bool(self._blocked_filter.find(folded(comment.text)))

    def ban(self, source: str, user: str) -> None:
        """Hide everything of a viewer until `unban`."""
        self._banned.add((source, user))

    def unban(self, source: str, user: str) -> None:
        """Hear a viewer again: lifts a ban and a timeout."""
        self._banned.discard((source, user))
        self._timeouts.pop((source, user), None)

    def timeout(self, source: str, user: str, until: float) -> None:
        """Hide everything of a viewer until `until`, in Unix seconds."""
        now = self._clock.time()
        self._timeouts = {who: end for who, end in self._timeouts.items() if end > now}
        self._timeouts[source, user] = until

    def take(self, comment: Comment) -> Taken:
        """Return the comment as it may be kept and shown, with a verdict."""
        now = self._clock.monotonic()
        safe = self._cleaned(comment)
        text = folded(safe.text)
        staff = not STAFF.isdisjoint(safe.badges)
        reason = self._barred(safe) or ("" if staff else self._too_fast(safe, now))
        sight = _NOTHING
        verdict: Verdict = "hidden"
        if not reason:
            sight = self._questions.look(text)
            verdict, reason = self._judged(safe, text, sight, staff, now)
        self.counts[verdict, reason.partition(":")[0]] += 1
        return Taken(safe, evidence(comment.text), verdict, reason, sight.question, sight.worth)

    def _cleaned(self, comment: Comment) -> Comment:
        return Comment(
            source=comment.source,
            id=clean(comment.id, IDENT_LIMIT),
            platform=clean(comment.platform, NAME_LIMIT),
            user=clean(comment.user, IDENT_LIMIT),
            name=self._decent(mask(clean(comment.name, NAME_LIMIT))),
            text=mask(clean(comment.text)),
            at=comment.at if math.isfinite(comment.at) else self._clock.time(),
            language=clean(comment.language, 35),
            badges=tuple(clean(badge, NAME_LIMIT) for badge in comment.badges[:16]),
        )

    def _decent(self, name: str) -> str:
        """Return a name, or a mask where it holds a blocked or an abusive word."""
        text = folded(name)
        return MASK if self._blocked_filter.find(text) or self._abuse.find(text) else name

    def _barred(self, comment: Comment) -> str:
        viewer = (comment.source, comment.user)
        if viewer in self._banned:
            return "banned"
        if self._timeouts and self._timeouts.get(viewer, 0.0) > self._clock.time():
            return "timeout"
        return ""

    def _too_fast(self, comment: Comment, now: float) -> str:
        if not comment.user:
            return ""
        viewer = self._viewers.get(comment.source, comment.user, now)
        viewer.bucket.fill(now)
        if self.slow > 0 and now - viewer.last < self.slow:
            return "slow mode"
        if not viewer.bucket.take():
            return "too fast"
        viewer.last = now
        return ""

    def _judged(self, comment: Comment, text: str, sight: Sight, staff: bool, now: float) -> tuple[Verdict, str]:
        """Return verdict and reason: blocked words and spam first, then abuse, then room."""
        if not text:
            return "hidden", "empty"
        if found := self._blocked_filter.find(text):
            return "hidden", f"blocked word: {found}"
        if found := self._abuse.find(text):
            return "held", f"abuse: {found}"
        if not staff and (spam := self._spam(comment, text, sight, now)) is not None:
            return spam
        if is_wordless(text) and not sight.question:
            return "shed", "no words"
        if not self._admission.admit(sight.question or sight.worth >= BUYER, now):
            return "shed", "load"
        return "admitted", ""

    def _spam(self, comment: Comment, text: str, sight: Sight, now: float) -> tuple[Verdict, str] | None:
        if comment.user:
            viewer = self._viewers.get(comment.source, comment.user, now)
            others = [(at, said) for at, id_, said in viewer.earlier if id_ != comment.id]  # it may be sent once more
            again = says_it_again(text, others, now)
            viewer.earlier.append((now, comment.id, text))
            if again:
                return "hidden", "repeated"
        if found := self._advertising.find(text):
            return "held", found
        if sight.worth >= BUYER:
            return None
        if is_flood(text):
            return "hidden", "flood"
        if self._repetition.pasted(text, now):
            return "hidden", "pasted by many"
        return None
