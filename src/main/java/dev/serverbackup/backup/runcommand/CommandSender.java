package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.Documents.DocumentReference;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.backup.runcommand.Preflight.Verdict;
import dev.serverbackup.request.ServerName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/**
 * Sends one command of a pinned document to one server, with checked parameters only. Exceptions are not caught here.
 */
record CommandSender(SsmClient client, RunCommandSettings settings) {
    private static final Duration MOST_FOR_DELETION = Duration.ofHours(1);

    /** @throws IllegalArgumentException if the response has no command */
    BackupCommand backup(Verdict.Admitted how, BackupId id, String description, AwsRequestOverrideConfiguration call) {
        Map<String, List<String>> parameters = parameters(id, settings.destination(), settings.execution());
        parameters.put(BackupCommand.DESCRIPTION, List.of(Comment.packed(description)));
        parameters.put("beginBefore", List.of(epochSeconds(id.at().plus(settings.delivery()))));
        parameters.put("engine", List.of(how.engine().id()));
        how.script().ifPresent(script -> parameters.put("script", List.of(script)));
        return sent(request(settings.documents().backup(), id, Comment.ofBackup(description), parameters), call);
    }

    /** Always ten digits, as the documents require. An agent may run a command again long after it was sent. */
    private static String epochSeconds(Instant instant) {
        return "%010d".formatted(instant.getEpochSecond());
    }

    /** @throws IllegalArgumentException if the response has no command */
    BackupCommand deletion(BackupId id, String destination, AwsRequestOverrideConfiguration call) {
        Duration most = Collections.min(List.of(MOST_FOR_DELETION, settings.execution()));
        return sent(
                request(settings.documents().deletion(), id, Comment.ofDeletion(id), parameters(id, destination, most)),
                call);
    }

    /** The parameters of every document. */
    static Map<String, List<String>> parameters(BackupId id, String destination, Duration execution) {
        return new TreeMap<>(Map.of(
                BackupCommand.BACKUP_ID,
                List.of(id.toString()),
                BackupCommand.DESTINATION,
                List.of(destination),
                "executionTimeout",
                List.of(BigDecimal.valueOf(execution.toSeconds()).toPlainString())));
    }

    private SendCommandRequest.Builder request(
            DocumentReference document, BackupId id, String comment, Map<String, List<String>> parameters) {
        return request(document, id.server(), settings.delivery(), settings.logGroup())
                .comment(comment)
                .parameters(parameters);
    }

    /** A command to one server, of a pinned document. */
    static SendCommandRequest.Builder request(
            DocumentReference document, ServerName server, Duration delivery, Optional<String> logGroup) {
        SendCommandRequest.Builder request = SendCommandRequest.builder()
                .instanceIds(server.value())
                .documentName(document.name())
                .timeoutSeconds((int) delivery.toSeconds());
        document.version().ifPresent(request::documentVersion);
        document.sha256().ifPresent(hash -> request.documentHash(hash).documentHashType(DocumentHashType.SHA256));
        logGroup.ifPresent(group -> request.cloudWatchOutputConfig(
                output -> output.cloudWatchLogGroupName(group).cloudWatchOutputEnabled(true)));
        return request;
    }

    private BackupCommand sent(SendCommandRequest.Builder builder, AwsRequestOverrideConfiguration call) {
        SendCommandRequest request = builder.overrideConfiguration(call).build();
        SendCommandResponse answer = client.sendCommand(request);
        if (answer.command() == null || answer.command().commandId() == null) {
            throw new IllegalArgumentException("the response has no Command");
        }
        // The request's own comment and parameters are used, since the response may not repeat all of them.
        Command command = answer.command().toBuilder()
                .comment(request.comment())
                .parameters(request.parameters())
                .build();
        return BackupCommand.of(command).orElseThrow();
    }
}
