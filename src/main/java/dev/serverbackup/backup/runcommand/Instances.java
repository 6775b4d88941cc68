package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.aws.Pages;
import dev.serverbackup.request.ServerName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/**
 * Reads which servers Systems Manager manages, and their state. The only exception that is caught here is the one for
 * an unknown instance.
 */
record Instances(SsmClient client) {
    static final int PAGE = 50;
    private static final ErrorType INVALID_INSTANCE_ID = new ErrorType("InvalidInstanceId");

    /** All managed servers, by their ids: one call for 50 of them. */
    Map<String, InstanceInformation> all(BooleanSupplier permit) {
        return shown(DescribeInstanceInformationRequest.builder(), permit);
    }

    /**
     * Those of these servers that are managed, by their ids.
     *
     * @param servers at most {@link #PAGE}, which takes one call
     * @throws InvalidInstanceIdException if one of them does not exist any more
     */
    Map<String, InstanceInformation> of(List<ServerName> servers, BooleanSupplier permit) {
        return shown(DescribeInstanceInformationRequest.builder().filters(ids(servers)), permit);
    }

    /** Why no command can reach the server now; empty if one can. Makes one call, for this server only. */
    Optional<BackupError> unreachable(ServerName server, TimeBudget budget) {
        if (!BackupId.isInstance(server)) {
            return Optional.of(noInstance(server));
        }
        try {
            var request = DescribeInstanceInformationRequest.builder()
                    .filters(ids(List.of(server)))
                    .overrideConfiguration(budget.next());
            return unreachable(server, shown(request, budget::isLeft), budget);
        } catch (InvalidInstanceIdException gone) {
            return Optional.of(gone(server));
        }
    }

    /**
     * The same, from what has been read already.
     *
     * @param shown contains this server, if it is managed
     */
    Optional<BackupError> unreachable(ServerName server, Map<String, InstanceInformation> shown, TimeBudget budget) {
        if (!BackupId.isInstance(server)) {
            return Optional.of(noInstance(server));
        }
        Optional<InstanceInformation> one = Optional.ofNullable(shown.get(server.value()));
        return one.filter(seen -> seen.pingStatus() == PingStatus.ONLINE).isPresent()
                ? Optional.empty()
                : Optional.of(notOnline(server, one, budget));
    }

    /** The EC2 state decides whether the server may come back. If the state can't be read, it may. */
    private BackupError notOnline(ServerName server, Optional<InstanceInformation> shown, TimeBudget budget) {
        String seen = shown.map(Instances::offline)
                .orElse("instance %s is stopped, or not managed by Systems Manager".formatted(server));
        return switch (Calls.answer(() -> new InstanceState(client).of(server, budget))) {
            case Calls.Answer.Got<Optional<String>>(var state)
            when state.filter(InstanceState::isGone).isPresent() ->
                BackupError.known(
                        ErrorType.RESOURCE_NOT_FOUND,
                        "instance %s does not exist any more: its EC2 state is %s".formatted(server, state.get()));
            case Calls.Answer.Got<Optional<String>>(var state) ->
                BackupError.known(
                        ErrorType.INVALID_STATE,
                        seen + state.map("; its EC2 state is %s"::formatted).orElse(""));
            case Calls.Answer.Failed<Optional<String>>(var error)
            when error.type().equals(INVALID_INSTANCE_ID) -> gone(server);
            case Calls.Answer.Failed<Optional<String>>(var error) ->
                BackupError.known(
                        ErrorType.INVALID_STATE,
                        seen + "; its EC2 state could not be read: "
                                + error.type().name());
        };
    }

    private Map<String, InstanceInformation> shown(
            DescribeInstanceInformationRequest.Builder request, BooleanSupplier permit) {
        Map<String, InstanceInformation> shown = new HashMap<>();
        boolean whole = Pages.each(
                client.describeInstanceInformationPaginator(
                        request.maxResults(PAGE).build()),
                DescribeInstanceInformationResponse::nextToken,
                permit,
                page -> {
                    if (!page.hasInstanceInformationList()) {
                        throw new IllegalArgumentException("the response has no InstanceInformationList");
                    }
                    page.instanceInformationList().forEach(one -> shown.put(one.instanceId(), one));
                });
        if (!whole) {
            throw TimeBudget.over("which instances are Online");
        }
        return shown;
    }

    private static InstanceInformationStringFilter ids(List<ServerName> servers) {
        return InstanceInformationStringFilter.builder()
                .key("InstanceIds")
                .values(servers.stream().map(ServerName::value).toList())
                .build();
    }

    private static String offline(InstanceInformation shown) {
        return "instance %s is not Online: the ping status of its agent is %s, its last ping was at %s"
                .formatted(shown.instanceId(), shown.pingStatusAsString(), shown.lastPingDateTime());
    }

    private static BackupError noInstance(ServerName server) {
        return BackupError.known(
                ErrorType.RESOURCE_NOT_FOUND,
                server + " is not the id of an EC2 instance (i-) or of another managed node (mi-)");
    }

    private static BackupError gone(ServerName server) {
        return BackupError.known(
                ErrorType.RESOURCE_NOT_FOUND,
                "instance %s does not exist (any more): Systems Manager does not accept its id".formatted(server));
    }
}
