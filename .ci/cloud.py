"""The local cloud as a process of its own, for programs that call it from outside."""

import os
import re
import signal
import subprocess
import threading

GREETING_PATIENCE = 180


class Skipped(Exception):
    """Something that a part needs is not to be had here."""


class Cloud:
    """Starts it as docs/local-cloud.md says, on free ports, and ends it with everything that it started."""

    def __init__(self, *options):
        # Its functions would answer what the programs from outside are to answer.
        command = ["./server-backup", "cloud", "--port=0", "--no-functions", *options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
        watchdog = threading.Timer(GREETING_PATIENCE, self.close)
        watchdog.start()
        self.variables = self._greeting()
        watchdog.cancel()
        self.endpoint = self.variables["AWS_ENDPOINT_URL_OPSWORKSCM"]
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def _greeting(self):
        variables = {}
        text = ""
        for line in self.process.stdout:
            text += line
            variables |= dict(re.findall(r"export (\w+)=(\S+)", line))
            if "For sam local invoke" in line:
                return variables
        raise RuntimeError("the local cloud did not start:\n" + text)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(20)
