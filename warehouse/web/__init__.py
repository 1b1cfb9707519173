"""The journalists' page: search, read, follow a claim and check its source, over what is published."""

from warehouse.web.app import create_app
from warehouse.web.running import run
from warehouse.web.settings import Settings

__all__ = ["Settings", "create_app", "run"]
