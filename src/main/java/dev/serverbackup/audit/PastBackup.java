package dev.serverbackup.audit;

import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;

/**
 * The backup of a {@code SUCCEEDED} entry.
 *
 * @param backupId under which the service knows it
 * @param deletionIntended whether somebody has written that it is about to be deleted; the call may have been made or
 *     not
 */
public record PastBackup(RunId runId, ServerName serverName, String backupId, boolean deletionIntended) {}
