"""What is changed of a module and what is left out, so that the share that tests notice says something."""

from tests.mutation.mutants import mutants


def changes(source: str) -> list[str]:
    return [mutant.what for mutant in mutants(source)]


def test_every_rule_threshold_and_condition_is_changed() -> None:
    found = changes("def f(a):\n    if a > 20 and a != LONGEST:\n        raise draft.refuse('length', f'{a} is long')")
    assert sorted(found) == sorted(
        ["condition turned", "→ Or", "not raised", "Gt → GtE", "NotEq → Eq", "'length' → 'lengthX'", "20 → 21"]
    )
    assert changes("LONGEST = 400\nWORDS = 'a|b c'\nRULES = frozenset({'free'})") == [
        "400 → 401", "'a|b c' → 'a|b cX'", "'free' → 'freeX'",
    ]  # fmt: skip


def test_what_no_answer_hangs_on_is_left_out() -> None:
    assert not changes(
        '"""A docstring of a module."""\n'
        "__all__ = ['a', 'b']\nFIRST = 0xE000\nMOST_KEPT = 1024\nGAP = ' · '\nSAY = 'Write it in the file, please.'\n"
        "T = TypeVar('T')\nKEY = secrets.token_bytes(32)\n_REMEDIES = {each: 'Stop.'}\n"
        "done = json.dumps(a, sort_keys=True)\nkept: int = field(compare=False)\n"
    )
    assert changes("LIMIT = 0xE000 - 1 if preview == 'whep' else 2") != []
    assert changes("preview = 'a' if kind == 'whep' else 'b'") == ["condition turned", "Eq → NotEq", "'whep' → 'whepX'"]
