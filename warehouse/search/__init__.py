"""Search for journalists: articles and documents in a tantivy index beside the database of a generation."""

from warehouse.search.building import add, build
from warehouse.search.queries import Filters
from warehouse.search.reader import Answer, Hit, SearchIndex
from warehouse.search.schema import Entry
from warehouse.search.snippets import Snippet

__all__ = ["Answer", "Entry", "Filters", "Hit", "SearchIndex", "Snippet", "add", "build"]
