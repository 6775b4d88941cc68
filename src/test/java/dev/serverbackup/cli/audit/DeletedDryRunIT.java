package dev.serverbackup.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.cli.InProcess;
import dev.serverbackup.cli.restore.RestoreSetup;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What retention would delete, as a person asks. */
class DeletedDryRunIT {
    private RestoreSetup setup;
    private String sunday;
    private String monday;
    private String tuesday;

    @BeforeEach
    void start() {
        setup = new RestoreSetup();
        sunday = setup.backedUp("alpha", "sunday", Instant.parse("2026-03-01T02:00:00Z"));
        monday = setup.backedUp("alpha", "monday", Instant.parse("2026-03-02T02:00:00Z"));
        tuesday = setup.backedUp("alpha", "tuesday", Instant.parse("2026-03-03T02:00:00Z"));
    }

    @AfterEach
    void stop() {
        setup.close();
    }

    @Test
    void each_good_backup_is_shown_with_what_keeps_it() {
        InProcess answer = setup.ask("deleted", "--dry-run", "--server=alpha", "--rules=last 1, weekly 2");

        assertThat(answer.out()).isEqualTo("""
              rules             last 1, weekly 2 in UTC
              would be deleted  1
              would stay        2

              SERVER  BACKUP                   CREATED               RETENTION         KEPT BY
              alpha   %s  2026-03-03T02:00:00Z  stays             last 1, weekly 2, newest success
              alpha   %s  2026-03-02T02:00:00Z  would be deleted  -
              alpha   %s  2026-03-01T02:00:00Z  stays             weekly 2

            Retention deletes these after their server's next success. Nothing was deleted.
            """.formatted(tuesday, monday, sunday));
        assertThat(answer.code()).isZero();
    }

    private String told(String... options) {
        return setup.ask(Stream.concat(Stream.of("deleted", "--dry-run"), Stream.of(options))
                        .toArray(String[]::new))
                .out();
    }

    @Test
    void a_time_zone_moves_the_days_rules_of_0_delete_nothing_and_without_rules_it_is_not_understood() {
        assertThat(told("--server=alpha", "--rules=weekly 2", "--timezone=America/New_York"))
                .startsWith("""
                      rules             weekly 2 in America/New_York
                      would be deleted  1
                    """)
                .contains(sunday + "  2026-03-01T02:00:00Z  would be deleted");
        assertThat(told("--server=alpha", "--rules=0")).isEqualTo("""
              rules  0

            Nothing is ever deleted: retention is off.
            """);
        assertThat(setup.ask("deleted", "--dry-run"))
                .isEqualTo(new InProcess(2, "", "give --rules, or --stack to use the stack's rules\n"));
    }
}
