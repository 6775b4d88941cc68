package dev.serverbackup.request;

import java.util.Objects;
import java.util.Optional;

/**
 * A request for backups: a selector and options.
 *
 * @param selector the selector to resolve: the default if the request has none; it excludes servers with the hold tag
 *     unless the request ignores holds
 * @param description the caller's description of the backups, may be empty; with the marker at most 10,000 characters
 * @param maxTargets more targets than this are refused; 1 to {@link #MAX_TARGETS}
 * @param plan if present, the selector must find exactly its targets
 * @param canonicalRequest the request in canonical form: equal for equal requests, whatever the order of keys
 *     and values. Defaults are not in it, so that a changed default does not turn a redelivery into another request.
 */
public record BackupRequest(
        RunId runId,
        TagSelector selector,
        String description,
        boolean dryRun,
        int maxTargets,
        Optional<Plan> plan,
        RequestedBy requestedBy,
        String canonicalRequest) {
    /** The API's limit on a backup's description, marker included. */
    public static final int MAX_DESCRIPTION = 10_000;

    /** The most targets of a run: its row, which lists them, must fit DynamoDB's 400 KB. */
    public static final int MAX_TARGETS = 4_000;

    /** @throws IllegalArgumentException if description and marker are too long, or maxTargets is out of range */
    public BackupRequest {
        Objects.requireNonNull(runId, "run id");
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(requestedBy, "requested by");
        Objects.requireNonNull(canonicalRequest, "canonicalRequest");
        if (description.length() + marker(runId).length() > MAX_DESCRIPTION) {
            throw new IllegalArgumentException(
                    "description and marker have at most " + MAX_DESCRIPTION + " characters");
        }
        if (maxTargets < 1 || maxTargets > MAX_TARGETS) {
            throw new IllegalArgumentException("max targets is 1 to " + MAX_TARGETS);
        }
    }

    /** SHA-256 of the canonical request, in lower-case hex: two requests with one run id must have the same. */
    public String hash() {
        return Sha256.hex(canonicalRequest);
    }

    /** The marker by which a backup of this run is recognised, at the end of its description. */
    public static String marker(RunId runId) {
        return " [run " + runId.value() + "]";
    }

    /** The description that is passed to {@code CreateBackup}. */
    public String backupDescription() {
        return description + marker(runId);
    }
}
