package dev.serverbackup.shrink;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.reflect.AccessFlag;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes out of the clients that AWS's SDK has generated the operations that nobody calls. */
final class Operations {
    /** The interface, and what implements it; an asynchronous one is not used, so it is not reached. */
    private static final Pattern CLIENT = Pattern.compile("software/amazon/awssdk/services/\\w+/\\w+(?<!Async)Client");

    /** What the SDK itself calls, by an interface of its own. */
    private static final Set<String> OF_EVERY_CLIENT = Set.of("close", "serviceName", "serviceClientConfiguration");

    private final ClassFile classFile;

    /** @param classFile which writes a class with a pool of its own */
    Operations(ClassFile classFile) {
        this.classFile = classFile;
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
}
