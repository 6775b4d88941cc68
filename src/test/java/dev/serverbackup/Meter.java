package dev.serverbackup;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * Counts what AWS would charge for, as long as it is on: calls by operation, and what DynamoDB says that they consumed.
 * The SDK gives it to each of its clients, since the test resources name it.
 */
public final class Meter implements ExecutionInterceptor {
    static final String WRITE_UNITS = "write units";
    static final String READ_UNITS = "read units";

    private static final Set<String> READS = Set.of("GetItem", "Query");

    private static final AtomicBoolean ON = new AtomicBoolean();
    private static final Map<String, DoubleAdder> COUNTS = new ConcurrentHashMap<>();

    /** What was counted during the work. One at a time. */
    static Map<String, Double> during(Runnable work) {
        COUNTS.clear();
        ON.set(true);
        try {
            work.run();
        } finally {
            ON.set(false);
        }
        Map<String, Double> counts = new TreeMap<>();
        COUNTS.forEach((what, count) -> counts.put(what, count.sum()));
        return counts;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        SdkRequest.Builder request = context.request().toBuilder();
        if (ON.get()) {
            context.request().sdkFields().stream()
                    .filter(field -> field.memberName().equals("ReturnConsumedCapacity"))
                    .forEach(field -> field.set(request, ReturnConsumedCapacity.TOTAL.toString()));
        }
        return request.build();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (ON.get()) {
            String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
            add(operation, 1);
            consumed(context.response())
                    .forEach(capacity ->
                            add(READS.contains(operation) ? READ_UNITS : WRITE_UNITS, capacity.capacityUnits()));
        }
    }

    private static Stream<ConsumedCapacity> consumed(SdkResponse response) {
        Object consumed =
                response.getValueForField("ConsumedCapacity", Object.class).orElse(List.of());
        return (consumed instanceof List<?> all ? all : List.of(consumed))
                .stream().map(ConsumedCapacity.class::cast);
    }

    private static void add(String what, double count) {
        COUNTS.computeIfAbsent(what, _ -> new DoubleAdder()).add(count);
    }
}
