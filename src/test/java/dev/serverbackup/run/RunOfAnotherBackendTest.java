package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run that was begun with the backend that this stack had before. */
class RunOfAnotherBackendTest {
    @Test
    void a_later_delivery_of_it_is_refused() {
        Scene scene = Scene.of(ALPHA);
        scene.table.open(like(run(ALPHA), BackupBackend.SYSTEMS_MANAGER, TWO_O_CLOCK));

        assertThatThrownBy(scene::deliver)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "detail.requestId: run nightly was begun with the backend systems-manager, and this stack now"
                            + " has opsworks-cm, which knows nothing of that run's backups; nothing was called or"
                            + " written. Ask again under a new requestId, or deploy with the run's backend to let it"
                            + " be finished");

        assertThat(scene.table.entries(NIGHTLY)).isEqualTo(List.of());
        assertThat(scene.service.sent()).isEmpty();
    }
}
