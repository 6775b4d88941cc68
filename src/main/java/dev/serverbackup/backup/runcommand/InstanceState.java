package dev.serverbackup.backup.runcommand;

import dev.serverbackup.request.ServerName;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePropertiesResponse;
import software.amazon.awssdk.services.ssm.model.InstanceProperty;
import software.amazon.awssdk.services.ssm.model.InstancePropertyFilter;
import software.amazon.awssdk.services.ssm.model.InstancePropertyFilterKey;

/**
 * Reads the EC2 state of an instance from Systems Manager ({@code DescribeInstanceProperties}). It is read only for an
 * instance that is not Online, which may be stopped or terminated. Exceptions are not caught here.
 */
record InstanceState(SsmClient client) {
    /** The states that an instance never leaves (EC2, instance lifecycle). */
    private static final Set<String> GONE = Set.of("shutting-down", "terminated");

    static boolean isGone(String state) {
        return GONE.contains(state);
    }

    /** The state, such as {@code stopped}; empty if Systems Manager shows no such instance, or no state of it. */
    Optional<String> of(ServerName server, TimeBudget budget) {
        DescribeInstancePropertiesResponse answer = client.describeInstanceProperties(
                request -> request.instancePropertyFilterList(InstancePropertyFilter.builder()
                                .key(InstancePropertyFilterKey.INSTANCE_IDS)
                                .valueSet(server.value())
                                .build())
                        .overrideConfiguration(budget.next()));
        // One instance fits on the first page. The state of any other instance in the response is ignored.
        return answer.instanceProperties().stream()
                .filter(one -> server.value().equals(one.instanceId()))
                .map(InstanceProperty::instanceState)
                .filter(state -> state != null && !state.isEmpty())
                .findFirst();
    }
}
