"""The page about platforms says what the check goes by."""

from platforms_page import PAGE, made


def test_the_tables_are_those_of_the_data():
    assert PAGE.read_text() == made(), "make docs writes it anew"
