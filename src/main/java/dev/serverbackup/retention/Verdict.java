package dev.serverbackup.retention;

import dev.serverbackup.audit.PastBackup;
import java.time.Instant;
import java.util.List;

/**
 * What retention says of a good backup.
 *
 * @param createdAt as the service lists it; as the audit says where the service lists nothing
 * @param keptBy what keeps it: rules such as {@code daily 14}, {@value #NEWEST_SUCCESS} and {@value #NEWEST_VERIFIED}
 */
public record Verdict(PastBackup backup, Instant createdAt, List<String> keptBy) {
    static final String NEWEST_SUCCESS = "newest success";
    static final String NEWEST_VERIFIED = "newest verified";

    public Verdict {
        keptBy = List.copyOf(keptBy);
    }

    public boolean isKept() {
        return !keptBy.isEmpty();
    }
}
