package dev.serverbackup.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.ManualClock;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.FleetFile;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** The page over HTTP, and the faults that it is told; in a browser it is watched by {@code .ci/page.py}. */
class LivePageIT {
    private static final String FLEET = """
        {"servers": [{"name": "alpha"}],
         "instances": [{"id": "i-0123456789abcdef0", "tags": {"Backup": "nightly"}}]}\
        """;
    private static final String HTML = "</script><b title=\"x\">";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T03:00:00Z"));
    private final LocalCloud cloud = LocalCloud.start(FleetFile.parse(FLEET).unthrottled(), clock);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
        cloud.close();
    }

    @Test
    void all_that_is_there_is_shown_and_looking_is_no_call() throws Exception {
        var event = PutEventsRequestEntry.builder()
                .source("a")
                .detailType("Server Backup Finished")
                .detail("{\"notificationId\":\"r/alpha\",\"status\":\"SUCCEEDED\"}")
                .build();
        try (var servers = Clients.opsWorksCm(cloud.aws().endpoint());
                var bus = Clients.eventBridge(cloud.aws().endpoint())) {
            bus.putEvents(request -> request.entries(event));
            servers.createBackup(request -> request.serverName("alpha").description("<b>"));
        }
        cloud.aws().throttle().allow(1, 1);

        var page = send(HttpRequest.newBuilder(cloud.aws().endpoint()).build());
        get("/state.json");
        var state = get("/state.json");
        var instance = get("/instances.json").at("/instances/0");
        var notification = get("/notifications.json").at("/notifications/0");

        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).startsWith("<!doctype html>").doesNotContain("http://", "https://");
        assertThat(state.at("/servers/0/status").textValue()).isEqualTo("BACKING_UP");
        assertThat(state.at("/backups/0/status").textValue()).isEqualTo("IN_PROGRESS");
        assertThat(state.at("/backups/0/description").textValue()).isEqualTo("<b>");
        assertThat(state.get("backupCount").intValue()).isEqualTo(1);
        assertThat(state.get("calls").findValuesAsText("operation")).containsExactly("CreateBackup", "PutEvents");
        assertThat(state.at("/calls/0/answer").textValue()).isEqualTo("OK");
        assertThat(instance.at("/standing").textValue()).isEqualTo("ONLINE");
        assertThat(instance.at("/tags/Backup").textValue()).isEqualTo("nightly");
        assertThat(notification.at("/id").textValue()).isEqualTo("r/alpha");
        assertThat(notification.at("/status").textValue()).isEqualTo("SUCCEEDED");
    }

    @Test
    void the_runs_of_35_days_and_their_entries_are_shown_whatever_they_say() throws Exception {
        put(run("a/b+c", "2026-11-18", "PARTIALLY_FAILED"));
        entry("a/b+c", "2026-11-18", "alpha", "SUCCEEDED");
        entry("a/b+c", "2026-11-18", "beta", "FAILED");
        put(run("missed", "2026-11-19", "MISSED"));
        put(caughtUp("caught up", "2026-11-20"));
        put(run("long ago", "2026-10-16", "SUCCEEDED"));
        var expired = run("expired", "2026-11-20", "SUCCEEDED");
        expired.put("expiresAt", AttributeValue.fromN("1700000000"));
        put(expired);

        var runs = get("/runs.json").get("runs");
        var opened = get("/run.json?id=a%2Fb%2Bc");

        assertThat(runs.findValuesAsText("id")).containsExactly("caught up", "missed", "a/b+c");
        assertThat(runs.findValuesAsText("status")).containsExactly("RUNNING", "MISSED", "PARTIALLY_FAILED");
        assertThat(runs.findValuesAsText("caughtUp")).containsExactly("true", "false", "false");
        assertThat(runs.at("/2/targets").textValue()).isEqualTo("2");
        assertThat(runs.at("/2/counts/FAILED").textValue()).isEqualTo("1");
        assertThat(opened.at("/run/id").textValue()).isEqualTo("a/b+c");
        assertThat(opened.get("entries").findValuesAsText("server")).containsExactly("alpha", "beta");
        assertThat(opened.at("/entries/1/backupId").textValue()).isEqualTo("beta-1");
        assertThat(opened.at("/entries/1/message").textValue()).isEqualTo(HTML);
        assertThat(get("/run.json?id=expired").has("run")).isFalse();
    }

    @Test
    void a_server_has_a_night_for_each_of_35_days_by_its_worst_outcome() throws Exception {
        entry("first", "2026-11-19", "alpha", "SUCCEEDED");
        entry("second", "2026-11-19", "alpha", "FAILED");
        entry("third", "2026-11-20", "alpha", "SUCCEEDED");
        entry("fourth", "2026-11-20", "alpha", "STARTED");
        entry("early", "2026-10-17", "alpha", "SUCCEEDED");
        put(run("missed", "2026-11-19", "MISSED"));
        put(caughtUp("caught up", "2026-11-20"));

        var days = get("/server.json?name=alpha").get("days");

        assertThat(days).hasSize(35);
        assertThat(days.at("/0/day").textValue()).isEqualTo("2026-10-17");
        assertThat(days.at("/0/worst").textValue()).isEqualTo("SUCCEEDED");
        assertThat(days.at("/32/worst").textValue()).isEmpty();
        assertThat(days.at("/33/worst").textValue()).isEqualTo("FAILED");
        assertThat(days.at("/34/worst").textValue()).isEqualTo("STARTED");
        assertThat(days.findValuesAsText("missed").subList(32, 35)).containsExactly("false", "true", "false");
        assertThat(days.findValuesAsText("caughtUp").subList(32, 35)).containsExactly("false", "false", "true");
    }

    @Test
    void the_schedule_fires_by_the_clouds_clock_and_a_slot_whose_event_never_comes_is_caught_up() {
        try (var _ = cloud.runFunctions(Map.of(), BigDecimal.ONE, Optional.of(LocalTime.of(4, 0)), told -> {
            throw new AssertionError(told);
        })) {
            clock.move(Duration.ofHours(1));
            awaitRun("server-backup-schedule@2026-11-20T04:00:00Z", "false");

            assertThat(post("/schedule", "{\"next\":\"never\"}", "application/json")
                            .statusCode())
                    .isEqualTo(200);
            clock.move(Duration.ofDays(1).plusMinutes(40));
            awaitRun("server-backup-schedule@2026-11-21T04:00:00Z", "true");
        }
    }

    private void awaitRun(String id, String caughtUp) {
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            JsonNode run = get("/runs.json").at("/runs/0");
            while (!run.path("id").asText().equals(id)) {
                run = get("/runs.json").at("/runs/0");
            }
            assertThat(run.path("caughtUp").asText()).isEqualTo(caughtUp);
        });
    }

    @Test
    void a_fault_that_is_posted_by_the_page_itself_loses_the_next_answer_once_and_others_stay_until_they_are_cleared()
            throws Exception {
        var told = post(
                "/faults",
                "{\"operation\":\"CreateBackup\",\"server\":\"alpha\",\"kind\":\"lost answer\",\"calls\":1}",
                "application/json");
        assertThat(told.statusCode()).isEqualTo(200);
        post("/faults", "{\"operation\":\"SendCommand\",\"kind\":\"refused\",\"calls\":3}", "application/json");
        assertThat(get("/faults.json").get("rules").findValuesAsText("kind"))
                .containsExactly("lost answer", "refused: AccessDeniedException");
        assertThat(cloud.aws().calls().all()).as("looking is no call").isEmpty();

        try (var client = Clients.opsWorksCm(cloud.aws().endpoint())) {
            assertThatThrownBy(() -> client.createBackup(request -> request.serverName("alpha")))
                    .isInstanceOf(SdkClientException.class);
        }

        assertThat(cloud.aws().backups("alpha")).hasSize(1);
        assertThat(get("/faults.json").get("rules")).hasSize(1);
        post("/faults/clear", "{}", "application/json");

        var well = "{\"operation\":\"CreateBackup\",\"kind\":\"slow\",\"calls\":1}";

        for (var fault :
                List.of("{", "", well.replace("slow", "odd"), well.replace("Create", "Cre"), well.replace("1", "0"))) {
            assertThat(post("/faults", fault, "application/json").statusCode()).isEqualTo(400);
        }
        assertThat(post("/faults", well, "text/plain").statusCode()).isNotEqualTo(200);
        assertThat(get("/faults.json").get("rules")).isEmpty();
    }

    private static Map<String, AttributeValue> run(String id, String day, String status) {
        var row = row(id, "run", day, status);
        row.put("dayKey", AttributeValue.fromS("runs#" + day));
        row.put("targetCount", AttributeValue.fromN("2"));
        row.put("counts", AttributeValue.fromM(Map.of("FAILED", AttributeValue.fromN("1"))));
        return row;
    }

    private static Map<String, AttributeValue> caughtUp(String id, String day) {
        var row = run(id, day, "RUNNING");
        row.put("requestedBy", AttributeValue.fromM(Map.of("source", AttributeValue.fromS("server-backup.catch-up"))));
        return row;
    }

    private void entry(String run, String day, String server, String status) {
        var row = row(run, "server#" + server, day, status);
        row.put("serverName", AttributeValue.fromS(server));
        row.put("attempts", AttributeValue.fromN("1"));
        row.put("backup", AttributeValue.fromM(Map.of("BackupId", AttributeValue.fromS(server + "-1"))));
        row.put("error", AttributeValue.fromM(Map.of("message", AttributeValue.fromS(HTML))));
        put(row);
    }

    private static Map<String, AttributeValue> row(String run, String entry, String day, String status) {
        return new HashMap<>(Map.of(
                "runId", AttributeValue.fromS(run),
                "entry", AttributeValue.fromS(entry),
                "requestedAt", AttributeValue.fromS(day + "T02:00:00.000Z"),
                "status", AttributeValue.fromS(status)));
    }

    private void put(Map<String, AttributeValue> row) {
        cloud.dynamoDb()
                .client()
                .putItem(request ->
                        request.tableName(cloud.dynamoDb().tableName()).item(row));
    }

    private JsonNode get(String path) throws Exception {
        var answer = send(
                HttpRequest.newBuilder(cloud.aws().endpoint().resolve(path)).build());
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> post(String path, String body, String type) {
        return send(HttpRequest.newBuilder(cloud.aws().endpoint().resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }
}
