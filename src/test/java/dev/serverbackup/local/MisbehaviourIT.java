package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.http.Pause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.model.OpsWorksCmException;

/** What the real SDK client makes of each fault, and that it sends nothing twice by itself. */
class MisbehaviourIT {

    private static final CallPattern CREATE = CallPattern.of("CreateBackup");

    private final LocalAws aws =
            LocalAws.started(Fleet.of(FleetServer.named("alpha"), FleetServer.named("bravo")), InstantSource.system());
    private final OpsWorksCmClient client = Clients.opsWorksCm(aws.endpoint());

    @BeforeEach
    void warmUpTheConnection() {
        client.describeServers();
    }

    @AfterEach
    void stop() {
        client.close();
        aws.close();
    }

    @Test
    void a_lost_request_is_a_client_error_without_effect() {
        aws.faults().next(1, CREATE, new Fault.LoseRequest());

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::backUpAlpha);
        assertThat(aws.backups()).isEmpty();
        assertThat(aws.calls().matching(CREATE)).hasSize(1);
    }

    @Test
    void a_lost_answer_is_a_client_error_with_the_effect() {
        aws.faults().next(1, CREATE, new Fault.LoseAnswer());

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::backUpAlpha);
        assertThat(aws.backups("alpha")).hasSize(1);
        assertThat(aws.calls().matching(CREATE)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_503_comes_with_or_without_the_effect(boolean effect) {
        aws.faults().next(1, CREATE, effect ? Fault.unavailableAfterEffect() : Fault.unavailable());

        assertThatExceptionOfType(OpsWorksCmException.class)
                .isThrownBy(this::backUpAlpha)
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(503));
        assertThat(aws.backups("alpha")).hasSize(effect ? 1 : 0);
    }

    @Test
    void an_unreadable_answer_is_an_error_with_the_effect() {
        aws.faults().next(1, CREATE, new Fault.Unreadable());

        assertThatExceptionOfType(SdkException.class).isThrownBy(this::backUpAlpha);
        assertThat(aws.backups("alpha")).hasSize(1);
    }

    @Test
    void a_request_held_up_beyond_the_clients_patience_takes_effect_later() throws Exception {
        var released = new CountDownLatch(1);
        aws.faults().next(1, CREATE, new Fault.HoldRequest(Pause.until(released)));

        assertThatExceptionOfType(SdkException.class)
                .isThrownBy(() -> client.createBackup(backup -> backup.serverName("alpha")
                        .overrideConfiguration(patience -> patience.apiCallTimeout(Duration.ofMillis(200)))));
        assertThat(aws.backups()).isEmpty();

        released.countDown();
        aws.calls().awaitEnded(1, CREATE, Duration.ofSeconds(10));
        assertThat(aws.backups("alpha")).hasSize(1);
    }

    @Test
    void a_slow_answer_comes_in_the_end() {
        aws.faults().next(1, CREATE, Fault.slow(Duration.ofMillis(50)));

        backUpAlpha();
        assertThat(aws.backups("alpha")).hasSize(1);
    }

    @Test
    void only_the_calls_meant_go_wrong() {
        aws.faults().always(CREATE.to("bravo"), Fault.throttled());

        backUpAlpha();
        assertThatExceptionOfType(OpsWorksCmException.class)
                .isThrownBy(() -> client.createBackup(backup -> backup.serverName("bravo")))
                .satisfies(
                        refused -> assertThat(refused.isThrottlingException()).isTrue());
    }

    private void backUpAlpha() {
        client.createBackup(backup -> backup.serverName("alpha"));
    }
}
