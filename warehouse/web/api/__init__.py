"""`/api/v1`: what the pages show, as JSON."""

from warehouse.web.api.routing import router

__all__ = ["router"]
