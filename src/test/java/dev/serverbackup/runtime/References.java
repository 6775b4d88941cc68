package dev.serverbackup.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Resolves what classes refer to, as the JVM would when it comes there. */
final class References {
    private final ClassLoader loader;
    private final Map<Class<?>, Set<String>> members = new HashMap<>();

    References(ClassLoader loader) {
        this.loader = loader;
    }

    /** What a class, named with slashes, refers to and is not there. */
    Stream<String> missingFrom(String name) {
        try (InputStream content = loader.getResourceAsStream(name + ".class")) {
            var pool = ClassFile.of().parse(content.readAllBytes()).constantPool();
            return StreamSupport.stream(pool.spliterator(), false)
                    .filter(this::isMissing)
                    .map(entry -> name + " -> " + entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isMissing(PoolEntry entry) {
        try {
            return switch (entry) {
                case ClassEntry type -> load(type) == null;
                case MemberRefEntry member -> !has(load(member.owner()), key(member));
                default -> false;
            };
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return true;
        }
    }

    private Class<?> load(ClassEntry type) throws ClassNotFoundException {
        String name = type.asInternalName().replace('/', '.');
        return type.asSymbol().isArray() ? Class.forName(name, false, loader) : loader.loadClass(name);
    }

    private static String key(MemberRefEntry member) {
        String kind = member instanceof FieldRefEntry ? ":" : "";
        return member.name().stringValue() + kind + member.type().stringValue();
    }

    private boolean has(Class<?> type, String key) {
        // Methods of an array are Object's, and clone; a method handle's take whatever they are given.
        return type.isArray()
                || type.getName().startsWith("java.lang.invoke.")
                || declared(type).contains(key)
                || (type.isInterface() && declared(Object.class).contains(key))
                || Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                        .anyMatch(parent -> has(parent, key));
    }

    private Set<String> declared(Class<?> type) {
        return members.computeIfAbsent(
                type,
                any -> Stream.of(
                                Stream.of(type.getDeclaredFields()).map(References::key),
                                Stream.of(type.getDeclaredMethods()).map(References::key),
                                Stream.of(type.getDeclaredConstructors()).map(References::key))
                        .flatMap(keys -> keys)
                        .collect(Collectors.toSet()));
    }

    private static String key(Field field) {
        return field.getName() + ":" + field.getType().descriptorString();
    }

    private static String key(Executable executable) {
        return switch (executable) {
            case Method method -> method.getName() + descriptor(method.getReturnType(), method);
            case Constructor<?> constructor -> "<init>" + descriptor(void.class, constructor);
        };
    }

    private static String descriptor(Class<?> result, Executable executable) {
        return MethodType.methodType(result, executable.getParameterTypes()).descriptorString();
    }
}
