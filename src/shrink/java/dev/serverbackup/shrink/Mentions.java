package dev.serverbackup.shrink;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a class mentions.
 *
 * @param classes whatever may be a class's name, with slashes: in a reference, a descriptor, a signature, a string
 * @param methods each called one's name and descriptor, whosever it is
 */
record Mentions(Set<String> classes, Set<String> methods) {
    private static final Pattern NAME = Pattern.compile("[\\w$]+(?:[/.][\\w$]+)+");
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w$]+(?:/[\\w$]+)+)");

    static Mentions of(byte[] content) {
        Set<String> classes = new HashSet<>();
        Set<String> methods = new HashSet<>();
        for (PoolEntry entry : ClassFile.of().parse(content).constantPool()) {
            switch (entry) {
                case Utf8Entry text -> addNames(text.stringValue(), classes);
                case MemberRefEntry member ->
                    methods.add(member.name().stringValue() + member.type().stringValue());
                default -> {}
            }
        }
        return new Mentions(classes, methods);
    }

    private static void addNames(String text, Set<String> classes) {
        if (NAME.matcher(text).matches()) {
            classes.add(text.replace('.', '/'));
        }
        Matcher descriptor = IN_DESCRIPTOR.matcher(text);
        while (descriptor.find()) {
            classes.add(descriptor.group(1));
        }
    }
}
