"""What runs on a worker around the work itself."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager

import pyarrow as pa

import nasab


def ready(version: str) -> None:
    """Makes sure that a worker has the driver's version, and that it keeps to the core that Spark gave it."""
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    if nasab.__version__ != version:
        raise nasab.NasabError(
            f"the worker has nasab {nasab.__version__} and the driver {version}; install one version on all of them"
        )


@contextmanager
def with_name(column: str, names: pa.Array) -> Generator[None, None, None]:
    """Tells an error with the name itself: the row of a batch says nothing of the row of a table that was dealt out."""
    try:
        yield
    except nasab.NasabError as error:
        if error.row is None:
            raise
        text = str(error).partition(": ")[2]
        raise nasab.NasabError(f"column `{column}`: {text}, in `{names[error.row].as_py()}`") from error
