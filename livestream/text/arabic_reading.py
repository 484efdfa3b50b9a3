"""Arabic captions into speech: the words of the language, and the shapes that are its own.

Digits of both kinds are read, "1,299.50" as "١٬٢٩٩٫٥٠". Prepositions written on a number stay on its first word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from livestream.text.arabic import cardinal, counted, decimals, digits, dual, ordinal
from livestream.text.arabic_numerals import ARABIC_NUMBERS
from livestream.text.languages import Language, Place
from livestream.text.plain_reading import CURRENCY_SIGNS, Noun, Words, coinages, make_money, make_reading, nouns
from livestream.text.spoken import read

_UNITS = nouns("""
mg ملغ مغ ملجم; m; مليغرام; مليغرام; مليغرامات
g غ غم جم جرام غرام; m; غرام; غرام; غرامات
kg كجم كغ كلغ كيلو; m; كيلوغرام; كيلوغرام; كيلوغرامات
ml mL مل; m; مليلتر; مليلتر; مليلترات
l L لتر ل; m; لتر; لتر; لترات
mm ملم مم; m; مليمتر; مليمتر; مليمترات
cm سم; m; سنتيمتر; سنتيمتر; سنتيمترات
m م متر; m; متر; متر; أمتار
km كم; m; كيلومتر; كيلومتر; كيلومترات
in بوصة; f; بوصة; بوصة; بوصات
ft قدم; f; قدم; قدم; أقدام
m² م²; m; متر مربع; متر مربع; أمتار مربعة
W واط; m; واط; واط; واط
kW; m; كيلوواط; كيلوواط; كيلوواط
V فولت; m; فولت; فولت; فولت
A; m; أمبير; أمبير; أمبير
mAh; f; ملي أمبير ساعة; ملي أمبير ساعة; ملي أمبير ساعة
Hz; m; هرتز; هرتز; هرتز
MHz; m; ميغاهرتز; ميغاهرتز; ميغاهرتز
GHz; m; غيغاهرتز; غيغاهرتز; غيغاهرتز
MB; m; ميغابايت; ميغابايت; ميغابايت
GB; m; غيغابايت; غيغابايت; غيغابايت
TB; m; تيرابايت; تيرابايت; تيرابايت
dB; m; ديسيبل; ديسيبل; ديسيبل
km/h; m; كيلومتر في الساعة; كيلومتر في الساعة; كيلومترات في الساعة
s ث ثانية; f; ثانية; ثانية; ثوان
min د دقيقة; f; دقيقة; دقيقة; دقائق
h ساعة; f; ساعة; ساعة; ساعات
يوم; m; يوم; يوم; أيام
قطعة; f; قطعة; قطعة; قطع
درجة; f; درجة; درجة; درجات
""")
_CURRENCIES = coinages("""
SAR; m; ريال; ريال/ريالات; f; هللة; هللة/هللات
USD; m; دولار; دولار/دولارات; m; سنت; سنت/سنتات
EUR; m; يورو; يورو/يورو; m; سنت; سنت/سنتات
GBP; m; جنيه إسترليني; جنيه إسترليني/جنيهات إسترلينية; m; بنس; بنس/بنسات
AED; m; درهم إماراتي; درهم إماراتي/دراهم إماراتية; m; فلس; فلس/فلوس
QAR; m; ريال قطري; ريال قطري/ريالات قطرية; m; درهم; درهم/دراهم
OMR; m; ريال عماني; ريال عماني/ريالات عمانية
KWD; m; دينار كويتي; دينار كويتي/دنانير كويتية
BHD; m; دينار بحريني; دينار بحريني/دنانير بحرينية
JOD; m; دينار أردني; دينار أردني/دنانير أردنية
EGP; m; جنيه مصري; جنيه مصري/جنيهات مصرية; m; قرش; قرش/قروش
MAD; m; درهم مغربي; درهم مغربي/دراهم مغربية; m; سنتيم; سنتيم/سنتيمات
TRY; f; ليرة تركية; ليرة تركية/ليرات تركية; m; قرش; قرش/قروش
CHF; m; فرنك سويسري; فرنك سويسري/فرنكات سويسرية
CAD; m; دولار كندي; دولار كندي/دولارات كندية; m; سنت; سنت/سنتات
AUD; m; دولار أسترالي; دولار أسترالي/دولارات أسترالية; m; سنت; سنت/سنتات
INR; f; روبية; روبية/روبيات
JPY; m; ين; ين/ينات
CNY; m; يوان; يوان/يوانات
KRW; m; وون; وون/وونات
""")
_SIGNS_OF_CURRENCIES = {
    **CURRENCY_SIGNS, "UK£": "GBP", "ر.س.": "SAR", "ر.س": "SAR", "﷼": "SAR", "ريال سعودي": "SAR", "ريال": "SAR",
    "ريالات": "SAR", "SAR": "SAR", "SR": "SAR", "دولار": "USD", "دولارات": "USD", "يورو": "EUR", "د.إ.": "AED",
    "د.إ": "AED", "درهم": "AED", "AED": "AED", "ر.ق.": "QAR", "ر.ق": "QAR", "QAR": "QAR", "ر.ع.": "OMR", "OMR": "OMR",
    "د.ك.": "KWD", "د.ك": "KWD", "KWD": "KWD", "د.ب.": "BHD", "BHD": "BHD", "ج.م.": "EGP", "ج.م": "EGP", "EGP": "EGP",
    "د.أ.": "JOD", "د.م.": "MAD", "CN¥": "CNY", "JP¥": "JPY",
}  # fmt: skip
_MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
_MONTH = "|".join(_MONTHS)
_NAMES = "إيه بي سي دي إي إف جي إتش آي جيه كيه إل إم إن أو بي كيو آر إس تي يو في دبليو إكس واي زد"
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _NAMES.split(), strict=True))
_FEMININES = "قطع طبقات درجات ساعات دقائق ثوان مرات حبات سنوات نسخ غرف بوصات علب عبوات هللات ليال أقدام"
_FEMININE = frozenset(_FEMININES.split())
_MASCULINES = """
ريالات دولارات مليلترات سنتيمترات كيلومترات غرامات كيلوغرامات لترات مقاسات مستويات منتجات إصدارات خيارات
"""
_MASCULINE = frozenset(_MASCULINES.split())
_SMALL = "و أو في من إلى على مع عن لا ثم هو هي إن كل بعد قبل حتى فقط تقريبا"
_NO_NOUN = frozenset(_SMALL.split())
_SHARES = {(1, 2): "نصف", (1, 4): "ربع", (3, 4): "ثلاثة أرباع", (1, 3): "ثلث", (2, 3): "ثلثين"}
_MORNING, _EVENING = "صباحًا", "مساءً"
_PERIODS = dict.fromkeys(("ص", "صباحا", _MORNING, "am"), _MORNING) | dict.fromkeys(
    ("م", "مساء", _EVENING, "pm"), _EVENING
)
_PERIOD = rf"(?:{_MORNING}|{_EVENING}|صباحا|مساء|ص|م|[AaPp][Mm])"
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬٪", "0123456789.,%")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words(Words):
    """Arabic counts one behind the noun and two within it: "ريال واحد", "ريالين"."""

    def measure(self, value: Decimal, unit: Noun) -> str:
        if value == 1:
            return f"{unit.one} {'واحدة' if unit.gender == 'f' else 'واحد'}"
        if value == 2:
            doubled = dual(unit.one)
            return doubled if doubled != unit.one else f"{self.number(value, unit.gender)} {unit.one}"
        return f"{self.number(value, unit.gender)} {self.name(value, unit)}"


def _noun(place: Place) -> str:
    after = place.after.partition("\u064b")[0]
    if place.stopped or not after.isalpha() or after.isascii() or after in _NO_NOUN:
        return ""
    return "f" if after in _FEMININE or (after.endswith(("ة", "ات")) and after not in _MASCULINE) else "m"


def _date(day: int, month: int, year: int) -> str:
    return f"{cardinal(day)} {_MONTHS[month - 1]} {cardinal(year)}"


def _time(hour: int, minute: int) -> str:
    """Return a time of day by twelve hours: "الثالثة, وثلاثين دقيقة"; without the pause they were one number."""
    said = "الواحدة" if hour % 12 == 1 else ordinal(hour % 12 or 12, "f")
    if minute:
        said = f"{said}, و{WORDS.measure(Decimal(minute), _UNITS['min'])}"
    return f"{said} {_EVENING if hour > 12 else _MORNING}" if hour > 12 or hour == 0 else said


def _share(upper: int, lower: int) -> str:
    return _SHARES.get((upper, lower), "")


def _at(match: re.Match[str], _place: Place) -> str:
    said = _time(int(match["hour"]) % 12 or 12, int(match["minute"])) if int(match["minute"]) < 60 else ""
    return f"{said} {_PERIODS[match['period'].lower()]}" if said else ""


def _day(match: re.Match[str], _place: Place) -> str:
    said = f"{cardinal(int(match['day']))} {match['month']}"
    return f"{said} {cardinal(int(match['year']))}" if match["year"] else said


def _lead(match: re.Match[str], place: Place) -> str:
    """Return a number with what is written on it, "بخمسة"; "and" between two numbers is said so that they stay two."""
    said = read(READING, match["rest"].strip(), replace(place, before=""))
    lead = match["lead"].rstrip("ـ ")
    if lead == "و" and place.before[-1:].isdigit():
        return f"وكذلك {said}"
    return f"{lead}{said}" if said else ""


def _western(match: re.Match[str], place: Place) -> str:
    return read(READING, match.group().translate(_WESTERN), place)


def _percent(match: re.Match[str], _place: Place) -> str:
    return f"{WORDS.number(WORDS.value(match['n']))} بالمئة"


def _millions(match: re.Match[str], place: Place) -> str:
    value = WORDS.value(match["n"]) * {"ألف": 1000, "مليون": 10**6, "مليار": 10**9}[match["scale"]]
    return WORDS.number(value.to_integral() if value == value.to_integral() else value, _noun(place))


def _times(match: re.Match[str], _place: Place) -> str:
    return WORDS.measure(Decimal(match["n"]), Noun("مرة", "مرة", "f", "مرات"))


def _telephone(match: re.Match[str], _place: Place) -> str:
    plus = "زائد " if match.group().startswith("+") else ""
    return plus + ", ".join(digits(group) for group in re.findall(r"\d+", match.group()))


_TELEPHONE = r"(?:(?:\+9665\d|\+966 5\d|05\d)[ -]?\d{3,5}[ -]?\d{3,4}|9200[ -]?\d{5})"
_CLOCK = rf"(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}}) ?(?P<period>{_PERIOD})"
_NUM = r"[\d٫٬.,]*\d"
_AMOUNT = "|".join(sorted(map(re.escape, {*_UNITS, *_SIGNS_OF_CURRENCIES, "٪", "%"}), key=len, reverse=True))
_BEGIN, _END = r"(?<![^\s\u200f(])", r"(?![\w\u064b-\u0652])"
"""A price begins and ends with a mark that turns the writing; a vowel mark belongs to the word before it."""
_ON = r"[وف]?[بلك]?ـ?"
_READERS = (
    (re.compile(r"[^٠-٩٪]*[٠-٩].*"), _western),
    (re.compile(_TELEPHONE), _telephone),
    (re.compile(_CLOCK), _at),
    (re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?"), _day),
    (re.compile(rf"(?P<n>{_NUM}) ?[%٪]"), _percent),
    (re.compile(rf"(?P<n>{_NUM}) (?P<scale>ألف|مليون|مليار)"), _millions),
    (re.compile(r"(?P<n>\d{1,4})[x×]"), _times),
    (re.compile(r"(?P<lead>(?:و|ف)?(?:[بلك]ـ? ?|الـ ?|ال)|و)(?P<rest>[$€£]?\d.*)"), _lead),
    (re.compile(r"(?P<n>(?:19|20)\d\d)م"), lambda match, _place: f"{cardinal(int(match['n']))} ميلادي"),
    (re.compile(r"24/7"), lambda _match, _place: "طوال اليوم"),
)
_JOINED = (
    re.compile(rf"{_BEGIN}{_TELEPHONE}(?![\w-])"),
    re.compile(rf"{_BEGIN}\d{{1,2}}:\d{{2}} {_PERIOD}{_END}"),
    re.compile(rf"{_BEGIN}{_ON}\d{{1,2}} (?:{_MONTH})(?: \d{{4}})?{_END}"),
    re.compile(rf"{_BEGIN}{_ON} ?{_NUM} ?(?:{_AMOUNT}){_END}"),
    re.compile(rf"{_BEGIN}{_ON}{_NUM} (?:ألف|مليون|مليار){_END}"),
    re.compile(rf"{_BEGIN}(?:[بلك]|ال)ـ (?={_NUM})"),
    re.compile(rf"{_BEGIN}{_ON}{_NUM}(?: ?(?:{_AMOUNT}))? ?[x×] ?{_NUM}(?: ?[x×] ?{_NUM})?(?: ?(?:{_AMOUNT}))?{_END}"),
    re.compile(rf"{_BEGIN}{_NUM} ?[-–] ?{_NUM}(?: ?(?:{_AMOUNT}))?{_END}"),
)
_GLUED = "A in s h min ل م د ث غ كيلو لتر متر بوصة قدم ثانية دقيقة ساعة يوم قطعة درجة واط فولت غرام جرام"
WORDS = _Words(
    cldr="ar_SA",
    cardinal=cardinal,
    counted=counted,
    point="فاصلة",
    decimals=decimals,
    plural=True,
    minus="سالب",
    percent="بالمئة",
    degree=Noun("درجة", "درجة", "f", "درجات"),
    scales=("مئوية", "فهرنهايت"),
    by="في",
    to="إلى",
    also="و",
    plus="زائد",
    pound_sign="رقم",
    times="{n} مرات",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes} و {cents}",
    full="{notes} و {coins}",
    noun=_noun,
    sign=".",
    currency_signs=_SIGNS_OF_CURRENCIES,
    glued=frozenset(_GLUED.split()),
    signs={"&": "و", "+": "زائد", "=": "يساوي", "@": "آت", "%": "بالمئة", "٪": "بالمئة", "×": "في", "°c": "درجة مئوية"},
    abbreviations={
        "إلخ": "إلى آخره", "الخ": "إلى آخره", "د": "دكتور", "ت": "هاتف", "ص.ب": "صندوق بريد", "ر.س": "ريال",
        "ق.م": "قبل الميلاد", "هـ": "هجري", "ه": "هجري", "مثلا": "مثلًا",
    },
    dotted=frozenset({"د", "ت", "ه"}),
    stopped=frozenset({"د", "ت", "ص.ب", "ر.س", "د.إ", "ر.ق", "ق.م"}),
    letters=_LETTERS,
    joined=_JOINED,
    readers=_READERS,
)  # fmt: skip
READING = make_reading(WORDS)
_SIZES = {
    "XXS": "صغير جدًا جدًا", "XS": "صغير جدًا", "S": "صغير", "M": "وسط", "L": "كبير", "XL": "كبير جدًا",
    "XXL": "إكس إكس لارج", "XXXL": "إكس إكس إكس لارج",
}  # fmt: skip


def _listing(items: Sequence[str]) -> str:
    """Return what is chosen from; "and" is written on a last word, before Latin letters and digits "or" stands."""
    last = items[-1] if items[-1][:1] >= "ء" else ""
    joined = f"و{last}" if last else f"أو {items[-1]}"
    return items[0] if len(items) == 1 else f"{'، '.join(items[:-1])} {joined}"


_COMMON = frozenset({*"ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئء"})
LANGUAGE = Language(ARABIC_NUMBERS, READING, make_money(WORDS), _listing, _SIZES, _COMMON)
