"""Hindi captions into speech: the words of the language, and the shapes that are its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from livestream.text.digits import digits_pattern, digits_value
from livestream.text.hindi import cardinal, mixed, ordinal, share
from livestream.text.hindi_numerals import HINDI_NUMBERS
from livestream.text.languages import Language, Place
from livestream.text.plain_reading import (
    CODES,
    CURRENCY_SIGNS,
    Noun,
    Words,
    coinages,
    make_money,
    make_reading,
    nouns,
)

_MONTHS = ["जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"]
_CURRENCIES = coinages("""
INR;; रुपया; रुपये;; पैसा; पैसे
USD;; डॉलर; डॉलर;; सेंट; सेंट
EUR;; यूरो; यूरो;; सेंट; सेंट
GBP;; पाउंड; पाउंड;; पेंस; पेंस
JPY;; येन; येन
CNY;; युआन; युआन
KRW;; वॉन; वॉन
AED;; दिरहम; दिरहम;; फ़िल्स; फ़िल्स
SAR;; रियाल; रियाल;; हलालाह; हलालाह
SGD;; सिंगापुर डॉलर; सिंगापुर डॉलर;; सेंट; सेंट
HKD;; हांगकांग डॉलर; हांगकांग डॉलर;; सेंट; सेंट
AUD;; ऑस्ट्रेलियाई डॉलर; ऑस्ट्रेलियाई डॉलर;; सेंट; सेंट
CAD;; कनाडाई डॉलर; कनाडाई डॉलर;; सेंट; सेंट
CHF;; स्विस फ़्रैंक; स्विस फ़्रैंक
BRL;; रियाल; रियाल
MXN;; मेक्सिकन पेसो; मेक्सिकन पेसो
RUB;; रूबल; रूबल
IDR;; रुपिया; रुपिया
""")
_UNITS = nouns("""
mg मिग्रा मि.ग्रा. मि.ग्रा;; मिलीग्राम
g gm ग्रा ग्रा. ग्राम;; ग्राम
kg किग्रा कि.ग्रा. कि.ग्रा किलो;; किलोग्राम
oz;; औंस
lb lbs;; पाउंड
ml mL मिली मि.ली. मि.ली;; मिलीलीटर
l L ली. लीटर;; लीटर
mm मिमी मि.मी. मि.मी;; मिलीमीटर
cm सेमी से.मी. से.मी;; सेंटीमीटर
m मी. मीटर;; मीटर
km किमी कि.मी. कि.मी;; किलोमीटर
in inch इंच;; इंच
ft फ़ुट फुट;; फ़ुट
m² m2;; वर्ग मीटर
cm² cm2;; वर्ग सेंटीमीटर
W वॉट वाट;; वॉट
kW;; किलोवॉट
Wh;; वॉट घंटे
kWh;; किलोवॉट घंटे
V;; वोल्ट
A;; एम्पियर
mA;; मिलीएम्पियर
mAh;; मिलीएम्पियर घंटे
Hz;; हर्ट्ज़
kHz;; किलोहर्ट्ज़
MHz;; मेगाहर्ट्ज़
GHz;; गीगाहर्ट्ज़
KB;; किलोबाइट
MB;; मेगाबाइट
GB;; गीगाबाइट
TB;; टेराबाइट
dB;; डेसिबल
lm;; ल्यूमेन
px;; पिक्सल
MP;; मेगापिक्सल
kcal;; किलोकैलोरी
GSM gsm;; जीएसएम
km/h kmph किमी/घंटा;; किलोमीटर प्रति घंटा
ms;; मिलीसेकंड
s sec;; सेकंड
min;; मिनट
h hr hrs;; घंटा; घंटे
pcs pc;; पीस
""")
_NAMES = "ए बी सी डी ई एफ़ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई ज़ेड"
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _NAMES.split(), strict=True))
_SIGNS = {
    "&": "और", "+": "प्लस", "=": "बराबर", "@": "ऐट", "%": "प्रतिशत", "°c": "डिग्री सेल्सियस", "°": "डिग्री",
}  # fmt: skip
_ABBREVIATIONS = {
    "डॉ": "डॉक्टर", "नं": "नंबर", "रु": "रुपये", "लि": "लिमिटेड", "vs": "बनाम", "no": "नंबर", "max": "अधिकतम",
    "min": "कम से कम", "etc": "वगैरह", "approx": "करीब", "rs": "रुपये",
}  # fmt: skip
_OWN_SIGNS = {
    **CURRENCY_SIGNS, "₹": "INR", "रु.": "INR", "रु": "INR", "Rs.": "INR", "Rs": "INR", "रुपये": "INR", "रुपए": "INR",
    "डॉलर": "USD", "यूरो": "EUR", "AED": "AED", "SAR": "SAR",
}  # fmt: skip
_SIGN = "|".join(sorted(map(re.escape, _OWN_SIGNS), key=len, reverse=True))
_N = f"(?:{digits_pattern()})"
_MARK = f"(?:{_SIGN}|{CODES})"
_SCALE = "सौ|हज़ार|हजार|लाख|करोड़|अरब"
_WORD = r"[\u0900-\u0963\u0970-\u097f]"
"""A letter or a vowel sign: the latter is none in a pattern."""
_SCALED = rf"(?:(?P<before>{_MARK}) ?)?(?P<n>{_N}) (?P<scale>{_SCALE})(?: (?P<behind>{_SIGN}))?"
_NAMELESS = re.compile(r"\?P<\w+>")
_PARTS_OF_DAY = ((4, "रात"), (12, "सुबह"), (16, "दोपहर"), (20, "शाम"), (25, "रात"))


def _date(day: int, month: int, year: int) -> str:
    return f"{cardinal(day)} {_MONTHS[month - 1]} {cardinal(year)}"


def _time(hour: int, minute: int) -> str:
    part = next(name for until, name in _PARTS_OF_DAY if hour < until)
    said = f"{part} {cardinal(hour % 12 or 12)}"
    return f"{said} बजकर {cardinal(minute)} मिनट" if minute else f"{said} बजे"


def _share(upper: int, lower: int) -> str:
    return share(upper, lower) if lower in {2, 3, 4, 5, 6, 8, 10, 16} else ""


def _mixed(match: re.Match[str], _place: Place) -> str:
    return mixed(int(match["whole"]), int(match["upper"]), int(match["lower"]))


def _scaled(match: re.Match[str], _place: Place) -> str:
    """Return an amount with a scale: "₹1.5 लाख" is "एक दशमलव पाँच लाख रुपये"."""
    said = f"{WORDS.number(digits_value(match['n']))} {match['scale']}"
    if sign := match["before"] or match["behind"]:
        code = _OWN_SIGNS.get(sign, sign)
        said = f"{said} {_CURRENCIES[code].notes.many if code in _CURRENCIES else code}"
    return said


def _priced(match: re.Match[str], _place: Place) -> str:
    """Return an amount that ends as on a price tag: "₹500/-"."""
    code = _OWN_SIGNS.get(match["sign"], match["sign"]) if match["sign"] else "INR"
    return _money(digits_value(match["n"]), code, False)


def _ranked(match: re.Match[str], _place: Place) -> str:
    """Return an ordinal in the gender of its ending: "5वीं"."""
    number, ending = int(match["n"]), match["ending"].replace("ां", "ाँ")
    said = ordinal(number)
    return f"{said[: -len('ाँ')]}{ending[1:]}" if said.endswith("वाँ") else f"{said[:-1]}{ending[1]}"


def _clock(match: re.Match[str], _place: Place) -> str:
    """Return a time of day with its half: "7:30 PM"."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return ""
    return _time(hour % 12 + (12 if match["half"].lower().startswith("p") else 0), minute)


def _phone(match: re.Match[str], _place: Place) -> str:
    plus = "प्लस " if match.group().startswith("+") else ""
    return plus + ", ".join(map(WORDS.digits, re.findall(r"\d+", match.group())))


def _glued(match: re.Match[str], _place: Place) -> str:
    """Return a number and the word that a dash ties to it: "3-पीस"."""
    return f"{WORDS.number(digits_value(match['n']))} {match['word']}"


_CLOCK = r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))? ?(?P<half>[AaPp]\.?[Mm]\.?)"
_PHONE = r"(?:\+91[ -]?|0)?\d{5}[ -]\d{5}"
_READERS = (
    (re.compile(_PHONE), _phone),
    (re.compile(_SCALED), _scaled),
    (re.compile(rf"(?:(?P<sign>{_MARK}) ?)?(?P<n>{_N})/"), _priced),  # the dash behind it is a sign that is not said
    (re.compile(r"(?P<whole>\d{1,4}) (?P<upper>\d)/(?P<lower>\d)"), _mixed),
    (re.compile(r"(?P<n>\d{1,4})-?(?P<ending>व(?:ाँ|ां|ीं|ें))"), _ranked),
    (re.compile(_CLOCK), _clock),
    (re.compile(rf"(?P<n>{_N})-(?P<word>{_WORD}+)"), _glued),
)
_JOINED = (
    re.compile(rf"(?<!\S){_PHONE}(?![\w-])"),
    re.compile(rf"(?<![^\s(]){_NAMELESS.sub('?:', _SCALED)}(?!{_WORD})"),
    re.compile(rf"(?<![^\s(]){_MARK} ?{_N}/-"),
    re.compile(rf"(?<![^\s(]){_NAMELESS.sub('?:', _CLOCK)}(?!\w)"),
)
WORDS = Words(
    cldr="hi_IN",
    cardinal=cardinal,
    point="दशमलव",
    minus="माइनस",
    percent="प्रतिशत",
    degree=Noun("डिग्री", "डिग्री"),
    scales=("सेल्सियस", "फ़ारेनहाइट"),
    by="गुणा",
    to="से",
    also="और",
    plus="प्लस",
    pound_sign="नंबर",
    times="{n} गुना",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes} {cents}",
    full="{notes} {coins}",
    sign=".",
    currency_signs=_OWN_SIGNS,
    glued=frozenset({"in", "A", "s", "h", "min"}),
    signs=_SIGNS,
    abbreviations=_ABBREVIATIONS,
    dotted=frozenset({"डॉ", "नं", "लि", "रु", "no", "rs", "max", "min", "etc", "approx"}),
    stopped=frozenset({"डॉ", "नं", "लि", "रु", "no", "rs", "max", "min", "approx"}),
    letters=_LETTERS,
    joined=_JOINED,
    readers=_READERS,
)
_money = make_money(WORDS)


def _listing(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} और {items[-1]}"


_SIZES = {
    "XXS": "डबल एक्स्ट्रा स्मॉल", "XS": "एक्स्ट्रा स्मॉल", "S": "स्मॉल", "M": "मीडियम", "L": "लार्ज", "XL": "एक्स्ट्रा लार्ज",
    "XXL": "डबल एक्स्ट्रा लार्ज",
}  # fmt: skip
_DEVANAGARI = frozenset(map(chr, range(0x0900, 0x0964)))
LANGUAGE = Language(HINDI_NUMBERS, make_reading(WORDS), _money, _listing, _SIZES, _DEVANAGARI)
