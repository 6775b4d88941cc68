"""A changed parameter, or a changed artefact, reaches the alias; nothing else publishes a version.

The template is translated by SAM's own translator. What CloudFormation then does is worked out from the schemas that AWS
publishes (cfn-lint carries them): a resource of which a create-only property changes is replaced, and so has a new id.
"""

import copy
import hashlib
import json
import logging
import os
import re
import unittest
from pathlib import Path

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER
from samcli.yamlhelper import yaml_parse
from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
logging.disable(logging.WARNING)
TEMPLATE = yaml_parse(Path("template.yaml").read_text())
PARAMETERS = TEMPLATE["Parameters"]
FUNCTIONS = ("BackupFunction", "FollowUpFunction")
BACKENDS = PARAMETERS["BackupBackend"]["AllowedValues"]
# The applications whose outputs the functions are told.
APPLICATIONS = {
    "RunCommand": yaml_parse(Path("deploy/run-command.yaml").read_text()),
    "Restore": yaml_parse(Path("deploy/verify-and-restore.yaml").read_text()),
}
# Each document with its application.
DOCUMENTS = {
    name: application
    for application, template in APPLICATIONS.items()
    for name, one in template["Resources"].items()
    if one["Type"] == "AWS::SSM::Document"
}
# People run it; no function does.
OF_PEOPLE = "RestoreDocument"

# Another value for each parameter that is a text, and not one of some.
OTHER = {
    "ScheduleExpression": "rate(6 hours)",
    "ScheduleTimezone": "Europe/Berlin",
    "DefaultSelector": '{"tags":{"Backup":["nightly"]}}',
    "RetainedBackups": "last 7, daily 14",
    "EventBus": "operations",
    "AlarmEmail": "operations@example.com",
    "AlarmTopicArn": "arn:aws:sns:us-east-1:123456789012:operations",
    "KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/0d990263-018e-4e65-a703-eff731de951e",
    "BackupDestination": "s3://artefacts/servers",
    "OpsWorksCmEndpoint": "https://opsworks-cm.example.com",
}

# What Lambda keeps for a function, and not for each of its versions.
NOT_OF_A_VERSION = {"ReservedConcurrentExecutions", "Tags", "RecursiveLoop", "RuntimeManagementConfig"}


def another(name, backend=None):
    said = PARAMETERS[name]
    if name == "BackupBackend" and backend:
        return next(value for value in BACKENDS if value != backend)
    if name in OTHER:
        return OTHER[name]
    if "AllowedValues" in said:
        return next(value for value in said["AllowedValues"] if value != said.get("Default"))
    return said["Default"] - 1 if said["Default"] == said.get("MaxValue") else said["Default"] + 1


class Stack:
    """A template as it would be deployed, as far as it decides whether a function or a version is another one."""

    def __init__(self, template, parameters):
        self.parameters = parameters
        self.conditions = template.get("Conditions", {})
        self.resources = template["Resources"]
        self.outputs = template["Outputs"]
        self.ids = {}

    @staticmethod
    def of(artefact="one", document=None, **changed):
        template = copy.deepcopy(TEMPLATE)
        template["Globals"]["Function"]["CodeUri"] = f"s3://artefacts/{artefact}"
        for resource in template["Resources"].values():
            if resource["Type"] == "AWS::Serverless::Application":
                # Where "sam deploy" puts it; that a changed file has another place there is of no account here.
                resource["Properties"]["Location"] = "https://s3.amazonaws.com/artefacts/" + resource["Properties"]["Location"]
        parameters = {name: said.get("Default", "") for name, said in PARAMETERS.items()} | changed
        stack = Stack(transform(template, dict(parameters), ManagedPolicyLoader(None)), parameters)
        applications = copy.deepcopy(APPLICATIONS)
        if document:
            # What documents/assemble makes of another content.
            said = applications[DOCUMENTS[document]]["Resources"][document]["Properties"]["Name"]
            said["Fn::Sub"] = re.sub("[0-9a-f]{12}$", "0123456789ab", said["Fn::Sub"])
        stack.applications = {
            name: Stack(application, stack.resolved(stack.resources[name]["Properties"]["Parameters"]))
            for name, application in applications.items()
        }
        return stack

    def function(self, name):
        """Everything of a function that its versions keep."""
        kept = {k: v for k, v in self.resources[name]["Properties"].items() if k not in NOT_OF_A_VERSION}
        return json.dumps(self.resolved(kept), sort_keys=True)

    def version(self, function):
        """The id of the version that the function's alias leads to."""
        alias = self.resources[f"{function}Aliaslive"]["Properties"]
        return self.resolved(alias["FunctionVersion"])

    def id(self, name):
        """What tells the resource from the one that stands in for it once it has been replaced."""
        if name not in self.ids:
            resource = self.resources[name]
            schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource["Type"]).schema
            fixed = [path.split("/")[2] for path in schema.get("createOnlyProperties", [])]
            given = {k: v for k, v in resource.get("Properties", {}).items() if k in fixed}
            text = json.dumps([name, self.resolved(given)], sort_keys=True)
            self.ids[name] = f"{name}-{hashlib.sha256(text.encode()).hexdigest()}"
        return self.ids[name]

    def resolved(self, value):
        if isinstance(value, list):
            return [self.resolved(each) for each in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, of), = value.items()
            resolve = {
                "Ref": self.ref,
                "Fn::GetAtt": lambda of: self.named(".".join(of)),
                "Fn::Sub": self.sub,
                "Fn::If": lambda of: self.resolved(of[1] if self.holds(of[0]) else of[2]),
            }.get(name)
            if resolve:
                return resolve(of)
            if name.startswith("Fn::"):
                raise AssertionError(f"{name} is not known here")
        return {name: self.resolved(each) for name, each in value.items()}

    def sub(self, of):
        text, further = of if isinstance(of, list) else (of, {})

        def named(found):
            return str(self.resolved(further[found[1]]) if found[1] in further else self.named(found[1]))

        return re.sub(r"\$\{([^}]+)}", named, text)

    def named(self, name):
        if "." not in name:
            return self.ref(name)
        resource, attribute = name.split(".", 1)
        if attribute.startswith("Outputs."):
            # No other application's outputs shape a function.
            application = self.applications[resource]
            return application.resolved(application.outputs[attribute.removeprefix("Outputs.")]["Value"])
        return f"{self.id(resource)}.{attribute}"

    def ref(self, name):
        if name in self.parameters:
            return self.parameters[name]
        return name if name.startswith("AWS::") else self.id(name)

    def holds(self, condition):
        if isinstance(condition, str):
            return self.holds(self.conditions[condition])
        (name, of), = condition.items()
        match name:
            case "Condition":
                return self.holds(of)
            case "Fn::Not":
                return not self.holds(of[0])
            case "Fn::And":
                return all(map(self.holds, of))
            case "Fn::Or":
                return any(map(self.holds, of))
            case "Fn::Equals":
                return str(self.resolved(of[0])) == str(self.resolved(of[1]))
        raise AssertionError(f"{name} is not known here")


class Versions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.deployed = {backend: Stack.of(BackupBackend=backend) for backend in BACKENDS}

    def each(self):
        """Each backend and function, with the stack as it is deployed before anything changes."""
        for backend, deployed in self.deployed.items():
            for function in FUNCTIONS:
                yield backend, function, deployed

    def test_a_changed_parameter_publishes_a_version_of_just_those_functions_that_it_changes(self):
        for backend in BACKENDS:
            deployed = self.deployed[backend]
            for name in PARAMETERS:
                changed = Stack.of(**{"BackupBackend": backend, name: another(name, backend)})
                for function in FUNCTIONS:
                    with self.subTest(parameter=name, function=function, backend=backend):
                        self.assertEqual(
                            changed.function(function) != deployed.function(function),
                            changed.version(function) != deployed.version(function),
                            "function and version must both change, or neither",
                        )

    def test_every_variable_that_a_parameter_sets_is_changed_by_it(self):
        for function in FUNCTIONS:
            # The same for each backend: it is decided by conditions.
            variables = self.deployed[BACKENDS[0]].resources[function]["Properties"]["Environment"]["Variables"]
            text = json.dumps(variables)
            for name in PARAMETERS:
                if f'{{"Ref": "{name}"}}' in text:
                    with self.subTest(parameter=name, function=function):
                        self.assertTrue(any(self.changes(backend, name, function) for backend in BACKENDS))

    def changes(self, backend, name, function):
        changed = Stack.of(**{"BackupBackend": backend, name: another(name, backend)})
        return changed.version(function) != self.deployed[backend].version(function)

    def test_what_is_of_one_backend_alone_publishes_nothing_for_the_other(self):
        for name, backend in {"BackupTimeoutHours": "opsworks-cm", "OpsWorksCmEndpoint": "systems-manager"}.items():
            for function in FUNCTIONS:
                with self.subTest(parameter=name, function=function):
                    self.assertFalse(self.changes(backend, name, function))

    def test_a_changed_document_publishes_a_version_of_both_functions_where_it_is_run(self):
        self.assertEqual(len(DOCUMENTS), 4)
        for document in DOCUMENTS:
            for backend, function, deployed in self.each():
                with self.subTest(document=document, backend=backend, function=function):
                    changed = Stack.of(document=document, BackupBackend=backend)
                    self.assertEqual(
                        changed.version(function) != deployed.version(function),
                        backend == "systems-manager" and document != OF_PEOPLE,
                    )

    def test_a_changed_document_is_another_one_and_not_another_version_of_the_same(self):
        for document, application in DOCUMENTS.items():
            changed = Stack.of(document=document, BackupBackend="systems-manager").applications[application]
            deployed = self.deployed["systems-manager"].applications[application]
            self.assertNotEqual(changed.id(document), deployed.id(document))

    def test_a_changed_artefact_publishes_a_version_of_both_functions(self):
        for backend, function, deployed in self.each():
            changed = Stack.of(artefact="two", BackupBackend=backend)
            self.assertNotEqual(changed.version(function), deployed.version(function))

    def test_nothing_changed_publishes_nothing(self):
        for backend, function, deployed in self.each():
            self.assertEqual(Stack.of(BackupBackend=backend).version(function), deployed.version(function))

    def test_the_other_value_of_each_parameter_is_one_that_the_template_allows(self):
        for name, said in PARAMETERS.items():
            with self.subTest(parameter=name):
                self.assertNotEqual(another(name), said.get("Default"))
                self.assertRegex(str(another(name)), said.get("AllowedPattern", ".*"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
