"""The SQL page: the address is the question; its answer as a table, a chart, CSV and Parquet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from warehouse.contract import views
from warehouse.examples import examples
from warehouse.web.charts import chart
from warehouse.web.language import language
from warehouse.web.pages import Visit
from warehouse.web.sql_asking import LONGEST, Answer, Busy, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from warehouse.web.generations import Opened
    from warehouse.web.site import Site

SHOWN = 200
"""Rows on the page; files have all."""

_CELL = 500
"""Characters of a cell on the page."""


async def sql(request: Request) -> Response:
    """The editor, and the answer where there is a question."""
    with _site(request).generations.current() as opened:
        visit = Visit(request, _site(request), opened, language(request.cookies.get("language")))
        asked = request.query_params.get("q", "").strip()
        answer, refusal, status = None, None, 200
        if asked:
            try:
                answer = await _answer(request, opened, asked)
            except Refusal as error:
                refusal, status = str(error) or visit.language("sql.ended"), 400
        response = await run_in_threadpool(_page, visit, asked, answer, refusal, status)
    response.headers["vary"] = "cookie"
    response.headers["cache-control"] = "private, no-cache"
    return response


def _page(visit: Visit, asked: str, answer: Answer | None, refusal: str | None, status: int) -> Response:
    plotted = _plotted(answer.rows) if answer else None
    return visit.page(
        "sql.html",
        status,
        asked=asked,
        answer=answer,
        refusal=refusal,
        cells=_cells(answer.rows) if answer else [],
        shown=SHOWN,
        drawing=chart(visit, "answer", plotted) if plotted else None,
        views=views(visit.opened.connection.cursor()),
        examples=examples(),
        settings=visit.site.settings,
        longest=LONGEST,
        download=lambda form: f"/sql.{form}?{urlencode({'q': asked})}",
    )


async def as_csv(request: Request) -> Response:
    """The answer as CSV."""
    return await _file(request, _csv, "text/csv; charset=utf-8", "csv")


async def as_parquet(request: Request) -> Response:
    """The answer as a Parquet file."""
    return await _file(request, _parquet, "application/vnd.apache.parquet", "parquet")


async def _file(request: Request, encoded: Callable[[pa.Table], bytes], kind: str, ending: str) -> Response:
    with _site(request).generations.current() as opened:
        try:
            answer = await _answer(request, opened, request.query_params.get("q", "").strip())
        except Refusal as error:
            spoken = language(request.cookies.get("language"))
            raise HTTPException(400, str(error) or spoken("sql.ended")) from None
    headers = {"content-disposition": f'attachment; filename="trichtin-answer.{ending}"'}
    return Response(await run_in_threadpool(encoded, answer.rows), headers=headers, media_type=kind)


async def _answer(request: Request, opened: Opened, asked: str) -> Answer:
    site, spoken = _site(request), language(request.cookies.get("language"))
    if wait := site.sql_rate.wait(request.client.host if request.client else ""):
        raise HTTPException(429, spoken("failure.too_often"), {"retry-after": str(int(wait) + 1)})
    try:
        return await site.sql.ask(opened.generation.database, asked)
    except Busy:
        raise HTTPException(503, spoken("sql.busy"), {"retry-after": "5"}) from None


def _cells(rows: pa.Table) -> list[tuple[Any, ...]]:
    """The first rows, by position: columns of one name would hide each other."""
    columns = [column.to_pylist() for column in rows.slice(0, SHOWN).columns]
    return [tuple(_shown(cell) for cell in row) for row in zip(*columns, strict=True)]


def _shown(cell: Any) -> Any:
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    text = cell.hex() if isinstance(cell, bytes) else str(cell)
    return text if len(text) <= _CELL else f"{text[:_CELL]}…"


def _plotted(rows: pa.Table) -> list[dict[str, Any]]:
    """The first column that is no figure, else the first, against the last that is one; else nothing."""
    numeric = [pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in rows.schema.types]
    if len(numeric) < 2 or not any(numeric) or not 1 < rows.num_rows <= SHOWN:
        return []
    y = len(numeric) - 1 - numeric[::-1].index(True)
    x = next((at for at, number in enumerate(numeric) if at != y and not number), 0 if y else 1)
    pairs = zip(rows.column(x).to_pylist(), rows.column(y).to_pylist(), strict=True)
    return [{"x": str(_shown(one)), "y": other} for one, other in pairs if other is not None][:60]


def _csv(rows: pa.Table) -> bytes:
    text = [column.cast(pa.string()) if _flat(column.type) else _texts(column) for column in rows.columns]
    sink = io.BytesIO()
    pyarrow.csv.write_csv(pa.table(text, rows.column_names), sink)
    return b"\xef\xbb\xbf" + sink.getvalue()


def _flat(kind: pa.DataType) -> bool:
    return not (pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_null(kind))


def _texts(column: pa.ChunkedArray) -> pa.Array:
    return pa.array([None if cell is None else str(_shown(cell)) for cell in column.to_pylist()], pa.string())


def _parquet(rows: pa.Table) -> bytes:
    sink = io.BytesIO()
    try:
        pyarrow.parquet.write_table(rows.rename_columns(_distinct(rows.column_names)), sink)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise HTTPException(400, f"no Parquet of these rows: {error}") from None
    return sink.getvalue()


def _distinct(names: list[str]) -> list[str]:
    return [name if name not in names[:at] else f"{name}_{at + 1}" for at, name in enumerate(names)]


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


ROUTES = [Route("/sql", sql), Route("/sql.csv", as_csv), Route("/sql.parquet", as_parquet)]
