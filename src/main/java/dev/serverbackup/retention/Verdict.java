package dev.serverbackup.retention;

import dev.serverbackup.audit.PastBackup;
import java.time.Instant;
import java.util.List;

/**
 * Whether retention keeps a good backup, and why.
 *
 * @param createdAt from the service's listing, or from the audit if the service lists nothing
 * @param keptBy the reasons to keep it: rules such as {@code daily 14}, {@value #NEWEST_SUCCESS} and {@value
 *     #NEWEST_VERIFIED}
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
