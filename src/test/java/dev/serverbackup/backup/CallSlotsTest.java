package dev.serverbackup.backup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.HandMovedClock;
import dev.serverbackup.fleet.Server;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CallSlotsTest {
    private static final Instant SOON = TWO_O_CLOCK.plusSeconds(60);

    private final HandMovedClock clock = new HandMovedClock(TWO_O_CLOCK);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch calling = new CountDownLatch(1);
    private final Queue<ServerName> called = new ConcurrentLinkedQueue<>();
    private final BackupService slow = new SlowService();
    private final CallSlots one = new CallSlots(slow, clock, 1);

    @Test
    void a_second_call_waits_until_the_first_is_answered() throws Exception {
        CompletableFuture<BackupResult> first = asked(ALPHA, SOON);
        calling.await();
        CompletableFuture<BackupResult> second = asked(BRAVO, SOON);

        assertThat(called).containsExactly(ALPHA.name());
        answered.countDown();

        assertThat(List.of(first.join(), second.join()))
                .allSatisfy(result -> assertThat(result).isInstanceOf(BackupResult.Doubtful.class));
        assertThat(called).containsExactly(ALPHA.name(), BRAVO.name());
    }

    @Test
    void a_call_whose_turn_does_not_come_before_its_instant_is_not_sent() throws Exception {
        CompletableFuture<BackupResult> first = asked(ALPHA, SOON);
        calling.await();

        assertThat(one.createBackup(BRAVO, "nightly", TWO_O_CLOCK)).isEqualTo(new BackupResult.NotSent());
        answered.countDown();
        first.join();

        assertThat(called).containsExactly(ALPHA.name());
    }

    @Test
    void an_interrupted_wait_sends_nothing_and_keeps_the_interrupt() throws Exception {
        CompletableFuture<BackupResult> first = asked(ALPHA, SOON);
        calling.await();
        Thread.currentThread().interrupt();

        assertThat(one.createBackup(BRAVO, "nightly", SOON)).isEqualTo(new BackupResult.NotSent());

        assertThat(Thread.interrupted()).isTrue();
        answered.countDown();
        first.join();
    }

    private CompletableFuture<BackupResult> asked(Server server, Instant sendBefore) {
        return CompletableFuture.supplyAsync(() -> one.createBackup(server, "nightly", sendBefore));
    }

    private final class SlowService implements BackupService {
        @Override
        public BackupResult createBackup(Server server, String description, Instant sendBefore) {
            called.add(server.name());
            calling.countDown();
            try {
                answered.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new BackupResult.Doubtful(BackupError.doubtful(ErrorType.NO_ANSWER, "no answer"));
        }

        @Override
        public Listing backupsOf(ServerName server, Instant since) {
            return new Listing.Backups(List.of());
        }

        @Override
        public Lookup backup(String backupId) {
            return new Lookup.Absent(BackupError.known(ErrorType.RESOURCE_NOT_FOUND, backupId));
        }
    }
}
