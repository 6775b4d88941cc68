package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.BackupType;
import dev.serverbackup.local.opsworkscm.account.StoredServer;

/** Starts a manual backup of a server that is neither locked nor broken. */
final class CreateBackup implements Operation {

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        var description = input.optional("Description", Shapes.STRING).orElse("");
        var tags = TagList.read(input, "Tags");
        input.verify(AwsErrorType.VALIDATION);
        account.script().nextAnswer(name).ifPresent(CreateBackup::refuse);

        var server = NotFound.unlessServer(name, account);
        refuseUnlessReady(server, account);
        refuseIfFull(account);
        var allTags = TagList.add(server.tags(), tags, "The backup");
        var backup = account.works().backUp(server, BackupType.MANUAL, description, allTags);
        return Json.object().set("Backup", Json.of(backup, account));
    }

    private static void refuse(AwsError scripted) {
        throw scripted;
    }

    private static void refuseUnlessReady(StoredServer server, Account account) {
        if (!server.status(account.now()).allowsBackup()) {
            throw WrongState.of(server, account, "create a backup of", "a backup needs RUNNING, HEALTHY or UNHEALTHY");
        }
    }

    private static void refuseIfFull(Account account) {
        var most = account.limits().manualBackups();
        if (account.manualBackups() >= most) {
            throw new AwsError(
                    AwsErrorType.LIMIT_EXCEEDED,
                    "Cannot create a backup: the account has its %d manual backups, the most that are allowed."
                            .formatted(most));
        }
    }
}
