package dev.serverbackup.server;

import java.util.List;

/**
 * The beginning of a list, and the length the length of the whole list, so that what is reported and stored has a
 * limit.
 *
 * @param count the length of the whole list
 * @param first at most {@link #MOST} elements
 */
public record Excerpt<T>(int count, List<T> first) {
    /** The most elements that are kept. */
    public static final int MOST = 100;

    /** @throws IllegalArgumentException if there are more elements than {@link #MOST} or than counted */
    public Excerpt {
        first = List.copyOf(first);
        if (first.size() > Math.min(count, MOST)) {
            throw new IllegalArgumentException("an excerpt has at most " + MOST + " elements, all of them counted");
        }
    }

    public static <T> Excerpt<T> of(List<T> whole) {
        return new Excerpt<>(whole.size(), whole.subList(0, Math.min(whole.size(), MOST)));
    }
}
