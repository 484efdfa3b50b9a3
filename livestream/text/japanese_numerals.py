"""The numbers of a Japanese text: digits, kanji numerals, readings in kana, counters that multiply.

Japanese parts no words by spaces, and its numerals stand in a great many words that count nothing
(一緒, 均一, 万能). So a single numeral is a number where a counter or no other kanji follows it, and
two numerals in a row are one always; what is left of such words are `_IDIOMS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from livestream.text.japanese import MYRIADS, NUMERALS, TENS
from livestream.text.languages import NumberWords

Found = tuple[Decimal, int, int]
Item = tuple[str, Decimal]
"""A piece of a number: "digit" (one kanji numeral), "written" (digits), "ten" (十百千), "myriad" (万億兆), "point"."""

_DIGIT = {sign: Decimal(value) for value, sign in enumerate(NUMERALS)} | {
    "零": Decimal(0), "ぜろ": Decimal(0), "壱": Decimal(1), "弐": Decimal(2), "参": Decimal(3),
}  # fmt: skip
_TEN = {name: Decimal(size) for size, name in TENS} | {"拾": Decimal(10)}
_MYRIAD = {name: Decimal(size) for size, name in MYRIADS} | {"萬": Decimal(10000)}
_WRITTEN = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
_SIGN = "〇零一二三四五六七八九壱弐十百千拾万萬億兆"
_ITEM = rf"{_WRITTEN}|[{_SIGN}]|参(?=[十百千拾万萬円])|ぜろ|点(?=[〇零一二三四五六七八九]|ぜろ)"
_RUN = re.compile(rf"(?:{_ITEM})+")
_ITEMS = re.compile(_ITEM)
_SHARE = re.compile(r"(?<![\d/])(?:(?P<whole>\d+)[ -])?(?P<upper>\d+)/(?P<lower>[234568]|10|16)(?![\d/])")
_A_KANJI = re.compile("[一-鿿々]")
_COUNTERS = (
    "円|個|箇|本|枚|つ|人|名|年|月|日|時|分|秒|回|度|点|着|台|冊|足|杯|箱|袋|組|種|色|倍|割|階|歳|才|位|号|番|週|泊|"
    "食|品|段|畳|列|口|目|対|脚|膳|合|升|缶|束|粒|錠|滴|通|件|席|球|灯|層|面|巻|曲|丁|世|等|級|周|代|連|株|匹|羽|頭|"
    "平方|立方|平米|坪|程|以|未|前後|強|弱|余|超|近く|者|箇月|玉|輪"
)
_COUNTED = re.compile(rf"(?:{_COUNTERS})")

_NO_NUMBERS = r"""
(?:唯|統|均|単|同|逐|純|万が|万に|随|[年月週日]に)一(?!円|個|本|枚) 万一 第一(?=に|印象)
一(?:番|度|緒|旦|応)(?!目|号|線|円|%)
一(?:点もの|品もの|色使い|日中|日の(?=始|終|は|お)|人ひとり|人暮らし|段と|枚(?=板|革|仕立|は|で着|でも|でさら)|杯(?!目|\d)|面に|歩|息|役)
一(?:口(?=に|サイズ)|目(?=で|見|ぼれ|惚れ)|年中|日一日|通り|回り|方(?!個)|時(?=的|停止|保存)|つ(?:ひと|一)つ|つ星|本(?=気|化)|人前の?(?=顔|大人))
一から(?=[^〜~\d一二三四五六七八九十百千]|$) 一か八か 一長一短 一石二鳥 一期一会 二者択一 [一二]を争
(?:お|御)[一二]人 ひとり一人 (?:もう|その|この|どれか|ひとつ)一(?:つ|点|品|枚|着|個|本)(?!\d)
二(?:の(?=腕|足)|人三脚|度(?=見|と(?!の))|枚目|つ折|つ返事|つとな)
三(?:日月|日坊主|つ(?=編|折|巴|子|葉)|枚おろし|本線|度の飯) 四(?:つ(?=葉|角|折)|六時中|方八方)
五(?:つ子|本指|十音|十嵐|目(?=ご飯|並べ|御飯)) [五七八九]分(?=丈|袖|目|咲|づき|立て|刈) 六本木
七(?:つ道具|五三(?![〇零一二三四五六七八九十百千円])|色唐|転び) 八(?:つ当|百[屋長]|百万の神|つ目うなぎ|十八夜)
九十九(?=里|折) 十(?:二単|二分(?=に|な|楽|満)|人十色)
(?<![一二三四五六七八九百])十分(?=な|に|す[ぎご]|満|対応|使|楽|あり|伝|活|大|で(?:す|あ|は)|$|[。、!?,.])
百(?:人一首|科|貨|均|合) 千(?:歳飴|万無量|差万別) 万(?:年(?=筆|床|青)|人(?=受|向|に)) 〇〇 ぜろから
"""
_IDIOMS = re.compile(rf"(?<![{_SIGN}点\d])(?:{'|'.join(_NO_NUMBERS.split())})")
"""Words with a numeral in them that are no numbers."""

_ONES = {
    "いち": 1, "いっ": 1, "に": 2, "さん": 3, "よん": 4, "ご": 5, "ろく": 6, "ろっ": 6, "なな": 7, "しち": 7, "はち": 8,
    "はっ": 8, "きゅう": 9,
}  # fmt: skip
_UNITS = {
    "じゅう": 10, "じゅっ": 10, "じっ": 10, "ひゃく": 100, "びゃく": 100, "ぴゃく": 100, "せん": 1000, "ぜん": 1000,
}  # fmt: skip
_GREAT = {"まん": 10**4, "おく": 10**8, "ちょう": 10**12}
_ONE, _UNIT, _GREAT_ONE = "|".join(_ONES), "|".join(_UNITS), "|".join(_GREAT)
_KANA_ITEMS = re.compile(rf"{_UNIT}|{_GREAT_ONE}|{_ONE}")
_KANA_COUNTER = (
    r"えん|円|個|枚|まい(?!り)|本|ほん(?!と)|人|にん|名|%|ぱーせんと|年|ねん|日|にち|分|ぷん|ふん|時間|じかん|回|かい|割|"
    r"わり|倍|ばい|点|ぽいんと|ぐらむ|せんち|きろ|どる|ゆーろ|だーす"
)
_KANA = re.compile(
    rf"(?:(?:(?:{_ONE})(?:{_UNIT})|じゅう|ひゃく|せん)(?:(?:{_ONE})?(?:{_UNIT})){{0,3}}(?:{_ONE})?(?:{_GREAT_ONE})|"
    rf"(?:{_ONE})(?:{_GREAT_ONE}))(?:(?:{_ONE})?(?:{_UNIT})){{0,4}}(?:{_ONE})?(?={_KANA_COUNTER})|"
    rf"(?:(?:{_ONE})?(?:{_UNIT})){{1,4}}(?:{_ONE})?(?={_KANA_COUNTER})|"
    rf"(?:さん|よん|ろく|なな|はち|きゅう)(?=えん(?=[でだのとかは、。!?,.]|$))|"
    rf"(?:{_ONE})(?=わり(?:びき|引)|ばい(?![くて])|ぱーせんと|%)"
)
_NATIVE = {
    "ひとつ": 1, "ふたつ": 2, "みっつ": 3, "よっつ": 4, "いつつ": 5, "むっつ": 6, "ななつ": 7, "やっつ": 8,
    "ここのつ": 9,
}  # fmt: skip
_NATIVES = re.compile(
    r"(?<!もう)(?<!の)(?:ひとつ(?!ひと|ずつ|の|は|が|に|で|も)(?<!ひとつひとつ)|ふたつ(?!折|と)|みっつ|よっつ|"
    r"(?<=[はがをにも、。 ])いつつ|むっつ|ななつ|やっつ(?!け)|ここのつ)"
)
_HALF = re.compile(
    r"半分|はんぶん|半額|はんがく|半年|はんとし|半日|半月(?!形|板)|半(?=だーす)|"
    r"(?<=[年間日月個分倍時回])半(?![分額年日月期袖ば熟])"
)
_BARE = re.compile(r"(?<![\d一-鿿ぁ-んァ-ヿ])だーす|(?<![\d〇-鿿])倍(?=に|の|以上|お得)")
_TENTHS = re.compile("割(?!れ)|わり(?:びき|引)")
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def scan(text: str) -> Iterator[Found]:
    """Yield value, start and end of each number of a text in reading order; the text is composed (NFKC)."""
    kana = _IDIOMS.sub(lambda match: "·" * len(match.group()), text.translate(_KATAKANA))
    at = 0
    for value, start, end in sorted(_candidates(kana), key=lambda found: (found[1], -found[2])):
        if start >= at:
            yield value, start, end
            at = end


def _candidates(kana: str) -> Iterator[Found]:
    for match in _SHARE.finditer(kana):
        whole, upper, lower = (Decimal(part or 0) for part in match.group("whole", "upper", "lower"))
        yield whole + upper / lower, match.start(), match.end()
    taken = 0
    for match in _RUN.finditer(kana):
        for value, start, end in _run(kana, match):
            if start >= taken:
                value, taken = _shared(kana, value, end)
                yield value, start, taken
    for match in _KANA.finditer(kana):
        yield _multiplied(kana, _kana_value(match.group()), match.end()), match.start(), match.end()
    for match in _NATIVES.finditer(kana):
        yield Decimal(_NATIVE[match.group()]), match.start(), match.end()
    for match in _HALF.finditer(kana):
        half = Decimal("0.5")
        yield half * 12 if kana.startswith("だーす", match.end()) else half, match.start(), match.end()
    for match in _BARE.finditer(kana):
        yield Decimal(12 if match.group() == "だーす" else 2), match.start(), match.end()


def _run(kana: str, match: re.Match[str]) -> Iterator[Found]:
    """Yield the numbers of neighbouring numerals."""
    pieces = list(_ITEMS.finditer(kana, match.start(), match.end()))
    if len(pieces) == 1 and not _counts(kana, pieces[0]):
        return
    items = [_item(piece.group()) for piece in pieces]
    at = 0
    while at < len(items):
        value, used = _first(items[at:])
        if used:
            yield value, pieces[at].start(), pieces[at + used - 1].end()
        at += used or 1


def _counts(kana: str, piece: re.Match[str]) -> bool:
    """Whether a numeral that stands alone is a number and no part of a word."""
    if piece.group()[0] not in _SIGN or _COUNTED.match(kana, piece.end()):
        return True
    return not _A_KANJI.match(kana, piece.end())


def _item(text: str) -> Item:
    if text in _DIGIT:
        return "digit", _DIGIT[text]
    if text in _TEN:
        return "ten", _TEN[text]
    if text in _MYRIAD:
        return "myriad", _MYRIAD[text]
    return ("point", Decimal(0)) if text == "点" else ("written", Decimal(text.replace(",", "")))


def _first(items: Sequence[Item]) -> tuple[Decimal, int]:
    """Return the first number of a run and how many items it takes: groups below a myriad, each with its 万, 億, 兆."""
    total, at, ceiling = Decimal(0), 0, Decimal(10**16)
    while at < len(items):
        group, used = _group(items[at:])
        scale = items[at + used] if at + used < len(items) else ("", Decimal(0))
        if scale[0] == "myriad" and scale[1] < ceiling and (used or not at):
            total += (group if used else 1) * scale[1]
            ceiling, at = scale[1], at + used + 1
        elif used and (not at or group < ceiling):
            return total + group, at + used
        else:
            break
    return _decimals(items, total, at)


def _group(items: Sequence[Item]) -> tuple[Decimal, int]:
    """Return a number below a myriad, or digits said one by one, with its decimals, and how many items it takes."""
    value, at, room = Decimal(0), 0, Decimal(10**4)
    while at < len(items):
        digit, used = _digits(items[at:])
        ten = items[at + used] if at + used < len(items) else ("", Decimal(0))
        if ten[0] == "ten" and ten[1] < room:
            value += (digit if used else 1) * ten[1]
            room, at = ten[1], at + used + 1
            continue
        if used and (not at or digit < room):
            value, at = value + digit, at + used
        break
    return _decimals(items, value, at)


def _decimals(items: Sequence[Item], value: Decimal, at: int) -> tuple[Decimal, int]:
    """Return a value with the decimals that stand after it, and how many items both take."""
    places = _row(items[at + 1 :]) if at and at < len(items) and items[at][0] == "point" else ""
    return (value + Decimal(f"0.{places}"), at + 1 + len(places)) if places else (value, at)


def _digits(items: Sequence[Item]) -> tuple[Decimal, int]:
    """Return digits in a row and how many items they take."""
    if items[0][0] == "written":
        return items[0][1], 1
    row = _row(items)
    return Decimal(row or 0), len(row)


def _row(items: Sequence[Item]) -> str:
    row = ""
    for kind, value in items:
        if kind != "digit":
            break
        row += str(value)
    return row


def _shared(kana: str, value: Decimal, end: int) -> tuple[Decimal, int]:
    """Return a value with what follows it: 三分の一, 一と二分の一, 三割, 二ダース; and where it ends."""
    if kana.startswith("分の", end) and value:
        upper, last = _at(kana, end + 2)
        if last:
            return upper / value, last
    if kana.startswith("と", end):
        lower, last = _at(kana, end + 1)
        if last and kana.startswith("分の", last):
            share, last = _shared(kana, lower, last)
            return value + share, last
    return _multiplied(kana, value, end), end


def _at(kana: str, start: int) -> tuple[Decimal, int]:
    """Return the number that begins there and where it ends, 0 where none does."""
    run = _RUN.match(kana, start)
    value, _, end = next(_run(kana, run), (Decimal(0), 0, 0)) if run else (Decimal(0), 0, 0)
    return value, end


def _multiplied(kana: str, value: Decimal, end: int) -> Decimal:
    if kana.startswith("だーす", end):
        return value * 12
    return value * 10 if _TENTHS.match(kana, end) else value


def _kana_value(text: str) -> Decimal:
    total = group = one = 0
    for piece in _KANA_ITEMS.findall(text):
        if piece in _ONES:
            one = _ONES[piece]
        elif piece in _UNITS:
            group, one = group + (one or 1) * _UNITS[piece], 0
        else:
            total, group, one = total + (group + one or 1) * _GREAT[piece], 0, 0
    return Decimal(total + group + one)


def _none(_words: Sequence[str]) -> tuple[Decimal, int]:
    return Decimal(0), 0


JAPANESE_NUMBERS = NumberWords(words=frozenset(), links=frozenset(), scales={}, first=_none, scan=scan)
