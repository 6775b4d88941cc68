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
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every backup service keeps to, and what deletes its backups. */
public abstract class BackupServiceContract {
    private static final ServerName UNKNOWN = new ServerName("nobody");
    private static final String OURS = "before release 4711" + BackupRequest.marker(Samples.NIGHTLY);

    protected abstract BackupService service();

    protected abstract BackupDeletion deletion();

    protected abstract InstantSource clock();

    /** A healthy server without backups. */
    protected abstract ServerName aServer();

    /** Lets what runs on a server end well. */
    protected abstract void finishBackups(ServerName server);

    protected abstract void limitManualBackupsTo(int most);

    /** A backup that is not there, as the audit would describe it. */
    protected abstract Backup aMissingBackup();

    protected final BackupResult create(ServerName server) {
        return create(server, OURS);
    }

    private BackupResult create(ServerName server, String description) {
        BackupService service = service();
        service.prepare(List.of(Server.named(server)), () -> true);
        return service.createBackup(
                Server.named(server), description, clock().instant().plusSeconds(60));
    }

    protected static Backup started(BackupResult result) {
        assertThat(result).isInstanceOf(Started.class);
        return ((Started) result).backup();
    }

    /** A good backup of a server. */
    protected final Backup ended(ServerName server) {
        Backup backup = started(create(server));
        finishBackups(server);
        return found(backup.id());
    }

    protected final Backup found(String id) {
        assertThat(service().backup(id)).isInstanceOf(FindResult.Found.class);
        return ((FindResult.Found) service().backup(id)).backup();
    }

    private boolean isGood(Backup backup) {
        return service().backup(backup.id()) instanceof FindResult.Found(var found)
                && found.status() == BackupStatus.OK;
    }

    private DeletionResult delete(Backup backup) {
        return deletion().delete(backup, Optional.empty());
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

        Backup backup = started(create(server));

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
        String marker = BackupRequest.marker(Samples.NIGHTLY);
        String description = "ä\t\"{}\\ ".repeat(1_429).substring(0, 10_000 - marker.length()) + marker;

        create(server, description);

        assertThat(shown(server)).extracting(Backup::description).containsExactly(description);
    }

    @Test
    void a_backup_is_found_by_its_id_with_all_that_was_answered_when_it_started_and_later_with_its_status() {
        ServerName server = aServer();
        Backup backup = started(create(server));
        assertThat(service().backup(backup.id())).isEqualTo(new FindResult.Found(backup));

        finishBackups(server);

        assertThat(found(backup.id()).status()).isEqualTo(BackupStatus.OK);
    }

    @Test
    void a_listing_tells_how_a_backup_stands_now_and_nothing_without_a_turn() {
        ServerName server = aServer();
        Instant since = clock().instant().minusSeconds(3_600);
        Backup started = started(create(server));
        finishBackups(server);

        assertThat(service().states(since, () -> true).of(started)).contains(found(started.id()));
        assertThat(service().states(since, () -> true).trouble()).isEmpty();
        assertThat(service().states(since, () -> false).of(started)).isEmpty();
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
        started(create(server));

        assertRefused(create(server), ErrorType.INVALID_STATE);
        assertThat(shown(server)).hasSize(1);

        finishBackups(server);
        started(create(server));
        assertThat(shown(server))
                .extracting(Backup::status)
                .containsExactlyInAnyOrder(BackupStatus.OK, BackupStatus.IN_PROGRESS);
    }

    @Test
    void an_unknown_server_is_refused_and_has_no_backups() {
        assertRefused(create(UNKNOWN), ErrorType.RESOURCE_NOT_FOUND);
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
        started(create(server));
        finishBackups(server);

        assertRefused(create(server), ErrorType.LIMIT_EXCEEDED);

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

    @Test
    void a_good_backup_is_deleted_and_others_stay() {
        Backup backup = ended(aServer());
        Backup other = ended(aServer());

        assertThat(delete(backup)).isInstanceOfAny(DeletionResult.Deleted.class, DeletionResult.Accepted.class);

        assertThat(isGood(backup)).isFalse();
        assertThat(isGood(other)).isTrue();
    }

    @Test
    void deleting_a_backup_that_is_not_there_does_no_harm() {
        assertThat(delete(aMissingBackup()))
                .isInstanceOfAny(DeletionResult.AlreadyGone.class, DeletionResult.Accepted.class);
    }

    @Test
    void deleting_twice_does_no_harm() {
        Backup backup = ended(aServer());
        Optional<String> accepted = delete(backup) instanceof DeletionResult.Accepted once
                ? Optional.of(once.deletionId())
                : Optional.empty();

        assertThat(deletion().delete(backup, accepted))
                .isInstanceOfAny(
                        DeletionResult.InProgress.class,
                        DeletionResult.AlreadyGone.class,
                        DeletionResult.Deleted.class);
    }

    @Test
    void a_running_backup_is_not_deleted() {
        assertThat(delete(started(create(aServer()))))
                .isInstanceOfAny(DeletionResult.InProgress.class, DeletionResult.Refused.class);
    }
}
