package dev.serverbackup.shrink;

import java.lang.classfile.ClassFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which classes of the libraries that may shrink are reached. A class is reached if one that stays mentions it, in
 * whatever way: also in a string, and a resource in a line; with all its members, but for a client's operations ({@link
 * Operations}), and the other services of the SDK's table ({@link Services}).
 */
final class Reach {
    private static final String CLASS = ".class";

    private final Operations operations;
    private final Services services;
    private final Map<String, byte[]> shrinking = new HashMap<>();
    private final Set<String> reached = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> mentionedByWhole = new HashSet<>();
    private final Set<String> called = new HashSet<>();

    /** @param jars all of the runtime scope */
    Reach(List<Path> jars) {
        ClassFile classFile = Writer.classFile(jars);
        operations = new Operations(classFile);
        services = new Services(classFile);
    }

    /** These stay only if they are reached; what isn't a class stays. */
    void mayShrink(Map<String, byte[]> entries) {
        entries.forEach((name, content) -> {
            if (name.endsWith(CLASS)) {
                shrinking.put(name.substring(0, name.length() - CLASS.length()), content);
            }
        });
    }

    /** These stay as they are. */
    void wholeAre(Map<String, byte[]> entries) {
        entries.forEach((name, content) -> {
            if (name.endsWith(CLASS)) {
                Mentions mentions = Mentions.of(content);
                mentionedByWhole.addAll(mentions.classes());
                called.addAll(mentions.methods());
            } else {
                new String(content, StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.strip().replace('.', '/'))
                        .forEach(mentionedByWhole::add);
            }
        });
    }

    /** Finds what is reached, when all libraries are known. */
    void follow() {
        reach(mentionedByWhole);
        int before;
        do {
            before = called.size() + reached.size();
            drain();
            // A client with one more operation reaches more.
            reached.stream().filter(Operations::isClient).forEach(open::add);
            drain();
        } while (called.size() + reached.size() > before);
    }

    private void drain() {
        while (!open.isEmpty()) {
            String name = open.remove();
            Mentions mentions = Mentions.of(leftOf(name, shrinking.get(name)));
            called.addAll(mentions.methods());
            reach(mentions.classes());
        }
    }

    private void reach(Collection<String> names) {
        for (String name : names) {
            if (shrinking.containsKey(name) && reached.add(name)) {
                open.add(name);
            }
        }
    }

    /** What is left of an entry of a library that may shrink. */
    Optional<byte[]> left(String entry, byte[] content) {
        if (!entry.endsWith(CLASS)) {
            return Optional.of(content);
        }
        String name = entry.substring(0, entry.length() - CLASS.length());
        return reached.contains(name) ? Optional.of(leftOf(name, content)) : Optional.empty();
    }

    private byte[] leftOf(String name, byte[] content) {
        if (Services.isTable(name)) {
            return services.without(content);
        }
        return Operations.isClient(name) ? operations.without(content, called) : content;
    }
}
