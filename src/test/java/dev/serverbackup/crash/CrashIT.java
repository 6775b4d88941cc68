package dev.serverbackup.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.AotCache;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.runtime.FunctionVariables;
import dev.serverbackup.wire.Cut.Where;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The function's process is killed (SIGKILL) before its first call reaches the service, and after each that changes
 * something was answered and before the answer arrives: what it leaves behind is what the services have done. Then the
 * same event is delivered again.
 *
 * <p>For 2 targets at every such point, for 20 at every ninth of them. With {@code -Dcrash.all=true} at each call, of
 * whatever kind, before and after.
 */
class CrashIT {
    private static final boolean ALL = Boolean.getBoolean("crash.all");
    private static final List<String> READS = List.of("BatchGet", "Describe", "Get", "Query");
    private static final int AHEAD = 2;
    private static final int SAMPLED = 9;

    private static Crashes crashes;
    /** Started ahead of time, so that their start is not waited for. */
    private static final Deque<WiredFunction> READY = new ArrayDeque<>();

    private static AotCache cache;

    @BeforeAll
    static void start() throws Exception {
        FunctionProcess.assumeRuntimeRunsHere();
        crashes = new Crashes(20);
        cache = AotCache.trained(FunctionVariables.of(crashes.cloud()), Crashes.event("training", 2));
    }

    @AfterAll
    static void stop() throws Exception {
        for (WiredFunction function : READY) {
            function.close();
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
        return killed(20, ALL ? 1 : SAMPLED);
    }

    private static Stream<DynamicTest> killed(int servers, int every) throws Exception {
        List<String> calls = undisturbed(servers);
        List<DynamicTest> all = IntStream.rangeClosed(1, calls.size())
                .boxed()
                .flatMap(nth -> Stream.of(Where.BEFORE_THE_SERVICE, Where.BEFORE_THE_ANSWER)
                        .filter(where -> ALL || leavesSomethingElse(calls.get(nth - 1), nth, where))
                        .map(where -> DynamicTest.dynamicTest(
                                "%d (%s), %s".formatted(nth, calls.get(nth - 1), where),
                                () -> killedAt(servers, nth, where))))
                .toList();
        return IntStream.iterate(every - 1, at -> at < all.size(), at -> at + every)
                .mapToObj(all::get);
    }

    /** Than the point before it. */
    private static boolean leavesSomethingElse(String call, int nth, Where where) {
        return where == Where.BEFORE_THE_SERVICE ? nth == 1 : READS.stream().noneMatch(call::startsWith);
    }

    private static WiredFunction ready() throws Exception {
        while (READY.size() <= AHEAD) {
            READY.add(WiredFunction.start(crashes.cloud(), cache));
        }
        return READY.remove();
    }

    private static List<String> undisturbed(int servers) throws Exception {
        String requestId = "undisturbed-" + servers;
        try (var function = ready()) {
            List<String> calls = function.callsOf(Crashes.event(requestId, servers));
            crashes.deliverAgainAndCompare(requestId, servers);
            return calls;
        }
    }

    private static void killedAt(int servers, int nth, Where where) throws Exception {
        String requestId = "killed-%d-%d-%s".formatted(servers, nth, where);
        try (var function = ready()) {
            var answer = function.invokeAndKill(Crashes.event(requestId, servers), nth, where);

            assertThat(answer).isInstanceOf(Answer.Exited.class);
            crashes.deliverAgainAndCompare(requestId, servers);
        }
    }
}
