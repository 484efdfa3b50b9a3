"""What desk rooms share about text: folding look-alikes, number words, spoken forms."""

from livestream.text.fold import clean, fold, unleet, without_pictures
from livestream.text.money import money_caption, money_spoken
from livestream.text.numerals import Numeral, numbers_in
from livestream.text.spoken import speak, spoken_form

__all__ = [
    "Numeral",
    "clean",
    "fold",
    "money_caption",
    "money_spoken",
    "numbers_in",
    "speak",
    "spoken_form",
    "unleet",
    "without_pictures",
]
