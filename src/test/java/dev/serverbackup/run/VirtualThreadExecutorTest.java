package dev.serverbackup.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class VirtualThreadExecutorTest {
    private static final List<Integer> NINE = IntStream.range(0, 9).boxed().toList();

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void results_of_steps_on_virtual_threads_come_in_the_order_given() {
        assertThat(new VirtualThreadExecutor(4)
                        .each(NINE, i -> Thread.currentThread().isVirtual() ? i * 10 : -1))
                .isEqualTo(NINE.stream().map(i -> i * 10).toList());
    }

    @Test
    void as_many_as_allowed_are_under_way_at_once_and_never_more() {
        CountDownLatch threeTogether = new CountDownLatch(3);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        new VirtualThreadExecutor(3).each(NINE, i -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            threeTogether.countDown();
            await(threeTogether);
            underWay.decrementAndGet();
            return i;
        });

        assertThat(most).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void it_returns_only_when_all_have_ended_even_if_interrupted(boolean interrupted) throws Exception {
        CountDownLatch lastBegun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger endedAtReturn = new AtomicInteger();
        Thread caller = Thread.startVirtualThread(() -> {
            new VirtualThreadExecutor(2).each(List.of(1, 2), i -> {
                lastBegun.countDown();
                uninterrupted(goOn);
                ended.incrementAndGet();
                return i;
            });
            endedAtReturn.set(ended.get());
        });
        await(lastBegun);
        if (interrupted) {
            caller.interrupt();
        }
        goOn.countDown();
        caller.join();

        assertThat(endedAtReturn).hasValue(2);
    }

    private static void uninterrupted(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException _) {
                // It goes on waiting.
            }
        }
    }

    @Test
    void a_failure_stops_no_other_step_and_is_thrown_at_the_end_with_the_rest() {
        AtomicInteger ended = new AtomicInteger();

        Throwable thrown = catchThrowable(() -> new VirtualThreadExecutor(2).each(NINE, i -> {
            ended.incrementAndGet();
            if (i % 3 == 0) {
                throw new StackOverflowError("step " + i);
            }
            return i;
        }));

        assertThat(ended).hasValue(9);
        assertThat(thrown).isInstanceOf(StackOverflowError.class).hasMessageMatching("step [036]");
        assertThat(thrown.getSuppressed()).hasSize(2).allMatch(StackOverflowError.class::isInstance);
    }

    @Test
    void one_failure_thrown_by_two_steps_is_thrown() {
        IllegalStateException same = new IllegalStateException("the same");

        assertThatThrownBy(() -> new VirtualThreadExecutor(2).each(NINE, _ -> {
                    throw same;
                }))
                .isSameAs(same);
    }

    @Test
    void without_a_worker_nothing_would_be_done_so_there_is_at_least_one() {
        assertThatThrownBy(() -> new VirtualThreadExecutor(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
