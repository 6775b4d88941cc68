package dev.serverbackup.local.opsworkscm.account;

/**
 * What an account may have at once. The defaults are the API's.
 *
 * @param servers at least 0
 * @param manualBackups at least 0; over all servers together
 */
public record Limits(int servers, int manualBackups) {

    public static final Limits DEFAULT = new Limits(10, 50);

    public Limits {
        if (servers < 0 || manualBackups < 0) {
            throw new IllegalArgumentException("A limit is 0 or more, but these are " + servers + " servers and "
                    + manualBackups + " manual backups.");
        }
    }
}
