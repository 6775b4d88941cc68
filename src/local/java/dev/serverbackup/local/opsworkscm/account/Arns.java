package dev.serverbackup.local.opsworkscm.account;

/** The ARNs of one account in one region, in the forms that AWS documents. */
public record Arns(String accountId, String region) {

    public static final Arns DEFAULT = new Arns("123456789012", "us-east-1");

    public Arns {
        if (!accountId.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("An account id is 12 digits, but this is '" + accountId + "'.");
        }
        if (!region.matches("[a-z]{2}(-[a-z]+)+-[0-9]")) {
            throw new IllegalArgumentException("A region is named like us-east-1, but this is '" + region + "'.");
        }
    }

    public String of(StoredServer server) {
        return ofServer(server.name(), server.uuid());
    }

    /** The ARN of a server, which need not exist. */
    public String ofServer(String name, String uuid) {
        return prefix() + "server/" + name + "/" + uuid;
    }

    public String of(StoredBackup backup) {
        return prefix() + "backup/" + backup.id();
    }

    public String stackOf(StoredServer server) {
        return "arn:aws:cloudformation:%s:%s:stack/aws-opsworks-cm-instance-%s-%d/%s"
                .formatted(region, accountId, server.name(), server.createdAt().toEpochMilli(), server.uuid());
    }

    public String user(String name) {
        return "arn:aws:iam::" + accountId + ":user/" + name;
    }

    public String role(String name) {
        return "arn:aws:iam::" + accountId + ":role/" + name;
    }

    public String instanceProfile(String name) {
        return "arn:aws:iam::" + accountId + ":instance-profile/" + name;
    }

    private String prefix() {
        return "arn:aws:opsworks-cm:" + region + ":" + accountId + ":";
    }
}
