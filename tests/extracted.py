"""Pages made by hand, as the loader gets them: one short article with a fact of every kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from corpus import Article, Date, Decision, Entity, Fact, Percentage, Quantity, Ranking, Span
from warehouse import Extracted

FETCHED = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
TEXT = (
    "Ngày 15/6/2021, Thủ tướng Chính phủ ban hành Quyết định số 942/QĐ-TTg. "
    "Mục tiêu là 80% hồ sơ được xử lý trực tuyến.\n"
    "Nước ta xếp hạng 86/193 quốc gia. Đã có 62/63 tỉnh tham gia."
)


def fact(kind: type[Fact], text: str, surface: str, **own: Any) -> Fact:
    start = text.index(surface)
    common = {"start": start, "end": start + len(surface), "text": surface, "confidence": 0.9}
    return kind(**common, rule=f"{kind.kind}.by_hand", **own)


def facts(text: str = TEXT) -> list[Fact]:
    return [
        fact(
            Decision,
            text,
            "Quyết định số 942/QĐ-TTg",
            doc_type="Quyết định",
            number="942/QĐ-TTg",
            issued_on="2021-06-15",
            issuer="Thủ tướng Chính phủ",
            action="issue",
        ),
        fact(
            Date,
            text,
            "Ngày 15/6/2021",
            start_date=date(2021, 6, 15),
            end_date=date(2021, 6, 15),
            grain="day",
            value="2021-06-15",
            evidence="text",
        ),
        fact(Percentage, text, "80%", low=80.0, high=80.0, status="target", subject="hồ sơ"),
        fact(Ranking, text, "xếp hạng 86/193 quốc gia", rank=86, out_of=193, subject="Nước ta"),
        fact(Quantity, text, "62/63 tỉnh", low=62.0, high=62.0, out_of=63.0, unit="tỉnh"),
        fact(Entity, text, "Thủ tướng Chính phủ", label="ORG"),
    ]


def sentences(text: str) -> list[Span]:
    """Each up to and with its full stop and no further; line ends and spaces between belong to none."""
    spans, start = [], 0
    for piece in text.replace("\n", " ").split(". "):
        end = min(len(text), start + len(piece) + 1)
        spans.append(Span(start, end))
        start = end + 1
    return spans


def page(
    number: int, text: str = TEXT, *, url: str | None = "https://bao.example/bai-1", **known: Any
) -> Extracted:
    """A page of the archive; without `facts` in `known` it holds those of `facts(text)`."""
    found = known.pop("facts", None)
    article = Article.from_text(text, **{"title": "Tin mẫu", "published": date(2021, 7, 1)} | known, url=url)
    found = facts(article.text) if found is None else found
    return Extracted(number, article, found, sentences(article.text), FETCHED)


def pages(first: int, count: int) -> list[Extracted]:
    """Different articles with six facts each."""
    return [page(n, url=f"https://bao.example/bai-{n}") for n in range(first, first + count)]
