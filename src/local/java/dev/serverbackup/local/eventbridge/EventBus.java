package dev.serverbackup.local.eventbridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.http.Range;
import dev.serverbackup.local.http.Service;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * EventBridge as a service of the local cloud: only PutEvents, with buses of any name. Accepted events are kept, and
 * passed to listeners. An event's time is when it arrived, whatever its entry says. Thread-safe.
 */
public final class EventBus implements Service {

    /** The most bytes that the entries of one call may have together. */
    public static final int LARGEST_CALL = 256 * 1024;

    private static final Range ENTRIES = new Range(1, 10);

    private final InstantSource clock;
    private final List<BusEvent> events = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    private final List<Consumer<BusEvent>> listeners = new CopyOnWriteArrayList<>();

    private record Rule(Predicate<BusEvent> chosen, EntryError error) {}

    public EventBus(InstantSource clock) {
        this.clock = clock;
    }

    /** The accepted events of all buses, in the order of arrival. */
    public synchronized List<BusEvent> events() {
        return List.copyOf(events);
    }

    /** From now on shows each accepted event to a listener, which must not block: it is called while the bus is locked. */
    public void listen(Consumer<BusEvent> listener) {
        listeners.add(listener);
    }

    /** Takes an event of a service of AWS itself, which no PutEvents brings. */
    public synchronized void put(BusEvent event) {
        accept(event);
    }

    private void accept(BusEvent event) {
        events.add(event);
        listeners.forEach(listener -> listener.accept(event));
    }

    /** From now on refuses the chosen events, each as one entry of its call. Whole calls fail by the front's faults. */
    public synchronized void refuse(Predicate<BusEvent> chosen, EntryError error) {
        rules.add(new Rule(chosen, error));
    }

    /** Ends the scripted refusals. */
    public synchronized void acceptAll() {
        rules.clear();
    }

    @Override
    public String prefix() {
        return "AWSEvents";
    }

    @Override
    public Set<String> operations() {
        return Set.of("PutEvents");
    }

    @Override
    public ObjectNode perform(String operation, InputReader input) {
        if (!operations().contains(operation)) {
            throw Service.unknown(prefix() + "." + operation);
        }
        return putEvents(entries(input));
    }

    private static List<PutEventsEntry> entries(InputReader input) {
        if (!input.has("Entries")) {
            input.missing("Entries");
        }
        var entries = input.structures("Entries", ENTRIES).stream()
                .map(PutEventsEntry::read)
                .toList();
        input.verify(AwsErrorType.VALIDATION);
        if (entries.stream().mapToInt(PutEventsEntry::size).sum() > LARGEST_CALL) {
            throw new AwsError(AwsErrorType.VALIDATION, "Total size of the entries in the request is over the limit.");
        }
        return entries;
    }

    /** Each entry is accepted or refused by itself; the results are in the order of the entries. */
    private synchronized ObjectNode putEvents(List<PutEventsEntry> entries) {
        var output = JsonNodeFactory.instance.objectNode();
        var results = output.putArray("Entries");
        var failed = 0;
        for (var entry : entries) {
            var event = event(entry);
            var error = entry.error().or(() -> event.flatMap(this::refusal));
            if (error.isPresent()) {
                failed++;
                results.addObject()
                        .put("ErrorCode", error.get().code())
                        .put("ErrorMessage", error.get().message());
            } else {
                accept(event.orElseThrow());
                results.addObject().put("EventId", event.orElseThrow().id());
            }
        }
        return output.put("FailedEntryCount", failed);
    }

    private Optional<BusEvent> event(PutEventsEntry entry) {
        return entry.error().isPresent()
                ? Optional.empty()
                : Optional.of(entry.event(UUID.randomUUID().toString(), clock.instant()));
    }

    private Optional<EntryError> refusal(BusEvent event) {
        return rules.stream()
                .filter(rule -> rule.chosen().test(event))
                .findFirst()
                .map(Rule::error);
    }
}
