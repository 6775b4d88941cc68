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
 * What EC2 calls an instance, as Systems Manager tells it ({@code DescribeInstanceProperties}): asked only of one that
 * is not Online, which may be stopped, or gone for good. Nothing is caught here.
 */
record InstanceState(SsmClient client) {
    /** An instance never comes back from these (EC2's life cycle of instances). */
    private static final Set<String> GONE = Set.of("shutting-down", "terminated");

    static boolean isGone(String state) {
        return GONE.contains(state);
    }

    /**
     * In EC2's words, such as {@code stopped}; nothing where Systems Manager shows no such instance, or no state of it.
     */
    Optional<String> of(ServerName server, TimeBudget budget) {
        DescribeInstancePropertiesResponse answer = client.describeInstanceProperties(
                request -> request.instancePropertyFilterList(InstancePropertyFilter.builder()
                                .key(InstancePropertyFilterKey.INSTANCE_IDS)
                                .valueSet(server.value())
                                .build())
                        .overrideConfiguration(budget.next()));
        // The one instance that is asked for fits on the first page; whatever the filter does, no other's state counts.
        return answer.instanceProperties().stream()
                .filter(one -> server.value().equals(one.instanceId()))
                .map(InstanceProperty::instanceState)
                .filter(state -> state != null && !state.isEmpty())
                .findFirst();
    }
}
