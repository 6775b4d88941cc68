package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.readDetail;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Plan ALPHA = planOf(Map.of("alpha", "arn:a"));

    private static Plan planOf(Map<String, String> arns) {
        TreeMap<ServerName, Optional<String>> targets = new TreeMap<>();
        arns.forEach((name, arn) ->
                targets.put(new ServerName(name), Optional.of(arn).filter(text -> !text.isEmpty())));
        return Plan.of(targets);
    }

    /** A server that was made anew under an old name is another target. */
    @Test
    void it_stands_for_exactly_these_targets() {
        assertThat(planOf(Map.of("alpha", "arn:a"))).isEqualTo(ALPHA);
        assertThat(planOf(Map.of("alpha", "arn:a", "bravo", "arn:b"))).isNotEqualTo(ALPHA);
        assertThat(planOf(Map.of())).isNotEqualTo(ALPHA);
        assertThat(planOf(Map.of("alpha", "arn:a2"))).isNotEqualTo(ALPHA);
        assertThat(planOf(Map.of("alpha", ""))).isNotEqualTo(ALPHA);
    }

    @Test
    void a_request_may_name_it_and_is_then_another_request() {
        BackupRequest request = readDetail("{\"selector\": {\"all\": true}, \"plan\": \"" + ALPHA + "\"}");

        assertThat(request.plan()).contains(ALPHA);
        assertThat(request.canonicalRequest()).isEqualTo("{\"plan\":\"" + ALPHA + "\",\"selector\":{\"all\":true}}");
        assertThat(readDetail("{\"selector\": {\"all\": true}}").plan()).isEmpty();
    }
}
