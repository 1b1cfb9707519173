"""`/api/v1`: what the pages show, as JSON."""

from warehouse.web.api.app import create_api

__all__ = ["create_api"]
