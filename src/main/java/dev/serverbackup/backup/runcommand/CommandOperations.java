package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.CommandSettings;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.backup.aws.SendDeadline;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;

/**
 * Operations of one kind by Run Command: each is one {@code SendCommand} of a pinned document. The command is found
 * again by its comment, which names the backup and the operation.
 */
public final class CommandOperations implements BackupOperations {
    private final SsmClient client;
    private final CommandSettings settings;
    private final InstantSource clock;
    private final Duration callTimeout;
    private final Instances instances;
    private final Commands commands;

    private CommandOperations(SsmClient client, CommandSettings settings, InstantSource clock, Duration callTimeout) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        this.callTimeout = callTimeout;
        this.instances = new Instances(client);
        this.commands = new Commands(client);
    }

    /**
     * Builds the client itself, since the contract depends on its retries and on the check before each transmission.
     *
     * @param builder with the endpoint, credentials and HTTP client to use
     * @param callTimeout for starting one operation, or for one lookup: all calls that it takes, with their retries
     */
    public static CommandOperations with(
            SsmClientBuilder builder, CommandSettings settings, InstantSource clock, Duration callTimeout) {
        return new CommandOperations(Calls.client(builder, callTimeout), settings, clock, callTimeout);
    }

    /** What the documents need to know of a backup; the document that made it reported all of this. */
    private record Known(Artefact artefact, String engine, BigDecimal size, String sha256) {
        static Optional<Known> of(BackupOperation operation) {
            Map<String, Object> members = operation.backup().members();
            return Artefact.of(operation.backup())
                    .filter(_ -> members.get("Engine") instanceof String)
                    .filter(_ -> members.get("Size") instanceof BigDecimal)
                    .filter(_ -> members.get("Sha256") instanceof String)
                    .map(artefact -> new Known(
                            artefact, (String) members.get("Engine"), (BigDecimal) members.get("Size"), (String)
                                    members.get("Sha256")));
        }
    }

    @Override
    public OperationResult.OfStart start(BackupOperation operation, Instant sendBefore) {
        Optional<Known> known = Known.of(operation);
        if (known.isEmpty()) {
            return refused(
                    ErrorType.VALIDATION,
                    ("the audit does not have the location, engine, size and SHA-256 of backup %s, so it can't be"
                                    + " verified or restored")
                            .formatted(operation.backup().id()));
        }
        TimeBudget before = TimeBudget.of(clock, callTimeout.dividedBy(2));
        return switch (Calls.answer(() -> whyNot(operation, before))) {
            case Calls.Answer.Failed<Optional<BackupError>>(var error) ->
                new OperationResult.Refused(error.withoutEffect());
            case Calls.Answer.Got<Optional<BackupError>>(var why)
            when why.isPresent() -> new OperationResult.Refused(why.get());
            case Calls.Answer.Got<Optional<BackupError>> _ -> send(operation, known.get(), sendBefore);
        };
    }

    /**
     * Why it can't be started now. A restore would be refused on a busy server; a verification may run beside a backup.
     */
    private Optional<BackupError> whyNot(BackupOperation operation, TimeBudget budget) {
        return instances.unreachable(operation.server(), budget).or(() -> switch (operation.kind()) {
            case VERIFY -> Optional.empty();
            case RESTORE ->
                commands.executing(List.of(operation.server()), budget::isLeft).values().stream()
                        .findFirst()
                        .map(busy -> BackupError.known(
                                ErrorType.INVALID_STATE,
                                "server %s is busy with %s %s"
                                        .formatted(
                                                operation.server(),
                                                busy.isDeletion() ? "the deletion of backup" : "backup",
                                                busy.backupId())));
        });
    }

    private OperationResult.OfStart send(BackupOperation operation, Known known, Instant sendBefore) {
        SendDeadline deadline = new SendDeadline(clock, sendBefore);
        var request = CommandSender.request(
                        settings.document(), operation.server(), settings.delivery(), settings.logGroup())
                .comment(comment(operation))
                .parameters(parameters(operation, known))
                .overrideConfiguration(AwsRequestOverrideConfiguration.builder()
                        .putExecutionAttribute(SendDeadline.ATTRIBUTE, deadline)
                        .apiCallTimeout(callTimeout.dividedBy(2))
                        .build());
        try {
            Command sent = client.sendCommand(request.build()).command();
            if (sent == null || sent.commandId() == null) {
                throw new IllegalArgumentException("the response has no Command");
            }
            return new OperationResult.Running(sent.commandId());
        } catch (RuntimeException e) {
            return deadline.startOf(e);
        }
    }

    private Map<String, List<String>> parameters(BackupOperation operation, Known known) {
        Map<String, List<String>> parameters = new TreeMap<>(
                CommandSender.parameters(known.artefact().id(), known.artefact().destination(), settings.execution()));
        parameters.put("engine", List.of(known.engine()));
        parameters.put("size", List.of(known.size().toPlainString()));
        parameters.put("sha256", List.of(known.sha256()));
        switch (operation.kind()) {
            case VERIFY -> {}
            case RESTORE -> parameters.put("restoreId", List.of(operation.id()));
        }
        return parameters;
    }

    /** At most 94 characters; Systems Manager allows 100. */
    private static String comment(BackupOperation operation) {
        String does = switch (operation.kind()) {
            case VERIFY -> "verifies";
            case RESTORE -> "restores";
        };
        return "Server Backup %s %s %s".formatted(does, operation.backup().id(), operation.id());
    }

    @Override
    public OperationResult.OfLookup find(BackupOperation operation) {
        TimeBudget budget = TimeBudget.of(clock, callTimeout.dividedBy(2));
        return switch (Calls.answer(
                () -> commands.withComment(comment(operation), operation.server(), operation.requestedAt(), budget))) {
            case Calls.Answer.Failed<Optional<Command>>(var error) -> new OperationResult.Unavailable(error);
            case Calls.Answer.Got<Optional<Command>>(var found) ->
                found.<OperationResult.OfLookup>map(one -> new OperationResult.Running(one.commandId()))
                        .orElseGet(OperationResult.NotFound::new);
        };
    }

    @Override
    public OperationResult.OfState state(BackupOperation operation, String startedAs) {
        TimeBudget budget = TimeBudget.of(clock, callTimeout.dividedBy(2));
        return switch (Calls.answer(() -> ended(operation, startedAs, budget))) {
            case Calls.Answer.Failed<OperationResult.OfState>(var error) -> new OperationResult.Unavailable(error);
            case Calls.Answer.Got<OperationResult.OfState>(var state) -> state;
        };
    }

    private OperationResult.OfState ended(BackupOperation operation, String command, TimeBudget budget) {
        try {
            var answer = client.getCommandInvocation(request -> request.commandId(command)
                    .instanceId(operation.server().value())
                    .overrideConfiguration(budget.next()));
            if (answer.status() == null) {
                throw new IllegalArgumentException("the response has no Status");
            }
            return switch (answer.status()) {
                case PENDING, IN_PROGRESS, DELAYED, CANCELLING, UNKNOWN_TO_SDK_VERSION ->
                    new OperationResult.Running(command);
                case SUCCESS, FAILED, CANCELLED, TIMED_OUT -> byItsLine(operation, answer);
            };
        } catch (InvocationDoesNotExistException notDelivered) {
            return new OperationResult.Unavailable(BackupError.known(
                    ErrorType.NO_ANSWER, "Systems Manager shows no invocation of command %s".formatted(command)));
        }
    }

    /** The document's output decides, whatever the status; without it, what the command did is not known. */
    private static OperationResult.OfState byItsLine(BackupOperation operation, GetCommandInvocationResponse answer) {
        return switch (DocumentOutput.readOperation(answer.standardOutputContent(), operation)) {
            case DocumentOutput.Verified(var members) ->
                new OperationResult.Succeeded(String.valueOf(members.getOrDefault("checked", "")));
            case DocumentOutput.Failure(var type, var message) ->
                new OperationResult.Failed(BackupError.known(type, message));
            case DocumentOutput.Unreadable(var why) ->
                new OperationResult.Failed(BackupError.doubtful(
                        switch (operation.kind()) {
                            case VERIFY -> ErrorType.VERIFICATION_INCONCLUSIVE;
                            case RESTORE -> ErrorType.RESTORE_FAILED;
                        },
                        "command %s ended as %s, and %s%s"
                                .formatted(
                                        answer.commandId(),
                                        CommandResultMapper.word(answer.statusDetails(), answer.statusAsString()),
                                        why,
                                        CommandResultMapper.reason(answer))));
        };
    }

    private static OperationResult.Refused refused(ErrorType type, String why) {
        return new OperationResult.Refused(BackupError.known(type, why));
    }
}
