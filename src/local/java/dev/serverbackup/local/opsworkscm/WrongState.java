package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredServer;

/** Refusals for what a server's state does not allow. The API documents the type; the words are ours. */
final class WrongState {

    private WrongState() {}

    static AwsError of(StoredServer server, Account account, String what, String needs) {
        return new AwsError(
                AwsErrorType.INVALID_STATE,
                "Cannot %s server '%s': the server is in state %s; %s."
                        .formatted(what, server.name(), server.status(account.now()), needs));
    }
}
