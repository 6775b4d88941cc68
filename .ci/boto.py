"""boto3 through all 19 operations: a server's life, the errors, the pages, the waiter."""

import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

SERVER = {
    "Engine": "Puppet",
    "ServerName": "boto3-puppet",
    "InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/p",
    "InstanceType": "m5.large",
    "ServiceRoleArn": "arn:aws:iam::123456789012:role/r",
    "Tags": [{"Key": "Team", "Value": "boto3"}],
}
NAME = SERVER["ServerName"]


def client(cloud, service, attempts=1, endpoint=None):
    return boto3.client(
        service,
        endpoint_url=endpoint or cloud.endpoint,
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"mode": "standard", "max_attempts": attempts}),
    )


def refused(error, call, **arguments):
    try:
        call(**arguments)
    except ClientError as refusal:
        assert refusal.response["Error"]["Code"] == error, refusal
        assert refusal.response["ResponseMetadata"]["RequestId"], refusal
        return refusal.response["Error"]["Message"]
    raise AssertionError(f"not refused with {error}")


def until(wanted, look, patience=30):
    end = time.monotonic() + patience
    while (seen := look()) != wanted:
        assert time.monotonic() < end, f"still {seen}, not {wanted}"
        time.sleep(0.5)


def run(cloud):
    cm = client(cloud, "opsworkscm", attempts=10)
    called = set()
    cm.meta.events.register("before-call.opsworkscm", lambda model, **_: called.add(model.name))
    once = client(cloud, "opsworkscm")
    status = lambda: cm.describe_servers(ServerName=NAME)["Servers"][0]["Status"]

    created = cm.create_server(**SERVER)["Server"]
    assert created["Status"] == "CREATING" and created["CreatedAt"].tzinfo, created
    assert {a["Name"] for a in created["EngineAttributes"]} == {"PUPPET_STARTER_KIT", "PUPPET_ADMIN_PASSWORD"}
    refused("ResourceAlreadyExistsException", cm.create_server, **SERVER)
    refused("InvalidStateException", cm.export_server_engine_attribute, ServerName=NAME, ExportAttributeName="Userdata")
    until("HEALTHY", status)

    backup = cm.create_backup(ServerName=NAME, Description="by boto3", Tags=[{"Key": "Keep", "Value": ""}])["Backup"]
    assert backup["Status"] == "IN_PROGRESS" and backup["Description"] == "by boto3", backup
    refused("InvalidStateException", cm.create_backup, ServerName=NAME)
    refused("InvalidStateException", cm.update_server, ServerName=NAME)
    refused("InvalidStateException", cm.delete_backup, BackupId=backup["BackupId"])
    refused("ResourceNotFoundException", cm.create_backup, ServerName="nobody")
    assert "2 validation errors" in refused(
        "ValidationException", cm.describe_backups, BackupId="-", ServerName="under_score")
    until("HEALTHY", status)

    tags = cm.get_paginator("list_tags_for_resource").paginate(
        ResourceArn=backup["BackupArn"], PaginationConfig={"PageSize": 1})
    assert [page["Tags"][0]["Key"] for page in tags] == ["Keep", "Team"]
    events = cm.get_paginator("describe_events").paginate(ServerName=NAME, PaginationConfig={"PageSize": 3})
    assert [len(page["ServerEvents"]) for page in events] == [3, 1]
    refused("InvalidNextTokenException", cm.describe_events, ServerName=NAME, NextToken="foreign")
    cm.tag_resource(ResourceArn=created["ServerArn"], Tags=[{"Key": "More", "Value": "1"}])
    cm.untag_resource(ResourceArn=created["ServerArn"], TagKeys=["Team"])
    assert cm.list_tags_for_resource(ResourceArn=created["ServerArn"])["Tags"] == [{"Key": "More", "Value": "1"}]
    limits = {a["Name"]: a for a in cm.describe_account_attributes()["Attributes"]}
    assert limits["ManualBackupLimit"]["Maximum"] == 50 and limits["ServerLimit"]["Used"] > 10, limits

    assert cm.update_server(ServerName=NAME, BackupRetentionCount=5)["Server"]["BackupRetentionCount"] == 5
    assert cm.export_server_engine_attribute(ServerName=NAME, ExportAttributeName="Userdata")["ServerName"] == NAME
    refused("ValidationException", cm.associate_node, ServerName=NAME, NodeName="i-1", EngineAttributes=[])
    token = cm.disassociate_node(ServerName=NAME, NodeName="i-1")["NodeAssociationStatusToken"]
    asked = {"ServerName": NAME, "NodeAssociationStatusToken": token}
    assert cm.describe_node_association_status(**asked)["NodeAssociationStatus"] == "IN_PROGRESS"
    password = {"AttributeName": "PUPPET_ADMIN_PASSWORD", "AttributeValue": "n3w-Passw0rd"}
    assert cm.update_server_engine_attributes(ServerName=NAME, **password)["Server"]["Status"] == "MODIFYING"
    refused("InvalidStateException", cm.start_maintenance, ServerName=NAME)

    throttled(once)
    chef = cm.associate_node(ServerName="chef-automate-untagged", NodeName="i-1", EngineAttributes=[
        {"Name": "CHEF_ORGANIZATION", "Value": "default"}, {"Name": "CHEF_NODE_PUBLIC_KEY", "Value": "pem"}])
    cm.get_waiter("node_associated").wait(
        ServerName="chef-automate-untagged", NodeAssociationStatusToken=chef["NodeAssociationStatusToken"],
        WaiterConfig={"Delay": 2})
    until("HEALTHY", status)

    restored = cm.restore_server(ServerName=NAME, BackupId=backup["BackupId"], InstanceType="r5.xlarge")["Server"]
    assert (restored["Status"], restored["InstanceType"]) == ("RESTORING", "r5.xlarge"), restored
    words = refused("ValidationException", cm.delete_server, ServerName=NAME)
    assert words.endswith("The current operation on the server is still in progress."), words
    assert cm.start_maintenance(ServerName="chef-automate-sandbox")["Server"]["Status"] == "UNDER_MAINTENANCE"
    cm.delete_backup(BackupId=backup["BackupId"])
    refused("InvalidStateException", cm.delete_backup, BackupId=backup["BackupId"])
    missed = set(cm.meta.service_model.operation_names) - called
    assert not missed, missed
    return f"{len(called)} operations"


def throttled(cm):
    """5 a second with a burst of 10: 40 calls at once are too many."""

    def call(_):
        try:
            cm.describe_account_attributes()
        except ClientError as refusal:
            return refusal.response["Error"]["Code"]

    with ThreadPoolExecutor(10) as threads:
        assert set(threads.map(call, range(40))) - {None} == {"ThrottlingException"}
