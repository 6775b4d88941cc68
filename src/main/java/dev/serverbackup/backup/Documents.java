package dev.serverbackup.backup;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Systems Manager documents that may be run, each pinned. No other document is sent to a server.
 *
 * @param backup backs a server up, by the engine that its parameter {@code engine} names
 * @param deletion deletes an artefact
 * @param defaultEngine the engine of a server without an engine tag; if it is empty, such a server is refused
 */
public record Documents(DocumentReference backup, DocumentReference deletion, Optional<BackupEngine> defaultEngine) {
    /** The tag with a server's engine. */
    public static final String ENGINE_TAG = "BackupEngine";

    /** The tag with the script that makes a server's backup, if its engine runs one. */
    public static final String SCRIPT_TAG = "BackupScript";

    /**
     * A pinned document: Systems Manager refuses another version or content under the same name.
     *
     * @param name of 3 to 128 letters, digits and {@code _-./:}, or its ARN (Systems Manager API, {@code DocumentName})
     * @param version empty if the hash pins it
     * @param sha256 of its content, in hexadecimal; empty if the version pins it
     */
    public record DocumentReference(String name, Optional<String> version, Optional<String> sha256) {
        private static final Pattern FORM =
                Pattern.compile("([a-zA-Z0-9_\\-./:]{3,128}?)(?::([0-9]{1,9})|@([0-9a-fA-F]{64}))");

        /**
         * Reads {@code NAME:VERSION} or {@code NAME@SHA256}.
         *
         * @throws IllegalArgumentException that says what is wrong, and what is allowed
         */
        public static DocumentReference parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException(
                        "a document is pinned as NAME:VERSION or NAME@SHA256, not \"" + text + "\"");
            }
            return new DocumentReference(
                    form.group(1), Optional.ofNullable(form.group(2)), Optional.ofNullable(form.group(3)));
        }
    }

    /**
     * The engine that backs a server up.
     *
     * @param tag the value of the server's tag; empty if it has none
     * @return empty if the tag names no engine, or if there is no tag and no default
     */
    public Optional<BackupEngine> engine(Optional<String> tag) {
        return tag.isPresent() ? BackupEngine.of(tag.get()) : defaultEngine;
    }
}
