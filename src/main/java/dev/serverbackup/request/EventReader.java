package dev.serverbackup.request;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a request from the event that carries it. Strict from {@code detail} on; of the envelope it needs little and
 * ignores the rest. Immutable, so safe for use by several threads.
 */
public final class EventReader {
    private static final List<String> KNOWN =
            List.of("requestId", "selector", "description", "dryRun", "ignoreHold", "plan", "maxTargets", "stack");
    private static final int SHOWN_ENVELOPE = 256;

    private final TagSelector defaultSelector;
    private final int defaultMaxTargets;
    private final String stack;

    /**
     * @param defaultSelector for native scheduled events without a detail, and nothing else
     * @param defaultMaxTargets where the request does not say it; 1 to {@link BackupRequest#MAX_TARGETS}
     * @param stack the name of the stack that this is part of; a request for another one is refused
     */
    public EventReader(TagSelector defaultSelector, int defaultMaxTargets, String stack) {
        this.stack = Objects.requireNonNull(stack, "stack");
        this.defaultSelector = Objects.requireNonNull(defaultSelector, "default selector");
        this.defaultMaxTargets = defaultMaxTargets;
        if (defaultMaxTargets < 1 || defaultMaxTargets > BackupRequest.MAX_TARGETS) {
            throw new IllegalArgumentException("default max targets is 1 to " + BackupRequest.MAX_TARGETS);
        }
    }

    /**
     * The request that an event carries; the same for each of its deliveries.
     *
     * @param invocationId names the run of a dry run that nothing else names
     * @throws InvalidRequestException naming the property that is wrong and what it may be
     */
    public BackupRequest read(Event event, String invocationId) {
        if (!event.detail().isEmpty()) {
            return fromDetail(event, invocationId);
        }
        if (NativeSchedule.sent(event)) {
            return byDefault(event);
        }
        throw new InvalidRequestException(
                "detail",
                "is missing or empty, but must hold at least a `selector`; only a rule's own scheduled event (source "
                        + NativeSchedule.SOURCE + ", detail-type " + NativeSchedule.DETAIL_TYPE + ") may do without");
    }

    private BackupRequest byDefault(Event event) {
        return new BackupRequest(
                NativeSchedule.runId(event),
                defaultSelector.respectingHolds(),
                "",
                false,
                defaultMaxTargets,
                Optional.empty(),
                requestedBy(event),
                CanonicalJson.of(Optional.empty(), Optional.empty(), false, false, Optional.empty(), Optional.empty()));
    }

    private BackupRequest fromDetail(Event event, String invocationId) {
        JsonObject detail = new JsonValue("detail", event.detail()).object(KNOWN);
        detail.get("stack").ifPresent(this::refuseAnotherStack);
        Optional<String> requestId = detail.get("requestId").map(EventReader::requestId);
        TagSelector selector = SelectorReader.read(detail.required("selector", "an object"));
        boolean dryRun = detail.get("dryRun").map(JsonValue::flag).orElse(false);
        boolean ignoreHold = detail.get("ignoreHold").map(JsonValue::flag).orElse(false);
        Optional<Plan> plan = detail.get("plan").map(EventReader::plan);
        Optional<Integer> maxTargets =
                detail.get("maxTargets").map(given -> given.integer(1, BackupRequest.MAX_TARGETS));
        RunId runId = requestId.map(RunId::new).orElseGet(() -> unnamed(event, dryRun, invocationId));
        Optional<String> description = detail.get("description").map(given -> description(given, runId));
        return new BackupRequest(
                runId,
                ignoreHold ? selector : selector.respectingHolds(),
                description.orElse(""),
                dryRun,
                maxTargets.orElse(defaultMaxTargets),
                plan,
                requestedBy(event),
                CanonicalJson.of(Optional.of(selector), description, dryRun, ignoreHold, maxTargets, plan));
    }

    private void refuseAnotherStack(JsonValue given) {
        String named = given.text();
        if (!named.equals(stack)) {
            throw given.refused("is " + OutsideText.quoted(named) + ", but this is the stack "
                    + OutsideText.quoted(stack) + "; send the request to that stack, or leave `stack` out");
        }
    }

    private static Plan plan(JsonValue given) {
        String text = given.text();
        return Plan.parse(text)
                .orElseThrow(() -> given.refused("is " + OutsideText.quoted(text) + ", but must be " + Plan.ALLOWED));
    }

    private static String requestId(JsonValue given) {
        String text = given.text();
        if (!RunId.isRequestId(text)) {
            throw given.refused("is " + OutsideText.quoted(text) + ", but must be " + RunId.ALLOWED_REQUEST_ID);
        }
        return text;
    }

    /** The run of a request that has no id of its own. */
    private static RunId unnamed(Event event, boolean dryRun, String invocationId) {
        if (NativeSchedule.sent(event)) {
            return NativeSchedule.runId(event);
        }
        if (event.id().isPresent()) {
            return ofEvent(event.id().get());
        }
        if (dryRun) {
            return RunId.ofDryRun(invocationId);
        }
        throw new InvalidRequestException(
                "detail.requestId",
                "is missing, and the input has no event id to take its place, so that a second delivery would be a"
                        + " second run; it must be " + RunId.ALLOWED_REQUEST_ID);
    }

    private static RunId ofEvent(String eventId) {
        return RunId.ofEvent(eventId)
                .orElseThrow(() -> new InvalidRequestException(
                        "id", "is " + OutsideText.quoted(eventId) + ", but must be " + RunId.ALLOWED_EVENT_ID));
    }

    private static String description(JsonValue given, RunId runId) {
        String text = given.text();
        int left = BackupRequest.MAX_DESCRIPTION - BackupRequest.marker(runId).length();
        if (text.length() > left) {
            throw given.refused("has " + text.length() + " characters, but may have at most " + left
                    + ": with the run's marker a description has at most " + BackupRequest.MAX_DESCRIPTION);
        }
        return text;
    }

    private static RequestedBy requestedBy(Event event) {
        return new RequestedBy(shown(event.source()).orElse("direct"), shown(event.detailType()), shown(event.id()));
    }

    /** The envelope is not ours to refuse, but it goes into the audit table, so its length is bounded. */
    private static Optional<String> shown(Optional<String> text) {
        return text.filter(present -> !present.isEmpty()).map(present -> OutsideText.shown(present, SHOWN_ENVELOPE));
    }
}
