"""The tables of docs/platforms.md, made from the data that the check goes by."""

from pathlib import Path

from livestream.standards.platforms import TOPICS, Platform, Topic, load_platforms

PAGE = Path(__file__).resolve().parents[2] / "docs" / "platforms.md"
SHOWN: tuple[Topic, ...] = ("voice", "label", "simulcast", "hours", "static", "bitrate")


def tables() -> str:
    """Return what every platform allows, then each rule with its source."""
    known = load_platforms().values()
    heads = ["", *(TOPICS[topic] for topic in SHOWN)]
    rows = [[f"`{each.id}`", *(cell(each, topic) for topic in SHOWN)] for each in known]
    return "\n".join([*_table(heads, rows), "", *(line for each in known for line in _rules(each))])


def cell(each: Platform, topic: Topic) -> str:
    """Return a verdict in a word or a figure."""
    rule = each.rule(topic)
    if rule is None:
        return "" if each.private else "unknown"
    if rule.most is None:
        return f"**{rule.verdict}**" if rule.verdict == "forbidden" else rule.verdict
    return f"≤ {rule.most / 3600:g} h" if topic == "hours" else f"≤ {rule.most / 1e6:.3g} Mbit/s"


def made() -> str:
    """Return the page with its tables made anew."""
    head, begin, rest = PAGE.read_text().partition("<!-- tables -->\n")
    _, end, tail = rest.partition("<!-- end of tables -->")
    return f"{head}{begin}{tables()}{end}{tail}"


def _rules(each: Platform) -> list[str]:
    where = f" Ingest servers under {', '.join(f'`{host}`' for host in each.hosts)}." if each.hosts else ""
    markets = "".join(f" In {market} the rules of `{other}` hold." for market, other in each.markets.items())
    told = [f"### {each.name} (`{each.id}`)", "", *([f"{where}{markets}".strip(), ""] if where or markets else [])]
    for topic in TOPICS:
        if rule := each.rule(topic):
            dated = f"of {rule.source.dated}, " if rule.source.dated else ""
            told.append(f"* **{TOPICS[topic]}, {rule.verdict}:** {rule.says}")
            told.append(f"  *{rule.source.title}; {dated}{rule.source.confidence}, read {rule.source.read}.*")
    return [*told, ""]


def _table(heads: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows)]
