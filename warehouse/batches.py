"""A batch of rows as one Parquet file, on its way from the process that made them to the one that loads them.

The file has one row, and in it for each table a list of that table's rows: DuckDB and pandas read it too
(`select unnest(decisions, recursive := true) from 'batch.parquet'`).
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from warehouse.rows import Rows


def write(rows: Rows, file: IO[bytes]) -> None:
    """Writes the rows of a batch."""
    pq.write_table(pa.table({name: _listed(table) for name, table in rows.items()}), file, compression="zstd")


def read(file: IO[bytes]) -> Rows:
    """The rows as they were written; raises WarehouseError where the file is damaged."""
    try:
        batch = pq.read_table(file)
        return {name: _unlisted(batch[name]) for name in batch.column_names}
    except (pa.ArrowException, OSError) as error:
        raise WarehouseError(f"cannot read a batch of rows: {error}") from error


def _listed(table: pa.Table) -> pa.ListArray:
    return pa.ListArray.from_arrays(
        pa.array([0, table.num_rows], pa.int32()), table.to_struct_array().combine_chunks()
    )


def _unlisted(column: pa.ChunkedArray) -> pa.Table:
    return pa.Table.from_struct_array(column.combine_chunks().flatten())
