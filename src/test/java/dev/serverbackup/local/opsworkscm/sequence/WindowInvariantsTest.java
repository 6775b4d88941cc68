package dev.serverbackup.local.opsworkscm.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.opsworkscm.SequenceService;
import dev.serverbackup.local.opsworkscm.account.Backup;
import dev.serverbackup.local.opsworkscm.account.BackupStatus;
import dev.serverbackup.local.opsworkscm.account.BackupType;
import dev.serverbackup.local.opsworkscm.account.Server;
import dev.serverbackup.local.opsworkscm.account.ServerEvent;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds at any time while windows come and go and backups fail now and then. */
class WindowInvariantsTest {

    private static final String SERVER = "{'ServerName': 'alpha'}";

    @Property(tries = 300)
    void what_the_documents_promise_holds_after_every_look(
            @ForAll @IntRange(min = 1, max = 4) int retention,
            @ForAll @IntRange(min = 0, max = 23) int backupHour,
            @ForAll @IntRange(min = 0, max = 23) int maintenanceHour,
            @ForAll("pauses") List<Duration> pauses) {
        var service = SequenceService.keepingWindows("alpha");
        service.call(
                "UpdateServer",
                ("{'ServerName': 'alpha', 'BackupRetentionCount': %d, 'PreferredBackupWindow': '%02d:00',"
                                + " 'PreferredMaintenanceWindow': 'Wed:%02d:30'}")
                        .formatted(retention, backupHour, maintenanceHour));
        var manual = 0;
        for (var pause : pauses) {
            service.fail("alpha", pause.toSeconds() % 7 == 0);
            service.pass(pause);
            if (service.server("alpha").status(service.now()).allowsBackup() && manual < 50) {
                service.call("CreateBackup", SERVER);
                manual++;
            }
            check(service, retention, manual);
        }
    }

    private static void check(SequenceService service, int retention, int manual) {
        var backups = service.account().backups();
        var now = service.now();
        assertThat(backups)
                .filteredOn(backup -> backup.type() == BackupType.MANUAL)
                .hasSize(manual);
        assertThat(backups)
                .filteredOn(backup -> backup.type() == BackupType.AUTOMATED && backup.status(now) == BackupStatus.OK)
                .hasSizeLessThanOrEqualTo(retention);
        var running = backups.stream()
                .filter(backup -> backup.status(now) == BackupStatus.IN_PROGRESS)
                .toList();
        assertThat(running).hasSizeLessThanOrEqualTo(1);
        assertThat(running.isEmpty() || isLocked(service.server("alpha"), service))
                .isTrue();
        assertThat(backups)
                .isSortedAccordingTo(Comparator.comparing(Backup::createdAt).reversed());
        assertThat(service.account().events("alpha"))
                .isSortedAccordingTo(
                        Comparator.comparing(ServerEvent::createdAt).reversed());
    }

    private static boolean isLocked(Server server, SequenceService service) {
        var status = server.status(service.now());
        return status == ServerStatus.BACKING_UP || status == ServerStatus.UNDER_MAINTENANCE;
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
