package dev.serverbackup.backup;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Systems Manager documents that may be run, each pinned: nothing else is ever sent to a server.
 *
 * @param engines what backs a server up, by the name of its engine; at least one
 * @param defaultEngine of a server whose tag names none; without it such a server is refused
 * @param deletion what deletes an artefact
 */
public record Documents(NavigableMap<String, Pin> engines, Optional<String> defaultEngine, Pin deletion) {
    /** The tag by which a server names its engine. */
    public static final String ENGINE_TAG = "BackupEngine";

    /** The tag by which a server names the script that makes its backup, where its document runs one. */
    public static final String SCRIPT_TAG = "BackupScript";

    /** What the setting looks like, in words for people. */
    public static final String ALLOWED =
            "ENGINE=DOCUMENT:VERSION or ENGINE=DOCUMENT@SHA256, by commas, one of the engines called delete";

    private static final String DELETE = "delete";

    /** @throws IllegalArgumentException if there is no engine, or the default is none of them */
    public Documents {
        engines = Collections.unmodifiableNavigableMap(new TreeMap<>(engines));
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("there is no document that backs a server up: " + ALLOWED);
        }
        if (defaultEngine.isPresent() && !engines.containsKey(defaultEngine.get())) {
            throw new IllegalArgumentException(
                    "the default engine is one of %s, not \"%s\"".formatted(engines.keySet(), defaultEngine.get()));
        }
    }

    /**
     * A document, so that another one of its name is refused.
     *
     * @param name of 3 to 128 letters, digits and {@code _-./:}, or its ARN (Systems Manager API, {@code DocumentName})
     * @param version empty where the hash pins it
     * @param sha256 of its content, in hexadecimal; empty where the version pins it
     */
    public record Pin(String name, Optional<String> version, Optional<String> sha256) {
        private static final Pattern FORM =
                Pattern.compile("([a-zA-Z0-9_\\-./:]{3,128}?)(?::([0-9]{1,9})|@([0-9a-fA-F]{64}))");

        static Pin parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException(
                        "a document is pinned as NAME:VERSION or NAME@SHA256, not \"" + text + "\"");
            }
            return new Pin(form.group(1), Optional.ofNullable(form.group(2)), Optional.ofNullable(form.group(3)));
        }
    }

    /**
     * Reads what {@link #ALLOWED} says.
     *
     * @throws IllegalArgumentException that says what is wrong, and what is allowed
     */
    public static Documents parse(String text, Optional<String> defaultEngine) {
        TreeMap<String, Pin> pins = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1 || pins.containsKey(part.substring(0, equals).strip())) {
                throw new IllegalArgumentException(ALLOWED + ", each engine once; not \"" + part.strip() + "\"");
            }
            pins.put(
                    part.substring(0, equals).strip(),
                    Pin.parse(part.substring(equals + 1).strip()));
        }
        Pin deletion = pins.remove(DELETE);
        if (deletion == null) {
            throw new IllegalArgumentException("there is no document called delete: " + ALLOWED);
        }
        return new Documents(pins, defaultEngine, deletion);
    }

    /** What backs servers up, each document once. */
    public SortedSet<String> names() {
        return engines.values().stream().map(Pin::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What backs a server of that engine up; nothing where the engine has no document. */
    public Optional<Pin> backing(Optional<String> engine) {
        return engine.or(() -> defaultEngine).map(engines::get);
    }
}
