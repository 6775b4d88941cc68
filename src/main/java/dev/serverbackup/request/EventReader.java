package dev.serverbackup.request;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a request from its event. The {@code detail} is read strictly; of the envelope only some properties are read.
 * Immutable, so safe for use by several threads.
 */
public final class EventReader {
    private static final int SHOWN_ENVELOPE = 256;

    private final TagSelector defaultSelector;
    private final int defaultMaxTargets;
    private final String stack;

    /**
     * @param defaultSelector only for native scheduled events without a detail
     * @param defaultMaxTargets for requests that set no limit; 1 to {@link BackupRequest#MAX_TARGETS}
     * @param stack the name of this stack; a request for another stack is refused
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
     * The request of an event; the same for each delivery of the event.
     *
     * @param invocationId names a dry run whose event has no id
     * @throws InvalidRequestException naming the property that is wrong and what is allowed
     */
    public BackupRequest read(ScheduledEvent event, String invocationId) {
        if (event == null) {
            throw new InvalidRequestException("event", "is null, but must be an object with a `detail`");
        }
        if (event.getDetail() != null && !event.getDetail().isEmpty()) {
            return fromDetail(event, invocationId);
        }
        if (ScheduledEvents.sent(event)) {
            return byDefault(event);
        }
        throw new InvalidRequestException(
                "detail",
                "is missing or empty, but must hold at least a `selector`; only a rule's own scheduled event (source "
                        + ScheduledEvents.SOURCE + ", detail-type " + ScheduledEvents.DETAIL_TYPE + ") may do without");
    }

    private BackupRequest byDefault(ScheduledEvent event) {
        return new BackupRequest(
                ScheduledEvents.runId(event),
                defaultSelector.respectingHolds(),
                "",
                false,
                defaultMaxTargets,
                Optional.empty(),
                requestedBy(event),
                CanonicalRequest.DEFAULT.json());
    }

    /**
     * The request of the schedule's event for a slot, made by the follow-up in its place: with the same run id and the
     * same hash.
     *
     * @param schedule the name of the rule
     * @param sentByScheduler whether EventBridge Scheduler would have sent the event, and not a rule
     */
    public BackupRequest ofSlot(String schedule, Instant slot, boolean sentByScheduler) {
        CanonicalRequest asked = sentByScheduler
                ? new CanonicalRequest(null, false, false, null, null, defaultSelector)
                : CanonicalRequest.DEFAULT;
        return new BackupRequest(
                sentByScheduler ? RunId.ofScheduler(slot) : RunId.ofSchedule(schedule, slot),
                defaultSelector.respectingHolds(),
                "",
                false,
                defaultMaxTargets,
                Optional.empty(),
                RequestedBy.CATCH_UP,
                asked.json());
    }

    private BackupRequest fromDetail(ScheduledEvent event, String invocationId) {
        RequestDetail detail = JsonRecords.convert("detail", event.getDetail(), RequestDetail.class);
        refuseAnotherStack(Checked.text("detail.stack", detail.stack()));
        Optional<RunId> requestId =
                Checked.text("detail.requestId", detail.requestId()).map(EventReader::requestId);
        if (detail.selector() == null) {
            throw new InvalidRequestException("detail.selector", "is missing, but must be an object");
        }
        TagSelector selector = SelectorReader.read("detail.selector", detail.selector());
        boolean dryRun = Boolean.TRUE.equals(detail.dryRun());
        boolean ignoreHold = Boolean.TRUE.equals(detail.ignoreHold());
        Optional<Plan> plan = Checked.text("detail.plan", detail.plan()).map(EventReader::plan);
        Optional<Integer> maxTargets =
                Checked.integer("detail.maxTargets", detail.maxTargets(), BackupRequest.MAX_TARGETS);
        RunId runId = requestId.orElseGet(() -> unnamed(event, dryRun, invocationId));
        Optional<String> description = Checked.text("detail.description", detail.description());
        description.ifPresent(text -> refuseTooLong(text, runId));
        CanonicalRequest asked = new CanonicalRequest(
                description.orElse(null),
                dryRun,
                ignoreHold,
                maxTargets.orElse(null),
                plan.map(Plan::value).orElse(null),
                selector);
        return new BackupRequest(
                runId,
                ignoreHold ? selector : selector.respectingHolds(),
                description.orElse(""),
                dryRun,
                maxTargets.orElse(defaultMaxTargets),
                plan,
                requestedBy(event),
                asked.json());
    }

    private void refuseAnotherStack(Optional<String> named) {
        named.filter(name -> !name.equals(stack)).ifPresent(name -> {
            throw new InvalidRequestException(
                    "detail.stack",
                    "is " + SafeText.quoted(name) + ", but this is the stack " + SafeText.quoted(stack)
                            + "; send the request to that stack, or leave `stack` out");
        });
    }

    private static Plan plan(String text) {
        return Plan.parse(text)
                .orElseThrow(() -> new InvalidRequestException(
                        "detail.plan", "is " + SafeText.quoted(text) + ", but must be " + Plan.ALLOWED));
    }

    private static RunId requestId(String text) {
        if (!RunId.isRequestId(text)) {
            throw new InvalidRequestException(
                    "detail.requestId", "is " + SafeText.quoted(text) + ", but must be " + RunId.ALLOWED_REQUEST_ID);
        }
        return new RunId(text);
    }

    /** The run of a request without a request id. */
    private static RunId unnamed(ScheduledEvent event, boolean dryRun, String invocationId) {
        if (ScheduledEvents.sent(event)) {
            return ScheduledEvents.runId(event);
        }
        if (event.getId() != null) {
            return RunId.ofEvent(event.getId())
                    .orElseThrow(() -> new InvalidRequestException(
                            "id", "is " + SafeText.quoted(event.getId()) + ", but must be " + RunId.ALLOWED_EVENT_ID));
        }
        if (dryRun) {
            return RunId.ofDryRun(invocationId);
        }
        throw new InvalidRequestException(
                "detail.requestId",
                "is missing, and the input has no event id to take its place, so that a second delivery would be a"
                        + " second run; it must be " + RunId.ALLOWED_REQUEST_ID);
    }

    private static void refuseTooLong(String description, RunId runId) {
        int left = BackupRequest.MAX_DESCRIPTION - BackupRequest.marker(runId).length();
        if (description.length() > left) {
            throw new InvalidRequestException(
                    "detail.description",
                    "has " + description.length() + " characters, but may have at most " + left
                            + ": with the run's marker a description has at most " + BackupRequest.MAX_DESCRIPTION);
        }
    }

    private static RequestedBy requestedBy(ScheduledEvent event) {
        return new RequestedBy(
                shown(event.getSource()).orElse("direct"), shown(event.getDetailType()), shown(event.getId()));
    }

    /** The envelope is not checked, but it is written to the audit table, so its length is limited. */
    private static Optional<String> shown(String text) {
        return Optional.ofNullable(text)
                .filter(present -> !present.isEmpty())
                .map(present -> SafeText.shown(present, SHOWN_ENVELOPE));
    }
}
