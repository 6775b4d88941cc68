package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;

/**
 * Starts the deletion of a server; nothing but a deletion may be in progress already, and that is refused by its state.
 */
final class DeleteServer implements Operation {

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        input.verify(AwsErrorType.VALIDATION);

        var server = NotFound.unlessServer(name, account);
        var status = server.status(account.now());
        if (status == ServerStatus.DELETING) {
            throw WrongState.of(server, account, "delete", "its deletion is already in progress");
        }
        if (status.isBusy()) {
            throw stillInProgress(name);
        }
        account.works().delete(server);
        return Json.object();
    }

    /** Type and words of the real service, which AWS's own CloudFormation handler expects. */
    private static AwsError stillInProgress(String name) {
        return new AwsError(
                AwsErrorType.VALIDATION,
                "Cannot delete the server '" + name + "'. The current operation on the server is still in progress.");
    }
}
