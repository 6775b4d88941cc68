package dev.serverbackup.local.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** More rows than one answer of DynamoDB holds, and what is sent for them. */
class AuditPagesIT {
    private static final int MANY = 230;
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
            rows.failed("one", "server-" + i, requestedAt, "no room");
            rows.pending("run-" + i, "alpha", requestedAt);
        }
        rows.run("one", "2026-03-02T00:00:00Z");
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Test
    void all_pages_are_read() {
        assertThat(all(new Question.OfServer(new ServerName("alpha"), Period.EVER)))
                .isEqualTo(MANY);
        assertThat(all(new Question.OfRun(new RunId("one")))).isEqualTo(MANY + 1);
        assertThat(all(new Question.Failed(PERIOD))).isEqualTo(MANY);
        assertThat(all(new Question.Open())).isEqualTo(2 * MANY + 1);
    }

    @Test
    void a_limit_is_kept_and_what_is_beyond_it_is_noted() {
        Question failed = new Question.Failed(PERIOD);

        assertThat(answer(failed, MANY - 1).rows()).hasSize(MANY - 1);
        assertThat(answer(failed, MANY - 1).more()).isTrue();
        assertThat(answer(failed, MANY).more()).isFalse();
        assertThat(answer(new Question.Open(), 150).rows()).hasSize(150);
        assertThat(answer(new Question.Open(), 150).more()).isTrue();
    }

    @Test
    void rows_are_read_whole_in_the_order_of_the_index() {
        Found found = answer(new Question.Failed(PERIOD), MANY);
        Found whole = new AuditReader(local.client(), "many", CLOCK).whole(found);

        assertThat(whole.rows())
                .extracting(Item::key)
                .containsExactlyElementsOf(found.rows().stream().map(Item::key).toList());
        assertThat(whole.rows()).allMatch(item -> item.has("tags"));
        assertThat(found.rows()).noneMatch(item -> item.has("tags"));
    }

    @Test
    void no_page_is_asked_for_that_nobody_wants() {
        Sent sent = new Sent();
        try (DynamoDbClient client = recorded(sent)) {
            new AuditReader(client, "many", CLOCK).answer(new Question.Failed(PERIOD), 10);
        }

        assertThat(sent.operations()).containsExactly("Query");
    }

    @Test
    void no_scan_is_ever_sent() {
        Sent sent = new Sent();
        try (DynamoDbClient client = recorded(sent)) {
            AuditReader reader = new AuditReader(client, "many", CLOCK);
            reader.answer(new Question.OfServer(new ServerName("alpha"), Period.EVER), 1_000);
            reader.answer(new Question.OfRun(new RunId("one")), 1_000);
            reader.whole(reader.answer(new Question.Failed(PERIOD), 1_000));
            reader.whole(reader.answer(new Question.Runs(PERIOD), 1_000));
            reader.answer(new Question.Open(), 1_000);
        }

        assertThat(new HashSet<>(sent.operations())).containsExactlyInAnyOrder("Query", "BatchGetItem");
    }

    private static int all(Question question) {
        return answer(question, Asked.MOST_ROWS).rows().size();
    }

    private static Found answer(Question question, int limit) {
        return new AuditReader(local.client(), "many", CLOCK).answer(question, limit);
    }

    private static DynamoDbClient recorded(Sent sent) {
        return DynamoDbClient.builder()
                .endpointOverride(local.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(recording -> recording.addExecutionInterceptor(sent))
                .build();
    }
}
