package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredServer;

/** Refusals for what the account does not have. The API documents the type; the words are ours. */
final class NotFound {

    private NotFound() {}

    /** The server of that name, refused if there is none. */
    static StoredServer unlessServer(String name, Account account) {
        return account.server(name).orElseThrow(() -> server(name));
    }

    /** The backup of that id, refused if there is none. */
    static StoredBackup unlessBackup(String id, Account account) {
        return account.backup(id).orElseThrow(() -> backup(id));
    }

    static AwsError server(String name) {
        return new AwsError(AwsErrorType.RESOURCE_NOT_FOUND, "Server '" + name + "' does not exist.");
    }

    static AwsError backup(String id) {
        return new AwsError(AwsErrorType.RESOURCE_NOT_FOUND, "Backup '" + id + "' does not exist.");
    }

    static AwsError resource(String arn) {
        return new AwsError(AwsErrorType.RESOURCE_NOT_FOUND, "Resource '" + arn + "' does not exist.");
    }

    static AwsError association(String serverName) {
        return new AwsError(
                AwsErrorType.RESOURCE_NOT_FOUND,
                "Server '" + serverName
                        + "' has no recent request to associate or disassociate a node with this token.");
    }
}
