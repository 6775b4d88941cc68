package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredBackupStatus;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import dev.serverbackup.local.opsworkscm.account.Tags;
import java.util.stream.Stream;

/** What can have tags: a server or a backup. */
sealed interface Resource {

    record OfServer(StoredServer server) implements Resource {}

    record OfBackup(StoredBackup backup) implements Resource {}

    /** The resource of that ARN, refused if there is none. */
    static Resource find(String arn, Account account) {
        Stream<Resource> servers = account.servers().stream()
                .filter(server -> account.arns().of(server).equals(arn))
                .map(OfServer::new);
        Stream<Resource> backups = account.backups().stream()
                .filter(backup -> account.arns().of(backup).equals(arn))
                .map(OfBackup::new);
        return Stream.concat(servers, backups).findFirst().orElseThrow(() -> NotFound.resource(arn));
    }

    default Tags tags() {
        return switch (this) {
            case OfServer(var server) -> server.tags();
            case OfBackup(var backup) -> backup.tags();
        };
    }

    /** What a message calls it. */
    default String name() {
        return switch (this) {
            case OfServer(var server) -> "Server '" + server.name() + "'";
            case OfBackup(var backup) -> "Backup '" + backup.id() + "'";
        };
    }

    default boolean isBeingDeleted(Account account) {
        return switch (this) {
            case OfServer(var server) -> server.status(account.now()) == ServerStatus.DELETING;
            case OfBackup(var backup) -> backup.status(account.now()) == StoredBackupStatus.DELETING;
        };
    }

    default void keep(Tags tags, Account account) {
        switch (this) {
            case OfServer(var server) -> account.put(server.tagged(tags));
            case OfBackup(var backup) -> account.put(backup.tagged(tags));
        }
    }

    /** Itself, and with a server its backups: tagging a server tags them too. */
    default Stream<Resource> withBackups(Account account) {
        return switch (this) {
            case OfServer(var server) -> Stream.concat(Stream.of(this), backupsOf(server, account));
            case OfBackup(var _) -> Stream.of(this);
        };
    }

    private static Stream<Resource> backupsOf(StoredServer server, Account account) {
        return account.backups().stream()
                .filter(backup -> backup.serverName().equals(server.name()))
                .map(OfBackup::new);
    }
}
