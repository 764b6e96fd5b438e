"""OpenRefine as a program on this machine, driven by the commands that its own page sends."""

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

# It starts a virtual machine of Java; a busy computer takes its time.
PATIENCE = 120
ALL_ROWS = json.dumps({"facets": [], "mode": "row-based"})


def free_port():
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        return own.getsockname()[1]


class Refine:
    def __init__(self, folder: Path):
        self.port = free_port()
        self.log = open(folder / "openrefine.log", "wb")
        # Its own folder: it would write its settings into the home of whoever runs the test.
        environment = {**os.environ, "HOME": str(folder), "REFINE_MEMORY": "512M", "REFINE_MIN_MEMORY": "256M"}
        command = ["openrefine", "-i", "127.0.0.1", "-p", str(self.port), "-d", str(folder / "refine"), "-m", "512M", "-x", "refine.headless=true"]
        # A group of its own, since it is a script that starts Java.
        self.child = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=environment, start_new_session=True)
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def wait(self):
        for _ in range(PATIENCE * 2):
            if self.child.poll() is not None:
                raise RuntimeError(f"OpenRefine ended: {Path(self.log.name).read_text(errors='replace')[-2000:]}")
            try:
                return self.get("get-version")["full_version"]
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.5)
        raise RuntimeError("OpenRefine does not answer")

    def stop(self):
        os.killpg(self.child.pid, signal.SIGTERM)
        try:
            self.child.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()
        self.log.close()

    def _open(self, command, fields, body=None, headers=None):
        address = f"http://127.0.0.1:{self.port}/command/core/{command}?{urllib.parse.urlencode(fields)}"
        return self.opener.open(urllib.request.Request(address, body, headers or {}), timeout=PATIENCE)

    def get(self, command, **fields):
        with self._open(command, fields) as answer:
            return json.load(answer)

    def token(self):
        """What each change must carry, so that no other site makes one."""
        return self.get("get-csrf-token")["token"]

    def post(self, command, project, **form):
        body = urllib.parse.urlencode({**form, "csrf_token": self.token()}).encode()
        with self._open(command, {"project": project}, body) as answer:
            return answer.read().decode()

    def change(self, command, project, **form):
        """A change that runs on beside; it is waited for."""
        told = json.loads(self.post(command, project, **form))
        if told["code"] not in ("ok", "pending"):
            raise RuntimeError(f"{command}: {told}")
        for _ in range(PATIENCE * 5):
            state = self.get("get-processes", project=project)
            if state.get("exceptions"):
                raise RuntimeError(f"{command}: {state['exceptions']}")
            if not state["processes"]:
                return
            time.sleep(0.2)
        raise RuntimeError(f"{command} does not end")

    def create(self, name, table):
        """A project of a table of commas."""
        line = "nasab-test-boundary"
        options = {"separator": ",", "headerLines": 1, "encoding": "UTF-8", "guessCellValueTypes": False}
        parts = [
            f'--{line}\r\nContent-Disposition: form-data; name="project-name"\r\n\r\n{name}\r\n',
            f'--{line}\r\nContent-Disposition: form-data; name="project-file"; filename="list.csv"\r\nContent-Type: text/csv\r\n\r\n{table}\r\n',
            f"--{line}--\r\n",
        ]
        fields = {"csrf_token": self.token(), "format": "text/line-based/*sv", "options": json.dumps(options)}
        kind = {"Content-Type": f"multipart/form-data; boundary={line}"}
        # It leads on to the page of the project.
        with self._open("create-project-from-upload", fields, "".join(parts).encode(), kind) as answer:
            return int(re.search(r"project=(\d+)", answer.url)[1])

    def judged(self, project, count):
        """What became of the first cell of each row; `None` where it was not reconciled."""
        told = self.get("get-rows", project=project, start=0, limit=count)
        # Rows name their judgments by number, which stand beside.
        judgments = told["pool"]["recons"]
        return [judgments.get(str(row["cells"][0].get("r"))) for row in told["rows"]]

    def export(self, project):
        return self.post("export-rows", project, format="csv", engine=ALL_ROWS)
