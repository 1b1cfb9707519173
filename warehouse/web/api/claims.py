"""Places in indexes over the years, and targets."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from warehouse.web.api.models import rows
from warehouse.web.api.reading import Pages, Reading

Year = Annotated[int | None, Query(ge=1, le=9999)]


def router() -> APIRouter:
    """/rankings and /targets."""
    made = APIRouter(tags=["claims"])
    made.get("/rankings", response_model=rows("ranking_history"))(rankings)
    made.get("/targets", response_model=rows("targets"))(targets)
    return made


def rankings(  # noqa: PLR0913, PLR0917  (conditions)
    reading: Reading,
    paging: Pages,
    index: Annotated[str | None, Query(description="index_id, such as egdi, gii, pci.")] = None,
    subject: Annotated[str | None, Query(description="subject_id, such as vietnam.")] = None,
    scope: Annotated[str | None, Query(description="Such as world, asean, provinces.")] = None,
    year: Year = None,
    status: Annotated[Literal["actual", "target"] | None, Query()] = None,
) -> Any:
    """Claims of places, one for each place that is claimed for a year."""
    where = {
        "index_id = {}": index,
        "subject_id = {}": subject,
        "scope = {}": scope,
        "year = {}": year,
        "status = {}": status,
    }
    return reading.page("ranking_history", "fact_id", paging, where)


def targets(
    reading: Reading,
    paging: Pages,
    measure: Annotated[str | None, Query(description="measure_id, such as digital-economy.")] = None,
    subject: Annotated[str | None, Query(description="subject_id, such as vietnam.")] = None,
    due: Year = None,
) -> Any:
    """Targets, each with the latest actual figure after it."""
    where = {"measure_id = {}": measure, "subject_id = {}": subject, "due = {}": due}
    return reading.page("targets", "fact_id", paging, where)
