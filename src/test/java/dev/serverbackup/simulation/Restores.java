package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.dynamodb.EntryItems;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.cli.CommandFailedException;
import dev.serverbackup.cli.restore.RestoreRule;
import dev.serverbackup.cli.restore.RestoreSteps;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** People who restore servers, several of them at once now and then, and who ask again when their program has ended. */
final class Restores {
    private static final Duration AHEAD = Duration.ofMinutes(3);

    private final SimulatedSystem system;
    private final Timeline timeline;
    private final SimulatedFaults faults;
    private final Function<SimulatedFaults, Worker> processes;
    private int asked;

    /** @param processes starts one in which this goes wrong */
    Restores(SimulatedSystem system, SimulatedFaults faults, Function<SimulatedFaults, Worker> processes) {
        this.system = system;
        this.timeline = system.timeline;
        this.faults = faults;
        this.processes = processes;
    }

    /** At two moments, which several may choose. */
    void plan() {
        long[] moments = {faults.moment(), faults.moment()};
        for (int people = timeline.chance.nextInt(5); people > 0; people--) {
            ServerName server = system.fleet
                    .get(timeline.chance.nextInt(system.fleet.size()))
                    .name();
            long moment = moments[timeline.chance.nextInt(moments.length)] + faults.jitter();
            timeline.in(moment, () -> restore(server));
            if (timeline.chance.nextBoolean()) {
                long later = moment + faults.freeze();
                timeline.in(
                        later, timeline.chance.nextBoolean() ? () -> restore(server) : () -> follow(server, faults));
            }
        }
    }

    /** Each server's last restore is followed to its end by one to whom nothing happens. */
    void atTheEnd(SimulatedFaults quiet) {
        system.fleet.forEach(server -> follow(server.name(), quiet));
        timeline.run();
        system.restores.atTheEnd(!quiet.rates.looksNeverSucceed());
    }

    private void restore(ServerName server) {
        String id = "%032x".formatted(++asked);
        run(faults, "restores " + server, steps -> steps.restore(server, id));
    }

    private void follow(ServerName server, SimulatedFaults trouble) {
        run(trouble, "follows the restore of " + server, steps -> steps.follow(server));
    }

    private void run(SimulatedFaults trouble, String what, Consumer<RestoreSteps> work) {
        Worker worker = processes.apply(trouble);
        worker.start(() -> {
            worker.trace(() -> "a person " + what);
            try {
                work.accept(steps(worker));
            } catch (SdkException | CommandFailedException e) {
                worker.trace(() -> "the program ends: " + e.getMessage());
            }
        });
    }

    private RestoreSteps steps(Worker worker) {
        boolean hasty = system.broken.withoutRules.contains(RestoreRule.LOOKED_FOR_UNTIL_SHOWN);
        InstantSource clock = hasty ? () -> worker.instant().plus(AHEAD) : worker;
        return new RestoreSteps(
                new Table(system, new TableAccess(worker, timeline)),
                operations(worker),
                clock,
                // Longer than the program waits, or there would be thousands of looks.
                pause -> worker.pause(pause.toMillis()
                        + worker.faults.nextLong(Duration.ofMinutes(2).toMillis())),
                system.broken.withoutRules);
    }

    private BackupOperations operations(Worker worker) {
        BackupOperations real = new SimulatedOperations(worker, timeline, system.restores);
        return system.broken.withoutRules.contains(RestoreRule.NEVER_SENT_AGAIN)
                ? Call.each(BackupOperations.class, real, call -> {
                    Object answer = call.go();
                    return answer instanceof OperationResult.Doubtful ? call.go() : answer;
                })
                : real;
    }

    /** A person's way to the table: DynamoDB's API, as far as a restore uses it. */
    private static final class Table implements DynamoDbClient {
        private final SimulatedSystem system;
        private final InMemoryFollowUpRepository deletions;
        private final TableAccess access;

        Table(SimulatedSystem system, TableAccess access) {
            this.system = system;
            this.deletions = system.rows;
            this.access = access;
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {
            // Nothing is open.
        }

        private static <T> T reached(Supplier<T> call) {
            try {
                return call.get();
            } catch (AuditUnavailableException e) {
                throw SdkClientException.create("no answer", e);
            }
        }

        @Override
        public PutItemResponse putItem(PutItemRequest put) {
            Map<String, AttributeValue> given = put.expressionAttributeValues();
            Optional<Map.Entry<String, String>> replaced =
                    put.conditionExpression().startsWith("attribute_not_exists")
                            ? Optional.empty()
                            : Optional.of(Map.entry(
                                    given.get(":before").s(), given.get(":id").s()));
            if (!reached(
                    () -> access.write("write", put.item(), () -> system.restores.written(put.item(), replaced)))) {
                throw ConditionalCheckFailedException.builder()
                        .message("the condition does not hold")
                        .build();
            }
            return PutItemResponse.builder().build();
        }

        @Override
        public QueryResponse query(QueryRequest query) {
            List<Map<String, AttributeValue>> items =
                    reached(() -> access.read("query", Optional.ofNullable(query.indexName()), () -> items(query)));
            return QueryResponse.builder().items(items).count(items.size()).build();
        }

        private List<Map<String, AttributeValue>> items(QueryRequest query) {
            Map<String, AttributeValue> given = query.expressionAttributeValues();
            if (query.indexName() == null) {
                return system.restores.rows(given.get(":run").s());
            }
            boolean good = query.indexName().equals("undeleted");
            return system
                    .table
                    .rows
                    .entriesOf(
                            new ServerName(given.get(good ? ":server" : ":key").s()))
                    .stream()
                    .sorted(Comparator.comparing(Entry::requestedAt).reversed())
                    .map(this::item)
                    .filter(item -> !good || item.containsKey("undeleted"))
                    .toList();
        }

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            return reached(() -> access.read("read", "entries", () -> {
                var keys = request.requestItems().get("audit").keys();
                return BatchGetItemResponse.builder()
                        .responses(Map.of(
                                "audit",
                                system.table.rows.allEntries().stream()
                                        .map(this::item)
                                        .filter(item -> keys.contains(
                                                Map.of("runId", item.get("runId"), "entry", item.get("entry"))))
                                        .toList()))
                        .build();
            }));
        }

        private Map<String, AttributeValue> item(Entry entry) {
            Map<String, AttributeValue> item = new HashMap<>(EntryItems.of(entry));
            entry.backup().ifPresent(backup -> {
                deletions.deletingAt(backup.id()).ifPresent(at -> item.put("deletingAt", instant(at)));
                deletions.deletedAt(backup.id()).ifPresent(at -> {
                    item.put("deletedAt", instant(at));
                    item.remove("undeleted");
                });
                system.verifications
                        .result(backup.id())
                        .ifPresent(result -> item.put(
                                "verification",
                                AttributeValue.fromM(Map.of(
                                        "result",
                                        AttributeValue.fromS(result.outcome().name())))));
            });
            return item;
        }

        private static AttributeValue instant(Instant at) {
            return AttributeValue.fromS(at.toString());
        }
    }
}
