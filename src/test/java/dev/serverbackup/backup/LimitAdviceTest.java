package dev.serverbackup.backup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.HandMovedClock;
import dev.serverbackup.fleet.Server;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitAdviceTest {
    private static final Instant SOON = TWO_O_CLOCK.plusSeconds(60);

    private final HandMovedClock clock = new HandMovedClock(TWO_O_CLOCK);
    private final FakeBackupService service = new FakeBackupService(clock);
    private final FakeUpkeep quota = new FakeUpkeep(service.servers());
    private final LimitAdvice advised = new LimitAdvice(service, quota, clock);

    @BeforeEach
    void an_account_at_its_limit() {
        service.servers().add(ALPHA.name());
        service.servers().add(BRAVO.name());
        service.servers().limitManualBackupsTo(1);
        service.servers().add(CHARLIE.name());
        service.servers().create(CHARLIE.name(), "by hand");
    }

    private String refusal(Server server) {
        return refusal(server, SOON);
    }

    private String refusal(Server server, Instant sendBefore) {
        BackupResult result = advised.createBackup(server, "nightly", sendBefore);
        assertThat(result)
                .isInstanceOfSatisfying(
                        BackupResult.Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.LIMIT_EXCEEDED));
        return ((BackupResult.Refused) result).error().message();
    }

    @Test
    void a_refusal_at_the_limit_says_how_many_there_are_and_what_to_do() {
        assertThat(refusal(ALPHA))
                .isEqualTo("there are 1 manual backups; the account has 1 manual backups of at most 1; delete manual"
                        + " backups that are not needed any more, or let Server Backup do it (KEEP_BACKUPS)");
    }

    @Test
    void a_refusal_that_is_a_whole_sentence_goes_on_without_its_full_stop() {
        BackupService full = new BackupService() {
            @Override
            public BackupResult createBackup(Server server, String description, Instant sendBefore) {
                return new BackupResult.Refused(
                        BackupError.known(ErrorType.LIMIT_EXCEEDED, "The limit of manual backups is reached."));
            }

            @Override
            public Listing backupsOf(ServerName server, Instant since) {
                return service.backupsOf(server, since);
            }

            @Override
            public Lookup backup(String backupId) {
                return service.backup(backupId);
            }
        };

        BackupResult result = new LimitAdvice(full, quota, clock).createBackup(ALPHA, "nightly", SOON);

        assertThat(((BackupResult.Refused) result).error().message())
                .startsWith("The limit of manual backups is reached; the account has 1 manual backups of at most 1;");
    }

    @Test
    void many_refusals_cost_one_more_call() {
        String first = refusal(ALPHA);

        assertThat(refusal(BRAVO)).isEqualTo(first);
        assertThat(quota.quotaReads()).isEqualTo(1);
    }

    @Test
    void a_later_invocation_asks_again() {
        refusal(ALPHA);
        clock.move(Duration.ofMinutes(16));

        refusal(ALPHA, clock.instant().plusSeconds(60));

        assertThat(quota.quotaReads()).isEqualTo(2);
    }

    @Test
    void where_the_number_is_not_told_the_refusal_still_says_what_to_do() {
        quota.tellNoQuota();

        assertThat(refusal(ALPHA)).startsWith("there are 1 manual backups; delete manual backups");
    }

    @Test
    void an_answer_that_comes_too_late_is_not_followed_by_another_call() {
        BackupService slow = new BackupService() {
            @Override
            public BackupResult createBackup(Server server, String description, Instant sendBefore) {
                BackupResult result = service.createBackup(server, description, sendBefore);
                clock.move(Duration.ofSeconds(60));
                return result;
            }

            @Override
            public Listing backupsOf(ServerName server, Instant since) {
                return service.backupsOf(server, since);
            }

            @Override
            public Lookup backup(String backupId) {
                return service.backup(backupId);
            }
        };

        BackupResult result = new LimitAdvice(slow, quota, clock).createBackup(ALPHA, "nightly", SOON);

        assertThat(result).isInstanceOf(BackupResult.Refused.class);
        assertThat(quota.quotaReads()).isZero();
    }

    @Test
    void every_other_result_is_the_services_own() {
        service.misbehave(FakeBackupService.Fault.ACCESS_DENIED, FakeBackupService.Fault.LOST_ANSWER);
        FakeBackupService same = new FakeBackupService(clock);
        same.servers().add(ALPHA.name());
        same.misbehave(FakeBackupService.Fault.ACCESS_DENIED, FakeBackupService.Fault.LOST_ANSWER);

        for (int call = 0; call < 2; call++) {
            assertThat(advised.createBackup(ALPHA, "nightly", SOON))
                    .isEqualTo(same.createBackup(ALPHA, "nightly", SOON));
        }
        assertThat(quota.quotaReads()).isZero();
    }
}
