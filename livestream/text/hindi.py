"""Numbers in Hindi words. Each number below a hundred has a word of its own."""

from __future__ import annotations

from fractions import Fraction

_BELOW_A_HUNDRED = """
शून्य एक दो तीन चार पाँच छह सात आठ नौ
दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस
बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस
तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस
चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास
पचास इक्यावन बावन तिरेपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ
साठ इकसठ बासठ तिरेसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर
सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उन्यासी
अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी
नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे
"""
ONES = tuple(_BELOW_A_HUNDRED.split())
HUNDRED = "सौ"
SCALES = ((10**11, "खरब"), (10**9, "अरब"), (10**7, "करोड़"), (10**5, "लाख"), (1000, "हज़ार"))
LARGEST = 10**13
"""Cardinals from here on are read digit by digit."""
_ORDINALS = {1: "पहला", 2: "दूसरा", 3: "तीसरा", 4: "चौथा", 6: "छठा"}
_AND_A_HALF = {1: "डेढ़", 2: "ढाई"}


def cardinal(number: int) -> str:
    """Return an integer in words, by lakh and crore: `129900` is "एक लाख उनतीस हज़ार नौ सौ"."""
    if number < 0:
        return f"माइनस {cardinal(-number)}"
    if number >= LARGEST:
        return " ".join(ONES[int(digit)] for digit in str(number))
    said = []
    for size, name in SCALES:
        count, number = divmod(number, size)
        said += [ONES[count], name] if count else []
    hundreds, rest = divmod(number, 100)
    said += [ONES[hundreds], HUNDRED] if hundreds else []
    return " ".join([*said, ONES[rest]] if rest or not said else said)


def ordinal(number: int) -> str:
    """Return an ordinal: `1` is "पहला", `5` "पाँचवाँ"."""
    return _ORDINALS.get(number) or f"{cardinal(number)}वाँ"


def mixed(whole: int, upper: int, lower: int) -> str:
    """Return a number and a quarter, a half or three: 1 1/2 is "डेढ़", 3 1/2 "साढ़े तीन", 2 3/4 "पौने तीन"; else ""."""
    quarters = Fraction(upper, lower) * 4
    if quarters == 2 and whole in _AND_A_HALF:
        return _AND_A_HALF[whole]
    named = {1: f"सवा {cardinal(whole)}", 2: f"साढ़े {cardinal(whole)}", 3: f"पौने {cardinal(whole + 1)}"}
    return named[quarters.numerator] if whole and quarters in (1, 2, 3) else ""


def share(upper: int, lower: int) -> str:
    """Return a fraction: 1/2 is "आधा", 1/4 "चौथाई", 3/4 "तीन चौथाई", 2/5 "दो बटा पाँच"."""
    if (upper, lower) == (1, 2):
        return "आधा"
    if lower in {3, 4}:
        part = {3: "तिहाई", 4: "चौथाई"}[lower]
        return part if upper == 1 else f"{cardinal(upper)} {part}"
    return f"{cardinal(upper)} बटा {cardinal(lower)}"
