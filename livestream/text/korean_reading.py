"""Korean captions into speech: the words of the language, counters, and particles glued to what has digits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from livestream.text.digits import digits_pattern, digits_value
from livestream.text.korean import cardinal, counting, digits, share
from livestream.text.korean_counters import NATIVE, PARTICLES, SINO
from livestream.text.korean_numerals import KOREAN_NUMBERS, scan
from livestream.text.languages import ALONE, Language, Place
from livestream.text.plain_reading import CODES, CURRENCY_SIGNS, Noun, Words, coinages, make_money, make_reading, nouns
from livestream.text.spoken import read

_CURRENCIES = coinages("""
KRW;; 원; 원
USD;; 달러; 달러;; 센트; 센트
EUR;; 유로; 유로;; 센트; 센트
GBP;; 파운드; 파운드;; 펜스; 펜스
JPY;; 엔; 엔
CNY;; 위안; 위안
TWD;; 대만 달러; 대만 달러
HKD;; 홍콩 달러; 홍콩 달러;; 센트; 센트
SGD;; 싱가포르 달러; 싱가포르 달러;; 센트; 센트
AUD;; 호주 달러; 호주 달러;; 센트; 센트
CAD;; 캐나다 달러; 캐나다 달러;; 센트; 센트
NZD;; 뉴질랜드 달러; 뉴질랜드 달러;; 센트; 센트
CHF;; 스위스 프랑; 스위스 프랑
THB;; 밧; 밧
VND;; 동; 동
IDR;; 루피아; 루피아
INR;; 루피; 루피
MXN;; 멕시코 페소; 멕시코 페소
BRL;; 헤알; 헤알
""")
_UNITS = nouns("""
mg;; 밀리그램
g;; 그램
kg;; 킬로그램
t;; 톤
oz;; 온스
lb lbs;; 파운드
ml mL cc;; 밀리리터
cl;; 센티리터
l L;; 리터
mm;; 밀리미터
cm;; 센티미터
m;; 미터
km;; 킬로미터
in inch;; 인치
ft;; 피트
m2 m²;; 제곱미터
cm2 cm²;; 제곱센티미터
W;; 와트
kW;; 킬로와트
Wh;; 와트시
kWh;; 킬로와트시
V;; 볼트
A;; 암페어
mA;; 밀리암페어
mAh;; 밀리암페어시
Ah;; 암페어시
Hz;; 헤르츠
kHz;; 킬로헤르츠
MHz;; 메가헤르츠
GHz;; 기가헤르츠
KB;; 킬로바이트
MB;; 메가바이트
GB;; 기가바이트
TB;; 테라바이트
Mbps;; 메가비피에스
Gbps;; 기가비피에스
dB;; 데시벨
lm;; 루멘
px;; 픽셀
MP;; 메가픽셀
dpi;; 디피아이
fps;; 에프피에스
rpm;; 알피엠
kcal;; 킬로칼로리
ms;; 밀리초
s sec;; 초
min;; 분
h hr;; 시간
pcs pc ea;; 개
""")
_NAMES = "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알 에스 티 유 브이 더블유 엑스 와이 제트"
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _NAMES.split(), strict=True))
_SIGNS = {"&": "앤드", "+": "플러스", "=": "는", "@": "앳", "%": "퍼센트", "°c": "도", "°": "도", "℃": "도"}
_ABBREVIATIONS = {"vs": "대", "no": "넘버", "㈜": "주식회사", "(주)": "주식회사", "max": "최대", "min": "최소"}
_IRREGULAR_MONTHS = {6: "유월", 10: "시월"}
_N = f"(?:{digits_pattern()})"
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_OWN_SIGNS = {**CURRENCY_SIGNS, "원": "KRW", "달러": "USD", "유로": "EUR", "엔": "JPY"}
_SIGN = "|".join(sorted(map(re.escape, _OWN_SIGNS), key=len, reverse=True))
_AMOUNT = (
    rf"(?:[-−]?(?:(?:{_SIGN}|{CODES}) ?{_N}|{_N} ?(?:{_SIGN}|{CODES}|%|[°º] ?[CF]?|℃|(?:{_UNIT})(?![A-Za-z]))|{_N}))"
)
_SPAN = rf"(?:{_AMOUNT}(?: ?[x×] ?{_AMOUNT}){{0,2}}|(?:\d+ )?\d{{1,2}}/[1-9]\d?|\d{{1,2}}:\d{{2}})"
_LEADING = re.compile(rf"(?:{_SIGN}|{CODES}) ?")
_MIXED = rf"{_N}[천만억조]+(?: ?{_N}[천백십]*)*"


def _month(month: int) -> str:
    return _IRREGULAR_MONTHS.get(month, f"{cardinal(month)} 월")


def _date(day: int, month: int, year: int) -> str:
    return f"{cardinal(year)} 년 {_month(month)} {cardinal(day)} 일"


def _time(hour: int, minute: int) -> str:
    said = f"{counting(hour) if 0 < hour <= 12 else cardinal(hour)} 시"
    return f"{said} {cardinal(minute)} 분" if minute else said


def _share(upper: int, lower: int) -> str:
    return share(upper, lower) if lower in {2, 3, 4, 5, 6, 8, 10, 16} else ""


def _mixed(match: re.Match[str], _place: Place) -> str:
    """Return a number with Korean scales in it: "1만 2천원", "39만 9,000원"."""
    values = [value for value, _, _ in scan(match["n"])]
    if len(values) != 1 or values[0] % 1:
        return ""
    return _glued(cardinal(int(values[0])), match["tail"])


def _counted(match: re.Match[str], _place: Place) -> str:
    """Return a number before a counter, in native words where it takes them: "2개를" is "두 개를"."""
    number = int(match["n"].replace(",", ""))
    said = counting(number) if match["counter"] in NATIVE and match["counter"] != "분" else cardinal(number)
    return f"{said} {match['counter']}{match['tail']}"


def _day(match: re.Match[str], _place: Place) -> str:
    return f"{_month(int(match['month']))}{match['tail']}" if int(match["month"]) in _IRREGULAR_MONTHS else ""


def _with_tail(match: re.Match[str], _place: Place) -> str:
    """Return an amount, or several, with the particle that is glued to it."""
    return _glued(read(_READING, match["core"], ALONE), match["tail"])


def _range(match: re.Match[str], _place: Place) -> str:
    """Return a range: the first amount is said without a sign that both have."""
    left, right = match["left"], match["right"]
    sign = _LEADING.match(left)
    if sign and not _LEADING.match(right):
        left, right = left[sign.end() :], f"{sign.group()}{right}"
    return _glued(f"{read(_READING, left, ALONE)}에서 {read(_READING, right, ALONE)}", match["tail"])


def _degrees(match: re.Match[str], _place: Place) -> str:
    scale = "화씨 " if match["scale"][-1] in "Ff℉" else "섭씨 "
    minus = f"{_WORDS.minus} " if match["minus"] else ""
    return _glued(f"{scale}{minus}{_WORDS.number(digits_value(match['n']))} 도", match["tail"])


def _glued(said: str, tail: str) -> str:
    gap = "" if not tail or (tail.startswith(PARTICLES) and not tail.startswith(SINO)) else " "
    return f"{said}{gap}{tail}"


def _phone(match: re.Match[str], _place: Place) -> str:
    return ", ".join(map(digits, re.split("[- ]", match.group())))


def _code(match: re.Match[str], _place: Place) -> str:
    """Return a code: capitals by their names, three digits or more one by one."""
    said = []
    for run in re.findall(r"\d+|[A-Za-z]+|[가-힣]+", match.group()):
        if run.isdigit():
            said.append(digits(run) if len(run) > 2 or run[0] == "0" else cardinal(int(run)))
        else:
            said.append(_WORDS.spell(run) if run.isupper() and len(run) <= 4 else run)
    return " ".join(said)


def _number_sign(match: re.Match[str], _place: Place) -> str:
    return _glued(f"{cardinal(int(match['n']))} 번", match["tail"])


_COUNTERS = "|".join(sorted({*NATIVE, *SINO}, key=len, reverse=True))
_TAIL = "(?P<tail>[가-힣]*)"
_READERS = (
    (re.compile(rf"(?P<n>{_MIXED})(?P<tail>[가-힣]*)"), _mixed),
    (re.compile(rf"(?P<month>\d{{1,2}})월{_TAIL}"), _day),
    (re.compile(rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<counter>{_COUNTERS}){_TAIL}"), _counted),
    (re.compile(r"0\d{1,3}[- ]\d{3,4}[- ]\d{4}|1\d{3}-\d{4}"), _phone),
    (re.compile(rf"(?P<minus>[-−])?(?P<n>{_N}) ?(?P<scale>℃|℉|(?<=[\d ])[°º] ?[CcFf]){_TAIL}"), _degrees),
    (re.compile(rf"(?P<core>{_SPAN})(?P<tail>[가-힣]+)"), _with_tail),
    (re.compile(rf"(?P<left>{_AMOUNT}) ?[-–~〜] ?(?P<right>{_AMOUNT}){_TAIL}"), _range),
    (re.compile(r"0\d+"), lambda match, _place: digits(match.group())),
    (re.compile(rf"(?:[Nn]o\.? ?|#)(?P<n>\d{{1,6}}){_TAIL}"), _number_sign),
    (re.compile(rf"(?!{_N}(?:{_UNIT})$)(?=.*[A-Za-z])(?=.*\d)[A-Za-z\d]+(?:-[A-Za-z\d]+)*"), _code),
)
_JOINED = (
    re.compile(rf"(?<!\S){_MIXED}(?![\w,])|(?<!\S){_MIXED}(?=[가-힣])"),
    re.compile(rf"(?<!\S){_SPAN}(?=[가-힣])"),
    re.compile(rf"(?<!\S){_AMOUNT} ?[-–~〜] ?{_AMOUNT}(?![\w-])"),
    re.compile(r"(?<!\S)0\d{1,3} \d{3,4} \d{4}(?!\S)"),
)
_WORDS = Words(
    cldr="ko",
    cardinal=cardinal,
    point="점",
    minus="마이너스",
    percent="퍼센트",
    degree=Noun("도", "도"),
    by="바이",
    to="에서",
    also="하고",
    plus="플러스",
    pound_sign="번호",
    times="{n}배",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes} {cents} 센트",
    decimals=digits,
    sign=".",
    currency_signs=_OWN_SIGNS,
    glued=frozenset({"in", "A", "h", "s", "m", "t", "min", "ea"}),
    signs=_SIGNS,
    abbreviations=_ABBREVIATIONS,
    dotted=frozenset({"no", "min", "max"}),
    letters=_LETTERS,
    joined=_JOINED,
    readers=_READERS,
)
_READING = make_reading(_WORDS)


def _listing(items: Sequence[str]) -> str:
    return ", ".join(items)


_SIZES = {
    "XXS": "더블엑스스몰",
    "XS": "엑스스몰",
    "S": "스몰",
    "M": "미디엄",
    "L": "라지",
    "XL": "엑스라지",
    "XXL": "더블엑스라지",
    "XXXL": "트리플엑스라지",
}
LANGUAGE = Language(
    KOREAN_NUMBERS,
    _READING,
    make_money(_WORDS),
    _listing,
    _SIZES,
    frozenset(map(chr, range(0xAC00, 0xD7A4))),
)
