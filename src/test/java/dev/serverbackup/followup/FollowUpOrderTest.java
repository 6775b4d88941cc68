package dev.serverbackup.followup;

import static dev.serverbackup.InMemoryApplication.QUARTER;
import static dev.serverbackup.Samples.ALPHA;
import static dev.serverbackup.Samples.BRAVO;
import static dev.serverbackup.Samples.NIGHTLY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.Samples;
import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.ForwardingFollowUpRepository;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In which order a pass takes what is due, and with how many calls. */
class FollowUpOrderTest {
    private static final Duration LATER = Duration.ofMinutes(5);

    private final InMemoryApplication app = InMemoryApplication.over();

    private static Server[] servers(String prefix, int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> Samples.server("%s-%04d".formatted(prefix, i)))
                .toArray(Server[]::new);
    }

    /** Servers whose backups are started, and others that come later and are still to be started. */
    private Server[] started(int many, Server... later) {
        Server[] servers = servers("web", many);
        app.service.servers().limitManualBackupsTo(10_000);
        app.open(servers);
        app.pass();
        for (Server server : later) {
            app.service.servers().add(server.name());
            app.audit.create(Samples.pending(server));
        }
        return servers;
    }

    private long count(EntryStatus status) {
        return app.audit.entries(NIGHTLY).stream()
                .filter(entry -> entry.status() == status)
                .count();
    }

    private int looksOf(Runnable passes) {
        int before = app.service.looks();
        passes.run();
        return app.service.looks() - before;
    }

    @Test
    void what_was_started_is_looked_at_by_pages_and_not_one_by_one() {
        Server[] servers = started(400);
        for (Server server : servers) {
            app.service.servers().finish(server.name());
        }

        assertThat(looksOf(() -> app.passLater(LATER))).isLessThanOrEqualTo(400 / 40);
        assertThat(count(EntryStatus.SUCCEEDED)).isEqualTo(400);
    }

    @Test
    void one_alone_is_looked_up_by_its_id() {
        started(1);

        assertThat(looksOf(() -> app.passLater(LATER))).isOne();
    }

    @Test
    void what_the_listing_does_not_show_is_looked_up_by_its_id() {
        app.service.showNewBackupsAfter(Duration.ofHours(1));
        started(10);

        assertThat(looksOf(() -> app.passLater(Duration.ofSeconds(30)))).isEqualTo(1 + 10);
        assertThat(count(EntryStatus.STARTED)).isEqualTo(10);
    }

    @Test
    void a_listing_never_costs_more_than_looking_one_by_one() {
        for (Server other : servers("other", 500)) {
            app.service.servers().add(other.name());
            app.service.servers().startOther(other.name(), "MANUAL", "by hand", app.clock.instant());
        }
        started(3);

        assertThat(looksOf(() -> app.passLater(LATER))).isLessThanOrEqualTo(2 * 3);
    }

    @Test
    void a_busy_server_is_attempted_before_hundreds_that_were_started_are_looked_at() {
        started(300, ALPHA);
        // One of them is for the account's limit.
        app.turns(2);

        app.passLater(LATER);

        assertThat(app.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
    }

    @Test
    void starts_without_end_leave_what_was_started_its_share_of_the_time() {
        Server[] servers = started(3, servers("waiting", 400));
        app.service.servers().finish(servers[0].name());
        app.limitRateBy(latest -> {
            if (app.clock.instant().isAfter(latest)) {
                return false;
            }
            app.clock.move(Duration.ofSeconds(5));
            return true;
        });

        FollowUpReport report = app.passLater(LATER);

        assertThat(report.complete()).isFalse();
        assertThat(app.entry(servers[0]).status()).isEqualTo(EntryStatus.SUCCEEDED);
        assertThat(count(EntryStatus.STARTED)).isGreaterThan(90);
    }

    /** The index is behind: it decides the order, and nothing else. */
    @Test
    void a_row_that_stands_otherwise_than_the_index_shows_is_taken_as_it_stands() {
        started(1, ALPHA, BRAVO);

        app.clock.move(LATER);

        app.pass(
                new ForwardingFollowUpRepository(app.repository) {
                    @Override
                    public List<DueRow> due(Instant now) {
                        return real.due(now).stream()
                                .map(due ->
                                        new DueRow(due.row(), Optional.of(EntryStatus.SUCCEEDED), due.requestedAt()))
                                .toList();
                    }
                },
                QUARTER);

        assertThat(count(EntryStatus.STARTED)).isEqualTo(3);
    }
}
