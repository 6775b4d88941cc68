package dev.serverbackup.backup.aws;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;

/** Goes through the pages of the SDK's paginators, which themselves go on for as long as a service offers more. */
public final class Pages {
    /** Far beyond any listing that is asked for here: more is a listing that does not end. */
    private static final int MOST = 1_000;

    private Pages() {}

    /**
     * Shows each page.
     *
     * @param nextToken of a page; null or empty where it is the last
     * @param turn is asked before each page is fetched; false ends it
     * @return whether all pages were shown
     * @throws IllegalArgumentException if a page is offered twice, or there is no end
     */
    public static <P> boolean each(
            SdkIterable<P> pages, Function<P, String> nextToken, BooleanSupplier turn, Consumer<P> shown) {
        Set<String> offered = new HashSet<>();
        Iterator<P> left = pages.iterator();
        for (int page = 0; page < MOST; page++) {
            if (!left.hasNext()) {
                return true;
            }
            if (!turn.getAsBoolean()) {
                return false;
            }
            P answer = left.next();
            shown.accept(answer);
            String next = nextToken.apply(answer);
            if (next != null && !next.isEmpty() && !offered.add(next)) {
                throw new IllegalArgumentException("the same page was offered twice");
            }
        }
        if (left.hasNext()) {
            throw new IllegalArgumentException("no end after " + MOST + " pages");
        }
        return true;
    }
}
