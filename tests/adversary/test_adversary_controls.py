"""The bench can fail: each check of standards is needed, and its want is seen."""

import pytest
from adversary_controls import CONTROLS, TAG

from livestream.standards import door
from livestream.standards.packs import load_pack


def test_there_is_a_control_for_each_check_and_each_rule():
    checks = {check.__name__ for check in door.CHECKS}
    assert {control.name for control in CONTROLS} == checks | {rule.id for rule in load_pack(TAG).rules}


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.name)
def test_with_the_check_off_something_gets_through_and_is_seen(control, tmp_path):
    assert control.gets_through(tmp_path)
