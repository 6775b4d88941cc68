package dev.serverbackup.request;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the known name that a mistyped one probably stands for. */
public final class Closest {
    private Closest() {}

    /** The known name with the smallest distance to the given one, if at most a third of it differs. */
    public static Optional<String> to(String given, List<String> known) {
        return known.stream()
                .filter(name -> Math.abs(name.length() - given.length()) <= tolerance(name))
                .filter(name -> distance(given, name) <= tolerance(name))
                .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    private static int tolerance(String name) {
        return Math.max(1, name.length() / 3);
    }

    /**
     * The number of insertions, deletions, replacements and transpositions between two words, ignoring case
     * (Damerau-Levenshtein distance).
     */
    private static int distance(String given, String name) {
        int[][] distance = new int[given.length() + 1][name.length() + 1];
        for (int i = 0; i <= given.length(); i++) {
            for (int j = 0; j <= name.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : cheapest(distance, given, i, name, j);
            }
        }
        return distance[given.length()][name.length()];
    }

    private static int cheapest(int[][] distance, String given, int i, String name, int j) {
        int replaced = distance[i - 1][j - 1] + (same(given.charAt(i - 1), name.charAt(j - 1)) ? 0 : 1);
        int least = Math.min(replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean exchanged = i > 1
                && j > 1
                && same(given.charAt(i - 1), name.charAt(j - 2))
                && same(given.charAt(i - 2), name.charAt(j - 1));
        return exchanged ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
    }

    private static boolean same(char one, char other) {
        return Character.toLowerCase(one) == Character.toLowerCase(other);
    }
}
