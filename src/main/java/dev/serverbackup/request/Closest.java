package dev.serverbackup.request;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class Closest {
    private Closest() {}

    /** The known name that is nearest to the given one, if at most a third of it is mistyped. */
    static Optional<String> to(String given, List<String> known) {
        return known.stream()
                .filter(name -> Math.abs(name.length() - given.length()) <= tolerance(name))
                .filter(name -> distance(given, name) <= tolerance(name))
                .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    private static int tolerance(String name) {
        return Math.max(1, name.length() / 3);
    }

    /** Insertions, deletions and replacements between two words, upper and lower case being one (Levenshtein). */
    private static int distance(String given, String name) {
        int[] previous = new int[name.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= given.length(); i++) {
            int[] current = new int[previous.length];
            current[0] = i;
            for (int j = 1; j < current.length; j++) {
                int replaced = previous[j - 1] + (same(given.charAt(i - 1), name.charAt(j - 1)) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[name.length()];
    }

    private static boolean same(char one, char other) {
        return Character.toLowerCase(one) == Character.toLowerCase(other);
    }
}
