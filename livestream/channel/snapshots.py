"""What the console shows, gathered from the script, the playhead and the children's statuses."""

from __future__ import annotations

from typing import Any

from livestream.channel.feeder import Feeder
from livestream.channel.script import Entry, Script
from livestream.channel.signalling import WhepSignaller
from livestream.clock import Clock
from livestream.console.backend import Aired, ChannelState, Destination, Health, Item, Snapshot
from livestream.media import FPS, Card

RECENT = 12


class Backend:
    """The channel, seen from its web port."""

    def __init__(
        self,
        *,
        title: str,
        locale: str,
        target: float | None,
        script: Script,
        feeder: Feeder,
        signaller: WhepSignaller,
        clock: Clock,
    ) -> None:
        self._title, self._locale, self._target = title, locale, target
        self._script, self._feeder, self._signaller, self._clock = script, feeder, signaller, clock
        self._recent: dict[int, Aired] = {}
        self.cards: dict[str, Card] = {}
        self.statuses: dict[str, dict[str, Any]] = {}
        self.stopping = False
        self._answer: Item | None = None
        self._answers = 0

    def answering(self, caption: str, product: str | None) -> None:
        """Show an answer as what is on air now, until the script goes on."""
        self._answer = Item(part="answer", caption=caption, product=self._titled(product))
        self._answers += 1
        at = round(self._feeder.position.frame / FPS, 1)
        self._remember(-self._answers, Aired(-self._answers, at, caption, self._titled(product), answer=True))

    async def offer(self, sdp: str) -> tuple[str, str]:
        """Pass a viewer's offer to the process that serves viewers."""
        return await self._signaller.offer(sdp)

    async def hangup(self, ident: str) -> None:
        """Pass a viewer's goodbye on."""
        await self._signaller.hangup(ident)

    def snapshot(self) -> Snapshot:
        """Return the channel as it is now."""
        position = self._feeder.position
        elapsed = position.frame / FPS
        seq = position.on_air if position.on_air is not None else position.last_aired
        found = self._script.find(seq) if seq is not None else None
        answer = self._answer if position.ad_lib is not None else None
        self._note(elapsed)
        air = self.statuses.get("air", {})
        return Snapshot(
            state=self._state(position.on_air),
            title=self._title,
            locale=self._locale,
            elapsed=round(elapsed, 1),
            target=self._target,
            now=answer or (self._item(found[1]) if found and position.on_air is not None else None),
            next=self._next(seq, found[1] if found else None),
            destinations=self._destinations(),
            health=Health(
                dead_air=float(air.get("dead_air_seconds", 0.0)),
                late_frames=int(air.get("late_frames", 0)),
                queue=round(position.queued_seconds, 1),
                lateness=float(air.get("lateness_ms", {}).get("p99", 0.0)),
            ),
            aired=tuple(self._recent.values()),
        )

    def _state(self, on_air: int | None) -> ChannelState:
        if self.stopping:
            return "stopping"
        if on_air is not None:
            return "on_air"
        return "idle" if self._recent else "starting"

    def _note(self, elapsed: float) -> None:
        """Remember the last sentences that began, for the page's transcript."""
        seq = self._feeder.position.on_air
        if seq is None or seq in self._recent:
            return
        found = self._script.find(seq)
        if found is None or found[1].line is None:
            return
        line = found[1].line
        self._remember(seq, Aired(seq, round(elapsed, 1), line.caption, self._titled(line.product)))

    def _remember(self, seq: int, line: Aired) -> None:
        self._recent[seq] = line
        while len(self._recent) > RECENT:
            del self._recent[next(iter(self._recent))]

    def _item(self, entry: Entry) -> Item:
        ready, line = entry.ready, entry.line
        card = self.cards.get(ready.product or "")
        return Item(
            part=ready.beat.replace("_", " "),
            caption=line.caption if line else "",
            product=card.title if card else "",
            price=card.price if card else "",
            was=card.was if card else "",
        )

    def _next(self, seq: int | None, current: Entry | None) -> Item | None:
        """Return the first entry of the part after the one on air."""
        if seq is None or current is None:
            return None
        while (found := self._script.find(seq := seq + 1)) is not None:
            if found[1].ready.instance != current.ready.instance and found[1].line is not None:
                return self._item(found[1])
        return None

    def _titled(self, product: str | None) -> str:
        card = self.cards.get(product or "")
        return card.title if card else ""

    def _destinations(self) -> tuple[Destination, ...]:
        shown = []
        for name, status in self.statuses.items():
            if name.startswith("egress "):
                seconds = max(0.0, self._clock.monotonic() - float(status.get("since", 0.0)))
                shown.append(
                    Destination(
                        name=name.removeprefix("egress "),
                        kind=str(status.get("kind", "")),
                        state=status.get("state", "connecting"),
                        detail=str(status.get("detail", "")),
                        seconds=round(seconds, 1),
                    )
                )
        return tuple(shown)
