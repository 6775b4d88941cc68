package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

/** What people are shown: it stays on its line, reads in one direction and has an end. */
public final class Legible {
    private Legible() {}

    /** That nothing of {@code text} breaks a line, turns its direction, hides, or has no UTF-8 form. */
    public static void assertLegible(String text, int atMost) {
        assertThat(text).hasSizeLessThanOrEqualTo(atMost);
        assertThat(text.codePoints().filter(Legible::misleads).mapToObj(Integer::toHexString))
                .as("characters of %s that mislead", text)
                .isEmpty();
    }

    private static boolean misleads(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
