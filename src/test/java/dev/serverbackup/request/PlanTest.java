package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.readDetail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    private static final Plan ALPHA = planOf(Map.of("alpha", "arn:a"));

    private static Plan planOf(Map<String, String> arns) {
        TreeMap<ServerName, Optional<String>> targets = new TreeMap<>();
        arns.forEach((name, arn) ->
                targets.put(new ServerName(name), Optional.of(arn).filter(text -> !text.isEmpty())));
        return Plan.of(targets);
    }

    @Test
    void it_stands_for_exactly_these_targets() {
        assertThat(planOf(Map.of("alpha", "arn:a"))).isEqualTo(ALPHA);
        assertThat(planOf(Map.of("alpha", "arn:a", "bravo", "arn:b"))).isNotEqualTo(ALPHA);
        assertThat(planOf(Map.of())).isNotEqualTo(ALPHA);
    }

    @Test
    void a_server_made_anew_under_an_old_name_is_another_target() {
        assertThat(planOf(Map.of("alpha", "arn:a2"))).isNotEqualTo(ALPHA);
        assertThat(planOf(Map.of("alpha", ""))).isNotEqualTo(ALPHA);
    }

    @Test
    void a_request_may_name_it_and_is_then_another_request() {
        BackupRequest request = readDetail("{\"selector\": {\"all\": true}, \"plan\": \"" + ALPHA + "\"}");

        assertThat(request.plan()).contains(ALPHA);
        assertThat(request.asked()).isEqualTo("{\"plan\":\"" + ALPHA + "\",\"selector\":{\"all\":true}}");
        assertThat(readDetail("{\"selector\": {\"all\": true}}").plan()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9f2c", "G", "../../etc"})
    void anything_else_is_refused(String plan) {
        assertThatThrownBy(() -> readDetail("{\"selector\": {\"all\": true}, \"plan\": \"" + plan + "\"}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("detail.plan: is \"" + plan
                        + "\", but must be the `plan` of a dry run's report, 64 of 0-9 a-f");
    }
}
