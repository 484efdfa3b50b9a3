from types import SimpleNamespace

from livestream.channel.live.console import PRODUCT_LIST, Console


def test_a_list_that_cannot_be_read_stands_among_the_sources_with_the_reason():
    console = object.__new__(Console)  # nothing else of it is asked
    console._goods = SimpleNamespace(trouble="")
    assert console._list_in_trouble() == ()
    console._goods.trouble = "list.csv: " + "x" * 500
    (source,) = console._list_in_trouble()
    assert (source.name, source.state) == (PRODUCT_LIST, "refused")
    assert source.detail.startswith("list.csv: ")
    assert len(source.detail) <= 200
