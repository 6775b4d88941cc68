package dev.serverbackup.local.opsworkscm.account;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * What the service makes up for a new server: its unique id, and values for what the request leaves open. All of it
 * follows from one seed, so that the same fleet has the same ARNs at every start.
 */
public record DeterministicIds(UUID uuid) {

    private static final List<String> MAINTENANCE_DAYS = List.of("Tue", "Wed", "Fri");

    /**
     * What follows from a seed.
     *
     * @param seed different for each server that an account ever has
     */
    public static DeterministicIds from(String seed) {
        return new DeterministicIds(UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)));
    }

    /** An hour of each day. */
    public String backupWindow() {
        return "%02d:00".formatted(bits(0, 24));
    }

    /** An hour on a Tuesday, Wednesday or Friday. */
    public String maintenanceWindow() {
        return "%s:%02d:00".formatted(MAINTENANCE_DAYS.get(bits(8, MAINTENANCE_DAYS.size())), bits(16, 24));
    }

    public String securityGroupId() {
        return "sg-" + hex();
    }

    public String subnetId() {
        return "subnet-" + hex();
    }

    public String endpoint(String serverName, String region) {
        return "%s-%s.%s.opsworks-cm.io".formatted(serverName, hex().substring(0, 16), region);
    }

    private String hex() {
        return uuid.toString().replace("-", "").substring(0, 17);
    }

    private int bits(int shift, int bound) {
        return (int) Long.remainderUnsigned(uuid.getLeastSignificantBits() >>> shift, bound);
    }
}
