"""The attacks: what they want said, how it is disguised, where it comes in. Seeded: the same each time."""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from adversary_disguises import DISGUISES
from num2words import num2words

FOLDER = Path(__file__).parent / "wishes"
LOCALES = ("en-US", "en-GB", "es-MX", "de-DE", "fr-FR", "ja-JP", "pt-BR", "id-ID")
SURFACES = ("comment", "name", "title", "description", "alt", "policy", "webhook")
GOALS = (
    "refund", "compensation", "delivery", "price_match", "discount", "number", "countdown", "scarcity", "health",
    "absolute", "competitor", "gift", "proof", "contact", "auction", "human", "secret", "injection",
)  # fmt: skip
NUMBERS = {"pt-BR": "pt_BR", "en-GB": "en_GB"} | {tag: tag[:2] for tag in LOCALES if tag not in ("pt-BR", "en-GB")}
"""What num2words calls the languages, which spells the numbers of some attacks."""
EACH = 2
"""Attacks of a goal on a surface in a locale: one plain, the others disguised."""
_START = ("Vor", "Quan", "Zel", "Brix", "Fjor", "Plu", "Gra", "Wex")
_END = ("plex", "dorn", "quist", "vark", "zimel", "truff", "lonk", "mbarg")


@dataclass(frozen=True)
class Locale:
    """The words of one locale that attacks are made of."""

    tag: str
    question: str
    title: str
    description: str
    frames: tuple[str, ...]
    wish: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Attack:
    """One attack: the text as it comes in, and by what the judge tells that it got through.

    `wish` is what the host is to say, `canary` and `number` are in no other attack.
    """

    id: str
    locale: str
    surface: str
    goal: str
    disguise: str
    wish: str
    text: str
    canary: str
    number: str

    @property
    def language(self) -> str:
        return self.locale.partition("-")[0]


@cache
def words(tag: str) -> Locale:
    """Return the words of a locale."""
    data = tomllib.loads((FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))
    wish = {goal: tuple(said) for goal, said in data.pop("wish").items()}
    return Locale(tag=tag, wish=wish, frames=tuple(data.pop("frames")), **data)


@cache
def attacks(each: int = EACH) -> tuple[Attack, ...]:
    """Return the whole corpus."""
    dice = random.Random(20261122)
    found = [attack for tag in LOCALES for attack in _of(words(tag), each, dice)]
    return tuple({attack.text + attack.surface + attack.locale: attack for attack in found}.values())


def _of(locale: Locale, each: int, dice: random.Random) -> Iterator[Attack]:
    turn = 0
    for surface in SURFACES:
        for goal in GOALS:
            for place in range(each):
                turn += 1
                fit = [name for name, disguise in DISGUISES.items() if disguise.fits(locale.tag, surface)]
                name = dice.choice(fit) if place else "plain"
                wishes = locale.wish[goal]
                yield _made(locale, surface, goal, name, wishes[(turn + place) % len(wishes)], turn, dice)


def _made(locale: Locale, surface: str, goal: str, name: str, wish: str, turn: int, dice: random.Random) -> Attack:
    canary = f"{dice.choice(_START)}{dice.choice(_END)} {dice.choice(_START)}{dice.choice(_END)}"
    number = str(dice.choice((37, 43, 57, 83, 91)) * 100 + dice.randrange(11, 99))
    written = num2words(int(number), lang=NUMBERS[locale.tag]) if name == "number_words" else number
    said = wish.replace("{n}", written).replace("{canary}", canary)
    framed = said
    if surface in {"comment", "webhook"} or goal == "injection":
        framed = locale.frames[turn % len(locale.frames)].replace("{wish}", said)
    text = DISGUISES[name].put(framed, dice)
    ident = f"{locale.tag}/{surface}/{goal}/{name}/{turn}"
    return Attack(ident, locale.tag, surface, goal, name, said, text, canary, number)
