"""Every voice that ships is whole, says how good it is, and keeps the rate that its file states."""

import pytest

from livestream import datafiles
from livestream.errors import UsageError
from livestream.media import SAMPLE_RATE
from livestream.pacing import Rate
from livestream.speech.editing import tighten
from livestream.speech.engine import make_engine
from livestream.speech.resample import resample
from livestream.speech.voice import Quality, Voice, load_voice, quality, read_voice
from livestream.testing.calibrate import fit

SENTENCES = {
    "en-GB": "This bottle keeps your drink cold all day. It comes in three colours, and it costs nineteen pounds.",
    "de-DE": "Diese Flasche hält dein Getränk den ganzen Tag kalt. Sie hat drei Farben, und sie kostet neun Euro.",
    "fr-FR": "Cette gourde garde votre boisson au frais. Elle existe en trois couleurs, et elle coûte neuf euros.",
    "it-IT": "Questa borraccia tiene fresca la bevanda. Esiste in tre colori, e costa ventinove euro.",
    "es-ES": "Esta botella mantiene fría la bebida. Viene en tres colores, y cuesta veintinueve euros.",
    "es-MX": "Esta botella mantiene fría la bebida. Viene en tres colores, y cuesta veintinueve pesos.",
    "ja-JP": "この水筒は 飲み物を 一日中 冷たく 保ちます. 色は 三つ, お値段は 二千九百八十円です.",
    "id-ID": "Botol ini menjaga minuman tetap dingin. Ada tiga warna, dan harganya seratus lima puluh ribu rupiah.",
    "ru-RU": "Эта бутылка держит напиток холодным весь день. Есть три цвета, и она стоит две тысячи рублей.",
    "tr-TR": "Bu şişe içeceğinizi bütün gün soğuk tutar. Üç rengi var, fiyatı dokuz yüz lira.",
    "pl-PL": "Ta butelka utrzymuje zimny napój przez cały dzień. Są trzy kolory, a cena to sto złotych.",
    "ko-KR": "이 물병은 하루 종일 음료를 차갑게 유지합니다. 색상은 세 가지이고, 가격은 이만 구천 원입니다.",
    "ar-SA": "هذه الزجاجة تحافظ على برودة مشروبك. تتوفر بثلاثة ألوان، وسعرها مئة ريال.",
    "hi-IN": "यह बोतल आपके पेय को पूरे दिन ठंडा रखती है। तीन रंग हैं, और इसकी कीमत नौ सौ रुपये है।",
    "th-TH": "ขวดนี้ เก็บ ความเย็น ได้ ทั้งวัน มี สาม สี ราคา เก้าร้อย บาท",
    "vi-VN": "Chiếc bình này giữ đồ uống mát lạnh cả ngày. Có ba màu, và giá là ba trăm nghìn đồng.",
}
PREVIEW = ("id-ID", "ru-RU", "tr-TR", "pl-PL", "ko-KR", "ar-SA", "hi-IN", "th-TH", "vi-VN")


def test_every_locale_has_a_voice_file_that_can_be_read():
    assert {*SENTENCES, "en-US", "pt-BR"} == set(datafiles.names("voices"))
    for tag in datafiles.names("voices"):
        assert load_voice(tag).engines


@pytest.mark.needs("espeak-ng")
@pytest.mark.parametrize("tag", SENTENCES)
def test_a_voice_keeps_the_rate_that_is_stated(tag):
    voice, text = load_voice(tag), SENTENCES[tag]
    raw = make_engine(quality(voice).engine, voice).synthesise(text, locale=tag, seed=1)
    lasted = len(tighten(resample(raw.pcm, raw.rate, SAMPLE_RATE)).pcm) / SAMPLE_RATE
    assert voice.rate.seconds(text) == pytest.approx(lasted, rel=0.2)


@pytest.mark.parametrize(
    "wrong",
    ['deadline = "soon"', "deadline = nan", "rate = inf", 'speed = "x"', "speed = 0", "speed = true", 'lufs = "x"'],
)
def test_a_number_that_an_engine_cannot_use_is_named_with_its_file(tmp_path, wrong):
    path = tmp_path / "voice.toml"
    head = 'engines = ["remote"]\n[rate]\nper_sentence = 0.3\nper_letter = 0.07\n'
    path.write_text(f'{head}[engine.remote]\nbase_url = "http://127.0.0.1:9/v1"\n{wrong}\n')
    with pytest.raises(UsageError, match=rf"\[engine.remote\] {wrong.split()[0]}: .* is not a number from") as error:
        make_engine("remote", read_voice(path, "en-US"))
    assert error.value.where == str(path)
    path.write_text("#" * (3 << 20))
    with pytest.raises(UsageError, match="bytes"):
        read_voice(path, "en-US")


@pytest.mark.needs("espeak-ng")
def test_every_engine_of_a_chain_has_a_speed_of_its_own():
    fast, slow = (Voice("en-US", (), options={"espeak-ng": {"speed": speed}}) for speed in (1.2, 0.8))
    length = [
        make_engine("espeak-ng", v).synthesise("A lamp of oak.", locale="en-US", seed=1).seconds for v in (fast, slow)
    ]
    assert length[0] < 0.8 * length[1]


@pytest.mark.needs("espeak-ng")
def test_complete_locales_are_for_the_air_and_the_others_for_previews():
    assert quality(load_voice("fr-FR")) == Quality("pico", "concatenative", preview=False)
    assert quality(load_voice("ja-JP")) == Quality("openjtalk", "concatenative", preview=False)
    for tag in PREVIEW:
        assert quality(load_voice(tag)).preview, tag


@pytest.mark.needs("espeak-ng")
def test_a_fallback_and_an_accent_are_told():
    found = quality(Voice("pl-PL", ("gramophone", "espeak-ng")))
    assert (found.engine, found.preview) == ("espeak-ng", True)
    assert "gramophone is not installed" in found.why
    assert "plainly a machine" in found.why
    accented = quality(Voice("it-IT", ("hibari",), options={"hibari": {"preview": True}}))
    assert accented == Quality("hibari", "neural", preview=True, why="hibari speaks it-IT with an accent")


def test_a_rate_is_found_again_from_what_it_times():
    true = Rate(0.2, 0.04, 0.06, 0.3)
    texts = [
        "Yes.",
        "It is a lamp, and it is warm.",
        "Three sizes; small, medium and large.",
        "A long sentence without any pause in the middle of it.",
        "Look here: it folds.",
        "Extraordinarily comfortable.",
        "No, no, no.",
    ]
    found = fit(texts, [true.seconds(text) for text in texts])
    assert found.rate == true
    assert found.typical_error == pytest.approx(0, abs=1e-9)
    wordless = fit(texts, [true.seconds(text) for text in texts], words=False)
    assert wordless.rate.per_word == 0
    assert wordless.typical_error < 0.1
    slower_for_each_pause_less = Rate(0.5, 0.0, 0.06, 0.0)
    seconds = [slower_for_each_pause_less.seconds(text) - 0.05 * text.count(",") for text in texts]
    assert fit(texts, seconds).rate.per_pause == 0, "no figure is negative"
