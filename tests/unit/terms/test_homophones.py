"""How names sound."""

from bangfu.terms.homophones import sound_of


def test_homophones_sound_alike() -> None:
    assert sound_of("峰杰") == sound_of("峰洁") == "feng jie"


def test_a_character_sounds_the_same_in_every_name() -> None:
    assert sound_of("重庆").split()[0] == sound_of("张重").split()[1]


def test_what_has_no_pinyin_stands_for_itself() -> None:
    assert sound_of("A·1") == "A · 1"
