package dev.serverbackup.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final CallPattern CREATE = CallPattern.of("CreateBackup");
    private static final Fault THROTTLED = Fault.throttled();

    private final ScriptedFaults faults = new ScriptedFaults();

    @Test
    void a_share_is_about_that_share_and_hits_the_same_calls_however_servers_interleave() {
        var other = new ScriptedFaults();
        faults.share(20, 1, CREATE, THROTTLED);
        other.share(20, 1, CREATE, THROTTLED);

        var alone = IntStream.range(0, 1_000).mapToObj(_ -> create("alpha")).toList();
        var between = IntStream.range(0, 1_000)
                .mapToObj(_ -> {
                    other.of("CreateBackup", Optional.of("bravo"));
                    return other.of("CreateBackup", Optional.of("alpha"));
                })
                .toList();

        assertThat(alone).isEqualTo(between);
        assertThat(alone.stream().filter(Optional::isPresent).count()).isBetween(150L, 250L);
    }

    private Optional<Fault> create(String serverName) {
        return faults.of("CreateBackup", Optional.of(serverName));
    }
}
