package dev.serverbackup.cli.restore;

import dev.serverbackup.cli.audit.AuditReader;
import dev.serverbackup.cli.audit.Item;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.Optional;

/** The backup that is to be restored. */
sealed interface Choice {
    /** @param entry the row of its entry */
    record Found(Item entry) implements Choice {}

    /** @param advice what to do */
    record None(String why, String advice) implements Choice {}

    /** The newest good backup of a server that still exists, and whose last verification has not failed. */
    static Choice newest(AuditReader audit, ServerName server, Optional<Instant> before) {
        return audit.good(server.value())
                .filter(entry -> !entry.shown("verification", "result").equals("FAILED"))
                .filter(entry -> before.isEmpty()
                        || entry.instant("finishedAt")
                                .filter(before.get()::isAfter)
                                .isPresent())
                .findFirst()
                .<Choice>map(Found::new)
                .orElseGet(() -> new None(
                        "Server %s has no good backup that still exists%s."
                                .formatted(
                                        server,
                                        before.map(time -> " and was finished before " + time)
                                                .orElse("")),
                        "server-backup server %s shows its history.".formatted(server)));
    }

    /** Just that backup, even one whose verification has failed. */
    static Choice byId(AuditReader audit, ServerName server, String backup) {
        Optional<Item> found = audit.entries(
                        server.value(),
                        entry -> entry.shown("backup", "BackupId").equals(backup))
                .findFirst();
        if (found.isEmpty()) {
            return new None(
                    "The audit has no backup %s of server %s.".formatted(backup, server),
                    "--server names the backup's own server; --to names another server to restore to.");
        }
        Item entry = found.get();
        if (entry.isGood()) {
            return new Found(entry);
        }
        return new None(
                entry.has("deletedAt") || entry.has("deletingAt")
                        ? "It does not exist any more: backup " + entry.backup() + "."
                        : "Backup %s is not good: its entry is %s.".formatted(backup, entry.shown("status")),
                "server-backup server %s shows which exist.".formatted(server));
    }
}
