package dev.serverbackup.local.opsworkscm.account;

/**
 * What an account may have at once. The defaults are the API's; the user guide's 10 manual backups are an older figure.
 *
 * @param servers at least 0
 * @param manualBackups at least 0; over all servers together
 * @param automatedBackups at least 1; the most that a server's {@code BackupRetentionCount} may be
 */
public record Limits(int servers, int manualBackups, int automatedBackups) {

    public static final Limits DEFAULT = new Limits(10, 50);

    public Limits {
        if (servers < 0 || manualBackups < 0) {
            throw new IllegalArgumentException("A limit is 0 or more, but these are " + servers + " servers and "
                    + manualBackups + " manual backups.");
        }
        if (automatedBackups < 1) {
            throw new IllegalArgumentException(
                    "The limit of automated backups is at least 1, but this is " + automatedBackups + ".");
        }
    }

    /** With the 30 generations of automated backups that the user guide names. */
    public Limits(int servers, int manualBackups) {
        this(servers, manualBackups, 30);
    }
}
