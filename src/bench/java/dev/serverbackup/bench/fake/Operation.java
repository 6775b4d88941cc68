package dev.serverbackup.bench.fake;

/** What the fake tells apart. */
enum Operation {
    CREATE_BACKUP,
    GET_RESOURCES,
    DYNAMO_DB;

    /**
     * @param target the header {@code X-Amz-Target}
     * @throws IllegalArgumentException if nobody that is measured should ask for that
     */
    static Operation of(String target) {
        if (target.startsWith("DynamoDB_20120810.")) {
            return DYNAMO_DB;
        }
        return switch (target) {
            case "OpsWorksCM_V2016_11_01.CreateBackup" -> CREATE_BACKUP;
            case "ResourceGroupsTaggingAPI_20170126.GetResources" -> GET_RESOURCES;
            default -> throw new IllegalArgumentException("the fake has no " + target);
        };
    }
}
