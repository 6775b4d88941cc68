package dev.serverbackup.local.opsworkscm.account;

import dev.serverbackup.local.opsworkscm.account.StoredServer.Health;
import dev.serverbackup.local.opsworkscm.account.Timeline.Happening;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The ends of everything that goes on, and what comes of them. */
final class Completions {

    private final AccountState holdings;
    private final Transitions works;

    Completions(AccountState holdings, Transitions works) {
        this.holdings = holdings;
        this.works = works;
    }

    Stream<Happening> all() {
        var backups = holdings.backups().running().map(backup -> new Happening(backup.endsAt(), () -> end(backup)));
        var phases = holdings.servers().values().stream()
                .filter(server -> server.phase().ends())
                .map(server -> new Happening(server.phase().until(), () -> endPhase(server)));
        var deletions = holdings.backups().all().stream()
                .filter(backup -> backup.goneAt().isPresent())
                .map(backup -> new Happening(
                        backup.goneAt().get(), () -> holdings.backups().remove(backup)));
        return Stream.of(backups, phases, deletions).flatMap(each -> each);
    }

    private void end(StoredBackup backup) {
        holdings.backups().ended(backup);
        var how = backup.failure().map(why -> "failed: " + why).orElse("finished.");
        holdings.events()
                .add(
                        holdings.time(),
                        backup.serverName(),
                        "Backup " + backup.id() + " " + how,
                        Backups.logUrl(backup.serverName(), backup.id()));
        Optional.ofNullable(holdings.servers().get(backup.serverName())).ifPresent(server -> {
            holdings.put(server.with(
                    new Health(server.phase(), backup.failure(), server.health().maintenance())));
            if (backup.type() == BackupType.AUTOMATED) {
                keepNewest(server);
            }
        });
    }

    /** The newest good ones, as many as the server's retention count says, and of the failed ones the newest. */
    private void keepNewest(StoredServer server) {
        var ended = holdings.backups()
                .newestFirst(backup -> backup.serverName().equals(server.name())
                        && backup.type() == BackupType.AUTOMATED
                        && backup.goneAt().isEmpty()
                        && !holdings.time().isBefore(backup.endsAt()));
        deleteBeyond(
                server.automatedBackups().retentionCount(),
                ended,
                backup -> backup.failure().isEmpty());
        deleteBeyond(1, ended, backup -> backup.failure().isPresent());
    }

    private void deleteBeyond(int kept, List<StoredBackup> newestFirst, Predicate<StoredBackup> meant) {
        newestFirst.stream().filter(meant).skip(kept).forEach(works::delete);
    }

    private void endPhase(StoredServer server) {
        var phase = server.phase();
        var steady = Phase.steady(phase.then());
        switch (phase.during()) {
            case DELETING -> remove(server);
            case UNDER_MAINTENANCE -> endMaintenance(server, steady);
            case CREATING -> healthy(server, steady, "Server creation finished.");
            case RESTORING -> healthy(server, steady, "Restoration finished.");
            case MODIFYING -> ended(server.in(steady), "Update of the engine attribute finished.");
            case BACKING_UP, CONNECTION_LOST, FAILED, HEALTHY, RUNNING, SETUP, UNHEALTHY, TERMINATED ->
                holdings.put(server.in(steady));
        }
    }

    private void endMaintenance(StoredServer server, Phase steady) {
        var failure = server.phase().failure();
        var status = failure.isPresent() ? MaintenanceStatus.FAILED : MaintenanceStatus.SUCCESS;
        var reason = failure.map(why -> "Maintenance failed: " + why);
        ended(
                server.with(new Health(steady, reason, Optional.of(status))),
                reason.orElse("Updates successfully installed."));
    }

    private void healthy(StoredServer server, Phase steady, String message) {
        ended(server.with(new Health(steady, Optional.empty(), server.health().maintenance())), message);
    }

    private void ended(StoredServer server, String message) {
        holdings.put(server);
        holdings.tell(server, message);
    }

    private void remove(StoredServer server) {
        holdings.servers().remove(server.name());
        holdings.events().forget(server.name());
        holdings.backups()
                .newestFirst(
                        backup -> backup.serverName().equals(server.name()) && backup.type() == BackupType.AUTOMATED)
                .forEach(holdings.backups()::remove);
    }
}
