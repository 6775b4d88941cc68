package dev.serverbackup.backup.systemsmanager;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;

/** Reads the history of commands, which Systems Manager keeps for 30 days. Nothing is caught here. */
record Commands(SsmClient client) {
    private static final int PAGE = 50;
    private static final int MOST_PAGES = 1_000;
    /** How long Systems Manager keeps commands. */
    private static final Duration KEPT = Duration.ofDays(30);
    /** Room for clocks that disagree. */
    private static final Duration CLOCK_ROOM = Duration.ofDays(1);

    /** Whether what is not shown of a backup is not there; an older one may only be forgotten. */
    static boolean wouldShow(BackupId backup, Instant now) {
        return backup.at().isAfter(now.minus(KEPT).plus(CLOCK_ROOM));
    }

    /** All that we sent to a server. */
    History of(ServerName server, Budget budget) {
        return read(ListCommandsRequest.builder().instanceId(server.value()), budget);
    }

    /** All that concerns one backup. */
    History of(BackupId backup, Budget budget) {
        var since = CommandFilter.builder()
                .key(CommandFilterKey.INVOKED_AFTER)
                .value(backup.at()
                        .minus(CLOCK_ROOM)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString())
                .build();
        return read(
                ListCommandsRequest.builder()
                        .instanceId(backup.server().value())
                        .filters(since),
                budget);
    }

    private History read(ListCommandsRequest.Builder request, Budget budget) {
        List<OurCommand> found = new ArrayList<>();
        String token = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            ListCommandsResponse answer = client.listCommands(request.maxResults(PAGE)
                    .overrideConfiguration(budget.next())
                    .build());
            if (!answer.hasCommands()) {
                throw new IllegalArgumentException("the answer holds no Commands");
            }
            answer.commands().stream()
                    .flatMap(one -> OurCommand.of(one).stream())
                    .forEach(found::add);
            String next = Objects.requireNonNullElse(answer.nextToken(), "");
            if (next.isEmpty()) {
                return new History(found);
            }
            if (next.equals(token)) {
                throw new IllegalArgumentException("the same page was offered twice");
            }
            token = next;
            request.nextToken(next);
        }
        throw new IllegalArgumentException("no end after " + MOST_PAGES + " pages");
    }

    /** What a server's commands come to. */
    record History(List<OurCommand> commands) {
        private static final ErrorType DELETION_FAILED = new ErrorType("DeletionFailed");

        /** The backups that are there, or being made, or have failed; without those that were deleted. */
        List<Backup> backups() {
            return commands.stream()
                    .filter(one -> !one.isDeletion() && !isDeleted(one.backupId()))
                    .map(this::standing)
                    .toList();
        }

        /** One that was deleted is not there. */
        Optional<OurCommand> backup(BackupId id) {
            return commands.stream()
                    .filter(one -> !one.isDeletion() && one.backupId().equals(id) && !isDeleted(id))
                    .findFirst();
        }

        /** What keeps the server busy. */
        Optional<OurCommand> open() {
            return commands.stream().filter(OurCommand::isOpen).findFirst();
        }

        boolean isBeingDeleted(BackupId id) {
            return deletions(id).stream().anyMatch(OurCommand::isOpen);
        }

        /** With its status, which is {@code DELETING} while a deletion runs. */
        Backup standing(OurCommand one) {
            return isBeingDeleted(one.backupId())
                    ? one.backup().with(Backup.STATUS, BackupStatus.DELETING.name())
                    : one.backup();
        }

        boolean isDeleted(BackupId id) {
            return deletions(id).stream().anyMatch(one -> one.status() == BackupStatus.OK);
        }

        /** Why the last deletion of a backup failed; nothing where none has. */
        Optional<BackupError> failedDeletion(BackupId id) {
            return deletions(id).stream()
                    .filter(one -> one.status() == BackupStatus.FAILED)
                    .max(Comparator.comparing(OurCommand::requestedAt))
                    .map(one -> BackupError.known(
                            DELETION_FAILED,
                            "command %s, which was to delete it, ended as %s"
                                    .formatted(one.command().commandId(), one.details())));
        }

        private List<OurCommand> deletions(BackupId id) {
            return commands.stream()
                    .filter(one -> one.isDeletion() && one.backupId().equals(id))
                    .toList();
        }
    }
}
