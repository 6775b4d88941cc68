package dev.serverbackup.backup.aws;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;

/**
 * Reads the pages of an SDK paginator. A paginator itself continues as long as the service returns a next token; this
 * one detects a listing that does not end.
 */
public final class Pages {
    /** Far beyond any listing that is read here. */
    private static final int MOST = 1_000;

    private Pages() {}

    /**
     * Passes each page to {@code shown}.
     *
     * @param nextToken of a page; null or empty if it is the last
     * @param permit is called before each page is fetched; false ends the listing
     * @return whether all pages were read
     * @throws IllegalArgumentException if a page is offered twice, or there is no end
     */
    public static <P> boolean each(
            SdkIterable<P> pages, Function<P, String> nextToken, BooleanSupplier permit, Consumer<P> shown) {
        Set<String> offered = new HashSet<>();
        Iterator<P> left = pages.iterator();
        for (int page = 0; left.hasNext(); page++) {
            if (page == MOST) {
                throw new IllegalArgumentException("the listing did not end after " + MOST + " pages");
            }
            if (!permit.getAsBoolean()) {
                return false;
            }
            P answer = left.next();
            shown.accept(answer);
            String next = nextToken.apply(answer);
            if (next != null && !next.isEmpty() && !offered.add(next)) {
                throw new IllegalArgumentException("the service returned the same page twice");
            }
        }
        return true;
    }
}
