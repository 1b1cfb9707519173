"""The demo newsroom: a small news site of our own, so that the main job can be shown without the internet."""

from __future__ import annotations

from pipeline.newsroom.server import Newsroom

__all__ = ["Newsroom"]
