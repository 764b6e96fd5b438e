"""Names for the tests, and Spark as a local session or as a cluster of processes."""

from __future__ import annotations

import csv
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyspark
import pytest
from pyspark.sql import SparkSession

PROJECT = Path(__file__).resolve().parents[2]
#: Made names of everyday tests; `NASAB_SPARK_NAMES=200000` for the measured size.
COUNT = int(os.environ.get("NASAB_SPARK_NAMES", "4000"))


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Made persons of the project's own chore, with ids."""
    path = tmp_path_factory.mktemp("people") / "people.csv"
    command = ["cargo", "xtask", "generate", str(COUNT), str(path)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["id"], row["name"]) for row in csv.DictReader(file)]


def session(master: str, folder: Path, **more: str) -> SparkSession:
    """A session with the settings of the tests."""
    builder = SparkSession.builder.master(master).appName("nasab tests")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "5000",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "640m",
        **more,
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.setCheckpointDir(str(folder))
    return spark


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    own = session("local[2]", tmp_path_factory.mktemp("steps"))
    yield own
    own.stop()


class Cluster:
    """A standalone master and workers, each a process of its own on loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"spark://127.0.0.1:{port}"
        name = "org.apache.spark.deploy.master.Master"
        self.master = self._start("master", name, "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        self._wait("master", "I have been elected leader")

    def _start(self, log: str, *arguments: str) -> subprocess.Popen[bytes]:
        home = Path(pyspark.__file__).parent
        environment = {
            **os.environ,
            "SPARK_HOME": str(home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_WORKER_DIR": str(self.folder / "work"),
        }
        with (self.folder / f"{log}.log").open("wb") as out:
            command = [str(home / "bin" / "spark-class"), *arguments]
            return subprocess.Popen(command, stdout=out, stderr=out, env=environment, start_new_session=True)

    def _wait(self, log: str, sign: str) -> None:
        for _ in range(300):
            if sign in (self.folder / f"{log}.log").read_text(errors="replace"):
                return
            time.sleep(0.1)
        raise TimeoutError((self.folder / f"{log}.log").read_text(errors="replace"))

    def add_worker(self) -> None:
        log = f"worker{len(self.workers)}"
        own = ("--cores", "1", "--memory", "1g", "--host", "127.0.0.1", "--webui-port", "0")
        self.workers.append(self._start(log, "org.apache.spark.deploy.worker.Worker", *own, self.url))
        self._wait(log, "Successfully registered with master")

    def kill_worker(self, number: int) -> None:
        """Takes a worker with its executor, at once."""
        _kill(self.workers[number])

    def stop(self) -> None:
        for process in (*self.workers, self.master):
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    own = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        own.add_worker()
        own.add_worker()
        yield own
    finally:
        own.stop()
