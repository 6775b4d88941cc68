"""cfn-lint on what CloudFormation gets: template.yaml as SAM translates it, for each backend. Some faults are to be seen
there alone, such as SnapStart in a region that lacks it."""

import copy
import json
import logging
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from samcli.yamlhelper import yaml_parse
from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
logging.disable(logging.WARNING)
TEMPLATE = yaml_parse(Path("template.yaml").read_text())
BACKENDS = TEMPLATE["Parameters"]["BackupBackend"]["AllowedValues"]
# What a region has decides over these two, so they are put in; everything else cfn-lint tries in all ways.
EVERYTHING = {"SnapStart": "PublishedVersions", "Tracing": "Active"}
WITHOUT = {"SnapStart": "None", "Tracing": "PassThrough"}
# One of each partition.
REGIONS = {"us-east-1": EVERYTHING, "us-gov-west-1": WITHOUT, "cn-north-1": WITHOUT}


def translated(backend, chosen):
    template = copy.deepcopy(TEMPLATE)
    template["Globals"]["Function"]["CodeUri"] = "s3://artefacts/one"
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Application":
            resource["Properties"]["Location"] = "https://s3.amazonaws.com/artefacts/" + resource["Properties"]["Location"]
    parameters = {name: said.get("Default", "") for name, said in TEMPLATE["Parameters"].items()}
    made = transform(template, parameters | chosen | {"BackupBackend": backend}, ManagedPolicyLoader(None))
    made["Resources"] = put_in(made["Resources"], chosen)
    return made


def put_in(value, chosen):
    if isinstance(value, list):
        return [put_in(each, chosen) for each in value]
    if not isinstance(value, dict):
        return value
    return chosen[value["Ref"]] if value.get("Ref") in chosen else {k: put_in(v, chosen) for k, v in value.items()}


def lint(backend, region, chosen):
    """What cfn-lint says of it; nothing if it is clean."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(translated(backend, chosen), file, indent=1)
        file.flush()
        return subprocess.run(
            ["cfn-lint", "--regions", region, "--", file.name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ).stdout


class Translated(unittest.TestCase):
    maxDiff = None

    def test_cfn_lint_is_content_with_each_backend_in_each_partition(self):
        for backend in BACKENDS:
            for region, chosen in REGIONS.items():
                with self.subTest(backend=backend, region=region):
                    self.assertEqual(lint(backend, region, chosen), "")

    def test_snapstart_where_there_is_none_is_found(self):
        self.assertIn("E2530", lint(BACKENDS[0], "us-gov-west-1", EVERYTHING))


if __name__ == "__main__":
    unittest.main(verbosity=2)
