"""Turns a product description into short points a host can say, all in the merchant's own words.

A point is a contiguous span of the description with its grammar, so that a wording can be chosen
which the span fits into. Nothing is added, nothing is inferred: a description that says little
gives few points. The rules are those of English catalogue prose, where the first fragment names
the product ("Stylish copper bedside light"), `with` opens a list of features and later fragments
are features, predicates or whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Grammar = Literal["name", "noun", "adjective", "material", "phrase", "predicate", "verb", "sentence"]
"""How a point fits into a sentence about the product.

`name` what it is ("bedside light"), `noun` what it has ("a narrow collar"), `adjective` what it is
like ("stylish"), `material` what it is of ("cotton"), `phrase` how it comes ("in a soft wool
blend"), `predicate` what follows "it is" ("perfect for cold days"), `verb` what follows "it"
("can be worn over the shoulder"), `sentence` stands alone.
"""

MAX_POINTS = 16
MAX_SENTENCE_WORDS = 26
MAX_POINT_WORDS = 14


@dataclass(frozen=True, slots=True)
class SellingPoint:
    """A span of the description, without the full stop, and how it fits into a sentence."""

    text: str
    grammar: Grammar


def _lexicon(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COLOURS = _lexicon(
    "black white grey gray red blue green yellow orange purple pink brown navy cream beige ivory gold golden silver "
    "turquoise teal burgundy maroon olive khaki tan charcoal multicoloured multicolored colourful colorful"
)
_SHADES = _lexicon("dark light bright deep pale olive navy ocean sky royal forest")
_MATERIALS = _lexicon(
    "aluminum aluminium stoneware silicone "
    "cotton silk leather wool denim flannel linen polyester fleece cashmere velvet suede nylon bamboo oak pine metal "
    "steel copper brass ceramic porcelain clay glass plastic cardboard rubber canvas"
)
_GRADES = _lexicon("stainless cast carbon merino faux vegan genuine solid tempered borosilicate recycled full-grain")
_GRADED = _MATERIALS | {"iron", "fiber", "fibre", "foam", "wood"}
"""A grade and what it grades are one material: "stainless steel", "solid oak"."""
_ADJECTIVES = _lexicon(
    "stylish comfortable classic sleek chic vintage vibrant casual soft thick thin lightweight warm large small big "
    "compact elegant modern cosy cozy durable sturdy handmade homemade handcrafted antique rustic plain sporty simple "
    "sleeveless waterproof knitted zipped striped plaid checked chequered quilted padded buttoned embroidered floral "
    "organic natural wooden fitted loose slim relaxed oversized cropped minimalist practical timeless versatile "
    "reversible quiet fresh crisp smooth rich delicate seamless tailored hooded ribbed woven insulated windproof"
)
_PAIRS = frozenset({("loose", "fitting"), ("long", "sleeved"), ("short", "sleeved"), ("slim", "fitting")})
_AUDIENCE = _lexicon(
    "womens women's womans woman's women mens men's mans man's men unisex ladies ladies' kids kids' boys girls"
)
_ADJECTIVE_ENDING = re.compile(r"(?:able|ible|less|proof|ish|ous|-\w+ed|-resistant|-repellent|-free|-inspired)$")
_OPENERS = ("complete with", "equipped with", "together with", "along with", "including", "featuring", "with")
_PARTICIPLES = _lexicon(
    "made crafted tied designed built woven cut finished lined knitted perfect ideal great suitable available suited "
    "inspired filled trimmed handmade printed sized shaped handwoven"
)
_PREDICATE_START = re.compile(
    rf"^(?:{'|'.join(sorted(_PARTICIPLES))})\s(?:up|for|from|of|in|with|by|to|as|at|on|using|out|together)\b",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r"^(?:[\w-]+ (?:and|or) )?[\w-]+[ -](?:safe|proof|friendly|washable|resistant|ready|compatible|adjustable|dryable)"
    r"(?=$| (?:at|to|in|up|for|and|on|under|down)\b)",
    re.IGNORECASE,
)
"""What it is fit for: "dishwasher safe", "machine washable at 30 degrees", but not "machine washable cover"."""
_DONE_TO = re.compile(r"^[a-z]{2,}ed (?:(?:entirely|only) )?(?:by|in|with|from|for|at|to|on|using)\b", re.IGNORECASE)
"""What was done to it: "glazed by hand in a matte finish"."""
_CLAUSE_STARTS = _lexicon("with complete in this these it they featuring")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|means|keeps?|makes?|gives?|offers?|comes?|features|includes|can|will|does|do|"
    r"adds?|brings?|works|fits|lets|helps|provides?|you'll|it's|they're|we|you)\b",
    re.IGNORECASE,
)
_VERB_START = re.compile(
    r"^(?:can|will|has|have|features|includes|comes|keeps|makes|gives|offers|adds|brings|works|fits|lets|helps|"
    r"provides|holds|folds|stretches|pairs)\s",
    re.IGNORECASE,
)
_ACTS = (
    "adjusts absorbs allows attaches blocks closes connects contains cools creates dims dries ensures fills fits goes "
    "grows holds keeps lasts lets opens protects rotates rustles sits slides spins springs stays takes weighs"
)
_ACTS_OR_THINGS = (
    "clips covers folds hangs heats leaves lights locks measures moves needs packs plays pulls reaches reads rests "
    "rolls runs seals slips snaps stands stores stretches supports swings tucks turns warms washes wraps"
)
_PLAIN_ACTS = "|".join(act.removesuffix("s") for act in f"{_ACTS} {_ACTS_OR_THINGS}".split())
_ACT_SUBJECT = re.compile(
    rf"^(?:(?:the|an?|each|every|one|its|this|that)\s(?:[\w'’-]+\s){{1,5}}?"
    rf"(?:(?:{'|'.join(_ACTS.split())})\b|(?:{'|'.join(_ACTS_OR_THINGS.split())})\s(?!(?:with|of|in|and|for|or|from)\b))"
    rf"|(?:both|all|two|three|four|the|its)\s(?:[\w'’-]+\s){{0,3}}?[\w'’-]+s\s(?:{_PLAIN_ACTS})\b)",
    re.IGNORECASE,
)
"""A subject and what it does, where the verb could be a noun elsewhere: "A rear strap slides over a handle"."""
_TELL = re.compile(
    r"^(?:touch|press|tap|hold|fold|unfold|turn|pull|push|slide|wear|use|pair|roll|hang|store|charge|open|close|twist|"
    r"lift|clip|attach|pop|place|put|set|keep|take|choose|pick|wrap|style|connect|fill|wash|wipe|rinse|snap|squeeze)\s"
    r"(?:the|an?|it|them|your|this|these|any|up|down)\b",
    re.IGNORECASE,
)
"""What the viewer may do with it: "Touch the base to dim the light"."""
_NOUN_BEFORE_WITH = re.compile(r"\b(?:with|of|featuring|including)\b", re.IGNORECASE)
_ACT_START = re.compile(
    rf"^(?:{'|'.join(f'{_ACTS} {_ACTS_OR_THINGS}'.split())})\s(?:up|down|flat|open|away|over|the|an?|your|most|\d+)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^(?:it|they|this|these)\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
_COPULA = re.compile(r"^(?P<head>[^,]*?)(?:\s(?:is|are)|'s|'re)\s(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
_IMPERATIVE = re.compile(
    r"^(?:buy|order|shop|click|add|visit|contact|call|see|check|please|note|get|don't|remove|follow|subscribe|meet|"
    r"discover|introducing|say)\b",
    re.IGNORECASE,
)
_UNSPEAKABLE = re.compile(
    r"https?:|www\.|@|[{}<>\[\]|_=#*\\~^]|\d\s*[x×]\s*\d|"
    r"\b(?:shipping|delivery|returns?|refunds?|warrant(?:y|ies)|guaranteed?|discounts?|coupons?|sale)\b",
    re.IGNORECASE,
)
"""Markup and addresses, and the remedies and terms that only a policy text may state."""
_WORD = re.compile(r"[\w'’-]+")


def selling_points(title: str, description: str) -> list[SellingPoint]:
    """Return what can be said of a product, in the order of its description.

    Args:
        title: the product's title; points that only repeat it are left out.
        description: plain text, markup already removed.
    """
    told = _words(title)
    found: dict[str, SellingPoint] = {}
    for index, sentence in enumerate(_sentences(description)):
        for point in _of_sentence(sentence, told, first=index == 0):
            key = point.text.casefold()
            if _speakable(point) and _words(point.text) - told and key not in found:
                found[key] = point
    return list(found.values())[:MAX_POINTS]


def _sentences(description: str) -> Iterator[str]:
    for raw in re.split(r"(?<=[.!?…])\s+|\s*[\r\n•·;]+\s*", description):
        text = " ".join(raw.split()).strip(" .!…-–—,:")
        if text and not text.endswith("?"):
            yield text


def _words(text: str) -> set[str]:
    """The words of a text without articles, plurals folded, for comparing what is told."""
    return {_stem(word) for word in _WORD.findall(text.casefold())} - {"a", "an", "the", "and"}


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _speakable(point: SellingPoint) -> bool:
    limit = MAX_SENTENCE_WORDS if point.grammar == "sentence" else MAX_POINT_WORDS
    letters = sum(character.isalpha() for character in point.text)
    return letters >= 3 and len(point.text.split()) <= limit and not _UNSPEAKABLE.search(point.text)


def _of_sentence(text: str, told: set[str], *, first: bool) -> Iterator[SellingPoint]:
    if _IMPERATIVE.match(text):
        return
    label, colon, value = text.partition(":")
    if colon and len(label.split()) <= 3:
        if label.casefold() in {"material", "materials", "fabric", "composition"}:
            yield SellingPoint(_lowered(value.strip()), "predicate")
        return
    subject = _SUBJECT.match(text)
    if subject:
        yield from _of_statement(text, subject["rest"].strip(), told)
    elif _VERB_START.match(text) or _ACT_START.match(text):
        yield SellingPoint(_lowered(re.split(r",\s(?:or|and|but)\s", text)[0]), "verb")
    elif _acts(text) or (_FINITE.search(text.rpartition(" ")[0]) and not (first and _opens_with_name(text))):
        yield SellingPoint(text[0].upper() + text[1:], "sentence")
    else:
        yield from _of_fragment(text, told, first=first)


def _acts(text: str) -> bool:
    """Whether a text is a clause of its own: somebody or something does something in it."""
    act = _ACT_SUBJECT.match(text)
    return bool(_TELL.match(text)) or bool(act and not _NOUN_BEFORE_WITH.search(act.group()))


def _opens_with_name(text: str) -> bool:
    """Whether a comma parts a verbless name from a statement: "Casual top, This top is …"."""
    head, comma, _ = text.partition(",")
    return bool(comma) and not _FINITE.search(head)


def _of_statement(text: str, rest: str, told: set[str]) -> Iterator[SellingPoint]:
    """Points of "This grey top is a piece complete with a letter", "It has …", "They're …"."""
    copula = _COPULA.match(text)
    if copula and not _FINITE.search(copula["head"]):
        described = copula["head"].split(maxsplit=1)
        if len(described) == 2:
            yield from _of_name(described[1], told, tail="")
        yield from _of_predicate(copula["rest"])
    elif _VERB_START.match(rest) or _ACT_START.match(rest):
        yield SellingPoint(re.split(r",\s(?:or|but)\s", rest)[0], "verb")
    else:
        yield SellingPoint(text[0].upper() + text[1:], "sentence")


def _of_predicate(text: str) -> Iterator[SellingPoint]:
    head, opener, features = _opened(text)
    yield SellingPoint(head if opener else text, "predicate")
    if opener:
        yield from (_feature(item) for item in _items(features))


def _of_fragment(text: str, told: set[str], *, first: bool) -> Iterator[SellingPoint]:
    """Points of a fragment without a verb; its clauses are parted by commas."""
    clauses = _clauses(text)
    for index, clause in enumerate(clauses):
        if _SUBJECT.match(clause):
            yield from _of_statement(clause, _SUBJECT.match(clause)["rest"].strip(), told)  # type: ignore[index]
            continue
        yield from _of_clause(clause, told, named=first and index == 0)


def _of_clause(clause: str, told: set[str], *, named: bool) -> Iterator[SellingPoint]:
    if any(pattern.match(clause) for pattern in (_PREDICATE_START, _DESCRIBED, _DONE_TO)):
        yield SellingPoint(_lowered(clause), "predicate")
        return
    head, _, features = _opened(clause)
    if head and (named or _words(head.split()[-1]) & told):
        name, tail = _cut_tail(head)
        yield from _of_name(name, told, tail)
    elif head:
        yield from _loose(head)
    for item in _items(features):
        yield _feature(item)


def _loose(head: str) -> Iterator[SellingPoint]:
    """Points of a clause that does not name the product: "in chequered style", "small buttons"."""
    if re.match(r"^(?:in|for|from|by)\s", head, re.IGNORECASE):
        yield SellingPoint(_lowered(head), "phrase")
        return
    for item in _items(head):
        words = [word.casefold() for word in item.split()]
        described = all(_is_adjective(word) for word in words[-1:]) and len(words) <= 3
        yield SellingPoint(_lowered(item), "predicate") if described else _feature(item)


def _of_name(name: str, told: set[str], tail: str) -> Iterator[SellingPoint]:
    """Split "stylish copper bedside light" into what it is like, what it is of and what it is."""
    words = name.split()
    at = 0
    while at < len(words) - 1:
        size, grammar = _modifier(words, at)
        if size == 0:
            break
        if grammar is not None:
            yield SellingPoint(_lowered(" ".join(words[at : at + size])), grammar)
        at += size
    short_tail = 0 < len(tail.split()) <= 2
    rest = words[at:]
    if len(rest) > 1 or short_tail:
        yield SellingPoint(_lowered(" ".join([*rest, tail]) if short_tail else " ".join(rest)), "name")
    if tail and not short_tail:
        yield SellingPoint(_lowered(tail), "phrase")


def _modifier(words: list[str], at: int) -> tuple[int, Grammar | None]:
    """How many words the modifier at this place has, and its grammar; 0 where it is part of the name."""
    low = [word.casefold().strip(",") for word in words[at : at + 5]]
    if low[0] in _AUDIENCE:
        return 1, None
    colour = _colour(low)
    if colour:
        if len(low) > colour + 1 and low[colour] == "and":
            second = _colour(low[colour + 1 :])
            if second:
                return colour + 1 + second, "adjective"
        return colour, "adjective"
    if tuple(low[:2]) in _PAIRS:
        return 2, "adjective"
    if low[0] in _GRADES and len(low) > 2 and low[1] in _GRADED:
        return 2, "material"
    if low[0] in _MATERIALS:
        return 1, "material"
    return (1, "adjective") if _is_adjective(low[0]) else (0, None)


def _colour(low: list[str]) -> int:
    if len(low) > 1 and low[0] in _SHADES and low[1] in _COLOURS:
        return 2
    return 1 if low and low[0] in _COLOURS else 0


def _is_adjective(word: str) -> bool:
    return word in _ADJECTIVES or bool(_ADJECTIVE_ENDING.search(word))


def _opened(clause: str) -> tuple[str, str, str]:
    """Part a clause at the word that opens its list of features: head, opener, features."""
    spots = [(match.start(), opener) for opener in _OPENERS if (match := re.search(rf"\b{opener}\s", clause, re.I))]
    if not spots:
        return clause, "", ""
    at, opener = min(spots, key=lambda spot: (spot[0], -len(spot[1])))
    return clause[:at].strip(" ,"), opener, clause[at + len(opener) :].strip()


def _cut_tail(head: str) -> tuple[str, str]:
    """Part "jumper in a soft wool blend" into name and tail; "chest of drawers" stays whole."""
    match = re.search(r"\s(?=(?:in|for|from)\s)", head, re.IGNORECASE)
    return (head[: match.start()], head[match.end() :]) if match else (head, "")


def _clauses(text: str) -> list[str]:
    """Part at commas that begin something new; "thin, polyester fabric" and lists stay whole."""
    clauses = [""]
    for piece in re.split(r"\s*,\s+", text):
        start = (piece.split() or [""])[0].casefold()
        last = (clauses[-1].split() or [""])[-1].casefold()
        listed = re.search(r"\bwith\b|\bincluding\b|\bfeaturing\b", clauses[-1], re.IGNORECASE)
        new = _PREDICATE_START.match(piece) or start in {
            "with",
            "complete",
            "in",
            "this",
            "these",
            "it",
            "they",
            "featuring",
        }
        if clauses == [""]:
            clauses = [piece]
        elif new or not (listed or _is_adjective(last) or _PREDICATE_START.match(clauses[-1])):
            clauses.append(piece)
        else:
            clauses[-1] += f", {piece}"
    return [clause for clause in clauses if clause.strip()]


def _items(text: str) -> list[str]:
    """Part a list at commas and `and`, save between two adjectives of one noun."""
    items: list[str] = []
    for part in re.split(r"(\s*,\s+and\s+|\s*,\s+|\s+and\s+)", text):
        if items and (separator := items[-1]).endswith("\x00"):
            before = separator[:-1]
            items.pop()
            last = items[-1].split()
            bare = len(last) <= 2 and (last[-1].casefold() in _COLOURS or _is_adjective(last[-1].casefold()))
            if bare:
                items[-1] += before + part
            else:
                items.append(part)
        elif items and re.fullmatch(r"\s*,\s+and\s+|\s*,\s+|\s+and\s+", part):
            items.append(part + "\x00")
        elif part.strip():
            items.append(part)
    return [item.strip(" ,") for item in items if item.strip(" ,") and not item.endswith("\x00")]


def _feature(item: str) -> SellingPoint:
    return SellingPoint(_lowered(item), "noun")


def _lowered(text: str) -> str:
    """Lower the first letter, and a shouted text as a whole; acronyms and single letters stay."""
    text = text.strip(" .,;")
    if len(text) > 12 and text.isupper():
        return text.lower()
    first = text.split(maxsplit=1)[0] if text else ""
    if len(first) > 1 and (first[1:] != first[1:].lower() or first[1:2].isdigit()):
        return text
    return text[:1].lower() + text[1:]
