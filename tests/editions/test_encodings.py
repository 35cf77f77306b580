"""Which encodings a file shows by itself, and which have to be named."""

import pytest

from analysis.editions import ROOT
from analysis.editions.encodings import UnknownEncodingError, decoded, is_plain_chinese, sample

COUNTRIES = "Côte d'Ivoire,1\nTürkiye,2\nCuraçao,3\n"
CITIES = "北京,天津,石家庄,唐山,秦皇岛,亳州,漯河,儋州,深圳,乌鲁木齐"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [COUNTRIES, CITIES, "plain,1\n"])
@pytest.mark.parametrize("named", ["", "cp1252"])
def test_a_file_that_shows_its_encoding_is_read_in_it_whatever_is_named(encoding, text, named):
    assert decoded(text.encode(encoding), named).text == text


@pytest.mark.parametrize("file", ["reference/cities.csv", "reference/framework.csv"])
def test_chinese_files_are_read_as_gb18030(file):
    text = (ROOT / "data" / file).read_text("utf8")
    assert decoded(text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize("text", [CITIES, "城市,地区生产总值(亿元)\n甲市,1\n", "指标：℃，％\n"])
def test_short_chinese_texts_are_read_as_gb18030(text):
    assert decoded(text.encode("gb18030")) == (text, "gb18030")


# Texts of other countries; with as many commas as not every of them is valid GB18030.
FOREIGN = [
    ("cp1252", "Türkiye,Curaçao,München,Düsseldorf,Málaga,León,Logroño"),
    ("mac_roman", "Türkiye,München,Düsseldorf,Málaga,León,Logroño"),
    ("cp1250", "Łódź,Poznań,Gdańsk,Białystok"),
    ("cp1251", "Москва,Новосибирск,Казань,Омск"),
    ("koi8-r", "Москва,Новосибирск,Казань,Омск"),
    ("cp1253", "Αθήνα,Πάτρα,Λάρισα"),
    ("euc-kr", "서울,부산,대구,인천,광주,대전,울산,세종"),
    ("shift_jis", "北海道,青森県,東京都,大阪府,福岡県,沖縄県"),
    ("euc-jp", "北海道,青森県,岩手県,宮城県,東京都,神奈川県,京都府,大阪府,広島県,鹿児島県,沖縄県"),
    ("big5", "臺北市,新北市,桃園市,臺中市,臺南市,高雄市,花蓮縣,臺東縣"),
]


@pytest.mark.parametrize(("encoding", "text"), FOREIGN, ids=[name for name, _ in FOREIGN])
def test_text_of_another_encoding_is_asked_about_and_read_once_it_is_named(encoding, text):
    content = f"unit,a\n{text}\n".encode(encoding)
    with pytest.raises(UnknownEncodingError) as refusal:
        decoded(content)
    assert refusal.value.line == 2
    assert "save it as UTF-8, or name its encoding" in refusal.value.rule
    assert decoded(content, encoding).text == f"unit,a\n{text}\n"


def test_most_of_these_would_be_garbled_by_whoever_takes_gb18030_for_granted():
    valid = []
    for encoding, text in FOREIGN:
        try:
            valid.append(text.encode(encoding).decode("gb18030"))
        except UnicodeDecodeError:
            continue
    assert len(valid) >= 5
    assert not any(map(is_plain_chinese, valid))


def test_a_refusal_shows_the_readings():
    with pytest.raises(UnknownEncodingError, match="'Türkiye' in cp1252, 'T黵kiye' in gb18030"):
        decoded("unit,a\nA,1\nTürkiye,2\n".encode("latin-1"))
    with pytest.raises(UnknownEncodingError, match=r"told \('Perú' in cp1252\)"):
        decoded("unit,a\nPerú,1\n".encode("latin-1"))


@pytest.mark.parametrize("named", ["klingon", "rot13", "base64"])
def test_an_encoding_must_exist_even_where_none_is_needed(named):
    with pytest.raises(UnknownEncodingError, match=f"no encoding is called '{named}'"):
        decoded(b"a,b\n", named)


def test_a_file_that_is_not_in_the_encoding_named_is_refused_with_the_line():
    with pytest.raises(UnknownEncodingError, match="not text in ascii") as refusal:
        decoded("a\nb\nTürkiye\n".encode("latin-1"), "ascii")
    assert refusal.value.line == 3


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(UnknownEncodingError, match="NUL bytes"):
        decoded("a,b\n".encode("utf-16-le"))
    assert decoded("a,b\n".encode("utf-16-le"), "utf-16-le").text == "a,b\n"


def test_the_sample_of_a_text_is_the_first_field_that_tells_encodings_apart():
    assert sample("unit,a\nFrance,1\nCôte d'Ivoire,2\n") == "Côte d'Ivoire"
    assert sample("unit,a\n") == ""
