import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.catalogue.wording import cut, html_to_text, slug, tidy


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Oak &amp; steel</p>", "Oak & steel."),
        ("<p>One.</p><p>Two!</p>", "One.\nTwo!"),
        ("<p>Made of <b>oak</b>&nbsp;wood</p>", "Made of oak wood."),
        ("<ul><li>30 x 40 cm</li><li>Set of 4</li></ul>", "30 x 40 cm.\nSet of 4."),
        ("<h2>Features</h2><p>Oak</p>", "Oak."),
        ("<h2>Only a heading</h2>", "Only a heading."),
        ("<table><tr><th>Material:</th><td>Cotton</td></tr></table>", "Material: Cotton."),
        ("<script>alert(1)</script><style>p{}</style><p onclick=x>Safe</p><!-- no -->", "Safe."),
        ("&lt;p&gt;Escaped twice&lt;/p&gt;", "Escaped twice."),
        ("Line one\nwraps here.", "Line one wraps here."),
        ("First\n\n- a bullet\n- another", "First.\na bullet.\nanother."),
        ("size < 5 and > 3", "size < 5 and > 3."),
        ("One<br>two<br/>three", "One.\ntwo.\nthree."),
        ("<p>Unclosed <b>tags<p>go on", "Unclosed tags.\ngo on."),
        ("", ""),
        ("<p> </p>", ""),
    ],
)
def test_html_becomes_sentences(body, text):
    assert html_to_text(body) == text


@given(st.text(alphabet=st.sampled_from("<>/pbliah1&;#x \n-é"), max_size=60))
def test_any_markup_becomes_text_without_tags(body):
    assert "<p>" not in html_to_text(body)


@pytest.mark.parametrize(
    ("text", "clean", "removed"),
    [
        ("plain", "plain", ()),
        ("a\u202eb", "ab", ("direction overrides",)),
        ("a\u200fb", "ab", ("direction overrides",)),
        ("a\u200bb\ufeff", "ab", ("zero-width characters",)),
        ("a\x1b[31mb\x00", "a[31mb", ("control characters",)),
        ("slot \ue000", "slot", ("private-use characters",)),
        ("{{ 7*7 }} lamp {% x %}", "7*7 lamp x", ("template braces",)),
        ("{{{{}}}}", "", ("template braces",)),
        ("{{{%%}}}", "", ("template braces",)),
        ("soft\u00adhyphen", "softhyphen", ()),
        ("two  spaces\n\nlines ", "two spaces\nlines", ()),
        ("می\u200cخواهم", "می\u200cخواهم", ()),
    ],
)
def test_tidy_takes_out_what_hides_or_executes(text, clean, removed):
    assert tidy(text) == (clean, removed)


@given(st.text(max_size=80))
def test_nothing_dangerous_survives_tidying(text):
    clean, _ = tidy(text)
    assert not {unicodedata.category(char) for char in clean.replace("\n", "")} & {"Cc", "Co", "Cs"}
    assert not any(mark in clean for mark in ("{{", "}}", "{%", "%}", "{#", "#}", "\u202e", "\u2066"))
    assert tidy(clean)[0] == clean


def test_cut_ends_at_a_word():
    assert cut("a long title", 8) == "a long"
    assert cut("short", 8) == "short"
    assert cut("unbroken", 4) == "unbr"


def test_slug_keeps_letters_of_every_script():
    assert slug("Café au lait, 250 g!") == "café-au-lait-250-g"
    assert slug("a.b_c") == "a-b-c"
    assert slug("陶瓷 杯") == "陶瓷-杯"
