package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;

/** Starts the deletion of a backup, manual or automated, that has ended. */
final class DeleteBackup implements Operation {

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var id = input.required("BackupId", Shapes.BACKUP_ID);
        input.verify(AwsErrorType.VALIDATION);

        var backup = NotFound.unlessBackup(id, account);
        switch (backup.status(account.now())) {
            case IN_PROGRESS -> throw refused(backup, "it is still in progress");
            case DELETING -> throw refused(backup, "its deletion is already in progress");
            case OK, FAILED -> account.works().delete(backup);
        }
        return Json.object();
    }

    private static AwsError refused(StoredBackup backup, String why) {
        return new AwsError(AwsErrorType.INVALID_STATE, "Cannot delete backup '" + backup.id() + "': " + why + ".");
    }
}
