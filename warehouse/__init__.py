"""Keeps and answers: facts in DuckDB, published as read-only generations, asked with SQL."""

from warehouse.connection import Warehouse, alone
from warehouse.errors import WarehouseError, WarehouseInUseError
from warehouse.loading import Extracted, Unreadable
from warehouse.manifest import Generation
from warehouse.publishing import current, outdated, publish
from warehouse.querying import query
from warehouse.reading import reading, verify

__all__ = [
    "Extracted",
    "Generation",
    "Unreadable",
    "Warehouse",
    "WarehouseError",
    "WarehouseInUseError",
    "alone",
    "current",
    "outdated",
    "publish",
    "query",
    "reading",
    "verify",
]
