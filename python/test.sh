#!/usr/bin/env bash
# Builds the wheel, installs it into a fresh virtual environment under target/, and passes every test of the Python package.
# Needs Python 3.10 or newer and Rust; gets Java for Spark where there is none.
set -euo pipefail
cd "$(dirname "$0")"

run() {
    echo "+ $*"
    "$@" </dev/null
}

if ! command -v java >/dev/null; then
    run apt-get update -qq
    run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless
fi
venv=$PWD/target/venv
run python3 -m venv --clear "$venv"
python=$venv/bin/python
run "$python" -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
rm -rf target/wheels
run "$venv/bin/maturin" build --release --locked --interpreter "$python" --out target/wheels
run "$python" -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall target/wheels/*.whl
export PATH=$venv/bin:$PATH PYSPARK_PYTHON=$python
run "$venv/bin/mypy" nasab examples
run "$venv/bin/pyright"
# From another folder: Python would find the sources here before the wheel, and so would Spark's workers.
cd tests
run "$venv/bin/pytest" "$@"
run "$venv/bin/pytest" --doctest-glob='*.md' --import-mode=importlib -p no:cacheprovider ../README.md ../../README.md ../../docs/guide.md
run "$python" doctests.py
run "$python" -c 'import nasab; assert nasab.normalize("Qaïs el-Khazaali") == "Qays al-Ḫazʿalī"'
