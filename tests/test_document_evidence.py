"""What is enough for one document, and what is not: issuers, days, titles, words, time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from mentioned import CT, NQ, QD, in_memory, named, one

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warehouse import Extracted, Warehouse

TTG = {"issuer": "Thủ tướng Chính phủ"}
HA_NOI = {"issuer": "Chủ tịch Ủy ban nhân dân thành phố Hà Nội"}
CV: dict[str, Any] = {"doc_type": "Công văn"}
TTLT: dict[str, Any] = {"doc_type": "Thông tư liên tịch"}
DA: dict[str, Any] = {"doc_type": "Đề án"}
BEES = "hỗ trợ người nuôi ong mật vùng cao giai đoạn"


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with in_memory(tmp_path / "warehouse.duckdb") as opened:
        yield opened


def cv(number: str, issuer: str, day: str | None = None) -> dict[str, Any]:
    return {**CV, "number": number, "issuer": issuer, "issued_on": day}


TOGETHER = {
    "a department or its ministry, one day": [
        one(1, "công văn số 2916", **cv("2916", "Cục Kiểm lâm", "2017-05-31")),
        one(2, "công văn số 2916", **cv("2916", "Bộ Nông nghiệp và Phát triển nông thôn", "2017-05-31")),
    ],
    "the office of old days, one day": [
        one(1, "Quyết định 113", **QD, number="113", issuer="Hội đồng Bộ trưởng", issued_on="1980-04-14"),
        one(2, "Quyết định số 113/TTg", **QD, number="113/TTg", **TTG, issued_on="1980-04-14"),
    ],
    "bodies of a joint circular in words": [
        one(1, "Thông tư liên tịch số 27/2013/TTLT-BTNMT-BNNPTNT", **TTLT,
            number="27/2013/TTLT-BTNMT-BNNPTNT"),
        one(2, "Thông tư liên tịch 27", **TTLT, number="27",
            issuer="Bộ Nông nghiệp và Phát triển nông thôn, Bộ Tài nguyên và Môi trường"),
    ],
    "an act of law without the year in its number": [
        one(1, "Quyết định số 19/2017/QĐ-TTg", **QD, number="19/2017/QĐ-TTg", issued_on="2017-04-22", **TTG),
        one(2, "Quyết định 19/QĐ-TTg", **QD, number="19/QĐ-TTg", issued_on="2017-04-22", **TTG),
    ],
    "a number between two others": [
        one(1, "Nghị quyết số 35a/2012/NQ-CP", **NQ, number="35a/2012/NQ-CP", issuer="Chính phủ"),
        one(2, "Nghị quyết 35a", date(2021, 3, 1), **NQ, number="35a", around="cho huyện vùng cao"),
    ],
    "its code, in the year of its issue": [
        one(1, "Chỉ thị 21/2017/CT-TTg", None, **CT, number="21/2017/CT-TTg", **TTG, around="giữ rừng"),
        one(2, "Chỉ thị 21/CT-TTg", date(2017, 9, 1), **CT, number="21/CT-TTg", **TTG, around="bến đò"),
    ],
    "the number of a project is its name": [
        one(1, "Đề án 896", date(2015, 3, 1), **DA, number="896", around="làm gọn giấy tờ của người dân"),
        one(2, "Đề án 896", date(2020, 3, 1), **DA, number="896", around="họp ban chỉ đạo ở xã"),
    ],
    "no number, but issuer, day and subject": [
        one(1, "Quyết định số 376/QĐ-BCT", **QD, number="376/QĐ-BCT", issued_on="2017-02-08",
            issuer="Bộ trưởng Bộ Công Thương", title="lập hội đồng thẩm định mật ong rừng tràm"),
        one(2, "quyết định", **QD, issued_on="2016-02-08", issuer="Bộ Công Thương",
            title="xem xét chất lượng mật ong rừng tràm"),
    ],
    "no number, but issuer and words of the title": [
        one(1, "công văn số 301/BYT-KCB", **cv("301/BYT-KCB", "Bộ Y tế", "2021-06-06"),
            title="chỉ đạo kiểm tra trạm xá nuôi ong mật rừng tràm"),
        one(2, "công văn", **CV, issuer="Thứ trưởng Bộ Y tế",
            title="yêu cầu chỉ đạo kiểm tra trạm xá nuôi ong mật rừng tràm ở xã"),
    ],
    "what only opens a title": [
        one(1, "Chỉ thị số 01/CT-UBND", **CT, number="01/CT-UBND", **HA_NOI,
            title="triển khai tổ chức thực hiện mùa ong mật rừng tràm"),
        one(2, "chỉ thị", **CT, issuer="Hà Nội", title="tổ chức thực hiện mùa ong mật rừng tràm"),
    ],
}  # fmt: skip

APART = {
    "an act of law and a single decision": [
        one(1, "Quyết định số 19/2017/QĐ-TTg", **QD, number="19/2017/QĐ-TTg", issued_on="2017-04-22", **TTG),
        one(2, "Quyết định 19/QĐ-TTg", **QD, number="19/QĐ-TTg", issued_on="2017-01-06", **TTG),
    ],
    "a code in the year after": [
        one(1, "Chỉ thị 21/2017/CT-TTg", None, **CT, number="21/2017/CT-TTg", **TTG, around="giữ rừng"),
        one(2, "Chỉ thị 21/CT-TTg", date(2018, 9, 1), **CT, number="21/CT-TTg", **TTG, around="bến đò"),
    ],
    "another organ of the Party, long after": [
        one(1, "Nghị quyết 09-NQ/TW", None, **NQ, number="09-NQ/TW", issued_on="2007",
            issuer="Ban Chấp hành Trung ương Đảng", title="chiến lược nuôi ong mật rừng tràm"),
        one(2, "Nghị quyết số 09-NQ/TW", date(2023, 3, 25), **NQ, number="09-NQ/TW", issuer="Bộ Chính trị",
            around="về nuôi ong mật rừng tràm"),
    ],
    "a term long past": [
        one(1, "Chỉ thị 20-CT/TW", None, **CT, number="20-CT/TW", issued_on="2012-11-05"),
        one(2, "Chỉ thị 20-CT/TW", date(2023, 3, 25), **CT, number="20-CT/TW"),
    ],
    "undated, years apart": [
        one(1, "Chỉ thị 20/CT-TTg", date(2013, 5, 1), **CT, number="20/CT-TTg"),
        one(2, "Chỉ thị 20/CT-TTg", date(2017, 5, 1), **CT, number="20/CT-TTg"),
    ],
    "a bare number is not a place's": [
        one(1, "Chỉ thị số 01/CT-UBND", date(2023, 2, 1), **CT, number="01/CT-UBND", **HA_NOI),
        one(2, "Chỉ thị số 01", date(2025, 2, 1), **CT, number="01", issued_on="2023-01-03"),
    ],
    "nor the Prime Minister's where a place is named": [
        one(1, "Quyết định 23/2021/QĐ-TTg", **QD, number="23/2021/QĐ-TTg", **TTG),
        one(2, "Quyết định 23", **QD, number="23", **TTG, around="về việc di dời của UBND tỉnh"),
    ],
    "another title": [
        one(1, "Quyết định 23/2021/QĐ-TTg", **QD, number="23/2021/QĐ-TTg", **TTG,
            title="lập quỹ bảo lãnh ngư dân"),
        one(2, "Quyết định 23", **QD, number="23", **TTG, title="trồng rừng tràm nuôi ong mật"),
    ],
    "another ordinal": [
        one(1, "Nghị quyết số 33/2021/QH15", **NQ, number="33/2021/QH15", issuer="Quốc hội",
            title="nuôi ong mật rừng tràm", around="tại kỳ họp thứ hai"),
        one(2, "nghị quyết", **NQ, issuer="Quốc hội", title="nuôi ong mật rừng tràm",
            around="tại kỳ họp thứ 3"),
    ],
    "another period": [
        one(1, "Nghị quyết", **NQ, issuer="Chính phủ", title=f"{BEES} 2011 - 2015"),
        one(2, "Nghị quyết", **NQ, issuer="Chính phủ", title=f"{BEES} 2016-2020"),
    ],
    "a general title": [
        one(1, "Chỉ thị số 03/CT-TTg", **CT, number="03/CT-TTg", **TTG, title="yêu cầu các bộ, ngành"),
        one(2, "công văn", **CV, **TTG, title="yêu cầu các bộ, ngành"),
    ],
    "a year that is said and another's undated number": [
        one(1, "Thông tư 09", doc_type="Thông tư", number="09", issuer="Bộ Tài chính"),
        one(2, "Thông tư 09", doc_type="Thông tư", number="09", issued_on="2009"),
    ],
    "the only document of that number, and no word in common": [
        one(1, "Nghị quyết 08-NQ/TW", **NQ, number="08-NQ/TW", issued_on="2020-01-16",
            around="đón khách du lịch"),
        one(2, "Nghị quyết 08-NQ/TW", **NQ, number="08-NQ/TW", around="dạy bơi lội"),
    ],
    "a bare number and its year, of another body": [
        one(1, "Thông tư 14/2010/TT-BXD", doc_type="Thông tư", number="14/2010/TT-BXD",
            around="vật liệu xây nhà"),
        one(2, "Thông tư số 14/2010", doc_type="Thông tư", number="14/2010", around="cưỡng chế án dân sự"),
    ],
    "one local number of unnamed places": [
        one(1, "Quyết định 19/2009/QĐ-UBND", **QD, number="19/2009/QĐ-UBND", around="giá đất ruộng"),
        one(2, "Quyết định 19/2009/QĐ-UBND", **QD, number="19/2009/QĐ-UBND", around="xe ba bánh"),
    ],
}  # fmt: skip


def documents(warehouse: Warehouse, articles: list[Extracted]) -> list[list[str]]:
    warehouse.load(articles, "rules-1")
    return sorted(named(warehouse).values())


@pytest.mark.parametrize("articles", TOGETHER.values(), ids=TOGETHER.keys())
def test_enough_for_one_document(warehouse: Warehouse, articles: list[Extracted]) -> None:
    assert documents(warehouse, articles) == [["1", "2"]]


@pytest.mark.parametrize("articles", APART.values(), ids=APART.keys())
def test_not_enough_for_one_document(warehouse: Warehouse, articles: list[Extracted]) -> None:
    assert ["1", "2"] not in documents(warehouse, articles)
