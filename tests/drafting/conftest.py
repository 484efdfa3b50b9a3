import pytest
from drafting_shop import read_shop

from livestream.drafting.asking import briefs
from livestream.drafting.judge import Judge
from livestream.drafting.vocabulary import vocabulary
from livestream.locales import locale
from livestream.rundown import load_playbook


@pytest.fixture(scope="session")
def american():
    return locale("en-US")


@pytest.fixture(scope="session")
def playbook():
    return load_playbook("en-US")


@pytest.fixture(scope="session")
def known(playbook):
    return vocabulary(playbook)


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory):
    return read_shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="session")
def asked(catalogue, playbook):
    return {brief.product.handle: brief for brief in briefs(catalogue, playbook, count=2)}


@pytest.fixture(scope="session")
def judge(catalogue, american, known):
    return Judge(catalogue, american, known)
