"""Keeps and answers: facts in DuckDB, published as read-only generations, asked with SQL."""

from warehouse.connection import Warehouse
from warehouse.errors import WarehouseError
from warehouse.loading import Extracted, Unreadable
from warehouse.publishing import Generation, current, publish
from warehouse.querying import query

__all__ = [
    "Extracted",
    "Generation",
    "Unreadable",
    "Warehouse",
    "WarehouseError",
    "current",
    "publish",
    "query",
]
