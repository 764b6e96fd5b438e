"""What runs on a worker before anything else there."""

from __future__ import annotations

import os

import nasab


def ready(version: str) -> None:
    """Makes sure that a worker has the driver's version, and that it keeps to the core that Spark gave it."""
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    if nasab.__version__ != version:
        raise nasab.NasabError(
            f"the worker has nasab {nasab.__version__} and the driver {version}; install one version on all of them"
        )
