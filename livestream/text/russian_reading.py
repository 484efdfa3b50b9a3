"""Russian captions into speech: the words of the language, and the shapes that are its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from livestream.text.languages import Language, Place
from livestream.text.plain_reading import CURRENCY_SIGNS, Noun, Words, coinages, make_money, make_reading, nouns
from livestream.text.russian import cardinal, counted, digits, fraction, ordinal, prefix, year
from livestream.text.russian_numerals import RUSSIAN_NUMBERS

_UNITS = nouns("""
мг mg; m; миллиграмм; миллиграммов; миллиграмма; миллиграмма
г гр g; m; грамм; граммов; грамма; грамма
кг kg; m; килограмм; килограммов; килограмма; килограмма
т; f; тонна; тонн; тонны; тонны
мл ml; m; миллилитр; миллилитров; миллилитра; миллилитра
л l; m; литр; литров; литра; литра
мм mm; m; миллиметр; миллиметров; миллиметра; миллиметра
см cm; m; сантиметр; сантиметров; сантиметра; сантиметра
м m; m; метр; метров; метра; метра
км km; m; километр; километров; километра; километра
in дюйм дюйма дюймов; m; дюйм; дюймов; дюйма; дюйма
ft; m; фут; футов; фута; фута
Вт W; m; ватт; ватт; ватта; ватта
кВт kW; m; киловатт; киловатт; киловатта; киловатта
В V; m; вольт; вольт; вольта; вольта
А A; m; ампер; ампер; ампера; ампера
мАч мА·ч mAh; m; миллиампер-час; миллиампер-часов; миллиампер-часа; миллиампер-часа
Гц Hz; m; герц; герц; герца; герца
МГц MHz; m; мегагерц; мегагерц; мегагерца; мегагерца
ГГц GHz; m; гигагерц; гигагерц; гигагерца; гигагерца
МБ MB; m; мегабайт; мегабайт; мегабайта; мегабайта
ГБ GB; m; гигабайт; гигабайт; гигабайта; гигабайта
ТБ TB; m; терабайт; терабайт; терабайта; терабайта
дБ dB; m; децибел; децибел; децибела; децибела
лм lm; m; люмен; люмен; люмена; люмена
Мп MP; m; мегапиксель; мегапикселей; мегапикселя; мегапикселя
км/ч; m; километр в час; километров в час; километра в час; километра в час
об/мин; m; оборот в минуту; оборотов в минуту; оборота в минуту; оборота в минуту
г/м²; m; грамм на квадратный метр; граммов на квадратный метр; грамма на квадратный метр; грамма на квадратный метр
с сек s; f; секунда; секунд; секунды; секунды
мин min; f; минута; минут; минуты; минуты
ч h; m; час; часов; часа; часа
шт; f; штука; штук; штуки; штуки
уп; f; упаковка; упаковок; упаковки; упаковки
м² кв.м; m; квадратный метр; квадратных метров; квадратных метра; квадратного метра
""")
_CURRENCIES = coinages("""
RUB; m; рубль; рублей/рубля/рубля; f; копейка; копеек/копейки/копейки
USD; m; доллар; долларов/доллара/доллара; m; цент; центов/цента/цента
EUR; m; евро; евро; m; цент; центов/цента/цента
GBP; m; фунт; фунтов/фунта/фунта; m; пенс; пенсов/пенса/пенса
CHF; m; франк; франков/франка/франка; m; сантим; сантимов/сантима/сантима
PLN; m; злотый; злотых/злотых/злотого; m; грош; грошей/гроша/гроша
TRY; f; лира; лир/лиры/лиры; m; куруш; курушей/куруша/куруша
CNY; m; юань; юаней/юаня/юаня; m; фэнь; фэней/фэня/фэня
JPY; f; иена; иен/иены/иены
KRW; f; вона; вон/воны/воны
INR; f; рупия; рупий/рупии/рупии; f; пайса; пайс/пайсы/пайсы
MXN; n; песо; песо; n; сентаво; сентаво
BRL; m; реал; реалов/реала/реала; n; сентаво; сентаво
""")
_SIGNS_OF_CURRENCIES = {
    **CURRENCY_SIGNS, "руб.": "RUB", "руб": "RUB", "р.": "RUB", "рублей": "RUB", "рубля": "RUB", "рубль": "RUB",
    "долларов": "USD", "евро": "EUR",
}  # fmt: skip
_TWELVE = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
_MONTHS = tuple(_TWELVE.split())
_MONTH = "|".join(_MONTHS)
_SHARES = {2: "вторая", 3: "треть", 4: "четверть", 5: "пятая", 8: "восьмая", 10: "десятая"}
_RANKED = "этаж|ряд|размер|класс|сезон|уровень|раз|год|день|шаг|выпуск"
_NAMES = "эй би си ди и эф джи эйч ай джей кей эл эм эн о пи кью ар эс ти ю ви дабл-ю икс уай зед"
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _NAMES.split(), strict=True))
_COUNTED_ENDS = (("а", "a"), ("я", "a"), ("ы", "i"), ("и", "i"), ("о", "n"), ("е", "n"))
_SMALL = "и или в во на с со к ко по за из до от о об для при без над под не но а же как что это то шт руб да"
_NO_NOUN = frozenset(_SMALL.split())


def _noun(place: Place) -> str:
    after = place.after
    if place.stopped or not after.isalpha() or after in _NO_NOUN:
        return ""
    return next((gender for end, gender in _COUNTED_ENDS if after.endswith(end)), "m")


def _date(day: int, month: int, in_year: int) -> str:
    return f"{ordinal(day, 'ое')} {_MONTHS[month - 1]} {year(in_year, 'ого')} года"


def _time(hour: int, minute: int) -> str:
    hours = WORDS.measure(WORDS.value(str(hour)), _UNITS["ч"])
    return f"{hours} {WORDS.measure(WORDS.value(str(minute)), _UNITS['мин'])}" if minute else f"{hours} ровно"


def _share(upper: int, lower: int) -> str:
    if (upper, lower) == (1, 2):
        return "половина"
    if lower not in _SHARES:
        return ""
    if lower in {3, 4}:
        end = {1: _SHARES[lower]}.get(upper, f"{_SHARES[lower][:-1]}и")
        return f"{counted(upper, 'f')} {end}"
    return f"{counted(upper, 'f')} {_SHARES[lower] if upper == 1 else f'{_SHARES[lower][:-2]}ых'}"


def _day(match: re.Match[str], place: Place) -> str:
    end = "ого" if place.before in {"до", "с", "от", "после", "около"} else "ое"
    said = f"{ordinal(int(match['day']), end)} {match['month']}"
    return f"{said} {year(int(match['year']), 'ого')} года" if match["year"] else said


def _ranked(match: re.Match[str], _place: Place) -> str:
    end = match["end"]
    full = {"я": "ая", "е": "ое", "го": "ого"}.get(end, "ый" if end.endswith("й") else end)
    return ordinal(int(match["n"]), full)


def _year(match: re.Match[str], _place: Place) -> str:
    end = {"году": "ом", "года": "ого", "год": "ый", "г.": "ого"}[match["word"]]
    word = {"г.": "года"}.get(match["word"], match["word"])
    return f"{year(int(match['n']), end)} {word}"


def _hyphen(match: re.Match[str], _place: Place) -> str:
    return f"{prefix(int(match['n']))}{match['rest']}"


def _times(match: re.Match[str], _place: Place) -> str:
    return WORDS.measure(WORDS.value(match["n"]), Noun("раз", "раз", "m", "раза"))


def _telephone(match: re.Match[str], _place: Place) -> str:
    plus = "плюс " if match.group().startswith("+") else ""
    return plus + ", ".join(digits(group) for group in re.findall(r"\d+", match.group()))


_TELEPHONE = r"(?:\+7|8)[ -]?\(?\d{3}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}"
_READERS = (
    (re.compile(_TELEPHONE), _telephone),
    (re.compile(r"(?P<n>\d{1,4})[xх×]"), _times),
    (re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{_MONTH})(?: (?P<year>\d{{4}})(?: г(?:ода|\.))?)?"), _day),
    (re.compile(r"(?P<n>(?:1[0-9]|20)\d\d) (?P<word>год(?:у|а)?|г\.)"), _year),
    (re.compile(r"(?P<n>\d{1,4})-?(?P<end>ый|ой|ий|й|ая|я|ое|е|ого|го)"), _ranked),
    (re.compile(r"(?P<n>\d{1,4})-(?P<rest>[а-яё]{4,}(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|ую|ых|ым|ом))"), _hyphen),
    (re.compile(r"24/7"), lambda _match, _place: "круглосуточно"),
)
_JOINED = (
    re.compile(rf"(?<!\S){_TELEPHONE}(?![\w-])"),
    re.compile(rf"(?<!\S)\d{{1,2}} (?:{_MONTH})(?: \d{{4}}(?: г(?:ода\b|\.))?)?"),
    re.compile(r"(?<!\S)(?:1[0-9]|20)\d\d (?:год(?:у|а)?\b|г\.)"),
    re.compile(r"(?<!\S)(?:т\. ?[едп]|т\. ?к)\.", re.IGNORECASE),
)
_DOTTED = "др мин макс ок см стр им ул тел арт прим пр напр руб шт"
WORDS = Words(
    cldr="ru_RU",
    cardinal=cardinal,
    counted=counted,
    point="запятая",
    fraction=fraction,
    plural=True,
    minus="минус",
    percent="процентов",
    percents=Noun("процент", "процентов", "m", "процента", "процента"),
    scales=("Цельсия", "Фаренгейта"),
    degree=Noun("градус", "градусов", "m", "градуса", "градуса"),
    by="на",
    to="тире",
    also="и",
    full="{notes} {coins}",
    plus="плюс",
    pound_sign="номер",
    times="{n} раза",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes} {cents}",
    noun=_noun,
    spaced=True,
    glued=frozenset({"A", "in", "А", "В", "с", "т"}),
    currency_signs=_SIGNS_OF_CURRENCIES,
    signs={
        "&": "и", "+": "плюс", "=": "равно", "@": "собака", "%": "процентов", "№": "номер", "°c": "градусов Цельсия",
    },
    abbreviations={
        "т.е": "то есть", "т. е": "то есть", "т.д": "так далее", "т. д": "так далее", "т.п": "тому подобное",
        "т.к": "так как", "др": "другие", "руб": "рублей", "шт": "штук", "мин": "минимум", "макс": "максимум",
        "ок": "около", "см": "смотри", "стр": "страница", "им": "имени", "ул": "улица", "тел": "телефон",
        "арт": "артикул", "прим": "примерно", "напр": "например", "пр": "прочее", "кол-во": "количество",
    },
    dotted=frozenset(_DOTTED.split()),
    stopped=frozenset({"т.е", "т.д", "т.п", "т.к", "руб", "шт", "ул", "тел", "арт", "стр", "напр"}),
    letters=_LETTERS,
    joined=_JOINED,
    readers=_READERS,
)  # fmt: skip
_SIZES = {
    "XXS": "очень-очень маленький", "XS": "очень маленький", "S": "маленький", "M": "средний", "L": "большой",
    "XL": "очень большой", "XXL": "очень-очень большой", "XXXL": "икс икс икс эль", "2XL": "два икс эль",
    "3XL": "три икс эль",
}  # fmt: skip
_OWN = "и в на с из для не это что как по к от до за у о же или ы э ъ ё й ж ш щ ч ю я ц"
_COMMON = frozenset(_OWN.split())


def _listing(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} и {items[-1]}"


LANGUAGE = Language(RUSSIAN_NUMBERS, make_reading(WORDS), make_money(WORDS), _listing, _SIZES, _COMMON)
