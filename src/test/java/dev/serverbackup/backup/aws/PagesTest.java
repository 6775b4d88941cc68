package dev.serverbackup.backup.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;

/** A page is its next token here. */
class PagesTest {
    private final List<String> shown = new ArrayList<>();
    private final AtomicInteger fetched = new AtomicInteger();

    private boolean each(Stream<String> pages, AtomicInteger turns) {
        Iterator<String> counted = pages.peek(_ -> fetched.incrementAndGet()).iterator();
        SdkIterable<String> iterable = () -> counted;
        return Pages.each(iterable, page -> page, () -> turns.getAndDecrement() > 0, shown::add);
    }

    private boolean each(Stream<String> pages) {
        return each(pages, new AtomicInteger(Integer.MAX_VALUE));
    }

    @Test
    void every_page_is_shown() {
        assertThat(each(Stream.of("more", "still more", ""))).isTrue();

        assertThat(shown).containsExactly("more", "still more", "");
    }

    @Test
    void without_a_turn_it_ends_before_the_end() {
        assertThat(each(Stream.of("more", "still more", ""), new AtomicInteger(1)))
                .isFalse();

        assertThat(shown).containsExactly("more");
    }

    @Test
    void a_page_that_is_offered_twice_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> each(Stream.of("a", "b", "a", "b")))
                .withMessage("the service returned the same page twice");
    }

    @Test
    void a_listing_that_does_not_end_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> each(IntStream.iterate(1, i -> i + 1).mapToObj(Integer::toString)))
                .withMessage("the listing did not end after 1000 pages");
        assertThat(shown).hasSize(1_000);
    }
}
