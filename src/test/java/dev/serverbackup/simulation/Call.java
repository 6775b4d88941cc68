package dev.serverbackup.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A call on its way to the outside: handed on, as it is or changed, or not.
 *
 * @param real where it goes
 */
record Call<T>(T real, Method method, List<Object> arguments) {
    /** Has every call answered in this way. */
    static <T> T each(Class<T> type, T real, Function<Call<T>, Object> way) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> way.apply(of(real, method, arguments))));
    }

    static <T> Call<T> of(T real, Method method, Object[] arguments) {
        return new Call<>(real, method, arguments == null ? List.of() : List.of(arguments));
    }

    String name() {
        return method.getName();
    }

    <A> A argument(int position, Class<A> type) {
        return type.cast(arguments.get(position));
    }

    Call<T> with(int position, Object argument) {
        List<Object> others = new ArrayList<>(arguments);
        others.set(position, argument);
        return new Call<>(real, method, others);
    }

    Object go() {
        try {
            return method.invoke(real, arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error broken) {
                throw broken;
            }
            throw (RuntimeException) e.getCause();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
