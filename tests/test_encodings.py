"""Text comes out right from every encoding that Vietnamese was published in, and all other text untouched."""

from __future__ import annotations

import codecs
import time
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.encodings import DecodeError, decode, repair, tcvn3, vni, windows_1258
from corpus.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Callable

TONES = "\u0300\u0301\u0303\u0309\u0323"
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *TONES)] + [
    "đ"
]
MARKED = [letter for letter in SMALL if not letter.isascii()]

VIETNAMESE = [
    "Sáng nay, Uỷ ban nhân dân tỉnh họp trực tuyến với 168 xã, phường về cải cách hành chính.",
    "Tỷ lệ hồ sơ được số hoá đạt 72,5%, vượt mục tiêu đề ra đầu năm.",
    "Người dân chỉ mất năm phút để nộp đơn xin cấp lại giấy khai sinh.",
    "Bộ trưởng yêu cầu các đơn vị khẩn trương gỡ vướng mắc về dữ liệu đất đai.",
    "Kỹ sư trẻ ở Cần Thơ viết phần mềm giúp nông dân theo dõi độ mặn của nước.",
    "Đề án gồm ba giai đoạn; kinh phí do ngân sách Trung ương bảo đảm.",
]
FOREIGN = [
    "The café’s owner, naïve as ever, paid £5 for 10 µm film at 20 °C – half-price! © 2021",
    "L’été dernier, le préfet a reçu les élus à la mairie ; le débat a duré très tard, dû à la pluie.",
    "Où est passée la clé du théâtre ? Même le régisseur, âgé et fâché, l’a cherchée là-bas.",
    "Die Bürger hörten zu; über Nacht kam schönes Wetter für München und Köln.",
    "El año próximo, la compañía abrirá más oficinas en São Tomé y Bogotá.",
    "政府发布数字经济发展规划、提出2025年目标。",
    "Министерство опубликовало план развития цифрового правительства.",
    "Plain ASCII text, nothing else.",
    "5 µm, ½ cup, § 7, «a», ®, x², 10·3",
]


def inverse(table: dict[str, str]) -> dict[str, str]:
    return {letter: code for code, letter in table.items()}


def as_tcvn3(text: str) -> str:
    codes = inverse(tcvn3())
    return "".join(codes.get(letter, codes.get(letter.lower(), letter)) for letter in text)


def as_vni(text: str) -> str:
    codes = inverse(vni())
    return "".join(codes.get(letter, letter) for letter in text)


def as_windows_1258(text: str) -> str:
    codes = inverse(windows_1258())
    return "".join(codes.get(sign, sign) for letter in text for sign in untoned(letter))


def untoned(letter: str) -> str:
    marks = unicodedata.normalize("NFD", letter)
    base = "".join(mark for mark in marks if mark not in TONES)
    return unicodedata.normalize("NFC", base) + "".join(mark for mark in marks if mark in TONES)


ENCODERS: dict[str, Callable[[str], str]] = {
    "windows-1258": as_windows_1258,
    "TCVN3": as_tcvn3,
    "VNI": as_vni,
}
every_encoding = pytest.mark.parametrize("encode", ENCODERS.values(), ids=ENCODERS)
paragraphs = st.lists(st.sampled_from(VIETNAMESE), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("code", "letter"),
    [(0xB5, "à"), (0xB8, "á"), (0xAE, "đ"), (0xA7, "Đ"), (0xAD, "ư"), (0xD6, "ệ"), (0xE9, "ộ"), (0xFE, "ỵ")],
)
def test_codes_of_tcvn3_are_those_of_the_standard(code: int, letter: str) -> None:
    assert tcvn3()[chr(code)] == letter


@pytest.mark.parametrize(
    ("codes", "letter"),
    [("ñ", "đ"), ("öô", "ươ"), ("ôù", "ớ"), ("eä", "ệ"), ("aê", "ă"), ("aë", "ặ"), ("æ", "ỉ"), ("Ñ", "Đ")],
)
def test_codes_of_vni_are_those_of_its_fonts(codes: str, letter: str) -> None:
    assert "".join(vni().get(c, "") for c in ([codes] if codes in vni() else codes)) == letter


def test_the_tables_hold_every_vietnamese_letter() -> None:
    assert len(MARKED) == 67
    assert sorted(tcvn3().values()) == sorted([*MARKED, *"ĂÂÊÔƠƯĐ"])
    assert set(vni().values()) == {*MARKED, *(letter.upper() for letter in MARKED)}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"\xa7\xb6ng v\xb5 Nh\xb5 n\xad\xedc", "Đảng và Nhà nước"),
        (b"Th\xf1 t\xad\xedng Ch\xddnh ph\xf1", "Thủ tướng Chính phủ"),
        (b"\xd1a\xfbng va\xf8 Nha\xf8 n\xf6\xf4\xf9c", "Đảng và Nhà nước"),
        (b"Thu\xfb t\xf6\xf4\xf9ng Ch\xednh phu\xfb", "Thủ tướng Chính phủ"),
        (b"\xd0a\xd2ng va\xcc Nha\xcc n\xfd\xf5\xecc", "Đảng và Nhà nước"),
        (b"Thu\xd2 t\xfd\xf5\xecng Chi\xecnh phu\xd2", "Thủ tướng Chính phủ"),
    ],
)
def test_bytes_known_from_old_pages(body: bytes, text: str) -> None:
    assert decode(body) == text
    assert decode(body, "iso-8859-1") == text
    assert decode(body, "utf-8") == text
    assert decode(body.decode("latin-1").encode()) == text


@every_encoding
def test_every_letter_comes_back(encode: Callable[[str], str]) -> None:
    capitals = [letter.upper() for letter in MARKED] if encode is not as_tcvn3 else list("ĂÂÊÔƠƯĐ")
    text = " ".join([*VIETNAMESE, *MARKED, *capitals])
    assert decode(encode(text).encode("cp1252")) == text
    assert decode(encode(text).encode()) == text


@every_encoding
@settings(deadline=None)
@given(text=paragraphs)
def test_any_of_the_sentences_comes_back(encode: Callable[[str], str], text: str) -> None:
    assert decode(encode(text).encode("cp1252")) == text
    assert repair(encode(text)) == text


def test_a_page_in_an_old_font_keeps_its_markup() -> None:
    page = '<html><meta charset="utf-8"><style>.a{{font:.VnTime}}</style><body><p>{}</p></body></html>'
    text = " ".join(VIETNAMESE)
    assert decode(page.format(as_tcvn3(text)).encode("cp1252"), "utf-8") == page.format(text)


def test_typographic_quotes_and_dashes_stay() -> None:
    text = "Khẩu hiệu “gần dân” – đúng hẹn…"
    assert decode(as_tcvn3(text).encode("cp1252")) == text
    assert decode(as_vni(text).encode("cp1252").decode("latin-1").encode()) == text


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Chñ tÞch ñY BAN x· Vâ Lao, Së TT&TT", "Chủ tịch ỦY BAN xã Võ Lao, Sở TT&TT"),
    ],
)
def test_words_of_a_capital_font_become_capitals(shown: str, text: str) -> None:
    assert repair(shown) == text


def test_capitals_of_vni_may_bear_the_marks_of_small_letters() -> None:
    assert repair("UÛy ban vaø Uûy vieân") == "Ủy ban và Ủy viên"


@pytest.mark.parametrize("text", VIETNAMESE)
@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_unicode_is_read_by_its_mark_and_composed(text: str, mark: bytes, codec: str) -> None:
    assert decode(mark + text.encode(codec)) == text
    assert decode(mark + unicodedata.normalize("NFD", text).encode(codec)) == text
    assert decode(mark + text.encode(codec), "iso-8859-1") == text


@pytest.mark.parametrize("text", FOREIGN)
@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1258", "no-such-charset"])
def test_text_in_other_languages_is_untouched(text: str, declared: str | None) -> None:
    assert decode(text.encode(), declared) == unicodedata.normalize("NFC", text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(VIETNAMESE + FOREIGN)).map(" ".join))
def test_unicode_in_any_mix_is_untouched(text: str) -> None:
    assert decode(text.encode()) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (FOREIGN[1], "windows-1252"),
        (FOREIGN[1], "ISO-8859-1"),
        (FOREIGN[5], "gb2312"),
        (FOREIGN[6], "windows-1251"),
        (FOREIGN[6], "koi8-r"),
        ("Plain", "utf-16-le"),
    ],
)
def test_other_languages_are_read_as_declared(text: str, charset: str) -> None:
    codec = "cp1252" if charset == "ISO-8859-1" else charset
    assert decode(text.encode(codec), charset) == text


@pytest.mark.parametrize(
    ("body", "declared", "message"),
    [
        (b"Tin t\xe1\xbb\xa9c\0 s\xe1\xbb\x91", None, "not text: NUL byte at offset 9"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "utf-8", "not text: NUL byte at offset 8"),
        (
            "Bộ Nội vụ công bố".encode() + b"\xff",
            "windows-1252",
            "broken UTF-8: invalid start byte 0xff at offset 26",
        ),
        ("Bộ Nội vụ".encode()[:-1], None, "broken UTF-8: unexpected end of data 0xe1 at offset 12"),
        (codecs.BOM_UTF8 + b"abc\xff", None, "broken UTF-8: invalid start byte at offset 6"),
        (codecs.BOM_UTF16_LE + b"a\0b", None, "broken UTF-16-LE: truncated data at offset 4"),
        (codecs.BOM_UTF16_LE + b"a\0\0\0", None, "not text: NUL byte"),
        (FOREIGN[1].encode("cp1252"), None, "not UTF-8 (invalid "),
        (FOREIGN[1].encode("cp1252"), "unicode_escape", "not UTF-8 (invalid "),
        (bytes(range(128, 256)), "windows-1252", "not UTF-8 (invalid start byte 0x80 at offset 0)"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(body: bytes, declared: str | None, message: str) -> None:
    with pytest.raises(DecodeError) as raised:
        decode(body, declared)
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


@settings(deadline=None)
@given(
    st.binary(),
    st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["utf-16", "gbk", "latin-1", "idna"])),
)
def test_any_bytes_give_composed_text_or_a_decode_error(body: bytes, declared: str | None) -> None:
    try:
        text = decode(body, declared)
    except DecodeError:
        return
    assert unicodedata.is_normalized("NFC", text)
    assert "\0" not in text


@pytest.mark.parametrize("sign", ["a", "ấ", "µ", "A", "Aé ", "é"])
def test_long_text_is_read_in_linear_time(sign: str) -> None:
    def seconds(size: int) -> float:
        started = time.perf_counter()
        decode((sign * size).encode())
        return time.perf_counter() - started

    assert seconds(80_000) < 20 * (seconds(10_000) + 0.02)


@pytest.mark.parametrize(
    "words",
    [
        "nghiêng nghị ghế kỷ cương quyết quốc quỳnh gì gìn giếng già giữa uỷ ủy hoà hòa thuở khuya khuỵu",
        "xoong moóc được ưu tiên yêu ỷ ý ấy oẳn ngoằn ngoèo xoáy khoẻ khỏe tuần huệ Đắk Lắk NGƯỜI Việt",
        "rượu hươu nguyện chuyện quýt quẩn thuế loạng toẹt buýt mưa mía bước cuộc iếc",
    ],
)
def test_syllables(words: str) -> None:
    assert [word for word in words.split() if not is_syllable(word)] == []


@pytest.mark.parametrize(
    "words",
    [
        "tôt bàc ốp̀ été café für phñ t­íng töôùng chÝnh đ ng ngế cí ghà kkỷ hoàa tiến̉ ngườí",
        "tíên ngưòi mủôn straße über naïve dû 政府 Привет ớng1 rằnh bờu",
    ],
)
def test_no_syllables(words: str) -> None:
    assert [word for word in words.split() if is_syllable(word)] == []
