"""Runs attacks along the product's ways, for the tests a few and for the bench all."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from adversary_channel import on_air
from adversary_corpus import Attack
from adversary_door import Door, Log
from adversary_liar import lying
from adversary_shop import read
from adversary_show import Drafting, show

HEARD = frozenset({"comment", "name", "webhook"})
READ = frozenset({"title", "description", "alt"})
AT_ONCE = 24
"""Attacked products of one show."""


def through_the_door(tag: str, corpus: Iterable[Attack], folder: Path, log: Log) -> None:
    """Put attacks of a locale to the door itself, as words, facts, slots and policies, and read them from a list."""
    own = [attack for attack in corpus if attack.locale == tag]
    shown = [attack for attack in own if attack.surface in READ]
    catalogue = read(folder, tag, shown)
    door = Door(catalogue, tag, log)
    for attack in own:
        if attack.surface in HEARD:
            door.words(attack)
            door.forged(attack)
        elif attack.surface == "policy":
            door.policy(attack)
        elif attack.surface != "alt":
            door.fact(attack)
    products = {product.handle: product for product in catalogue.products}
    for number, attack in enumerate(shown):
        if (product := products.get(f"x{number}")) is None:
            log.stop(attack, "catalogue: not read")
        else:
            door.product(attack, product)


async def through_the_channel(
    tag: str, corpus: Iterable[Attack], folder: Path, log: Log, *, liar: bool, model: str = ""
) -> None:
    """Have a channel hear attacks; its answers are chosen by the rules, by a liar, or by the model at an address."""
    async with lying() as server, on_air(read(folder, tag), tag, log, server.url if liar else model) as channel:
        for attack in corpus:
            if attack.surface in HEARD:
                server.attack = attack
                await channel.attack(attack)


def through_the_show(tag: str, corpus: Iterable[Attack], folder: Path, log: Log) -> None:
    """Plan shows over lists that attacks stand in."""
    shown = [attack for attack in corpus if attack.surface in READ and attack.locale == tag]
    for batch in _batches(shown):
        show(read(folder, tag, batch), tag, batch, log)


def through_the_drafts(tag: str, corpus: Iterable[Attack], folder: Path, log: Log) -> None:
    """Have a lying model draft what attacks want."""
    drafting = Drafting(read(folder, tag), tag, log)
    for attack in corpus:
        drafting.attack(attack)


def _batches(attacks: Sequence[Attack]) -> Iterable[Sequence[Attack]]:
    return (attacks[start : start + AT_ONCE] for start in range(0, len(attacks), AT_ONCE))
