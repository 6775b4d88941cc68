package dev.serverbackup.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.wire.Cut.Where;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One connection is lost at each of the function's calls: with the request, with the answer, or after the answer, when
 * it was kept for the next call. The process goes on. Then the same event is delivered again.
 */
class LostConnectionIT {
    private static final int SERVERS = 2;

    private static Crashes crashes;
    private static WiredFunction function;

    @BeforeAll
    static void start() throws Exception {
        FunctionProcess.assumeRuntimeRunsHere();
        crashes = new Crashes(SERVERS);
        function = WiredFunction.start(crashes.cloud());
    }

    @AfterAll
    static void stop() throws Exception {
        if (function != null) {
            function.close();
        }
        if (crashes != null) {
            crashes.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> two_targets_have_one_backup_each_whichever_connection_is_lost() throws Exception {
        String requestId = "kept";
        List<String> calls = function.callsOf(Crashes.event(requestId, SERVERS));
        crashes.deliverAgainAndCompare(requestId, SERVERS);
        return IntStream.rangeClosed(1, calls.size())
                .boxed()
                .flatMap(nth -> Stream.of(Where.values())
                        .map(where -> DynamicTest.dynamicTest(
                                "%d (%s), %s".formatted(nth, calls.get(nth - 1), where), () -> lostAt(nth, where))));
    }

    /** A single loss never fails the invocation: it is repeated where that is harmless, and else the entry waits. */
    private static void lostAt(int nth, Where where) throws Exception {
        String requestId = "lost-%d-%s".formatted(nth, where);

        var answer = function.invokeAndCut(Crashes.event(requestId, SERVERS), nth, where);

        assertThat(answer).isInstanceOf(Answer.Result.class);
        crashes.deliverAgainAndCompare(requestId, SERVERS);
    }
}
