package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.audit.AuditRepository.Oversize;
import dev.serverbackup.request.InvalidRequestException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that can't be recorded is refused before anything is written or called. */
class OversizeRunTest {
    private static final Oversize RUN = new Oversize(
            Optional.empty(),
            431_022,
            409_600,
            new TreeMap<>(Map.of("targets", 330_012L, "request", 79_900L, "selector", 20_000L)));

    private final Scene scene = Scene.of(ALPHA, BRAVO);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_request_whose_row_would_be_too_large_is_refused_with_what_it_takes(boolean dryRun) {
        scene.audit.tooLarge(RUN);

        assertThatThrownBy(() -> scene.deliver(request(NIGHTLY, "before release 4711", dryRun, 1_000)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "detail: the row of this run in the audit table would take 431,022 bytes, and at most 409,600"
                            + " are allowed: `selector` and `description` as sent and as resolved take 99,900 of them,"
                            + " the names and ARNs of 2 targets 330,012; nothing was called or written. Say less, or"
                            + " ask for fewer servers at once");

        assertThat(scene.table.run(NIGHTLY)).isEmpty();
        assertThat(scene.service.servers().all()).isEmpty();
    }

    @Test
    void a_server_whose_row_would_be_too_large_is_named() {
        scene.audit.tooLarge(
                new Oversize(Optional.of(BRAVO.name()), 409_700, 409_600, new TreeMap<>(Map.of("tags", 327_000L))));

        assertThatThrownBy(scene::deliver)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("detail: `selector` finds the server bravo, whose row in the audit table would take 409,700"
                        + " bytes, and at most 409,600 are allowed: its tags take 327,000 of them; nothing was"
                        + " called or written. Remove some of its tags, or leave it out");

        assertThat(scene.table.run(NIGHTLY)).isEmpty();
    }
}
