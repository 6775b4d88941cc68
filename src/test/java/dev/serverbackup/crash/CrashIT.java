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
 * The function's process is killed (SIGKILL) at each of its calls: after it was sent and before it reaches the service,
 * and after the service answered and before the answer arrives. Then the same event is delivered again.
 *
 * <p>For 2 targets at every such point. For 20 at every eleventh of them, and with {@code -Dcrash.all=true} at
 * every one.
 */
class CrashIT {
    private static final int SAMPLED = 11;

    private static Crashes crashes;
    private static ReadyFunctions functions;

    @BeforeAll
    static void start() throws Exception {
        FunctionProcess.assumeRuntimeRunsHere();
        crashes = new Crashes(20);
        functions = new ReadyFunctions(crashes.cloud(), Crashes.event("training", 2));
    }

    @AfterAll
    static void stop() throws Exception {
        if (functions != null) {
            functions.close();
        }
        if (crashes != null) {
            crashes.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> two_targets_have_one_backup_each_wherever_the_process_is_killed() throws Exception {
        return killed(2, 1);
    }

    @TestFactory
    Stream<DynamicTest> twenty_targets_have_one_backup_each_wherever_the_process_is_killed() throws Exception {
        return killed(20, Boolean.getBoolean("crash.all") ? 1 : SAMPLED);
    }

    private static Stream<DynamicTest> killed(int servers, int every) throws Exception {
        List<String> calls = undisturbed(servers);
        List<DynamicTest> all = IntStream.rangeClosed(1, calls.size())
                .boxed()
                .flatMap(nth -> Stream.of(Where.BEFORE_THE_SERVICE, Where.BEFORE_THE_ANSWER)
                        .map(where -> DynamicTest.dynamicTest(
                                "%d (%s), %s".formatted(nth, calls.get(nth - 1), where),
                                () -> killedAt(servers, nth, where))))
                .toList();
        return IntStream.iterate(every - 1, at -> at < all.size(), at -> at + every)
                .mapToObj(all::get);
    }

    private static List<String> undisturbed(int servers) throws Exception {
        String requestId = "undisturbed-" + servers;
        try (var function = functions.next()) {
            List<String> calls = function.callsOf(Crashes.event(requestId, servers));
            crashes.deliverAgainAndCompare(requestId, servers);
            return calls;
        }
    }

    private static void killedAt(int servers, int nth, Where where) throws Exception {
        String requestId = "killed-%d-%d-%s".formatted(servers, nth, where);
        try (var function = functions.next()) {
            var answer = function.invokeAndKill(Crashes.event(requestId, servers), nth, where);

            assertThat(answer).isInstanceOf(Answer.Exited.class);
            crashes.deliverAgainAndCompare(requestId, servers);
        }
    }
}
