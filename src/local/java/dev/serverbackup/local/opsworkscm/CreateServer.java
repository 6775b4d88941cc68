package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredBackupStatus;
import dev.serverbackup.local.opsworkscm.pki.Secrets;

/** Creates a server, which becomes HEALTHY after a while. Its credentials are in this answer alone. */
final class CreateServer implements Operation {

    private final Secrets secrets;

    CreateServer(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var request = NewServer.read(input, account);
        input.verify(AwsErrorType.VALIDATION);

        refuseIfTaken(request.name(), account);
        refuseIfFull(account);
        request.backupId().ifPresent(id -> refuseUnlessGood(id, request, account));
        var server = account.works()
                .create(request.server(account.now(), account.arns().region()));
        var credentials = request.credentials().madeFor(server, secrets);
        return Json.object().set("Server", Json.of(server, account, credentials));
    }

    private static void refuseIfTaken(String name, Account account) {
        if (account.server(name).isPresent()) {
            throw new AwsError(AwsErrorType.RESOURCE_ALREADY_EXISTS, "Server '" + name + "' already exists.");
        }
    }

    private static void refuseIfFull(Account account) {
        var most = account.limits().servers();
        if (account.servers().size() >= most) {
            throw new AwsError(
                    AwsErrorType.LIMIT_EXCEEDED,
                    "Cannot create a server: the account has its %d servers, the most that are allowed."
                            .formatted(most));
        }
    }

    private static void refuseUnlessGood(String backupId, NewServer request, Account account) {
        var backup = NotFound.unlessBackup(backupId, account);
        var status = backup.status(account.now());
        if (status != StoredBackupStatus.OK) {
            throw new AwsError(
                    AwsErrorType.RESOURCE_NOT_FOUND,
                    "Backup '%s' is not valid for a new server: its status is %s.".formatted(backupId, status));
        }
        var engine = backup.attributes().engine();
        if (!engine.equals(request.engine().name())) {
            throw new AwsError(
                    AwsErrorType.VALIDATION,
                    "Backup '%s' is not valid for a new server of engine %s: it is of engine %s."
                            .formatted(backupId, request.engine().name(), engine));
        }
    }
}
