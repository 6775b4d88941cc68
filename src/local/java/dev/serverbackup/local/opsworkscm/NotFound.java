package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.ErrorType;

/** Refusals for what the account does not have. The API documents the type; the words are ours. */
final class NotFound {

    private NotFound() {}

    static AwsError server(String name) {
        return new AwsError(ErrorType.RESOURCE_NOT_FOUND, "Server '" + name + "' does not exist.");
    }

    static AwsError backup(String id) {
        return new AwsError(ErrorType.RESOURCE_NOT_FOUND, "Backup '" + id + "' does not exist.");
    }

    static AwsError resource(String arn) {
        return new AwsError(ErrorType.RESOURCE_NOT_FOUND, "Resource '" + arn + "' does not exist.");
    }
}
