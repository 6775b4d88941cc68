"""Checks what "sam build" has made: every function's handler is there with its libraries, nothing of the tests is, Lambda
takes the package, as each function is built by itself, one build is the other byte for byte, and the applications are copied
unchanged."""

import hashlib
import pathlib
import sys
import zipfile

from samcli.yamlhelper import yaml_parse

BUILD = pathlib.Path(".aws-sam/build")
TESTS_ONLY = (
    "DynamoDBLocal",
    "archunit",
    "bcpkix",
    "bcprov",
    "bcutil",
    "assertj",
    "event-ruler",
    "jetty",
    "json-schema",
    "junit",
    "mockito",
    "snakeyaml",
    "sqlite",
)
# The most that Lambda takes as one archive.
LIMIT_MB = 50
# What "sam build" copies: the documents in it run as root.
APPLICATIONS = {"Alarms": "deploy/alarms.yaml", "RunCommand": "deploy/run-command.yaml", "Restore": "deploy/verify-and-restore.yaml"}


def faults(function, handler):
    folder = BUILD / function
    libraries = [jar.name for jar in folder.glob("lib/*.jar")]
    if not (folder / (handler.split("::")[0].replace(".", "/") + ".class")).is_file():
        yield f"has no class for its handler {handler}"
    if not libraries:
        yield "has no libraries in lib/"
    for name in libraries:
        if any(word.lower() in name.lower() for word in TESTS_ONLY):
            yield f"carries {name}, which is for tests"
    for path in folder.glob("dev/serverbackup/local/*"):
        yield f"carries {path.relative_to(folder)} of the local cloud"
    size = zipped_mb(folder)
    print(f"{function}: {len(libraries)} libraries, {size:.1f} MB zipped (limit {LIMIT_MB})")
    if size > LIMIT_MB:
        yield f"is larger than {LIMIT_MB} MB"


def differences(functions):
    first, *others = functions
    expected = digests(first)
    for other in others:
        found = digests(other)
        for path in sorted(expected.keys() | found.keys()):
            if expected.get(path) != found.get(path):
                yield f"{other} differs from {first}, which is another build of the same: {path}"
    together = hashlib.sha256("".join(f"{path} {expected[path]}\n" for path in sorted(expected)).encode())
    print(f"{len(functions)} builds, {len(expected)} files each, sha256 {together.hexdigest()}")


def is_changed(application, source):
    built = (BUILD / application / "template.yaml").read_text()
    return yaml_parse(built) != yaml_parse(pathlib.Path(source).read_text())


def digests(function):
    folder = BUILD / function
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def zipped_mb(folder):
    archive = BUILD / f"{folder.name}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(folder.rglob("*")):
            package.write(path, path.relative_to(folder))
    size = archive.stat().st_size / 1_000_000
    archive.unlink()
    return size


def main():
    resources = yaml_parse((BUILD / "template.yaml").read_text())["Resources"]
    functions = {
        name: resource["Properties"]["Handler"]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    found = [f"{name} {fault}" for name, handler in functions.items() for fault in faults(name, handler)]
    found += differences(list(functions))
    found += [f"{name} is not what {source} says" for name, source in APPLICATIONS.items() if is_changed(name, source)]
    sys.exit("\n".join(found) or 0)


if __name__ == "__main__":
    main()
