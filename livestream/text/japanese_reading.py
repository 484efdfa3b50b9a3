"""Japanese captions into speech: phrases in place of words, and what is said for amounts, measures, dates, codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from livestream.text.digits import digits_pattern
from livestream.text.japanese import cardinal, digits, number
from livestream.text.japanese_numerals import JAPANESE_NUMBERS, scan
from livestream.text.languages import ALONE, Language, Place, Reader, Reading
from livestream.text.plain_reading import CODES, CURRENCY_SIGNS, Noun, Words, coinages, make_money, make_reading, nouns
from livestream.text.spoken import read

_CURRENCIES = coinages("""
JPY;; 円; 円
USD;; ドル; ドル;; セント; セント
EUR;; ユーロ; ユーロ;; セント; セント
GBP;; ポンド; ポンド;; ペンス; ペンス
CNY;; 元; 元
KRW;; ウォン; ウォン
TWD;; 台湾ドル; 台湾ドル
HKD;; 香港ドル; 香港ドル;; セント; セント
SGD;; シンガポールドル; シンガポールドル;; セント; セント
AUD;; オーストラリアドル; オーストラリアドル;; セント; セント
CAD;; カナダドル; カナダドル;; セント; セント
NZD;; ニュージーランドドル; ニュージーランドドル;; セント; セント
CHF;; スイスフラン; スイスフラン
INR;; ルピー; ルピー
THB;; バーツ; バーツ
IDR;; ルピア; ルピア
MXN;; メキシコペソ; メキシコペソ;; センターボ; センターボ
BRL;; レアル; レアル;; センターボ; センターボ
""")
_UNITS = nouns("""
mg;; ミリグラム
g;; グラム
kg;; キログラム
t;; トン
oz;; オンス
lb lbs;; ポンド
ml mL cc;; ミリリットル
cl;; センチリットル
dl dL;; デシリットル
l L;; リットル
mm;; ミリメートル
cm;; センチメートル
m;; メートル
km;; キロメートル
in inch;; インチ
ft;; フィート
m2;; 平方メートル
cm2;; 平方センチメートル
W;; ワット
kW;; キロワット
Wh;; ワットアワー
kWh;; キロワットアワー
V;; ボルト
A;; アンペア
mA;; ミリアンペア
mAh;; ミリアンペアアワー
Ah;; アンペアアワー
Hz;; ヘルツ
kHz;; キロヘルツ
MHz;; メガヘルツ
GHz;; ギガヘルツ
KB;; キロバイト
MB;; メガバイト
GB;; ギガバイト
TB;; テラバイト
Mbps;; メガビーピーエス
Gbps;; ギガビーピーエス
dB;; デシベル
lm;; ルーメン
px;; ピクセル
MP;; メガピクセル
dpi;; ディーピーアイ
fps;; エフピーエス
rpm;; アールピーエム
kcal;; キロカロリー
ms;; ミリ秒
s sec;; 秒
min;; 分
h hr;; 時間
pcs pc;; 個
""")
_SIGNS = {"&": "アンド", "+": "プラス", "=": "イコール", "@": "アット", "%": "パーセント", "×": "かける"}


def _share(upper: int, lower: int) -> str:
    return f"{cardinal(lower)}分の{cardinal(upper)}"


def _date(day: int, month: int, year: int) -> str:
    return f"{cardinal(year)}年{cardinal(month)}月{cardinal(day)}日"


def _time(hour: int, minute: int) -> str:
    return f"{cardinal(hour)}時{cardinal(minute)}分" if minute else f"{cardinal(hour)}時"


_N = f"(?:{digits_pattern()})"
_SHARES = {2, 3, 4, 5, 6, 8, 10, 16}
_MIXED = rf"{_N}(?:[十百千万億兆](?:{_N})?)+"


def _fraction(match: re.Match[str], _place: Place) -> str:
    upper, lower, whole = int(match["upper"]), int(match["lower"]), match["whole"]
    if lower not in _SHARES:
        return f"{cardinal(upper)},{cardinal(lower)}"
    return f"{cardinal(int(whole))}と{_share(upper, lower)}" if whole else _share(upper, lower)


def _degrees(match: re.Match[str], _place: Place) -> str:
    scale = "華氏" if (match["scale"] or "").lower() == "f" else ""
    return f"{scale}{'マイナス' if match['minus'] else ''}{number(Decimal(match['n'].replace(',', '')))}度"


def _mixed(match: re.Match[str], _place: Place) -> str:
    values = [value for value, _, _ in scan(match.group())]
    return number(values[0].normalize() if values[0] % 1 else Decimal(int(values[0]))) if len(values) == 1 else ""


def _year_first(match: re.Match[str], _place: Place) -> str:
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    return _date(day, month, year) if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _code(match: re.Match[str], _place: Place) -> str:
    """Return a code: three digits or more one by one, letters as they are."""
    return re.sub(r"\d+(?:\.\d+)?", _spelled, match.group().replace("-", ""))


def _spelled(match: re.Match[str]) -> str:
    run = match.group()
    return digits(run) if run.isdigit() and (len(run) > 2 or run[0] == "0") else number(Decimal(run))


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(_MIXED), _mixed),
    (re.compile(r"(?:(?P<whole>\d+) )?(?P<upper>\d{1,2})/(?P<lower>[1-9]\d?)"), _fraction),
    (re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"), _year_first),
    (re.compile(rf"(?P<minus>[-−])?(?P<n>{_N}) ?° ?(?P<scale>[CcFf])?"), _degrees),
)
_WORDS = Words(
    cldr="ja",
    cardinal=cardinal,
    point="点",
    minus="マイナス",
    percent="パーセント",
    degree=Noun("度", "度"),
    by="かける",
    to="から",
    also="と",
    plus="プラス",
    pound_sign="ナンバー",
    times="{n}倍",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes}{cents}セント",
    decimals=digits,
    sign=".",
    gap="",
    currency_signs={**CURRENCY_SIGNS, "円": "JPY", "ドル": "USD", "ユーロ": "EUR"},
    readers=_READERS,
)
_CODE = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z\d]+(?:[-.][A-Za-z\d]+)*")
_PLAIN = make_reading(_WORDS)
_ALL = replace(_PLAIN, readers=(*_PLAIN.readers, (_CODE, _code)))
_SAYS_MONEY = make_money(_WORDS)

_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_SIGN = "|".join(sorted(map(re.escape, _WORDS.currency_signs), key=len, reverse=True))
_AMOUNT = rf"(?:(?:{_SIGN}|(?:{CODES}) ?){_N}|{_N} ?(?:{_SIGN}|%|° ?[CcFf]?|(?:{_UNIT}|{CODES}|\")(?![A-Za-z]))|{_N})"
_SIDE = rf"{_N} ?(?:cm|mm|m)(?![A-Za-z])"
"""A width, depth or height; the letter before it says which."""
_EXPRESSION = re.compile(
    rf"(?P<date>(?<![\d/])\d{{4}}([-/.])\d{{1,2}}\2\d{{1,2}}(?![\d/]))|"
    rf"\d{{1,2}}:\d{{2}}(?:–\d{{1,2}}:\d{{2}})?(?!\d)|{_MIXED}|(?<![\d/])(?:\d+ )?\d{{1,2}}/[1-9]\d?(?![\d/])|"
    rf"(?<![A-Za-z\d])[-−]?{_AMOUNT}(?: ?[-–x×] ?{_AMOUNT})*(?![A-Za-z\d-])|"
    rf"(?<=[WDH]){_SIDE}|(?![WDH]{_SIDE})(?=[A-Za-z]+-?\d|\d+-?[A-Za-z])[A-Za-z\d]+(?:[-.](?=[A-Za-z\d]*\d)[A-Za-z\d]+)*|#\d{{1,6}}|{_N}"
)
_TO = re.compile(r"(?<=[\d円%]) ?[~〜] ?(?=[¥$€£\d])")
_NUMBER_SIGN = re.compile(r"(?<![A-Za-z])[Nn]o\.? ?(?=\d)")
_FROM = re.compile(r"(?<=[\d円%])[~〜]")
_NO_SOUND = re.compile(r"[・「」『』【】〈〉《》〔〕]")
_PAUSES = re.compile(r"[()\[\]~〜/|:;、。—–]+")
_WIDE = "〇々ぁ-ヿ一-鿿"
_LOOSE = re.compile(rf"(?<=[{_WIDE},]) | (?=[{_WIDE},])")
_NO_LETTER = re.compile(r"[\W_]*")

_ENDS = "、。，．！？!?,…"
_CLOSING = "」』】）〉》〕)\"'”’"
_OPENING = "「『【（〈《〔(“‘"
_BREAK = re.compile(
    rf"(?<=[{_ENDS}{_CLOSING}])(?![{_ENDS}{_CLOSING} ])(?<!\d[,，])|"
    r"(?<=[^\d\s] )(?=[^\W\d])|(?<=[,;—–] )|"
    rf"(?=[\ue000-\uf8ff{_OPENING}])|(?<=[ぁ-ん])(?=[ァ-ヺ一-鿿A-Za-z0-9０-９¥￥$])"
)
_SHORTEST = 2


def _phrases(text: str) -> list[str]:
    """Return a text in phrases: they end at stops and spaces, before facts, and where kana turn to another script."""
    phrases: list[str] = []
    for piece in filter(None, _BREAK.split(text)):
        last = phrases[-1] if phrases else ""
        if last and (len(last) < _SHORTEST or last[-1] in _OPENING) and last[-1] not in f"{_ENDS} ":
            phrases[-1] += piece
        else:
            phrases.append(piece)
    return phrases


def _word(core: str, _place: Place) -> str:
    """Return what is said for a phrase, its numbers as words; between two numbers stands at least a pause."""
    plain = _NUMBER_SIGN.sub("#", unicodedata.normalize("NFKC", core))
    plain = _FROM.sub("から", _TO.sub("–", plain))
    said, at = "", 0
    for match in _EXPRESSION.finditer(plain):
        between = plain[at : match.start()]
        gap = "点," if between == "点" else "," if at and _NO_LETTER.fullmatch(between) else _spell(between)
        said += f"{gap}{_said(match.group())}"
        at = match.end()
    said += _spell(plain[at:])
    return re.sub(",{2,}", ",", _LOOSE.sub("", said)).strip(", ")


def _said(expression: str) -> str:
    said = read(_ALL, expression, ALONE)
    return said.replace(" と ", "").replace(" ", "")  # 四十九ドル九十九セント


def _spell(words: str) -> str:
    for sign, name in _SIGNS.items():
        words = words.replace(sign, f" {name} ")
    return _PAUSES.sub(",", _NO_SOUND.sub("", words))


def _money(amount: Decimal, currency: str, short: bool = False) -> str:
    return _SAYS_MONEY(amount, currency, short).replace(" と ", "").replace(" ", "")


def _listing(items: Sequence[str]) -> str:
    return "、".join(items)


_KANA = "".join(map(chr, [*range(0x3041, 0x3097), *range(0x30A1, 0x30FB)]))
_OWN_KANJI = "々円込畑枠匂働戻払図売価圧栄応択変発続読残浅済剤検険験広拡鉄豊巻両収経軽転覧営厳労帯渋焼様楽気黒歩塩徳"
"""Kanji that Chinese writes otherwise."""
_SIZES = {
    "XS": "エックスエス",
    "S": "エス",
    "M": "エム",
    "L": "エル",
    "XL": "エックスエル",
    "XXL": "エックスエックスエル",
}
LANGUAGE = Language(
    JAPANESE_NUMBERS,
    Reading((), re.compile(rf"{_N}[\"″]"), (), _word, frozenset(), _phrases),
    _money,
    _listing,
    sizes=_SIZES,
    common=frozenset(_KANA + _OWN_KANJI),
    joiner="",
)
