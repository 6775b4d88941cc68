"""AWS's own Lambda runtime interface emulator answers every file of events/ on the local cloud, with what "sam build" built
and with the environment that "sam local invoke" would give it: the same, without the container.

The emulator is built from the Go module proxy; it calls Lambda's Java runtime client, which the tests use too.
"""

import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.request

from samcli.commands.local.lib.local_lambda import LocalLambdaRunner
from samcli.lib.providers.sam_function_provider import SamFunctionProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider

from cloud import Cloud

EMULATOR = "github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie@v0.0.0-20261030222936-bef5c4ba774d"
TOOLS = pathlib.Path(".aws-sam/emulator").absolute()
TEMPLATE = ".aws-sam/build/template.yaml"
RUNTIME = "aws-lambda-java-(core|serialization|runtime-interface-client)-|/utils-lite-"
PATIENCE = 60
INVOCATION = "http://{}/2015-03-31/functions/function/invocations"

# What each file of events/ comes to on the fleet of the local cloud; none may fail.
STATUSES = {"RUNNING", "PARTIALLY_FAILED", "SUCCEEDED", "DRY_RUN"}


def build():
    """The emulator, or None where Go, or its module proxy, is not at hand."""
    try:
        subprocess.run(["go", "install", EMULATOR], env=os.environ | {"GOBIN": str(TOOLS)}, check=True,
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    except FileNotFoundError:
        print("SKIPPED: Go is not on this machine")
        return None
    except subprocess.CalledProcessError as failed:
        print("SKIPPED: the emulator can't be built here: " + failed.stdout.strip().splitlines()[-1])
        return None
    return TOOLS / "aws-lambda-rie"


def runtime_class_path():
    listing = TOOLS / "class-path"
    subprocess.run(["mvn", "-q", "dependency:build-classpath", "-Dmdep.includeScope=test",
                    f"-Dmdep.outputFile={listing}"], check=True)
    return [jar for jar in listing.read_text().split(os.pathsep) if re.search(RUNTIME, jar)]


def java():
    """A JDK 25, as Maven's toolchains find it."""
    properties = subprocess.run(
        ["mvn", "-q", "toolchains:select-jdk-toolchain@default", "exec:exec", "-Dexec.executable=java",
         "-Dexec.args=-XshowSettings:properties -version"],
        check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    return pathlib.Path(re.search(r"java\.home = (\S+)", properties).group(1)) / "bin/java"


def functions(variables):
    """Each function with the environment that SAM resolves from the template, its parameters' defaults and --env-vars."""
    stacks, _ = SamLocalStackProvider.get_stacks(TEMPLATE, parameter_overrides={"BackupBackend": "opsworks-cm"})
    provider = SamFunctionProvider(stacks)
    given = {name: {key: variables.get(key, value) for key, value in own.items()}
             for name, own in json.loads(pathlib.Path("src/local/sam-local.json").read_text()).items()}
    runner = LocalLambdaRunner(None, provider, ".", ".", env_vars_values=given)
    for function in provider.get_all():
        yield function, runner._make_env_vars(function).resolve()


def free_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


class Emulator:
    """One function behind the emulator, which takes invocations one after the other only."""

    def __init__(self, program, jdk, jars, function, environment):
        self.address = free_address()
        root = pathlib.Path(function.codeuri).absolute()
        jars = os.pathsep.join([*jars, str(root), str(root / "lib/*")])
        command = [
            str(program), "--runtime-interface-emulator-address", self.address, "--runtime-api-address", free_address(),
            str(jdk), "--enable-native-access=ALL-UNNAMED", "-cp", jars,
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", function.handler]
        environment = environment | {"LAMBDA_TASK_ROOT": str(root), "PATH": os.environ["PATH"], "HOME": str(TOOLS)}
        # An empty variable is one that the template leaves out: the container's environment can't say so.
        environment = {name: value for name, value in environment.items() if value != ""}
        self.log = open(TOOLS / f"{function.name}.log", "w+")
        self.process = subprocess.Popen(command, env=environment, stdout=self.log, stderr=subprocess.STDOUT)
        self._await()

    def _await(self):
        host, port = self.address.split(":")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex((host, int(port))) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("the emulator did not start: " + self.log.name)

    def invoke(self, payload):
        request = urllib.request.Request(INVOCATION.format(self.address), payload)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.log.close()


def faults(name, answer):
    """The emulator answers 200 to a failed invocation too: the error is in the answer."""
    if "errorType" in answer:
        yield f"{name}: {answer['errorType']}: {answer.get('errorMessage')}"
    elif "status" in answer:
        print(f"{name}: {answer['status']}, {answer['targets']} targets, {answer['counts']}")
        if answer["status"] not in STATUSES or sum(answer["counts"].values()) != answer["targets"] or not answer["targets"]:
            yield f"{name}: {answer}"
    else:
        print(f"{name}: {answer['rows']} open rows, complete: {answer['complete']}")
        if not answer["complete"] or answer["failed"]:
            yield f"{name}: {answer}"


def main():
    program = build()
    if program is None:
        return
    jdk, jars = java(), runtime_class_path()
    found = []
    with Cloud() as cloud:
        # Region and credentials that SAM would take from the developer's own session.
        os.environ.update({name: value for name, value in cloud.variables.items() if re.match("AWS_(?!ENDPOINT)", name)})
        for function, environment in sorted(functions(cloud.variables), key=lambda each: each[0].name):
            with Emulator(program, jdk, jars, function, environment) as emulator:
                if function.name == "BackupFunction":
                    for event in sorted(pathlib.Path("events").glob("*.json")):
                        found += faults(event.name, emulator.invoke(event.read_bytes()))
                else:
                    found += faults("a pass of the follow-up", emulator.invoke(b"{}"))
    sys.exit("\n".join(found) or 0)


if __name__ == "__main__":
    main()
