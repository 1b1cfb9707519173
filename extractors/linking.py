"""Which thing a name means: bodies and places of the lexicons, valid on the article's day, and local bodies.

"Bộ TT&TT" and "Bộ Thông tin và Truyền thông" are one (`lexicons/bodies.csv`), "UBND TP Hà Nội" is the
People's Committee (`local_body_kinds.csv`) of a place (`places.csv`). A name that may mean several things,
or is in no lexicon, stays unresolved.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from corpus.facts import Span
from extractors.gazetteer import Gazetteer, words
from extractors.places import level
from extractors.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus.facts import Date, Entity
    from extractors.document import Document
    from extractors.gazetteer import Word

_OF_COUNTRY = " việt nam"
_DATED = frozenset(("day", "month", "quarter", "half", "year"))
_NOT_OLDER = "2010-01-01"
"""What ended before is history even in an article that names no day: news on the web is younger."""
_PROVINCE = frozenset(("province",))
_LARGE = frozenset(
    ("province", "city", "region", "former_country", "country", "bloc", "group", "territory", "district")
)
_BY_LEVEL = {
    "tỉnh": frozenset(("province", "region")),
    "thành phố": frozenset(("province", "city", "district")),
    "tp": frozenset(("province", "city", "district")),
    "quận": frozenset(("district",)),
    "huyện": frozenset(("district",)),
    "thị xã": frozenset(("district", "city")),
}  # fmt: skip
"""What a place with this level in front may be; those of other levels (xã, phường) are in no lexicon."""


@dataclass(frozen=True, slots=True)
class Known:
    """One thing of a lexicon; days are ISO, perhaps only a year or a month, both inclusive."""

    id: str
    name: str
    kind: str
    valid_from: str
    valid_to: str

    def holds(self, day: str) -> bool:
        """Whether it was there on a day."""
        begun = not self.valid_from or self.valid_from <= day[: len(self.valid_from)]
        return begun and (not self.valid_to or day[: len(self.valid_to)] <= self.valid_to)


class Local(NamedTuple):
    """A body of a place: what it is, and of which place; `place` None: the province is not said."""

    kind: Known
    place: Known | None
    level: str


def linked(document: Document, entities: Sequence[Entity], day: str | None) -> list[Entity]:
    """The bodies and places with `entity_id` and `name`; persons are left as they are. `day`: `spoken_on`."""
    small = {e.text for e in entities if e.label == "LOC" and _kinds(document, e) == frozenset()}
    places = {e: _place(document, e, day) for e in entities if e.label == "LOC" and e.text not in small}
    bodies = {entity: _body(entity.text, day) for entity in entities if entity.label == "ORG"}
    province = _only_province([*places.values()], [*bodies.values()])
    return [_as(entity, places.get(entity) or bodies.get(entity), province) for entity in entities]


def _as(entity: Entity, meant: Known | Local | None, province: Known | None) -> Entity:
    if isinstance(meant, Local):
        place = meant.place or province
        if place is None:
            return entity
        meant = _local_known(meant, place)
    return replace(entity, entity_id=meant.id, name=meant.name) if meant else entity


def _local_known(local: Local, place: Known) -> Known:
    name = " ".join(filter(None, (local.kind.name, _level_of(place, local), place.name)))
    return Known(f"{local.kind.id}-{place.id.removeprefix('vn-')}", name, "local", "", "")


def _level_of(place: Known, local: Local) -> str:
    if place.kind != "province" or local.kind.name.endswith("ủy") or place.name.startswith("Thành phố"):
        return local.level if place.kind != "province" else ""
    return _province_levels().get(place.name, "")


def spoken_on(document: Document, dates: Sequence[Date]) -> str | None:
    """The day the article speaks on: its publish day, else the latest that it names with its year."""
    if document.article.published:
        return document.article.published.isoformat()
    told = [d for d in dates if d.grain in _DATED and d.modifier != "by" and d.evidence == "text"]
    finer = [d for d in told if d.grain != "year"] or told
    return max(_NOT_OLDER, max(d.start_date for d in finer).isoformat()) if finer else None


def meant(name: str, day: str | None) -> Known | None:
    """What a name means that stands alone ("tỉnh Nghệ An", "UBND TP. Hà Nội"), a place or a body."""
    known = _body(name, day) or _place_named(name, _LARGE, day)
    if isinstance(known, Local):
        return _local_known(known, known.place) if known.place else None
    return known or _place_behind_level(name, day)


def _place_behind_level(name: str, day: str | None) -> Known | None:
    said = list(words(name, Span(0, len(name))))
    levels = level(said, 0) if said else 0
    if not 0 < levels < len(said):
        return None
    return _place_named(name[said[levels].start :], _BY_LEVEL.get(_plain(said[:levels]), frozenset()), day)


def choose(known: Sequence[Known], day: str | None) -> Known | None:
    """The one that was there on a day; where none was, the last that ended before it; several: none."""
    if len({one.id for one in known}) == 1:
        return known[0]
    if day is None:
        lately = [one for one in known if not one.valid_to or one.valid_to > _NOT_OLDER]
        return lately[0] if len(lately) == 1 else None
    there = [one for one in known if one.holds(day)]
    if len(there) == 1:
        return there[0]
    ended = sorted(
        (one for one in known if one.valid_to and one.valid_to < day), key=lambda one: one.valid_to
    )
    return ended[-1] if ended and not there else None


def _place(document: Document, entity: Entity, day: str | None) -> Known | None:
    return _place_named(entity.text, _kinds(document, entity), day)


def _place_named(name: str, kinds: frozenset[str], day: str | None) -> Known | None:
    return choose([one for one in _known("places").get(key(name), ()) if one.kind in kinds], day)


def _kinds(document: Document, entity: Entity) -> frozenset[str]:
    """What the place may be, by the level in front of its name."""
    front = document.text[max(0, entity.start - 12) : entity.start].rstrip()
    before = list(words(front, Span(0, len(front))))
    for count in (3, 2, 1):
        if len(before) >= count and level(before, len(before) - count) == count:
            return _BY_LEVEL.get(_plain(before[-count:]), frozenset())
    return _LARGE


def _plain(level_words: Sequence[Word]) -> str:
    return " ".join(word.key for word in level_words if word.text != ".")


def _body(name: str, day: str | None) -> Known | Local | None:
    said = key(name)
    known = _known("bodies").get(said) or _known("bodies").get(said.removesuffix(_OF_COUNTRY), ())
    return choose(known, day) if known else _local(name, day)


def _local(name: str, day: str | None) -> Local | None:
    """ "UBND TP. Hà Nội", "Tỉnh ủy", "Sở TT&TT tỉnh Nghệ An"."""
    said = list(words(name, Span(0, len(name))))
    head = _kinds_of_local_bodies().longest(said, 0)
    if head is None:
        return None
    length, kind_id = head
    kind = _local_kinds()[kind_id]
    levels = level(said, length) if length < len(said) else 0
    unit = _plain(said[length : length + levels])
    if length + levels == len(said):
        return Local(kind, None, unit) if unit in _OPEN_LEVELS else None
    place = name[said[length + levels].start :]
    found = _place_named(place, _BY_LEVEL.get(unit, frozenset()) if unit else _PROVINCE, day)
    return Local(kind, found, unit) if found else None


_OPEN_LEVELS = frozenset(("", "tỉnh", "thành phố", "tp"))


def _only_province(places: Sequence[Known | None], bodies: Sequence[Known | Local | None]) -> Known | None:
    """The province that the whole article is about, if it names only one."""
    named = [place for place in places if place] + [
        body.place for body in bodies if isinstance(body, Local) and body.place
    ]
    provinces = {place for place in named if place.kind == "province"}
    return provinces.pop() if len(provinces) == 1 else None


@cache
def key(name: str) -> str:
    """A name as lexicons are asked for it: any letter case, tone place and dash."""
    return " ".join(word.key for word in words(name, Span(0, len(name))))


@cache
def _known(lexicon: str) -> Mapping[str, tuple[Known, ...]]:
    found: dict[str, dict[str, Known]] = defaultdict(dict)
    for row in rows(lexicon):
        one = Known(row["id"], row["canonical"], row["kind"], row["valid_from"], row["valid_to"])
        for name in (row["canonical"], *filter(None, row["variants"].split(";"))):
            found[key(name)][one.id] = one
    return {name: tuple(ones.values()) for name, ones in found.items()}


@cache
def _local_kinds() -> Mapping[str, Known]:
    return {
        row["id"]: Known(row["id"], row["canonical"], "local", "", "") for row in rows("local_body_kinds")
    }


@cache
def _kinds_of_local_bodies() -> Gazetteer:
    return Gazetteer(
        (name, row["id"])
        for row in rows("local_body_kinds")
        for name in (row["canonical"], *filter(None, row["variants"].split(";")))
    )


@cache
def _province_levels() -> Mapping[str, str]:
    return {row["name"]: row["kind"] for row in rows("province_names")}
