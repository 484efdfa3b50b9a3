import logging

import pytest

from livestream.channel.goods import files_of, read_goods
from livestream.errors import CatalogueError
from livestream.settings import ChannelSettings

POLICIES = """
[[policy]]
topic = "returns"
locale = "en-US"
text = "You can send it back within 30 days."
[[policy]]
topic = "support"
locale = "en-US"
text = "Our lamp cures headaches for good."
[[policy]]
topic = "shipping"
locale = "es-MX"
text = "Enviamos a todo México."
"""


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "list.csv").write_text("title,price,currency\nLamp,5,USD\n")
    (tmp_path / "policies.toml").write_text(POLICIES)
    return ChannelSettings(catalogue=tmp_path / "list.csv", policies=tmp_path / "policies.toml")


def test_a_policy_that_standards_refuse_is_left_out_and_said_in_the_log(settings, caplog):
    with caplog.at_level(logging.WARNING):
        goods = read_goods(settings)
    assert [fact.id for fact in goods.policies] == ["policy.returns"]
    assert goods.fact("policy.returns").value == "You can send it back within 30 days."
    (record,) = caplog.records
    assert "support is left out: health" in record.message


def test_without_a_file_there_is_none_and_a_wrong_one_is_an_error(settings):
    assert read_goods(settings.model_copy(update={"policies": None})).policies == ()
    settings.policies.write_text("[[policy]]\n")
    with pytest.raises(CatalogueError, match="policy 1, topic"):
        read_goods(settings)


def test_goods_are_told_in_the_language_of_the_channel(tmp_path):
    (tmp_path / "list.csv").write_text("handle,title,price,currency\nlamp,Desk Lamp,5,EUR\n")
    settings = ChannelSettings(catalogue=tmp_path / "list.csv", locale="de-DE")
    assert read_goods(settings).product("lamp").title == "Desk Lamp"
    *_, texts = files_of(settings)
    assert texts.name == "list.de-DE.csv"
    texts.write_text("handle,field,source,text\nlamp,title,Desk Lamp,Schreibtischlampe\n")
    assert read_goods(settings).product("lamp").title == "Schreibtischlampe"
