package dev.serverbackup.request;

import java.math.BigInteger;
import java.util.Optional;

/** Checks of values beyond their type. Each failure is an {@link InvalidRequestException} that names the path. */
final class Checked {
    private Checked() {}

    /** A string that is not empty and can be encoded in UTF-8; empty if there is none. */
    static Optional<String> text(String path, String given) {
        if (given == null) {
            return Optional.empty();
        }
        if (given.isEmpty()) {
            throw new InvalidRequestException(path, "is empty, but must be a string of at least one character");
        }
        if (SafeText.hasLoneSurrogate(given)) {
            throw new InvalidRequestException(
                    path, "is not Unicode text: half of a surrogate pair stands alone in " + SafeText.quoted(given));
        }
        return Optional.of(given);
    }

    /** A whole number from 1; empty if there is none. */
    static Optional<Integer> integer(String path, BigInteger given, int most) {
        if (given == null) {
            return Optional.empty();
        }
        if (given.signum() < 1 || given.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new InvalidRequestException(
                    path, "is " + SafeText.shown(given.toString(), 60) + ", but must be an integer from 1 to " + most);
        }
        return Optional.of(given.intValue());
    }

    static void size(String path, int given, int most, String what) {
        if (given > most) {
            throw new InvalidRequestException(path, "has " + given + " " + what + ", but may have at most " + most);
        }
    }
}
