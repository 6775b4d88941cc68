package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.opsworkscm.account.BackupType;
import dev.serverbackup.local.opsworkscm.account.ServerEvent;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredBackupStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds at any time while windows come and go and backups fail now and then. */
class WindowInvariantsTest {

    private static final Set<ServerStatus> LOCKED = EnumSet.of(ServerStatus.BACKING_UP, ServerStatus.UNDER_MAINTENANCE);

    @Property(tries = 300)
    void what_the_documents_promise_holds_after_every_look(
            @ForAll @IntRange(min = 1, max = 4) int retention,
            @ForAll @IntRange(min = 0, max = 23) int backupHour,
            @ForAll @IntRange(min = 0, max = 23) int maintenanceHour,
            @ForAll("pauses") List<Duration> pauses) {
        var service = new ServiceUnderTest(Fleet.of(FleetServer.named("alpha")).keepingWindows(true));
        service.call(
                "UpdateServer",
                ("{'ServerName': 'alpha', 'BackupRetentionCount': %d, 'PreferredBackupWindow': '%02d:00',"
                                + " 'PreferredMaintenanceWindow': 'Wed:%02d:30'}")
                        .formatted(retention, backupHour, maintenanceHour));
        var manual = 0;
        for (var pause : pauses) {
            failing(service, pause.toSeconds() % 7 == 0);
            service.clock.move(pause);
            if (manual < 50 && status(service).allowsBackup()) {
                service.backUp("alpha");
                manual++;
            }
            check(service, retention, manual);
        }
    }

    private static void failing(ServiceUnderTest service, boolean fails) {
        service.account.servers();
        if (fails) {
            service.account.script().backupsFail("alpha", "No space left on device.");
        } else {
            service.account.script().backupsSucceed("alpha");
        }
    }

    private static void check(ServiceUnderTest service, int retention, int manual) {
        var backups = service.account.backups();
        var now = service.clock.instant();
        assertThat(backups)
                .filteredOn(backup -> backup.type() == BackupType.MANUAL)
                .hasSize(manual);
        assertThat(backups)
                .filteredOn(
                        backup -> backup.type() == BackupType.AUTOMATED && backup.status(now) == StoredBackupStatus.OK)
                .hasSizeLessThanOrEqualTo(retention);
        var running = backups.stream()
                .filter(backup -> backup.status(now) == StoredBackupStatus.IN_PROGRESS)
                .toList();
        assertThat(running).hasSizeLessThanOrEqualTo(1);
        assertThat(running.isEmpty() || LOCKED.contains(status(service))).isTrue();
        assertThat(backups)
                .isSortedAccordingTo(
                        Comparator.comparing(StoredBackup::createdAt).reversed());
        assertThat(service.account.events("alpha"))
                .isSortedAccordingTo(
                        Comparator.comparing(ServerEvent::createdAt).reversed());
    }

    private static ServerStatus status(ServiceUnderTest service) {
        return service.account.server("alpha").orElseThrow().status(service.clock.instant());
    }

    @Provide
    Arbitrary<List<Duration>> pauses() {
        return Arbitraries.longs()
                .between(1, Duration.ofDays(10).toSeconds())
                .map(Duration::ofSeconds)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }
}
