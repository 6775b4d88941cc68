package dev.serverbackup.backup.aws;

import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupResult.Doubtful;
import dev.serverbackup.backup.BackupResult.Refused;
import dev.serverbackup.backup.BackupResult.Started;
import dev.serverbackup.backup.ErrorType;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each call that starts a backup keeps to on the wire: only a typed answer, or the lack of any connection, proves
 * that it did nothing, and nothing but throttling repeats it.
 */
public abstract class SendingContract {
    protected static final Instant SOON = TWO_O_CLOCK.plusSeconds(60);
    protected static final Duration PATIENCE = Duration.ofSeconds(15);

    protected final StubHttp http = new StubHttp();
    protected final ManualClock clock = new ManualClock(TWO_O_CLOCK);

    /** What is sent. */
    protected abstract String operation();

    /** What of its answer tells that it was taken. */
    protected abstract String member();

    /** Asks for a backup of a server for which nothing speaks against it, to be sent before {@link #SOON}. */
    protected abstract BackupResult create(InstantSource theirs, Duration callTimeout);

    protected BackupResult create() {
        return create(clock, PATIENCE);
    }

    private void assertSentOnceInDoubt(ErrorType type) {
        assertThat(doubt(create()).type()).isEqualTo(type);
        assertThat(http.transmitted(operation())).isOne();
    }

    private static BackupError doubt(BackupResult result) {
        assertThat(result).isInstanceOf(Doubtful.class);
        BackupError error = ((Doubtful) result).error();
        assertThat(error.effectUnknown()).isTrue();
        return error;
    }

    /** To be tried again, with no doubt. */
    protected static void assertNotSent(BackupResult result) {
        assertThat(result).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.error().type()).isEqualTo(ErrorType.NOT_SENT);
            assertThat(refused.error().effectUnknown()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidStateException",
        "409, InvalidStateException",
        "400, LimitExceededException",
        "400, ValidationException",
        "403, AccessDeniedException",
        "403, UnrecognizedClientException",
        "400, RequestExpired",
        "413, RequestEntityTooLargeException"
    })
    void a_typed_4xx_is_a_refusal_and_is_not_sent_again(int status, String type) {
        http.typed(operation(), status, type);

        assertThat(create())
                .isEqualTo(new Refused(new BackupError(
                        new ErrorType(type), "because", Optional.of(status), Optional.of("request-1"), false)));
        assertThat(http.transmitted(operation())).isOne();
    }

    /** Whatever it calls itself: a throttled 5xx proves nothing either. */
    @ParameterizedTest
    @CsvSource({
        "500, InternalFailure",
        "502, InternalFailure",
        "599, InternalFailure",
        "500, ThrottlingException",
        "503, SlowDown",
        "503, PriorRequestNotComplete"
    })
    void a_5xx_is_doubt_and_is_not_sent_again(int status, String type) {
        http.typed(operation(), status, type);

        assertSentOnceInDoubt(ErrorType.SERVICE_UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"408, RequestTimeout", "408, ''", "400, RequestTimeoutException", "400, RequestTimeout", "408, Other"})
    void a_request_that_timed_out_at_the_service_is_doubt_and_is_not_sent_again(int status, String type) {
        http.typed(operation(), status, type);

        assertSentOnceInDoubt(ErrorType.NO_ANSWER);
    }

    @ParameterizedTest
    @CsvSource({"400, {}", "403, <html>Forbidden</html>", "404, ''", "301, {}", "400, '{\"__type\":\" \"}'"})
    void an_answer_without_a_type_is_doubt(int status, String body) {
        http.once(operation(), status, body);

        assertSentOnceInDoubt(ErrorType.NO_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"%s\":{}}", "{\"%s\":null}", "<html>", "{\"%s\":", "[]"})
    void a_200_that_does_not_tell_what_was_started_is_doubt(String body) {
        http.once(operation(), 200, body.formatted(member()));

        assertSentOnceInDoubt(ErrorType.NO_ANSWER);
    }

    @Test
    void a_lost_connection_is_doubt_and_is_not_sent_again() {
        http.lost(operation());

        assertThat(doubt(create()).message()).contains("connection reset");
        assertThat(http.transmitted(operation())).isOne();
    }

    @Test
    void a_call_that_outlasts_its_timeout_is_doubt_and_leaves_no_interrupt_behind() {
        http.never(operation());

        assertThat(doubt(create(clock, Duration.ofSeconds(2))).type()).isEqualTo(ErrorType.NO_ANSWER);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(http.transmitted(operation())).isOne();
    }

    @Test
    void without_a_connection_nothing_is_sent() {
        http.fail(operation(), new ConnectException("Connection refused"));
        assertNotSent(create());

        http.fail(operation(), new UnknownHostException("ssm.eu-west-1.amazonaws.com"));
        assertNotSent(create());
    }

    @Test
    void a_throttled_call_is_sent_again() {
        http.typed(operation(), 400, "ThrottlingException").typed(operation(), 429, "TooManyRequestsException");

        assertThat(create()).isInstanceOf(Started.class);
        assertThat(http.transmitted(operation())).isEqualTo(3);
    }

    @Test
    void a_connection_that_breaks_after_throttling_is_doubt() {
        IOException reset = new SocketException("Connection reset");
        http.typed(operation(), 400, "ThrottlingException").fail(operation(), reset);

        doubt(create());
        assertThat(http.transmitted(operation())).isEqualTo(2);
    }

    @Test
    void when_it_is_too_late_nothing_is_transmitted() {
        clock.move(Duration.ofSeconds(60));

        assertThat(create()).isEqualTo(new BackupResult.NotSent());
        assertThat(http.transmitted(operation())).isZero();
    }

    @Test
    void every_transmission_looks_at_the_clock() {
        http.typed(operation(), 400, "ThrottlingException");
        InstantSource leaping = () -> http.transmitted(operation()) > 0 ? SOON : TWO_O_CLOCK;

        assertThat(create(leaping, PATIENCE)).isEqualTo(new BackupResult.NotSent());
        assertThat(http.transmitted(operation())).isOne();
    }
}
