"""What stands beside the article is marked, so that its facts are not mixed in with the article's."""

from __future__ import annotations

import pytest

from corpus import Article
from extractors import extract

ARTICLE = (
    "Sáng 3/7/2023, Bộ Nội vụ công bố kết quả đánh giá của các tỉnh, thành phố trong cả nước.\n"
    "Theo đó, 85% hồ sơ được giải quyết đúng hạn và người dân hài lòng hơn trước nhiều.\n"
)
OTHER = "Theo khảo sát của hiệp hội, 56% doanh nghiệp sẽ mở rộng hoạt động trong năm 2025."


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        (f"{ARTICLE}Lê Thu Hà\n{OTHER}", {"56%", "năm 2025"}),
        (f"{ARTICLE}HOÀNG NAM\n\nTin liên quan\n{OTHER}", {"56%", "năm 2025"}),
        (f"{ARTICLE}Lê Thu Hà{OTHER}", {"56%", "năm 2025"}),
        (f"Ngày đăng 04/07/2023 | 14:50 | Lượt xem: 206\n{ARTICLE}", {"04/07/2023"}),
        (f"Cập nhật: 04/07/2023 14:50\n{ARTICLE}", {"04/07/2023"}),
        # the writer's name ends the page; a place is no writer; a name above the body is a heading
        (f"{ARTICLE}{OTHER}\nLê Thu Hà", set()),
        (f"{ARTICLE}Đồng Nai\n{OTHER}", set()),
        (f"Lê Thu Hà\n{ARTICLE}{OTHER}", set()),
        # a date line of the article itself
        (
            f"Ngày đăng ký cuối cùng là 04/07/2023, theo thông báo của sở.\n{ARTICLE}",
            set(),
        ),
        (f"{ARTICLE}{OTHER}", set()),
    ],
)
def test_marked_facts(text: str, beside: set[str]) -> None:
    facts = [fact for fact in extract(Article.from_text(text)) if fact.kind in ("date", "percentage")]
    assert {fact.text for fact in facts if fact.noise} == beside
    assert "85%" in {fact.text for fact in facts if not fact.noise}
