package dev.serverbackup;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Stands for IAM: whatever a function calls in a test of this JVM, its role in {@code template.yaml} must allow. The SDK
 * gives it to each of its clients, since the test resources name it; calls that are no function's are let pass.
 */
public final class PermissionCheck implements ExecutionInterceptor {
    /** Of the invocation's thread, and of the threads that it starts. */
    private static final InheritableThreadLocal<String> ACTING = new InheritableThreadLocal<>();

    private static final Map<String, Set<Permission>> ALLOWED = new ConcurrentHashMap<>();
    private static final Map<String, Set<Permission>> USED = new ConcurrentHashMap<>();

    private static final Map<String, String> PREFIXES = Map.of(
            "OpsWorksCm", "opsworks-cm",
            "ResourceGroupsTaggingApi", "tag",
            "DynamoDb", "dynamodb",
            "EventBridge", "events");

    /** Does it as that function. */
    static <T> T as(String function, Supplier<T> invocation) {
        ACTING.set(function);
        try {
            return invocation.get();
        } finally {
            ACTING.remove();
        }
    }

    /** What the function has called until now, in any test. */
    static Set<Permission> used(String function) {
        return USED.getOrDefault(function, Set.of());
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        String function = ACTING.get();
        if (function == null) {
            return;
        }
        Permission needed = needed(context.request(), attributes);
        if (!ALLOWED.computeIfAbsent(function, Permission::ofCode).contains(needed)) {
            throw new AssertionError("the role of %s in template.yaml does not allow %s".formatted(function, needed));
        }
        USED.computeIfAbsent(function, _ -> new ConcurrentSkipListSet<>()).add(needed);
    }

    private static Permission needed(SdkRequest request, ExecutionAttributes attributes) {
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        String action = prefix(service) + ":" + action(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        return new Permission(
                action,
                switch (prefix(service)) {
                    case "dynamodb" -> table(request);
                    case "events" -> Permission.BUS;
                    default -> Permission.ANYTHING;
                });
    }

    /** A transaction needs what its parts need (DynamoDB developer guide, IAM with transactions); ours are all puts. */
    private static String action(String operation) {
        return operation.equals("TransactWriteItems") ? "PutItem" : operation;
    }

    private static String table(SdkRequest request) {
        Optional<String> index = request.getValueForField("IndexName", String.class);
        return Permission.TABLE + index.map("/index/"::concat).orElse("");
    }

    private static String prefix(String service) {
        return Optional.ofNullable(PREFIXES.get(service))
                .orElseThrow(() -> new AssertionError("no policy speaks of the service " + service));
    }
}
