package dev.serverbackup.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serverbackup.ManualClock;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.BackupType;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredBackupStatus;
import dev.serverbackup.local.opsworkscm.account.Tags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private static final Fleet FLEET = Fleet.of(
                    FleetServer.named("alpha").tagged("Team", "platform").withBackups(1, 1),
                    FleetServer.named("bravo").in(ServerStatus.FAILED))
            .keepingWindows(true);

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T03:00:00Z"));
    private StateFile file;

    @BeforeEach
    void nothing_is_kept_yet() {
        file = new StateFile(folder.resolve("sub/state.json"));
    }

    @Test
    void what_was_kept_is_there_again_and_the_same_tags_too() {
        var first = started();
        first.atOneMoment(() -> first.works()
                .backUp(first.server("alpha").orElseThrow(), BackupType.MANUAL, "mine", Tags.of(Map.of("Key", "v"))));
        first.atOneMoment(() -> {
            var alpha = first.server("alpha").orElseThrow();
            first.works().associate(alpha, "i-1", "token", true, Optional.of("pem"));
            first.put(first.server("bravo").orElseThrow().tagged(Tags.of(Map.of("Backup", "nightly"))));
            return alpha;
        });
        assertThat(folder.resolve("sub/state.json")).content().contains("\"Backup\" : \"nightly\"");

        var second = started();

        assertThat(second.servers()).isEqualTo(first.servers());
        assertThat(second.server("bravo").orElseThrow().tags().values()).isEqualTo(Map.of("Backup", "nightly"));
        assertThat(second.backups()).isEqualTo(first.backups());
        assertThat(second.events("alpha")).isEqualTo(first.events("alpha"));
        assertThat(second.association("token")).isEqualTo(first.association("token"));
    }

    @Test
    void what_was_due_meanwhile_happens_at_the_next_start() {
        var first = started();
        var backup = first.atOneMoment(
                () -> first.works().backUp(first.server("alpha").orElseThrow(), BackupType.MANUAL, "", Tags.NEVER));

        clock.move(Duration.ofDays(2));
        var second = started();

        assertThat(second.server("alpha").orElseThrow().status(second.now())).isEqualTo(ServerStatus.HEALTHY);
        assertThat(second.backup(backup.id()).orElseThrow().status(second.now()))
                .isEqualTo(StoredBackupStatus.OK);
        assertThat(second.backups().stream().filter(each -> each.type() == BackupType.AUTOMATED))
                .isNotEmpty()
                .extracting(StoredBackup::createdAt)
                .allMatch(createdAt -> createdAt.isAfter(backup.createdAt()));
    }

    @Test
    void looking_changes_nothing_and_writes_nothing() throws Exception {
        var account = started();
        Files.delete(folder.resolve("sub/state.json"));

        account.atOneMoment(account::servers);

        assertThat(file.read()).isEmpty();
    }

    @Test
    void another_file_is_refused() throws Exception {
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/state.json"), "{\"servers\": 1}");

        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(file::read)
                .withMessageContaining("state.json: holds no state of a local cloud");
    }

    private Account started() {
        var account = new Account(FLEET.arns(), FLEET.limits(), FLEET.durations(), clock);
        FleetLoader.into(account, FLEET, file.read());
        account.keepIn(file::write);
        return account;
    }
}
