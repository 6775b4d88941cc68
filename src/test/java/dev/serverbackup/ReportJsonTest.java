package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.serverbackup.run.FollowUpReport;
import dev.serverbackup.run.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer is what Lambda's own serialiser would have made of the report, without that serialiser's start. */
class ReportJsonTest {
    private static final RunReport RUN = new RunReport(
            "nightly",
            "COMPLETED",
            "9f2c",
            3,
            Map.of("STARTED", 3),
            1,
            List.of(new RunReport.Excluded("delta", "excluded by tag BackupHold")),
            1,
            List.of(new RunReport.Skipped("arn:aws:ec2:x", "not a server")),
            List.of(new RunReport.Excluded("echo", "its tag key \"backup\" looks like \"Backup\"")),
            List.of(
                    new RunReport.Line("alpha", "Chef, Berlin", "STARTED", "alpha-20261122020000000", null, null),
                    new RunReport.Line("beta", null, "FAILED", null, "InvalidStateException", "says \"no\"\n"),
                    new RunReport.Line("gamma", null, "PENDING", null, null, null)),
            true);
    private static final FollowUpReport PASS = new FollowUpReport(9, Map.of("STARTED", 8), 1, 2, 3, 4, 5, 6, 7, true);

    @Test
    void a_run_is_answered_as_lambda_would() throws IOException {
        assertThat(written(RUN)).isEqualTo(byLambda(RUN, RunReport.class));
    }

    @Test
    void a_pass_is_answered_as_lambda_would() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ReportJson.write(PASS, bytes);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(byLambda(PASS, FollowUpReport.class));
    }

    @Test
    void half_a_surrogate_pair_does_not_cost_the_answer() throws IOException {
        var line = new RunReport.Line("alpha", "half \uD83D", "STARTED", null, null, null);

        assertThat(written(new RunReport(
                        "a", "COMPLETED", "9f2c", 1, Map.of(), 0, List.of(), 0, List.of(), null, List.of(line), false)))
                .contains("\"serverTitle\":\"half ?\"");
    }

    private static String written(RunReport report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ReportJson.write(report, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static <T> String byLambda(T report, Class<T> type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JacksonFactory.getInstance().getSerializer(type).toJson(report, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
