"""The documents of one number, found by article, by title and by words without a look at each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from warehouse.document_words import OPENING, same_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from warehouse.document_mentions import Candidate, Mention

CROWD = 50
"""Documents with one pair of syllables above which it is not looked up."""


class Shelf:
    """Documents in the order in which they were put here, and where to find them."""

    def __init__(self, documents: Iterable[Candidate] = ()) -> None:
        """Puts documents on a new shelf."""
        self.documents: list[Candidate] = []
        self._stories: defaultdict[str, dict[int, None]] = defaultdict(dict)
        self._titles: defaultdict[tuple[str, ...], dict[int, None]] = defaultdict(dict)
        self._words: defaultdict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        self._unread: list[tuple[int, Mention]] = []
        self._at: dict[int, int] = {}
        for document in documents:
            self.put(document)

    def put(self, document: Candidate) -> None:
        """Takes a document with its mentions."""
        self._at[id(document)] = len(self.documents)
        self.documents.append(document)
        for mention in document.mentions:
            self._note(document, mention)

    def add(self, document: Candidate, mention: Mention, organ: str) -> None:
        """Adds a mention to a document that stands here."""
        document.add(mention, organ)
        self._note(document, mention)

    def of_story(self, story: str) -> Iterator[Candidate]:
        """The documents that an article names."""
        return (self.documents[at] for at in self._stories.get(story, ()))

    def of_title(self, title: tuple[str, ...], least: int) -> Iterator[Candidate]:
        """The documents of that title, of at least so many words of it."""
        for at in self._titles.get(title[:OPENING], ()):
            if any(same_title(title, other, least) for other, _ in self.documents[at].titles):
                yield self.documents[at]

    def of_words(self, about: AbstractSet[tuple[str, str]], least: int) -> list[tuple[int, Candidate]]:
        """The documents that share at least so many pairs of syllables, with how many; most first."""
        self._read()
        found = (self._words.get(pair, {}) for pair in about)
        shared = Counter(chain.from_iterable(each for each in found if len(each) <= CROWD))
        best = sorted((-count, at) for at, count in shared.items() if count >= least)
        return [(-count, self.documents[at]) for count, at in best]

    def _note(self, document: Candidate, mention: Mention) -> None:
        at = self._at[id(document)]
        self._stories[mention.story][at] = None
        if mention.core:
            self._titles[mention.core[:OPENING]][at] = None
        self._unread.append((at, mention))

    def _read(self) -> None:
        """Takes note of the words of mentions, which few shelves are asked for."""
        for at, mention in self._unread:
            for pair in mention.about:
                self._words[pair][at] = None
        self._unread.clear()
