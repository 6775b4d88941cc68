package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.ErrorType;
import dev.serverbackup.local.http.Members;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.BackupStatus;
import dev.serverbackup.local.opsworkscm.account.Phase;
import dev.serverbackup.local.opsworkscm.account.Server;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.util.Optional;

/** Creates a server, which becomes HEALTHY after a while. The credentials of a real one are not made up. */
final class CreateServer implements Operation {

    @Override
    public ObjectNode perform(Members input, Account account) {
        var request = NewServer.read(input);
        input.verify(ErrorType.VALIDATION);

        refuseIfTaken(request.name(), account);
        refuseIfFull(account);
        request.backupId().ifPresent(id -> refuseUnlessGood(id, account));
        var now = account.now();
        var creating =
                new Phase(ServerStatus.CREATING, now.plus(account.durations().creation()), ServerStatus.HEALTHY);
        var server = new Server(
                request.name(),
                request.generated(now).uuid().toString(),
                now,
                request.attributes(now),
                request.access(now, account.arns().region()),
                request.automatedBackups(),
                creating,
                Optional.empty(),
                request.tags());
        account.put(server);
        return Json.object().set("Server", Json.of(server, account));
    }

    private static void refuseIfTaken(String name, Account account) {
        if (account.server(name).isPresent()) {
            throw new AwsError(ErrorType.RESOURCE_ALREADY_EXISTS, "Server '" + name + "' already exists.");
        }
    }

    private static void refuseIfFull(Account account) {
        var most = account.limits().servers();
        if (account.servers().size() >= most) {
            throw new AwsError(
                    ErrorType.LIMIT_EXCEEDED,
                    "Cannot create a server: the account has its %d servers, the most that are allowed."
                            .formatted(most));
        }
    }

    private static void refuseUnlessGood(String backupId, Account account) {
        var status = account.backup(backupId)
                .orElseThrow(() -> NotFound.backup(backupId))
                .status(account.now());
        if (status != BackupStatus.OK) {
            throw new AwsError(
                    ErrorType.RESOURCE_NOT_FOUND,
                    "Backup '%s' is not valid for a new server: its status is %s.".formatted(backupId, status));
        }
    }
}
