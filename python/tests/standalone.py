"""Spark as a local session, or as a standalone cluster of processes on loopback, with what they took."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

HOME = Path(pyspark.__file__).parent

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "5000",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    # What is left of the worker's 1 GiB is for the executor's own room and its process of Python.
    "spark.executor.memory": "512m",
}


def session(master: str, folder: Path, **more: str) -> SparkSession:
    """A session with the settings of the tests."""
    builder = SparkSession.builder.master(master).appName("nasab tests")
    for key, value in {**SETTINGS, **more}.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.setCheckpointDir(str(folder))
    return spark


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
        environment = {
            **os.environ,
            "SPARK_HOME": str(HOME),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_WORKER_DIR": str(self.folder / "work"),
        }
        with (self.folder / f"{log}.log").open("wb") as out:
            command = [str(HOME / "bin" / "spark-class"), *arguments]
            return subprocess.Popen(command, stdout=out, stderr=out, env=environment, start_new_session=True)

    def _wait(self, log: str, sign: str) -> None:
        for _ in range(600):
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
        kill(self.workers[number])

    def stop(self) -> None:
        for process in (*self.workers, self.master):
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def taken(worker: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Seconds of a processor that the executor of a worker and its processes of Python took so far, and the bytes they hold now.

    Pages that two of them share count twice.
    """
    seconds, held = 0.0, 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        # The session is the worker's, but the worker itself only keeps watch.
        if int(fields[3]) == worker.pid and b"deploy.worker.Worker" not in command:
            seconds += sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")
            held += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    return seconds, held
