"""Style, script and fonts: kept by browsers for as long as their address holds, which names their version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Scope


class Static(StaticFiles):
    """Files of this package, and nothing else."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, to be kept where its address names a version or its name does not change (fonts)."""
        response = await super().get_response(path, scope)
        if scope["query_string"] or path.endswith(".woff2"):
            response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response
