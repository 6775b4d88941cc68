package dev.serverbackup.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.bench.fake.LargeTable;
import dev.serverbackup.cli.InProcess;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ten questions on 250 nights of 400 servers: 100,000 entries, of which each question reads few. */
class LargeTableIT {
    private static final String NOW = "2026-11-22T09:00:00Z";

    private static LargeTable table;

    @BeforeAll
    static void fill() {
        table = LargeTable.filled(Instant.parse("2026-11-22T02:00:00Z"));
    }

    @AfterAll
    static void stop() {
        table.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        server server-7                                          | 0 | last good backup +server-7-
        failed                                                   | 1 | NotSent: no route
        run server-backup-schedule@2026-11-22T02:00:00Z          | 1 | server-100 +SUCCEEDED
        who server-backup-schedule@2026-11-22T02:00:00Z          | 0 | source
        overdue                                                  | 1 | 1 of the 400 targets of the last 4 weeks
        excluded                                                 | 0 | No server was excluded from the 7 runs
        quota                                                    | 0 | made in the last 7 days +2793
        deleted                                                  | 0 | There is no backup deleted
        open                                                     | 0 | Nothing is open
        night                                                    | 1 | entries +399 succeeded, 1 failed
        """)
    void each_question_is_answered(String question, int code, String answer) {
        InProcess asked = InProcess.run(
                NOW,
                Stream.concat(
                                Stream.of(question.split(" ", -1)),
                                Stream.of(
                                        "--table=audit",
                                        "--endpoint=" + table.database().endpoint()))
                        .toArray(String[]::new));

        assertThat(asked.out()).containsPattern(answer);
        assertThat(asked.code()).isEqualTo(code);
    }
}
