package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.ErrorType;
import dev.serverbackup.local.http.Members;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.BackupType;
import dev.serverbackup.local.opsworkscm.account.Server;

/** Starts a manual backup of a server that is neither locked nor broken. */
final class CreateBackup implements Operation {

    @Override
    public ObjectNode perform(Members input, Account account) {
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        var description = input.optional("Description", Shapes.STRING).orElse("");
        var tags = TagList.read(input, "Tags");
        input.verify(ErrorType.VALIDATION);
        account.script().nextAnswer(name).ifPresent(CreateBackup::refuse);

        var server = account.server(name).orElseThrow(() -> NotFound.server(name));
        refuseUnlessReady(server, account);
        refuseIfFull(account);
        var allTags = TagList.add(server.tags(), tags, "The backup");
        var backup = account.startBackup(server, BackupType.MANUAL, description, allTags);
        return Json.object().set("Backup", Json.of(backup, account));
    }

    private static void refuse(AwsError scripted) {
        throw scripted;
    }

    private static void refuseUnlessReady(Server server, Account account) {
        var status = server.status(account.now());
        if (!status.allowsBackup()) {
            throw new AwsError(
                    ErrorType.INVALID_STATE,
                    ("Cannot create a backup of server '%s': the server is in state %s;"
                                    + " a backup needs RUNNING, HEALTHY or UNHEALTHY.")
                            .formatted(server.name(), status));
        }
    }

    private static void refuseIfFull(Account account) {
        var most = account.limits().manualBackups();
        if (account.manualBackups() >= most) {
            throw new AwsError(
                    ErrorType.LIMIT_EXCEEDED,
                    "Cannot create a backup: the account has its %d manual backups, the most that are allowed."
                            .formatted(most));
        }
    }
}
