package dev.serverbackup.backup.systemsmanager;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.request.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/** Systems Manager's own view of a server. Nothing is caught here but its word that there is no such instance. */
record Instances(SsmClient client) {
    private static final int MOST_PAGES = 100;

    /** Why no command can reach the server now; nothing where one can. */
    Optional<BackupError> unreachable(ServerName server, Budget budget) {
        if (!BackupId.isInstance(server)) {
            return refusal(ErrorType.RESOURCE_NOT_FOUND, server + " is no EC2 instance's id");
        }
        try {
            Optional<InstanceInformation> shown = shown(server, budget).stream().findFirst();
            return shown.filter(one -> one.pingStatus() == PingStatus.ONLINE).isPresent()
                    ? Optional.empty()
                    : Optional.of(notOnline(server, shown, budget));
        } catch (InvalidInstanceIdException gone) {
            return refusal(
                    ErrorType.RESOURCE_NOT_FOUND,
                    "there is no instance %s (any more): Systems Manager does not accept its id".formatted(server));
        }
    }

    /** What EC2 says decides whether it may come back; where that can't be had, it may. */
    private BackupError notOnline(ServerName server, Optional<InstanceInformation> shown, Budget budget) {
        String seen = shown.map(Instances::offline)
                .orElse("instance %s is stopped, or not managed by Systems Manager".formatted(server));
        return switch (Calls.known(() -> new InstanceState(client).of(server, budget))) {
            case Calls.Answer.Got<Optional<String>>(var state)
            when state.filter(InstanceState::isGone).isPresent() ->
                BackupError.known(
                        ErrorType.RESOURCE_NOT_FOUND,
                        "there is no instance %s any more: EC2 calls it %s".formatted(server, state.get()));
            case Calls.Answer.Got<Optional<String>>(var state) ->
                BackupError.known(
                        ErrorType.INVALID_STATE,
                        seen + state.map("; EC2 calls it %s"::formatted).orElse(""));
            case Calls.Answer.Failed<Optional<String>>(var error) ->
                BackupError.known(
                        ErrorType.INVALID_STATE,
                        seen + "; what EC2 calls it could not be asked: "
                                + error.type().name());
        };
    }

    /** A page may be empty and not the last. */
    private List<InstanceInformation> shown(ServerName server, Budget budget) {
        var request = DescribeInstanceInformationRequest.builder()
                .filters(InstanceInformationStringFilter.builder()
                        .key("InstanceIds")
                        .values(server.value())
                        .build());
        List<InstanceInformation> shown = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            DescribeInstanceInformationResponse answer = client.describeInstanceInformation(
                    request.overrideConfiguration(budget.next()).build());
            if (!answer.hasInstanceInformationList()) {
                throw new IllegalArgumentException("the answer holds no InstanceInformationList");
            }
            // Whatever the filter does: only this server's own state says anything of it.
            answer.instanceInformationList().stream()
                    .filter(one -> server.value().equals(one.instanceId()))
                    .forEach(shown::add);
            String next = Objects.requireNonNullElse(answer.nextToken(), "");
            if (next.isEmpty() || !shown.isEmpty()) {
                return shown;
            }
            request.nextToken(next);
        }
        throw new IllegalArgumentException("no end after " + MOST_PAGES + " pages");
    }

    private static String offline(InstanceInformation shown) {
        return "instance %s is not Online: its agent is %s, and was last heard of at %s"
                .formatted(shown.instanceId(), shown.pingStatusAsString(), shown.lastPingDateTime());
    }

    private static Optional<BackupError> refusal(ErrorType type, String message) {
        return Optional.of(BackupError.known(type, message));
    }
}
