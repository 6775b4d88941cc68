package dev.serverbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serverbackup.request.ServerName;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final Server ALPHA = Server.named(new ServerName("alpha"));
    private static final Server BRAVO = Server.named(new ServerName("bravo"));

    @Test
    void servers_stand_in_the_order_of_their_names() {
        assertThat(new Targets(List.of(BRAVO, ALPHA), List.of(), List.of()).servers())
                .containsExactly(ALPHA, BRAVO);
    }

    @Test
    void a_server_is_a_target_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Targets(List.of(ALPHA, BRAVO, ALPHA), List.of(), List.of()));
    }

    @Test
    void what_is_not_a_target_is_fit_to_be_shown() {
        assertThat(new SkippedResource("a\nb", "not a server").resource()).isEqualTo("a\\u000Ab");
        assertThat(new SkippedResource("x".repeat(1_000), "not a server").resource())
                .hasSize(200)
                .endsWith("x…");
    }
}
