package dev.serverbackup.local.people;

import java.util.List;
import java.util.stream.Collectors;

/** Nothing was asked, or several things at once. */
final class UnclearException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnclearException(List<String> given) {
        super(
                given.isEmpty()
                        ? "Nothing was asked."
                        : "One question at a time, not "
                                + given.stream().map(name -> "-D" + name).collect(Collectors.joining(", ")) + ".");
    }
}
