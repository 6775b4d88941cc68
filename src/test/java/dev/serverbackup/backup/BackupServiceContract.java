package dev.serverbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.Samples;
import dev.serverbackup.backup.BackupResult.Refused;
import dev.serverbackup.backup.BackupResult.Started;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every backup service keeps to. */
public abstract class BackupServiceContract {
    private static final ServerName UNKNOWN = new ServerName("nobody");
    private static final String OURS = "before release 4711" + BackupRequest.marker(Samples.NIGHTLY);

    protected abstract BackupService service();

    protected abstract InstantSource clock();

    /** A healthy server without backups. */
    protected abstract ServerName aServer();

    /** Lets what runs on a server end well. */
    protected abstract void finishBackups(ServerName server);

    protected abstract void limitManualBackupsTo(int most);

    private BackupResult create(ServerName server, String description) {
        BackupService service = service();
        service.prepare(List.of(Server.named(server)), () -> true);
        return service.createBackup(
                Server.named(server), description, clock().instant().plusSeconds(60));
    }

    private static Backup started(BackupResult result) {
        assertThat(result).isInstanceOf(Started.class);
        return ((Started) result).backup();
    }

    private static void assertRefused(BackupResult result, ErrorType type) {
        assertThat(result).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.error().type()).isEqualTo(type);
            assertThat(refused.error().effectUnknown()).isFalse();
            assertThat(refused.error().message()).isNotBlank();
        });
    }

    private List<Backup> shown(ServerName server) {
        assertThat(service().backupsOf(server, Instant.EPOCH)).isInstanceOf(ListResult.Backups.class);
        return ((ListResult.Backups) service().backupsOf(server, Instant.EPOCH)).backups();
    }

    @Test
    void a_healthy_server_starts_its_backup_which_is_shown_with_its_marker() {
        ServerName server = aServer();
        Instant before = clock().instant();

        Backup backup = started(create(server, OURS));

        assertThat(backup.isOf(server)).isTrue();
        assertThat(backup.isManual()).isTrue();
        assertThat(backup.status()).isEqualTo(BackupStatus.IN_PROGRESS);
        assertThat(backup.description()).isEqualTo(OURS);
        assertThat(backup.createdAt())
                .isBetween(before.minusSeconds(1), clock().instant().plusSeconds(1));
        assertThat(new Marker(Samples.NIGHTLY, server, before).allIn(shown(server)))
                .extracting(Backup::id)
                .containsExactly(backup.id());
        assertThat(shown(aServer())).isEmpty();
    }

    @Test
    void the_longest_description_comes_back_unchanged() {
        ServerName server = aServer();
        String description = "ä\t\"{}\\ ".repeat(1_400) + BackupRequest.marker(Samples.NIGHTLY);

        create(server, description);

        assertThat(shown(server)).extracting(Backup::description).containsExactly(description);
    }

    @Test
    void a_backup_is_found_by_its_id_with_all_that_was_answered_when_it_started_and_later_with_its_status() {
        ServerName server = aServer();
        Backup backup = started(create(server, OURS));
        assertThat(service().backup(backup.id())).isEqualTo(new FindResult.Found(backup));

        finishBackups(server);

        assertThat(service().backup(backup.id()))
                .isInstanceOfSatisfying(
                        FindResult.Found.class,
                        found -> assertThat(found.backup().status()).isEqualTo(BackupStatus.OK));
    }

    @Test
    void a_backup_that_nobody_started_is_absent() {
        assertThat(service().backup("nobody-20260301020001000"))
                .isInstanceOfSatisfying(
                        FindResult.Absent.class,
                        absent -> assertThat(absent.error().type()).isEqualTo(ErrorType.RESOURCE_NOT_FOUND));
    }

    @Test
    void a_server_that_is_backing_up_refuses_and_starts_another_when_it_has_finished() {
        ServerName server = aServer();
        started(create(server, OURS));

        assertRefused(create(server, OURS), ErrorType.INVALID_STATE);
        assertThat(shown(server)).hasSize(1);

        finishBackups(server);
        started(create(server, OURS));
        assertThat(shown(server))
                .extracting(Backup::status)
                .containsExactlyInAnyOrder(BackupStatus.OK, BackupStatus.IN_PROGRESS);
    }

    @Test
    void an_unknown_server_is_refused_and_has_no_backups() {
        assertRefused(create(UNKNOWN, OURS), ErrorType.RESOURCE_NOT_FOUND);
        assertThat(shown(UNKNOWN)).isEmpty();
    }

    @Test
    void a_description_that_is_too_long_is_refused() {
        ServerName server = aServer();

        assertRefused(create(server, "x".repeat(10_001)), ErrorType.VALIDATION);

        assertThat(shown(server)).isEmpty();
    }

    @Test
    void beyond_the_limit_of_manual_backups_it_refuses() {
        limitManualBackupsTo(1);
        ServerName server = aServer();
        started(create(server, OURS));
        finishBackups(server);

        assertRefused(create(server, OURS), ErrorType.LIMIT_EXCEEDED);

        assertThat(shown(server)).hasSize(1);
    }

    @Test
    void nothing_is_sent_when_it_is_too_late() {
        ServerName server = aServer();
        Instant now = clock().instant();

        assertThat(service().createBackup(Server.named(server), OURS, now)).isEqualTo(new BackupResult.NotSent());
        assertThat(service().createBackup(Server.named(server), OURS, now.minusSeconds(3_600)))
                .isEqualTo(new BackupResult.NotSent());

        assertThat(shown(server)).isEmpty();
    }
}
