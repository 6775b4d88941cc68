package dev.serverbackup.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.Application;
import dev.serverbackup.BackupHandler;
import dev.serverbackup.FollowUpHandler;
import dev.serverbackup.local.eventbridge.BusEvent;
import dev.serverbackup.local.lambda.Lambda;
import dev.serverbackup.local.systemsmanager.StatusEvent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The application's two functions: events on the bus invoke them, by the rules of {@code template.yaml}, and the
 * schedules, by the cloud's clock. An invocation from the bus that throws is repeated twice, as Lambda does.
 * Thread-safe.
 */
public final class LocalFunctions implements Lambda.Handler, AutoCloseable {
    /** The name of the function, with its alias. */
    public static final String NAME = "server-backup-backup";

    static final String STACK = "server-backup";
    private static final String REQUEST = "Server Backup Requested";
    private static final Set<String> NOT_YET_ENDED = Set.of("Pending", "InProgress", "Delayed", "Cancelling");
    private static final Duration BETWEEN_PASSES = Duration.ofMinutes(5);
    private static final Duration LATE = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofMinutes(15);
    private static final Duration BETWEEN_TICKS = Duration.ofMillis(200);
    private static final List<Duration> REPETITIONS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));
    static final String ACCOUNT = "123456789012";

    private final BackupHandler backup;
    private final FollowUpHandler followUp;
    private final InstantSource clock;
    private final BigDecimal speed;
    private final String region;
    private final Optional<DailyRule> schedule;
    private final Consumer<String> failed;
    private final ExecutorService invocations = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService passes =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private Instant nextPass;

    /**
     * Ready to {@link #start}.
     *
     * @param clock the cloud's clock, which the application uses, too
     * @param speed of that clock
     * @param schedule absent: nothing fires
     * @param failed takes a line for each invocation that failed for good
     */
    LocalFunctions(
            Application application,
            InstantSource clock,
            BigDecimal speed,
            String region,
            Optional<DailyRule> schedule,
            Consumer<String> failed) {
        this.failed = failed;
        this.backup = new BackupHandler(application);
        this.followUp = new FollowUpHandler(application);
        this.clock = clock;
        this.speed = speed;
        this.region = region;
        this.schedule = schedule;
        nextPass = clock.instant().plus(BETWEEN_PASSES);
    }

    void start() {
        var _ = ticks.scheduleWithFixedDelay(
                this::tick, BETWEEN_TICKS.toMillis(), BETWEEN_TICKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Invokes the function of the event's rule, if there is one. Returns at once. */
    void on(BusEvent event) {
        if (isRequest(event)) {
            String json = event.envelope(ACCOUNT, region).toString();
            invocations.execute(() -> repeated(json));
        } else if (isEndOfCommand(event)) {
            ScheduledEvent parsed =
                    EventFile.parse(event.envelope(ACCOUNT, region).toString());
            passes.execute(() -> pass(parsed));
        }
    }

    @Override
    public String invoke(String event) {
        return EventFile.json(backup.handleRequest(EventFile.parse(event), context()));
    }

    @Override
    public void invokeLater(String event) {
        invocations.execute(() -> repeated(event));
    }

    private boolean isRequest(BusEvent event) {
        return event.detailType().equals(REQUEST)
                && (!event.parsedDetail().has("stack")
                        || event.parsedDetail().path("stack").asText().equals(STACK));
    }

    private static boolean isEndOfCommand(BusEvent event) {
        return event.detailType().equals(StatusEvent.DETAIL_TYPE)
                && !NOT_YET_ENDED.contains(event.parsedDetail().path("status").asText());
    }

    private void repeated(String event) {
        for (int tries = 0; ; tries++) {
            try {
                String _ = invoke(event);
                return;
            } catch (RuntimeException e) {
                if (invocations.isShutdown()) {
                    return;
                }
                if (tries == REPETITIONS.size()) {
                    failed.accept("The function failed three times with %s: %s; the event was %s"
                            .formatted(e.getClass().getSimpleName(), e.getMessage(), event));
                    return;
                }
                pause(REPETITIONS.get(tries));
            }
        }
    }

    private void pause(Duration ofTheCloud) {
        long millis = BigDecimal.valueOf(ofTheCloud.toMillis())
                .divide(speed, RoundingMode.UP)
                .longValue();
        try {
            TimeUnit.MILLISECONDS.sleep(Math.max(1, millis));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        Instant now = clock.instant();
        schedule.ifPresent(rule -> rule.due(now).forEach(this::deliver));
        if (!nextPass.isAfter(now)) {
            // Passes that a slow machine has missed are skipped: one pass processes all that is due.
            nextPass = now.plus(BETWEEN_PASSES);
            passes.execute(() -> pass(new ScheduledEvent()));
        }
    }

    private void deliver(DailyRule.Firing firing) {
        switch (firing.fate()) {
            case IN_TIME -> invokeLater(firing.event());
            case LOST -> {}
            case LATE ->
                invocations.execute(() -> {
                    pause(LATE);
                    repeated(firing.event());
                });
            case TWICE -> {
                invokeLater(firing.event());
                invokeLater(firing.event());
            }
        }
    }

    private void pass(ScheduledEvent event) {
        try {
            var _ = followUp.handleRequest(event, context());
        } catch (RuntimeException e) {
            if (passes.isShutdown()) {
                return;
            }
            failed.accept("A pass of the follow-up failed, and the next one tries again: " + e);
        }
    }

    /** The function's own work is not faster than in real time. */
    private LocalContext context() {
        long millis = speed.max(BigDecimal.ONE)
                .multiply(BigDecimal.valueOf(TIMEOUT.toMillis()))
                .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .longValue();
        return new LocalContext(UUID.randomUUID().toString(), clock.instant().plusMillis(millis), clock);
    }

    /** Starts nothing any more, and interrupts what runs, as if the machine failed. */
    @Override
    public void close() {
        ticks.shutdownNow();
        invocations.shutdownNow();
        passes.shutdownNow();
    }
}
