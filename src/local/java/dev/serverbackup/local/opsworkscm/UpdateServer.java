package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import java.util.OptionalInt;

/** Changes a server's settings at once. Of a window that it changes, only what begins later counts. */
final class UpdateServer implements Operation {

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        var disabled = input.flag("DisableAutomatedBackup");
        var count = retentionCount(input, account);
        var maintenance = input.optional("PreferredMaintenanceWindow", Shapes.TIME_WINDOW);
        var backup = input.optional("PreferredBackupWindow", Shapes.TIME_WINDOW);
        input.verify(AwsErrorType.VALIDATION);

        var server = NotFound.unlessServer(name, account);
        refuseIfLocked(server, account);
        var automated = server.automatedBackups();
        var attributes = server.attributes();
        var updated = server.with(new StoredServer.AutomatedBackups(
                        disabled.orElse(automated.disabled()), count.orElse(automated.retentionCount())))
                .with(attributes.within(
                        backup.orElse(attributes.preferredBackupWindow()),
                        maintenance.orElse(attributes.preferredMaintenanceWindow())))
                .having(new StoredServer.Seen(
                        backup.isPresent() || disabled.isPresent()
                                ? account.now()
                                : server.seen().backups(),
                        maintenance.isPresent() ? account.now() : server.seen().maintenance()));
        account.put(updated);
        return Json.object().set("Server", Json.of(updated, account));
    }

    /** A plain integer in the API's model; what CreateServer refuses is refused here too. */
    private static OptionalInt retentionCount(InputReader input, Account account) {
        var count = input.integer("BackupRetentionCount", Shapes.ANY_INTEGER);
        if (count.orElse(1) < 1) {
            input.refuse("BackupRetentionCount %d is not valid; at least 1 automated backup is kept"
                    .formatted(count.getAsInt()));
        }
        RetentionCount.refuseIfTooHigh(input, count, account);
        return count;
    }

    private static void refuseIfLocked(StoredServer server, Account account) {
        var status = server.status(account.now());
        if (status.isBusy() || status == ServerStatus.DELETING) {
            throw WrongState.of(server, account, "update", "it cannot be changed until that has ended");
        }
    }
}
