package dev.serverbackup.local.fleet;

import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.BackupType;
import dev.serverbackup.local.opsworkscm.account.DeterministicIds;
import dev.serverbackup.local.opsworkscm.account.Phase;
import dev.serverbackup.local.opsworkscm.account.ServerAttributes;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.local.opsworkscm.account.Snapshot;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import dev.serverbackup.local.opsworkscm.account.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts a fleet into an account, as of now. */
public final class FleetLoader {

    private static final Duration BETWEEN_BACKUPS = Duration.ofDays(1);

    private final Account account;
    private final Instant now;

    private FleetLoader(Account account) {
        this.account = account;
        this.now = account.now();
    }

    /** Adds the fleet's servers, but for those that are gone, with their backups and what is planned for them. */
    public static void into(Account account, Fleet fleet) {
        into(account, fleet, Optional.empty());
    }

    /** The same; of a fleet that lived before, the servers and backups are as they were {@code kept}. */
    public static void into(Account account, Fleet fleet, Optional<Snapshot> kept) {
        var seed = new FleetLoader(account);
        var servers =
                fleet.servers().stream().filter(server -> !server.presence().gone());
        kept.ifPresent(account::restore);
        servers.forEach(kept.isPresent() ? seed::plan : seed::add);
        if (fleet.keepsWindows()) {
            account.keepWindows();
        }
    }

    private void add(FleetServer planned) {
        var server = server(planned);
        account.put(server);
        addExisting(server, BackupType.AUTOMATED, planned.existing().automatedBackups(), Duration.ZERO);
        addExisting(server, BackupType.MANUAL, planned.existing().manualBackups(), BETWEEN_BACKUPS.dividedBy(2));
        if (planned.state().status() == ServerStatus.BACKING_UP) {
            account.keepBackup(
                    server, BackupType.AUTOMATED, "", now, server.phase().until(), server.tags());
        }
        plan(planned);
    }

    private void plan(FleetServer server) {
        server.plan().failure().ifPresent(why -> account.script().backupsFail(server.name(), why));
        server.plan().duration().ifPresent(length -> account.script().backupsTake(server.name(), length));
        account.script().answers(server.name(), server.plan().answers());
    }

    private void addExisting(StoredServer server, BackupType type, int count, Duration later) {
        for (var days = count; days > 0; days--) {
            var createdAt = now.minus(BETWEEN_BACKUPS.multipliedBy(days)).plus(later);
            var endsAt = createdAt.plus(account.durations().backup());
            account.keepBackup(server, type, "", createdAt, endsAt, server.tags());
        }
    }

    private StoredServer server(FleetServer planned) {
        var name = planned.name();
        var generated = DeterministicIds.from(name);
        var daysBack = 1
                + Math.max(
                        planned.existing().automatedBackups(),
                        planned.existing().manualBackups());
        return StoredServer.begun(
                name,
                generated.uuid().toString(),
                now.minus(BETWEEN_BACKUPS.multipliedBy(daysBack)),
                attributes(planned, generated),
                new StoredServer.Access(generated.endpoint(name, account.arns().region()), true, Optional.empty()),
                new StoredServer.AutomatedBackups(
                        false, Math.max(1, planned.existing().automatedBackups())),
                new StoredServer.Health(phase(planned.state()), planned.state().reason(), Optional.empty()),
                now,
                planned.tags().map(Tags::of).orElse(Tags.NEVER));
    }

    private Phase phase(FleetServer.State state) {
        var usual = switch (state.status()) {
            case BACKING_UP -> Optional.of(account.durations().backup());
            case CREATING -> Optional.of(account.durations().creation());
            case CONNECTION_LOST,
                    DELETING,
                    MODIFYING,
                    FAILED,
                    HEALTHY,
                    RUNNING,
                    RESTORING,
                    SETUP,
                    UNDER_MAINTENANCE,
                    UNHEALTHY,
                    TERMINATED -> Optional.<Duration>empty();
        };
        var then = state.status() == ServerStatus.DELETING ? ServerStatus.DELETING : ServerStatus.HEALTHY;
        return state.lasts()
                .or(() -> usual)
                .map(lasts -> new Phase(state.status(), now.plus(lasts), then))
                .orElse(Phase.steady(state.status()));
    }

    private ServerAttributes attributes(FleetServer planned, DeterministicIds generated) {
        var engine = planned.engine();
        var chef = engine.equals("ChefAutomate");
        return new ServerAttributes(
                engine,
                chef ? "Single" : "Monolithic",
                planned.engineVersion().orElse(chef ? "2" : "2019"),
                account.arns().instanceProfile("aws-opsworks-cm-ec2-role"),
                "m5.large",
                Optional.empty(),
                generated.backupWindow(),
                generated.maintenanceWindow(),
                List.of(generated.securityGroupId()),
                account.arns().role("service-role/aws-opsworks-cm-service-role"),
                List.of(generated.subnetId()));
    }
}
