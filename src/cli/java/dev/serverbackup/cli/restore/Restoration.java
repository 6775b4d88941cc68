package dev.serverbackup.cli.restore;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.cli.CommandFailedException;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Starts a restore and follows it to its end. It is sent once, within a minute after its row was written. If its effect
 * is unknown, it is looked up, and never sent again. Each change is written to the audit before the next step.
 */
final class Restoration {
    /** The time-out of one call. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration SENT_WITHIN = Duration.ofMinutes(1);

    /** How long an accepted restore may not be listed yet. */
    private static final Duration VISIBILITY_DELAY = Duration.ofSeconds(45);

    /** No restore runs longer; Systems Manager shows a command for 30 days. */
    private static final Duration LONGEST = Duration.ofDays(3);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final int MOST_UNANSWERED_LOOKS = 24;

    private final RestoreRows rows;
    private final BackupOperations operations;
    private final InstantSource clock;
    private final Consumer<Duration> pause;
    private final Consumer<String> progress;

    /**
     * @param clock the deployment's, running
     * @param pause waits
     * @param progress gets a line for each lookup
     */
    Restoration(
            RestoreRows rows,
            BackupOperations operations,
            InstantSource clock,
            Consumer<Duration> pause,
            Consumer<String> progress) {
        this.rows = rows;
        this.operations = operations;
        this.clock = clock;
        this.pause = pause;
        this.progress = progress;
    }

    /** Sends a restore whose row was just written, once. */
    Restore start(Restore requested) {
        return switch (operations.start(
                requested.operation(), requested.requestedAt().plus(SENT_WITHIN))) {
            case OperationResult.Running(var startedAs) -> written(requested, row -> row.running(startedAs, now()));
            case OperationResult.Succeeded(var words) -> written(requested, row -> row.succeeded(words, now()));
            case OperationResult.Failed(var error) -> written(requested, row -> row.failed(error, now()));
            case OperationResult.Refused(var error) -> written(requested, row -> row.failed(error, now()));
            case OperationResult.NotSent() ->
                written(
                        requested,
                        row -> row.failed(
                                BackupError.known(
                                        ErrorType.NOT_SENT,
                                        "it was not sent within %d seconds after its row was written"
                                                .formatted(SENT_WITHIN.toSeconds())),
                                now()));
            case OperationResult.Doubtful(var error) -> lookUp(requested, error);
        };
    }

    /** Reads the state of a restore once; if it is not known whether it was started, looks that up first. */
    Restore look(Restore restore) {
        Restore row = found(restore);
        return row.status().isOpen() ? looked(row, state(row), MOST_UNANSWERED_LOOKS) : row;
    }

    /** Reads the state until it has ended. */
    Restore follow(Restore restore) {
        Restore row = found(restore);
        int unanswered = 0;
        while (row.status().isOpen()) {
            OperationResult.OfState answer = state(row);
            unanswered = answer instanceof OperationResult.Unavailable ? unanswered + 1 : 0;
            row = looked(row, answer, unanswered);
            if (row.status().isOpen()) {
                pause.accept(BETWEEN_LOOKS);
            }
        }
        return row;
    }

    private Restore found(Restore restore) {
        return switch (restore.status()) {
            case REQUESTED ->
                lookUp(restore, BackupError.doubtful(ErrorType.NO_ANSWER, "the program ended before it had an answer"));
            case RUNNING, SUCCEEDED, FAILED, UNKNOWN -> restore;
        };
    }

    /** Looks it up until the service would list it if it had been started. */
    private Restore lookUp(Restore requested, BackupError why) {
        Instant shownBy =
                requested.requestedAt().plus(SENT_WITHIN).plus(CALL_TIMEOUT).plus(VISIBILITY_DELAY);
        int unanswered = 0;
        while (true) {
            boolean late = !now().isBefore(shownBy);
            switch (operations.find(requested.operation())) {
                case OperationResult.Running(var startedAs) -> {
                    return written(requested, row -> row.running(startedAs, now()));
                }
                case OperationResult.NotFound()
                when late -> {
                    return written(requested, row -> row.unknown(why, now()));
                }
                case OperationResult.NotFound() -> unanswered = 0;
                case OperationResult.Unavailable(var error) -> {
                    unanswered++;
                    giveUpAfter(unanswered, requested, error);
                }
            }
            progress.accept("it is not known whether the restore was started (%s): looking it up until %s"
                    .formatted(why.type().name(), shownBy));
            pause.accept(BETWEEN_LOOKS);
        }
    }

    private OperationResult.OfState state(Restore running) {
        return operations.state(running.operation(), running.startedAs().orElseThrow());
    }

    private Restore looked(Restore running, OperationResult.OfState answer, int unanswered) {
        return switch (answer) {
            case OperationResult.Running _ -> {
                progress.accept("being restored for %s".formatted(running.row().since("startedAt", now())));
                yield running;
            }
            case OperationResult.Succeeded(var words) -> written(running, row -> row.succeeded(words, now()));
            case OperationResult.Failed(var error) -> written(running, row -> row.failed(error, now()));
            case OperationResult.Unavailable(var error) -> {
                if (now().isAfter(running.requestedAt().plus(LONGEST))) {
                    yield written(running, row -> row.unknown(error, now()));
                }
                giveUpAfter(unanswered, running, error);
                progress.accept("no answer: " + error.message());
                yield running;
            }
        };
    }

    private static void giveUpAfter(int unanswered, Restore restore, BackupError error) {
        if (unanswered >= MOST_UNANSWERED_LOOKS) {
            throw new CommandFailedException(
                    "The state of the restore of server %s can't be read: %s (%s)"
                            .formatted(
                                    restore.server(),
                                    error.message(),
                                    error.type().name()),
                    "It continues without this program, and its row is open: " + followed(restore.server()));
        }
    }

    /** If the write fails, the message says what happened. */
    private Restore written(Restore before, UnaryOperator<Restore> change) {
        Restore after = change.apply(before);
        try {
            return rows.replace(before, after);
        } catch (SdkException e) {
            throw new CommandFailedException(
                    "The restore of server %s is %s, but that could not be written to the audit table: %s"
                            .formatted(before.server(), after.status(), e.getMessage()),
                    followed(before.server()));
        }
    }

    /** The advice on how to follow it. */
    static String followed(ServerName server) {
        return "server-backup restore --server %s --follow shows its progress, and sends nothing.".formatted(server);
    }

    private Instant now() {
        return clock.instant();
    }
}
