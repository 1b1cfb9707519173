"""Writes the whole contract as files: a directory for each view, in it one for each year of publication."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import duckdb

from warehouse.contract import views
from warehouse.errors import RefusalError, clearly
from warehouse.manifest import MANIFEST

if TYPE_CHECKING:
    from warehouse.contract import View
    from warehouse.manifest import Generation

Form = Literal["parquet", "csv", "json"]
_OPTIONS: dict[Form, str] = {
    "parquet": "format parquet, compression zstd",
    "csv": "format csv, header true",
    "json": "format json",
}
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "python_enable_replacements": False,
}


def export(generation: Generation, directory: Path, form: Form) -> None:
    """Writes every view of a generation into a new directory, whole or not at all, with its manifest.

    `articles/published_year=2021/data_0.parquet`: rows of one year of `published` (where it is not known
    `__HIVE_DEFAULT_PARTITION__`), as DuckDB, Arrow, Spark and pandas read them as one table; views without
    that column are one file. JSON is one object a line. Raises WarehouseError, also where the directory is
    there already and not empty.
    """
    with clearly(f"cannot export to {directory}"):
        if directory.exists() and any(directory.iterdir()):
            raise RefusalError("it is there already, and not empty")
        parent = directory.resolve().parent
        parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".trichtin-", dir=parent) as beside:
            made = Path(beside, "export")
            made.mkdir()
            with duckdb.connect(generation.database, read_only=True, config=_SETTINGS) as connection:
                for view in views(connection):
                    _write(connection, view, made, form)
            shutil.copyfile(generation.path / MANIFEST, made / MANIFEST)
            made.replace(directory)


def _write(connection: duckdb.DuckDBPyConnection, view: View, directory: Path, form: Form) -> None:
    (directory / view.name).mkdir()
    if any(column.name == "published" for column in view.columns):
        rows = f"(select *, year(published) as published_year from {view.name})"
        target = directory / view.name
        options = f"{_OPTIONS[form]}, partition_by (published_year), overwrite_or_ignore"
    else:
        rows, target, options = view.name, directory / view.name / f"data_0.{form}", _OPTIONS[form]
    quoted = str(target).replace("'", "''")
    connection.execute(f"copy {rows} to '{quoted}' ({options})")
