"""Runs the examples in the package's documentation, module by module, as a user would import them."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import sys
import warnings

import nasab


def main() -> int:
    warnings.simplefilter("ignore")
    tried = failed = 0
    for module in pkgutil.walk_packages(nasab.__path__, "nasab."):
        if module.name == "nasab._nasab":
            continue
        found = doctest.testmod(importlib.import_module(module.name))
        tried, failed = tried + found.attempted, failed + found.failed
    found = doctest.testmod(nasab)
    tried, failed = tried + found.attempted, failed + found.failed
    print(f"{tried} examples, {failed} failed")
    return int(failed > 0 or tried < 20)


if __name__ == "__main__":
    sys.exit(main())
