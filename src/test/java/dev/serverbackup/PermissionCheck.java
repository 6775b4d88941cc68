package dev.serverbackup;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/**
 * Stands for IAM: whatever a function calls in a test of this JVM, its role in {@code template.yaml} must allow. The
 * SDK gives it to each of its clients, since the test resources name it; calls that are no function's are let pass.
 */
public final class PermissionCheck implements ExecutionInterceptor {
    /** Of the invocation's thread, and of the threads that it starts. */
    private static final InheritableThreadLocal<Role> ACTING = new InheritableThreadLocal<>();

    private static final Map<Role, Set<Permission>> ALLOWED = new ConcurrentHashMap<>();
    private static final Map<Role, Set<Permission>> USED = new ConcurrentHashMap<>();

    private static final Map<String, String> PREFIXES = Map.of(
            "OpsWorksCm", "opsworks-cm",
            "ResourceGroupsTaggingApi", "tag",
            "DynamoDb", "dynamodb",
            "Ssm", "ssm",
            "EventBridge", "events");

    /** Does it as a function that has this role. */
    static <T> T as(Role role, Supplier<T> invocation) {
        ACTING.set(role);
        try {
            return invocation.get();
        } finally {
            ACTING.remove();
        }
    }

    /** What has been called with the role until now, in any test: the permissions that allowed it. */
    static Set<Permission> used(Role role) {
        return USED.getOrDefault(role, Set.of());
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        Role role = ACTING.get();
        if (role != null) {
            needed(context.request(), attributes).forEach(needed -> allowed(role, needed));
        }
    }

    private static void allowed(Role role, Permission needed) {
        Permission allowing = ALLOWED.computeIfAbsent(role, Permission::ofCode).stream()
                .filter(permission -> permission.covers(needed))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "the role of %s in template.yaml does not allow %s".formatted(role, needed)));
        USED.computeIfAbsent(role, _ -> new ConcurrentSkipListSet<>()).add(allowing);
    }

    private static Stream<Permission> needed(SdkRequest request, ExecutionAttributes attributes) {
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        String action = prefix(service) + ":" + action(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        return switch (prefix(service)) {
            case "dynamodb" -> Stream.of(new Permission(action, table(request)));
            case "events" -> Stream.of(new Permission(action, Permission.BUS));
            case "ssm" -> commanding(action, request);
            default -> Stream.of(new Permission(action, Permission.ANYTHING));
        };
    }

    /** A command needs leave for its document and for its instance. */
    private static Stream<Permission> commanding(String action, SdkRequest request) {
        return request instanceof SendCommandRequest command
                ? Stream.of(Permission.DOCUMENT + command.documentName(), instance(command))
                        .map(resource -> new Permission(action, resource))
                : Stream.of(new Permission(action, Permission.ANYTHING));
    }

    private static String instance(SendCommandRequest command) {
        boolean elsewhere = command.instanceIds().getFirst().startsWith("mi-");
        return elsewhere ? Permission.MANAGED_NODES : Permission.INSTANCES;
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
