package dev.serverbackup.shrink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.reflect.AccessFlag;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes out of the clients that AWS's SDK has generated the operations that nobody calls. */
final class Operations {
    /** The interface, and what implements it; an asynchronous one is not used, so it is not reached. */
    private static final Pattern CLIENT = Pattern.compile("software/amazon/awssdk/services/\\w+/\\w+(?<!Async)Client");

    /** What the SDK itself calls, by an interface of its own. */
    private static final Set<String> OF_EVERY_CLIENT = Set.of("close", "serviceName", "serviceClientConfiguration");

    private final ClassFile classFile;

    /** @param jars in which the classes are that are needed to write a method's stack maps */
    Operations(List<Path> jars) {
        ClassLoader loader = new URLClassLoader(
                jars.stream().map(Operations::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        classFile = ClassFile.of(
                ClassFile.ConstantPoolSharingOption.NEW_POOL,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    static boolean isClient(String name) {
        return CLIENT.matcher(name).matches();
    }

    /**
     * The client with no operation but those that are called.
     *
     * @param called names and descriptors
     */
    byte[] without(byte[] client, Set<String> called) {
        ClassModel model = classFile.parse(client);
        return classFile.transformClass(model, (builder, element) -> {
            // It names the builders of all operations' requests. Who needs it is reflection, and nested classes: none
            // here.
            if (!(element instanceof InnerClassesAttribute)
                    && !(element instanceof MethodModel method && !stays(method, called))) {
                builder.with(element);
            }
        });
    }

    private static boolean stays(MethodModel method, Set<String> called) {
        String name = method.methodName().stringValue();
        boolean open = method.flags().has(AccessFlag.PUBLIC) && !method.flags().has(AccessFlag.STATIC);
        boolean isOperation = (open && !OF_EVERY_CLIENT.contains(name)) || name.startsWith("lambda$");
        return !isOperation || called.contains(name + method.methodType().stringValue());
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
