package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import java.util.List;
import java.util.Optional;

/** Lists backups, newest first. A server that is not known has none; a backup that is not known is refused. */
final class DescribeBackups implements Operation {

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var id = input.optional("BackupId", Shapes.BACKUP_ID);
        var serverName = input.optional("ServerName", Shapes.SERVER_NAME);
        Paging.read(input);
        input.verify(AwsErrorType.VALIDATION);
        Paging.refuseToken(input);

        var output = Json.object();
        var list = output.putArray("Backups");
        found(id, serverName, account).forEach(backup -> list.add(Json.of(backup, account)));
        return output;
    }

    private static List<StoredBackup> found(Optional<String> id, Optional<String> serverName, Account account) {
        var found = account.backups().stream()
                .filter(backup -> id.isEmpty() || id.get().equals(backup.id()))
                .filter(backup -> serverName.isEmpty() || serverName.get().equals(backup.serverName()))
                .toList();
        if (found.isEmpty() && id.isPresent()) {
            throw NotFound.backup(id.get());
        }
        return found;
    }
}
