package dev.serverbackup.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.ManualClock;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page over HTTP; in a browser it is watched by {@code .ci/page.py}. */
class StatePageIT {

    private final LocalAws aws = LocalAws.started(
            Fleet.of(FleetServer.named("alpha").withBackups(1, 0)),
            new ManualClock(Instant.parse("2026-11-20T03:00:00Z")));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
        aws.close();
    }

    @Test
    void a_browser_gets_a_document_that_needs_nothing_from_elsewhere() throws Exception {
        var page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).startsWith("<!doctype html>").doesNotContain("http://", "https://");
    }

    @Test
    void the_state_beside_it_has_servers_backups_and_the_last_calls() throws Exception {
        try (var client = Clients.opsWorksCm(aws.endpoint())) {
            client.createBackup(request -> request.serverName("alpha").description("<b>"));
        }

        var state = state();

        assertThat(state.at("/servers/0/status").textValue()).isEqualTo("BACKING_UP");
        assertThat(state.at("/backups/0/status").textValue()).isEqualTo("IN_PROGRESS");
        assertThat(state.at("/backups/0/description").textValue()).isEqualTo("<b>");
        assertThat(state.get("backupCount").intValue()).isEqualTo(2);
        assertThat(state.at("/calls/0/operation").textValue()).isEqualTo("CreateBackup");
        assertThat(state.at("/calls/0/answer").textValue()).isEqualTo("OK");
    }

    @Test
    void looking_is_no_call_and_is_not_throttled() throws Exception {
        aws.throttle().allow(1, 1);

        state();
        state();

        assertThat(state().get("calls")).isEmpty();
        assertThat(aws.calls().all()).isEmpty();
    }

    private JsonNode state() throws Exception {
        return new ObjectMapper().readTree(get("/state.json").body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(aws.endpoint().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
