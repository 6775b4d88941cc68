package dev.serverbackup.cli.restore;

import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.cli.audit.AuditReader;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The steps of {@link RestoreCommand} in its order, after a person has confirmed, with a table and a service of a test.
 *
 * @param without rules that are switched off
 */
public record RestoreSteps(
        DynamoDbClient table,
        BackupOperations operations,
        InstantSource clock,
        Consumer<Duration> pause,
        Set<RestoreRule> without) {
    private static final Set<String> UNDER_WAY = Set.of("PENDING", "CALLING", "STARTED");

    /**
     * Restores a server from its newest good backup, and waits for the end.
     *
     * @param id of the operation
     */
    public void restore(ServerName server, String id) {
        Optional<Restore> last = rows().last(server);
        if (!without.contains(RestoreRule.LAST_ONE_HAS_ENDED)
                && last.filter(one -> one.status().isOpen())
                        .map(restoration()::look)
                        .filter(one -> one.status().isOpen())
                        .isPresent()) {
            return;
        }
        if (!isUnderWay(server)
                && Choice.newest(audit(), server, Optional.empty()) instanceof Choice.Found(var entry)
                && !isUnderWay(server)) {
            int number = last.map(Restore::number).orElse(0) + 1;
            ask(Restore.requested(number, server, entry, id, "a person", clock.instant()));
        }
    }

    private void ask(Restore requested) {
        boolean rowFirst = !without.contains(RestoreRule.ROW_BEFORE_THE_CALL);
        if (rowFirst && !rows().create(requested)) {
            return;
        }
        Restore begun = restoration().start(requested);
        if (!rowFirst) {
            rows().create(begun);
        }
        restoration().follow(begun);
    }

    /** Follows the server's last restore, and sends nothing. */
    public void follow(ServerName server) {
        rows().last(server).ifPresent(restoration()::follow);
    }

    private boolean isUnderWay(ServerName server) {
        return audit().entries(
                        server.value(),
                        entry ->
                                entry.text("status").filter(UNDER_WAY::contains).isPresent())
                .findFirst()
                .isPresent();
    }

    private AuditReader audit() {
        return new AuditReader(table, "audit", clock);
    }

    private RestoreRows rows() {
        return new RestoreRows(audit(), table, "audit");
    }

    private Restoration restoration() {
        return new Restoration(rows(), operations, clock, pause, _ -> {});
    }
}
