package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.aws.Pages;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;

/** Reads the history of commands, which Systems Manager keeps for 30 days. Exceptions are not caught here. */
record Commands(SsmClient client) {
    private static final int PAGE = 50;
    /** How long Systems Manager keeps commands. */
    private static final Duration KEPT = Duration.ofDays(30);
    /** Tolerance for clocks that differ. */
    private static final Duration CLOCK_ROOM = Duration.ofDays(1);

    /** Whether Systems Manager would still list a backup's command. The absence of an older one proves nothing. */
    static boolean wouldShow(BackupId backup, Instant now) {
        return backup.at().isAfter(now.minus(KEPT).plus(CLOCK_ROOM));
    }

    /**
     * The commands that this application sent to a server.
     *
     * @param since older commands may be missing
     */
    History of(ServerName server, Instant since, TimeBudget budget) {
        return read(ListCommandsRequest.builder().instanceId(server.value()).filters(invokedAfter(since)), budget);
    }

    /** The command with exactly this comment that was sent to a server since an instant. */
    Optional<Command> withComment(String comment, ServerName server, Instant since, TimeBudget budget) {
        List<Command> found = new ArrayList<>();
        var request = ListCommandsRequest.builder()
                .instanceId(server.value())
                .filters(invokedAfter(since.minus(CLOCK_ROOM)))
                .overrideConfiguration(budget.next());
        if (!each(request, budget::isLeft, one -> {
            if (comment.equals(one.comment())) {
                found.add(one);
            }
        })) {
            throw TimeBudget.over("all commands of the server");
        }
        return found.stream().findFirst();
    }

    /** The commands that concern one backup. */
    History of(BackupId backup, TimeBudget budget) {
        return of(backup.server(), backup.at().minus(CLOCK_ROOM), budget);
    }

    /** This application's commands that have not ended, by server; on all servers. */
    Map<ServerName, BackupCommand> executing(BooleanSupplier permit) {
        return executing(ListCommandsRequest.builder(), permit);
    }

    /** The same on these servers, with a call for each. */
    Map<ServerName, BackupCommand> executing(Collection<ServerName> servers, BooleanSupplier permit) {
        Map<ServerName, BackupCommand> found = new HashMap<>();
        servers.forEach(
                server -> found.putAll(executing(ListCommandsRequest.builder().instanceId(server.value()), permit)));
        return found;
    }

    private Map<ServerName, BackupCommand> executing(ListCommandsRequest.Builder request, BooleanSupplier permit) {
        Map<ServerName, BackupCommand> found = new HashMap<>();
        boolean whole =
                eachOfOurs(request.filters(filter(CommandFilterKey.EXECUTION_STAGE, "Executing")), permit, one -> {
                    if (one.isOpen()) {
                        found.put(one.backupId().server(), one);
                    }
                });
        if (!whole) {
            throw TimeBudget.over("which commands have not ended");
        }
        return found;
    }

    /**
     * Lists the invocations of commands, page by page.
     *
     * @param document only invocations of this document
     */
    void invocations(String document, Instant since, BooleanSupplier permit, Consumer<CommandInvocation> shown) {
        ListCommandInvocationsRequest request = ListCommandInvocationsRequest.builder()
                .details(true)
                .filters(invokedAfter(since), filter(CommandFilterKey.DOCUMENT_NAME, document))
                .maxResults(PAGE)
                .build();
        Pages.each(
                client.listCommandInvocationsPaginator(request),
                ListCommandInvocationsResponse::nextToken,
                permit,
                page -> {
                    if (!page.hasCommandInvocations()) {
                        throw new IllegalArgumentException("the response has no CommandInvocations");
                    }
                    page.commandInvocations().forEach(shown);
                });
    }

    private History read(ListCommandsRequest.Builder request, TimeBudget budget) {
        List<BackupCommand> found = new ArrayList<>();
        if (!eachOfOurs(request.overrideConfiguration(budget.next()), budget::isLeft, found::add)) {
            throw TimeBudget.over("all commands of the server");
        }
        return new History(found);
    }

    private boolean eachOfOurs(
            ListCommandsRequest.Builder request, BooleanSupplier permit, Consumer<BackupCommand> shown) {
        return each(request, permit, one -> BackupCommand.of(one).ifPresent(shown));
    }

    private boolean each(ListCommandsRequest.Builder request, BooleanSupplier permit, Consumer<Command> shown) {
        return Pages.each(
                client.listCommandsPaginator(request.maxResults(PAGE).build()),
                ListCommandsResponse::nextToken,
                permit,
                page -> {
                    if (!page.hasCommands()) {
                        throw new IllegalArgumentException("the response has no Commands");
                    }
                    page.commands().forEach(shown);
                });
    }

    /** In whole seconds and UTC, as documented. */
    private static CommandFilter invokedAfter(Instant since) {
        return filter(
                CommandFilterKey.INVOKED_AFTER,
                since.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static CommandFilter filter(CommandFilterKey key, String value) {
        return CommandFilter.builder().key(key).value(value).build();
    }

    /** A server's commands, and what follows from them. */
    record History(List<BackupCommand> commands) {
        /** The backups that exist, are being made, or have failed, without deleted ones. */
        List<Backup> backups() {
            return commands.stream()
                    .filter(one -> !one.isDeletion() && !isDeleted(one.backupId()))
                    .map(this::standing)
                    .toList();
        }

        /** Empty if the backup was deleted. */
        Optional<BackupCommand> backup(BackupId id) {
            return commands.stream()
                    .filter(one -> !one.isDeletion() && one.backupId().equals(id) && !isDeleted(id))
                    .findFirst();
        }

        boolean isBeingDeleted(BackupId id) {
            return deletions(id).stream().anyMatch(BackupCommand::isOpen);
        }

        /** The backup with its status: {@code DELETING} while a deletion runs. */
        Backup standing(BackupCommand one) {
            return isBeingDeleted(one.backupId())
                    ? one.backup().with(Backup.STATUS, BackupStatus.DELETING.name())
                    : one.backup();
        }

        boolean isDeleted(BackupId id) {
            return deletions(id).stream().anyMatch(one -> one.status() == BackupStatus.OK);
        }

        private List<BackupCommand> deletions(BackupId id) {
            return commands.stream()
                    .filter(one -> one.isDeletion() && one.backupId().equals(id))
                    .toList();
        }
    }
}
