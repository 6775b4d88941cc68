package dev.serverbackup.shrink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/** How a class is written anew. */
final class Writer {
    private Writer() {}

    /**
     * Writes a class with a constant pool of its own, in which nothing stays that only what was left out had needed.
     *
     * @param jars in which the classes are that are needed to write a method's stack maps
     */
    static ClassFile classFile(List<Path> jars) {
        ClassLoader loader = new URLClassLoader(
                jars.stream().map(Writer::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        return ClassFile.of(
                ClassFile.ConstantPoolSharingOption.NEW_POOL,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
