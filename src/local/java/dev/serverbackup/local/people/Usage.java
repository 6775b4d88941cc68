package dev.serverbackup.local.people;

/** How to ask. */
final class Usage {
    static final String TEXT = """
        Ask the audit table one of these:

          mvn -q test-compile exec:exec@audit -Dserver=NAME   a server's entries, newest first
          mvn -q test-compile exec:exec@audit -Drun=ID        a run and its entries
          mvn -q test-compile exec:exec@audit -Dfailed        the entries that failed, day by day
          mvn -q test-compile exec:exec@audit -Druns          the runs, day by day
          mvn -q test-compile exec:exec@audit -Dopen          what is still to be done, oldest first

          -Dsince=… -Duntil=…     with -Dserver, -Dfailed, -Druns: a date or an instant, in UTC; -Dfailed and
                                  -Druns take the last 7 days if not told otherwise
          -Dlimit=…               the most rows, 200 if not told otherwise
          -Djson                  every attribute of each row, as one JSON document
          -Dtable=… -Dregion=…    a table on AWS, by the default credentials; otherwise the local cloud's
          -Ddynamodb.endpoint=…   where DynamoDB is; otherwise AWS_ENDPOINT_URL_DYNAMODB, or AWS's own
        """;

    private Usage() {}
}
