package dev.serverbackup;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.DoubleAdder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Counts what AWS would charge for, as long as it is on: calls by operation, and what DynamoDB says that they consumed.
 * The SDK gives it to each of its clients, since the test resources name it.
 */
public final class Meter implements ExecutionInterceptor {
    static final String WRITE_UNITS = "write units";
    static final String READ_UNITS = "read units";

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
        if (!ON.get()) {
            return context.request();
        }
        ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
        return switch (context.request()) {
            case GetItemRequest get ->
                get.toBuilder().returnConsumedCapacity(total).build();
            case QueryRequest query ->
                query.toBuilder().returnConsumedCapacity(total).build();
            case PutItemRequest put ->
                put.toBuilder().returnConsumedCapacity(total).build();
            case UpdateItemRequest update ->
                update.toBuilder().returnConsumedCapacity(total).build();
            case TransactWriteItemsRequest transaction ->
                transaction.toBuilder().returnConsumedCapacity(total).build();
            case SdkRequest other -> other;
        };
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (ON.get()) {
            add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME), 1);
            consumed(context.response());
        }
    }

    private static void consumed(SdkResponse response) {
        switch (response) {
            case GetItemResponse get -> add(READ_UNITS, units(get.consumedCapacity()));
            case QueryResponse query -> add(READ_UNITS, units(query.consumedCapacity()));
            case PutItemResponse put -> add(WRITE_UNITS, units(put.consumedCapacity()));
            case UpdateItemResponse update -> add(WRITE_UNITS, units(update.consumedCapacity()));
            case TransactWriteItemsResponse transaction ->
                transaction.consumedCapacity().forEach(capacity -> add(WRITE_UNITS, units(capacity)));
            case SdkResponse _ -> {}
        }
    }

    private static double units(ConsumedCapacity capacity) {
        return capacity == null ? 0 : capacity.capacityUnits();
    }

    private static void add(String what, double count) {
        COUNTS.computeIfAbsent(what, _ -> new DoubleAdder()).add(count);
    }
}
