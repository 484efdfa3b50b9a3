"""The page about comments: its settings, messages and programs are what they say."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from livestream.audience.comment import Comment
from livestream.audience.sources.protocol import MAX_BATCH, MAX_ID, MAX_MESSAGE, MAX_NAME, MAX_TEXT, parse
from livestream.audience.sources.push import PushDoor, new_signing_key
from livestream.audience.sources.quota import BURST, DAY
from livestream.audience.sources.text import read_line
from livestream.audience.sources.twitch import TwitchSource
from livestream.audience.sources.youtube import DAILY, INSERT_COST, LIST_COST, YouTubeSource
from livestream.clock import SystemClock
from livestream.settings import ChannelSettings, CommentSource

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "comments.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", blocks("toml"))
def test_the_sources_it_names_can_be_opened(block, tmp_path):
    (tmp_path / "key").write_text("some-key-of-a-platform")
    settings = ChannelSettings.model_validate({"catalogue": "products.csv", **tomllib.loads(block)})
    assert settings.comments
    kinds = {"ws": PushDoor, "twitch": TwitchSource, "youtube": YouTubeSource}
    for source in settings.comments:
        keyed = source.model_copy(update={"key_file": tmp_path / "key"})
        kinds[source.kind](keyed, clock=SystemClock())


def test_the_message_it_shows_is_a_comment():
    (comment,) = parse(blocks("json")[0], source="ws", platform="ws", now=2e9)
    assert isinstance(comment, Comment)
    assert (comment.at, comment.language, comment.badges) == (1700000000.5, "en-US", ("member",))


def test_the_error_it_shows_is_the_one_that_is_told():
    _, shown = json.loads(blocks("json")[1])
    message = json.dumps({"type": "comment", "id": "c-82", "user": "u", "name": "n"})
    (error,) = parse(message, source="ws", platform="ws", now=2e9)
    assert error.answer() == shown


def test_its_program_signs_what_the_door_takes():
    names: dict[str, object] = {}
    exec(blocks("python")[0], names)
    key = new_signing_key()
    door = PushDoor(
        CommentSource.model_validate({"from": "webhook", "key_env": "K"}), clock=SystemClock(), environ={"K": key}
    )
    body = blocks("json")[0].encode()
    (comment,) = door.verify(names["signed"](key, "msg-1", body), body)
    assert comment.text == "How much is it?"


def test_its_bridge_prints_what_is_read(capsys):
    names: dict[str, object] = {}
    exec(blocks("python")[1], names)
    names["heard"]("7", "u1", "Añá", "how much?\nand in blue?")
    (line,) = capsys.readouterr().out.splitlines()
    comment = read_line(line, id_="x", source="tiktok", platform="tiktok", now=1.0)
    assert (comment.id, comment.user, comment.name, comment.text) == ("7", "u1", "Añá", "how much?\nand in blue?")


def test_its_figures_are_those_of_the_code():
    told = PAGE.replace("\n", " ")
    for figure in (
        f"{MAX_MESSAGE:,} bytes",
        f"up to {MAX_BATCH}",
        f"1 to {MAX_ID} visible",
        f"first {MAX_NAME} characters",
        f"first {MAX_TEXT:,} characters",
        f"{DAILY:,} units",
        f"costs {LIST_COST}, a posted reply is reckoned at {INSERT_COST}",
        f"a call each {DAY * LIST_COST / (DAILY * (1 - BURST)):.0f} s",
        f"{0.3 * DAILY / INSERT_COST:.0f} replies a day",
    ):
        assert figure in told, figure
