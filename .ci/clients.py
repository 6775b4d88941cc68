"""AWS's own clients, and a browser, against the local cloud: boto3, the AWS CLI telling the story of docs/opsworks-cm.md, Chromium.

Each part that finds what it needs must pass; one that does not is skipped, and says so.
"""

import pathlib
import re
import shlex
import subprocess
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import boto
import commands
import page
from cloud import Cloud, Skipped

STORY = pathlib.Path("docs/opsworks-cm.md")
PATIENCE = 40
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "AWS_PAGER": "", "COLUMNS": "1000"}


def aws_cli():
    """An AWS CLI that still has opsworks-cm, such as Debian's; newer ones, maybe first on the PATH, do not."""
    for path in ("/usr/bin/aws", "aws"):
        try:
            asked = [path, "opsworks-cm", "describe-servers", "--generate-cli-skeleton"]
            if subprocess.run(asked, capture_output=True, timeout=60, env=ENVIRONMENT).returncode == 0:
                return path
        except OSError:
            pass
    raise Skipped("no AWS CLI here has opsworks-cm; Debian's awscli 2.9 has")


def story():
    """The commands in the story, each with the output below it."""
    text = STORY.read_text()
    blocks = re.findall(r"```console\n(.*?)```", text, re.S)
    lines = "".join(blocks)
    return [(command.replace("\\\n", " "), output) for command, output in
            re.findall(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", lines, re.M)]


def masked(text):
    """What differs from one run to the next, made the same."""
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", "<time>", text)
    text = re.sub(r"-\d{17}\b", "-<time>", text)
    text = re.sub(r"-\d{13}/", "-<time>/", text)
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>", text)
    text = re.sub(r"\b(sg|subnet)-[0-9a-f]{17}", r"\1-<id>", text)
    text = re.sub(r"-[0-9a-f-]{16}\.us-east-1", "-<id>.us-east-1", text)
    text = re.sub(r'("Value": )"[^"]{20,}"', r'\1"<secret>"', text)
    text = re.sub(r"\d{9,10}\.\d{1,3}\b", "<seconds>", text)
    text = re.sub(r'"(\w\w\w:)?\d\d:\d\d"', '"<window>"', text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def tell_story(cloud):
    """Word for word, but for times, ids and secrets. Where something takes a while, the output is waited for."""
    cli = aws_cli()
    environment = {**ENVIRONMENT, **cloud.variables}
    steps = story()
    if len(steps) < 10:
        raise AssertionError(f"{STORY} has {len(steps)} commands only")
    for command, expected in steps:
        real = re.sub(r"^aws ", f"{shlex.quote(cli)} --endpoint-url {cloud.endpoint} ", command)
        real = real.replace("http://127.0.0.1:8000", cloud.endpoint)
        until = time.monotonic() + PATIENCE
        while True:
            done = subprocess.run(["bash", "-c", real], env=environment, text=True, capture_output=True, timeout=60)
            got = masked(done.stdout + done.stderr)
            if got == masked(expected):
                break
            if time.monotonic() > until or "create-" in command or "curl" in command:
                raise AssertionError(f"{command}\nexpected:\n{masked(expected)}\ngot:\n{got}")
            time.sleep(1)
    return f"{len(steps)} commands"


def outcome(name, part, cloud):
    """Runs a part, and tells: passed, failed or skipped."""
    began = time.monotonic()
    try:
        what = part(cloud)
        print(f"{name}: ok, {what}, {time.monotonic() - began:.0f} s", flush=True)
        return "passed"
    except Skipped as reason:
        print(f"{name}: SKIPPED: {reason}", flush=True)
        return "skipped"
    except Exception:
        print(f"{name}: FAILED\n{traceback.format_exc()}", flush=True)
        return "failed"


def main():
    parts = (("boto3", boto.run), ("Run Command by boto3", commands.run), ("AWS CLI", tell_story))
    # All at once, each with servers of its own; twice as fast as life, which leaves the CLI time to see each state. The page
    # comes after them: a browser would slow the CLI down, and the page shows the last calls and scripts faults for all.
    with Cloud("--speed=2") as cloud, ThreadPoolExecutor() as threads:
        counts = Counter(threads.map(lambda part: outcome(*part, cloud), parts))
        counts[outcome("Chromium", page.run, cloud)] += 1
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return counts["failed"]


if __name__ == "__main__":
    sys.exit(main())
