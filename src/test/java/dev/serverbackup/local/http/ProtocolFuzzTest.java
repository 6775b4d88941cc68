package dev.serverbackup.local.http;

import static dev.serverbackup.local.http.ProtocolAnswer.assertOfTheProtocol;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.serverbackup.ManualClock;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetLoader;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.fleet.Listing;
import dev.serverbackup.local.opsworkscm.OpsWorksCm;
import dev.serverbackup.local.opsworkscm.Throttle;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.tagging.Tagging;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Any series of requests to one local cloud, ten minutes apart. In an input, requests stand one below the other with a
 * line {@code --} between: method, path and target in the first line, the body below.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class ProtocolFuzzTest {
    private static final Fleet FLEET = Fleet.of(
                    FleetServer.named("alpha").tagged("Backup", "nightly").withBackups(1, 1),
                    FleetServer.named("bravo"))
            .unthrottled();

    @DictionaryFile(resourcePath = "protocol.dict")
    @FuzzTest
    void every_request_is_answered_in_the_protocols_form(byte[] input) throws Exception {
        ManualClock clock = new ManualClock(Instant.parse("2026-11-22T02:00:00Z"));
        CallLog calls = new CallLog();
        Dispatcher dispatcher = dispatcher(clock, calls);

        for (String request : new String(input, StandardCharsets.ISO_8859_1).split("\n--\n", 8)) {
            assertOfTheProtocol(dispatcher.dispatch(incoming(request)));
            clock.move(Duration.ofMinutes(10));
        }

        assertThat(calls.all()).allSatisfy(call -> assertThat(call.outcome()).isPresent());
    }

    private static Dispatcher dispatcher(ManualClock clock, CallLog calls) {
        Account account = new Account(FLEET.arns(), FLEET.limits(), FLEET.durations(), clock);
        FleetLoader.into(account, FLEET);
        Service opsWorksCm = new OpsWorksCm(account, new Throttle(clock));
        Service tagging = new Tagging(new Listing(account, FLEET), clock);
        var requestIds = new int[1];
        return new Dispatcher(
                Map.of(opsWorksCm.prefix(), opsWorksCm, tagging.prefix(), tagging),
                new ScriptedFaults(),
                calls,
                clock,
                () -> "request-" + requestIds[0]++);
    }

    private static Incoming incoming(String request) {
        int end = request.indexOf('\n');
        List<String> line = List.of((end < 0 ? request : request.substring(0, end)).split(" ", 3));
        String body = end < 0 ? "" : request.substring(end + 1);
        return new Incoming(
                line.getFirst(),
                line.size() > 1 ? line.get(1) : "/",
                line.size() > 2 ? line.get(2) : "",
                Optional.of(body.getBytes(StandardCharsets.ISO_8859_1)),
                true);
    }
}
