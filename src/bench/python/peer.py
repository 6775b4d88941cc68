"""What a user would write instead: boto3, asked line by line on standard input and so measured like the function.

"ready" is printed once the clients are there. Then each line "<run id>" is one run, by Server Backup's own rules on
the good path: read the tags, write a run row and every entry before the first call, a claim before each call, a record
after it; "done <targets>" when all is written.
"""

import json
import logging
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import boto3
from botocore.config import Config

WORKERS = 16
TABLE = "server-backup-audit"

config = Config(max_pool_connections=WORKERS, retries={"mode": "standard"})
tagging = boto3.client("resourcegroupstaggingapi", config=config)
opsworks = boto3.client("opsworkscm", config=config)
dynamodb = boto3.client("dynamodb", config=config)
log = logging.getLogger("backup")


def servers():
    pages = tagging.get_paginator("get_resources").paginate(
        ResourceTypeFilters=["opsworks-cm:server"],
        TagFilters=[{"Key": "Backup"}],
        ResourcesPerPage=100,
    )
    for page in pages:
        for resource in page["ResourceTagMappingList"]:
            yield resource["ResourceARN"].split("/")[1], resource["ResourceARN"]


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def texts(**attributes):
    return {name: {"S": value} for name, value in attributes.items()}


def call(run, server):
    answer = opsworks.create_backup(ServerName=server, Description=f"nightly [run {run}]")["Backup"]
    return {name: {"S": str(value)} for name, value in answer.items()}


def put(item, condition, values=None):
    more = {"ExpressionAttributeValues": values, "ExpressionAttributeNames": {"#status": "status"}} if values else {}
    dynamodb.put_item(
        TableName=TABLE,
        Item=item,
        ConditionExpression=condition,
        ReturnValuesOnConditionCheckFailure="ALL_OLD",
        **more,
    )


def attempt(run, entry):
    server = entry["serverName"]["S"]
    attempt_id = uuid.uuid4().hex
    lease = (datetime.now(timezone.utc) + timedelta(seconds=120)).isoformat(timespec="milliseconds")
    claimed = entry | texts(status="CALLING", attemptId=attempt_id, leaseUntil=lease, nextActionAt=lease)
    put(
        claimed,
        "#status = :status AND attribute_not_exists(attemptId)",
        {":status": {"S": "PENDING"}},
    )
    backup = call(run, server)
    started = claimed | texts(status="STARTED", startedAt=now()) | {"backup": {"M": backup}}
    put(
        started,
        "#status = :status AND attemptId = :attempt",
        {":status": {"S": "CALLING"}, ":attempt": {"S": attempt_id}},
    )
    line = {"level": "INFO", "runId": run, "serverName": server, "status": "STARTED", "timestamp": now()}
    log.info(json.dumps(line))


def back_up(run, targets, pool):
    asked = now()
    rows = {"M": {server: {"S": arn} for server, arn in targets}}
    put(
        texts(runId=run, entry="run", status="RUNNING", requestedAt=asked, open="open") | {"targets": rows},
        "attribute_not_exists(runId)",
    )
    entries = [
        texts(
            runId=run,
            entry=f"server#{server}",
            serverName=server,
            serverArn=arn,
            status="PENDING",
            requestedAt=asked,
            open="open",
            nextActionAt=asked,
        )
        for server, arn in targets
    ]
    list(pool.map(write_all, [entries[i : i + 100] for i in range(0, len(entries), 100)]))
    list(pool.map(lambda entry: attempt(run, entry), entries))


def write_all(entries):
    dynamodb.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": TABLE, "Item": entry, "ConditionExpression": "attribute_not_exists(runId)"}}
            for entry in entries
        ]
    )


def main():
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    print("ready", flush=True)
    with ThreadPoolExecutor(WORKERS) as pool:
        for line in sys.stdin:
            targets = list(servers())
            back_up(line.strip(), targets, pool)
            print(f"done {len(targets)}", flush=True)


if __name__ == "__main__":
    main()
