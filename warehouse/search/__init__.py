"""Search for journalists: articles and documents in a tantivy index beside the database of a generation.

`SearchIndex.open(generation.index).search(question, Filters(...))` gives an `Answer`: how many there are, a
page of `Hit`s with their passages, counts by facet, and what may have been meant. `build` makes the index of
a generation from its database; `add` puts entries into one without. All raise WarehouseError alone.
"""

from warehouse.search.building import add, build, differing
from warehouse.search.queries import Filters
from warehouse.search.reader import Answer, Hit, SearchIndex, Sort
from warehouse.search.schema import Entry
from warehouse.search.snippets import Snippet

__all__ = ["Answer", "Entry", "Filters", "Hit", "SearchIndex", "Snippet", "Sort", "add", "build", "differing"]
