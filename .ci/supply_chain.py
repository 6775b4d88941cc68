"""Compares the output of "sam build" with the software bill of materials: the same libraries, each with a licence
that allows distribution, and all listed in docs/licences.md. With --write it writes that list."""

import json
import pathlib
import sys

BOM = pathlib.Path("target/bom.json")
LIBRARIES = pathlib.Path(".aws-sam/build/BackupFunction/lib")
LIST = pathlib.Path("docs/licences.md")

# Each lets the library be deployed and passed on without condition but to keep its notice; the EPLs ask besides that
# it be said where the library's source is (in Maven's central repository), and that changes to it be given away: nothing
# is changed.
ALLOWED = {"Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "EPL-1.0", "EPL-2.0"}

HEAD = """# Licences of what is deployed

Written by `.ci/supply_chain.py --write` from the software bill of materials (`target/bom.json`, CycloneDX, made by
`mvn package`); `.ci/run` fails if it is out of date. Server Backup itself is under [Apache-2.0](../LICENSE).

| library | version | licence |
|---|---|---|
"""


def licences(component):
    for each in component.get("licenses", []):
        yield each.get("expression") or each["license"].get("id") or each["license"].get("name")


def listed(components):
    rows = (f"| {c['group']}:{c['name']} | {c['version']} | {', '.join(licences(c))} |\n" for c in components)
    return HEAD + "".join(rows)


def faults(components):
    said = {f"{c['group']}.{c['name']}-{c['version']}.jar" for c in components}
    built = {path.name for path in LIBRARIES.glob("*.jar")}
    yield from (f"{name} is deployed, but is not in {BOM}" for name in sorted(built - said))
    yield from (f"{name} is in {BOM}, but is not deployed" for name in sorted(said - built))
    for component in components:
        if not set(licences(component)) & ALLOWED:
            yield f"{component['name']} is under {list(licences(component)) or 'no licence'}; allowed: {sorted(ALLOWED)}"
    if LIST.read_text() != listed(components):
        yield f"{LIST} is out of date: run .ci/supply_chain.py --write"


def main():
    components = sorted(json.loads(BOM.read_text())["components"], key=lambda c: (c["group"], c["name"]))
    if "--write" in sys.argv:
        LIST.write_text(listed(components))
    print(f"{len(components)} libraries in the bill of materials")
    sys.exit("\n".join(faults(components)) or 0)


if __name__ == "__main__":
    main()
