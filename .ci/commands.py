"""boto3 through Run Command: documents that really run, on instances that are there, away and gone."""

import tempfile
import time

from boto import client, refused, until

SHOP, CHEF, STOPPED, GONE = (f"i-0a1b2c3d4e5f6000{last}" for last in "458a")


def run(cloud):
    ssm = client(cloud, "ssm")
    instances = ssm.describe_instance_information()["InstanceInformationList"]
    assert {one["PingStatus"] for one in instances} == {"Online", "ConnectionLost"}, instances
    # Of a server on premises EC2 knows no state.
    states = {one["InstanceId"]: one.get("InstanceState") for one in ssm.describe_instance_properties()["InstanceProperties"]}
    assert states[STOPPED] == "stopped" and "terminated" in states.values(), states

    with tempfile.TemporaryDirectory() as artefacts:
        def asked(server, engine, document="backup", **parameters):
            stamp = time.strftime("%Y%m%d%H%M%S000", time.gmtime())
            return {"InstanceIds": [server], "DocumentName": document, "Comment": "by hand", "Parameters": {
                "engine": [engine], "backupId": [f"{server}-{stamp}"], "destination": [artefacts], "description": [""],
                **parameters}}

        def ended(server, engine, **parameters):
            command = ssm.send_command(**asked(server, engine, **parameters))["Command"]["CommandId"]
            look = lambda: ssm.get_command_invocation(CommandId=command, InstanceId=server)
            until(False, lambda: look()["Status"] in ("Pending", "InProgress"))
            return look()

        shop = ended(SHOP, "generic", script=["postgres.sh"])
        assert shop["Status"] == "Success" and '"sha256"' in shop["StandardOutputContent"], shop
        busy = ended(CHEF, "chef-automate")
        assert busy["Status"] == "Failed" and "InvalidStateException" in busy["StandardOutputContent"], busy
        refused("InvalidParameters", ssm.send_command, **asked(SHOP, "generic", script=["../../bin/sh"]))
        refused("InvalidDocument", ssm.send_command, **asked(SHOP, "generic", "AWS-RunShellScript"))
        refused("InvalidParameters", ssm.send_command, **asked(SHOP, "AWS-RunShellScript"))
        for away in (STOPPED, GONE):
            refused("InvalidInstanceId", ssm.send_command, **asked(away, "generic"))

    listed = list(ssm.get_paginator("list_commands").paginate(PaginationConfig={"PageSize": 1}).search("Commands[]"))
    assert {one["Status"] for one in listed} == {"Success", "Failed"}, listed
    return f"{len(listed)} commands"
