package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredBackupStatus;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import java.util.Optional;
import java.util.regex.Pattern;

/** Restores a good backup to a server of the same engine. Its address, windows, tags and other settings stay. */
final class RestoreServer implements Operation {

    /** The text's "format", and the "valid values" that it names beside and that do not have that format. */
    private static final Pattern INSTANCE_TYPE = Pattern.compile("([cm][34]|t2).*|m5\\.large|r5\\.xlarge|r5\\.2xlarge");

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var backupId = input.required("BackupId", Shapes.BACKUP_ID);
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        var instanceType = instanceType(input);
        var keyPair = input.optional("KeyPair", Shapes.KEY_PAIR);
        input.verify(AwsErrorType.VALIDATION);

        var server = NotFound.unlessServer(name, account);
        var backup = NotFound.unlessBackup(backupId, account);
        refuseUnlessReady(server, account);
        refuseUnlessGood(backup, server, account);
        var type = instanceType.orElse(backup.attributes().instanceType());
        var restored = account.works().restore(server, backup, type, keyPair);
        return Json.object().set("Server", Json.of(restored, account));
    }

    private static Optional<String> instanceType(InputReader input) {
        var type = input.optional("InstanceType", Shapes.STRING);
        type.filter(given -> !INSTANCE_TYPE.matcher(given).matches())
                .ifPresent(given -> input.refuse("InstanceType '" + given + "' is not valid; valid values match "
                        + "^([cm][34]|t2).* or are [m5.large, r5.xlarge, r5.2xlarge]"));
        return type;
    }

    private static void refuseUnlessReady(StoredServer server, Account account) {
        if (!server.status(account.now()).allowsRestoration()) {
            throw WrongState.of(
                    server,
                    account,
                    "restore",
                    "a restoration needs CONNECTION_LOST, HEALTHY, RUNNING, UNHEALTHY or TERMINATED");
        }
    }

    private static void refuseUnlessGood(StoredBackup backup, StoredServer server, Account account) {
        var status = backup.status(account.now());
        if (status != StoredBackupStatus.OK) {
            throw new AwsError(
                    AwsErrorType.INVALID_STATE,
                    "Cannot restore backup '%s': its status is %s; a restoration needs OK."
                            .formatted(backup.id(), status));
        }
        if (!backup.attributes().engine().equals(server.attributes().engine())) {
            throw new AwsError(
                    AwsErrorType.VALIDATION,
                    "Backup '%s' is of engine %s and cannot be restored to server '%s' of engine %s."
                            .formatted(
                                    backup.id(),
                                    backup.attributes().engine(),
                                    server.name(),
                                    server.attributes().engine()));
        }
    }
}
