package dev.serverbackup.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** More rows than one answer of DynamoDB holds, and what is sent for them. */
class AuditReaderIT {
    private static final int MANY = 230;
    /** As long as one may be: the rows of the run together have more than a megabyte. */
    private static final String LONG_MESSAGE = "€".repeat(2_000);

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Period PERIOD = new Period(START, START.plus(2, ChronoUnit.DAYS));

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-12-01T00:00:00Z"));
    private static LocalDynamoDb local;
    private static AuditedRows rows;

    @BeforeAll
    static void start() {
        local = LocalDynamoDb.start("unused");
        rows = AuditedRows.in(local, "many");
        for (int i = 0; i < MANY; i++) {
            String requestedAt = START.plus(i, ChronoUnit.MINUTES).toString();
            rows.failed("one", "server-" + i, requestedAt, LONG_MESSAGE);
            rows.pending("run-" + i, "alpha", requestedAt);
        }
        rows.run("one", "2026-03-02T00:00:00Z");
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Test
    void all_pages_are_read_and_rows_whole_in_the_order_of_the_index() {
        AuditReader reader = reader(local.client());

        assertThat(reader.ofServer("alpha", Period.EVER, LimitOption.MOST).items())
                .hasSize(MANY);
        assertThat(reader.ofRun("one", LimitOption.MOST).items()).hasSize(MANY + 1);
        assertThat(reader.failed(PERIOD, LimitOption.MOST).items())
                .hasSize(MANY)
                .allMatch(item -> item.has("tags"))
                .extracting(item -> item.shown("requestedAt"))
                .isSorted();
        assertThat(reader.open(LimitOption.MOST).items()).hasSize(2 * MANY + 1);
    }

    @Test
    void a_limit_is_kept_and_what_is_beyond_it_is_noted() {
        AuditReader reader = reader(local.client());

        assertThat(reader.failed(PERIOD, MANY - 1).items()).hasSize(MANY - 1);
        assertThat(reader.failed(PERIOD, MANY - 1).more()).isTrue();
        assertThat(reader.failed(PERIOD, MANY).more()).isFalse();
        assertThat(reader.open(150).items()).hasSize(150);
        assertThat(reader.open(150).more()).isTrue();
    }

    @Test
    void no_page_is_asked_for_that_nobody_wants() {
        List<String> sent = new ArrayList<>();
        try (DynamoDbClient client = recorded(sent)) {
            reader(client).runs(PERIOD, 10);
            reader(client).failed(PERIOD, 10);
        }

        // The run's day and the failures' day, and those rows whole.
        assertThat(sent).containsExactly("Query", "Query", "Query", "Query", "BatchGetItem");
    }

    @Test
    void what_has_expired_is_not_shown() {
        AuditedRows old = AuditedRows.in(local, "expired");
        Run run = old.finished(
                old.run("old", "2025-03-02T02:00:00Z", "alpha"), RunStatus.FAILED, Map.of(EntryStatus.FAILED, 1));
        Entry failed = old.failed("old", "alpha", "2025-03-02T02:00:00Z", "no room");
        old.open().markNotified(failed, failed.requestedAt());
        old.open().markNotified(run, failed.requestedAt());
        old.open()
                .withoutExpiry(run)
                .orElseThrow()
                .forEach(row -> old.open().expire(row, Instant.parse("2026-04-06T02:00:00Z")));
        old.open().release(run);
        AuditReader reader = new AuditReader(local.client(), "expired", CLOCK);
        Period then = new Period(Instant.parse("2025-03-01T00:00:00Z"), Instant.parse("2025-03-03T00:00:00Z"));

        assertThat(reader.ofServer("alpha", Period.EVER, 10).items()).isEmpty();
        assertThat(reader.ofRun("old", 10).items()).isEmpty();
        assertThat(reader.failed(then, 10).items()).isEmpty();
        assertThat(reader.runs(then, 10).items()).isEmpty();
    }

    @Test
    void between_two_milliseconds_there_is_nothing() {
        Instant between = Instant.parse("2026-03-02T00:00:00.0001Z");
        Period nothing = new Period(between, between);
        AuditReader reader = reader(local.client());

        assertThat(reader.ofServer("alpha", nothing, 10).items()).isEmpty();
        assertThat(reader.failed(nothing, 10).items()).isEmpty();
        assertThat(reader.runs(nothing, 10).items()).isEmpty();
        assertThat(reader.deleted(nothing, 10).items()).isEmpty();
    }

    @Test
    void a_period_includes_both_its_ends() {
        Period period = new Period(START.plus(3, ChronoUnit.MINUTES), START.plus(5, ChronoUnit.MINUTES));

        assertThat(reader(local.client()).ofServer("alpha", period, 10).items())
                .extracting(item -> item.shown("runId"))
                .containsExactly("run-5", "run-4", "run-3");
    }

    private static AuditReader reader(DynamoDbClient client) {
        return new AuditReader(client, "many", CLOCK);
    }

    private static DynamoDbClient recorded(List<String> sent) {
        return DynamoDbClient.builder()
                .endpointOverride(local.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(recording -> recording.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                        sent.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
                    }
                }))
                .build();
    }
}
