package dev.serverbackup.local.systemsmanager;

import dev.serverbackup.local.tagging.ResourceTags;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A managed node as the tagging API and Systems Manager see it: an EC2 instance, or a machine elsewhere.
 *
 * @param id such as {@code i-0123456789abcdef0}, or {@code mi-0123456789abcdef0} of a machine elsewhere
 */
public record Instance(String id, Map<String, String> tags, Standing standing) {

    /**
     * What Systems Manager knows of it. What it says of an instance that is not Online is our own choice but for the
     * first.
     */
    public enum Standing {
        /** Its agent is heard of. */
        ONLINE("Online", "running"),
        /** Its agent was heard of, and is not any more. */
        OFFLINE("ConnectionLost", "running"),
        /** Not among the managed ones while it is. */
        STOPPED(null, "stopped"),
        /** Never managed: not shown at all. */
        UNMANAGED(null, null),
        /** Gone a moment ago: its id is still accepted. */
        ENDING(null, "terminated"),
        /** Gone, though its tags are still listed. */
        TERMINATED(null, null);

        private final Optional<String> ping;
        private final Optional<String> state;

        Standing(String ping, String state) {
            this.ping = Optional.ofNullable(ping);
            this.state = Optional.ofNullable(state);
        }

        /** Its {@code PingStatus}; nothing where {@code DescribeInstanceInformation} does not show it. */
        Optional<String> ping() {
            return ping;
        }

        /** EC2's {@code InstanceState}; nothing where {@code DescribeInstanceProperties} does not show it. */
        Optional<String> state() {
            return state;
        }
    }

    public Instance {
        tags = new TreeMap<>(tags);
    }

    /** One that is Online and has these tags. */
    public static Instance online(String id, Map<String, String> tags) {
        return new Instance(id, tags, Standing.ONLINE);
    }

    public Instance in(Standing other) {
        return new Instance(id, tags, other);
    }

    /** As the tagging API lists it. */
    public ResourceTags listed(String region, String account) {
        String arn = isElsewhere() ? "arn:aws:ssm:%s:%s:managed-instance/%s" : "arn:aws:ec2:%s:%s:instance/%s";
        return new ResourceTags(arn.formatted(region, account, id), tags);
    }

    /** Not on EC2: it was registered by a hybrid activation. */
    boolean isElsewhere() {
        return id.startsWith("mi-");
    }

    /** EC2's {@code InstanceState}, which a machine elsewhere does not have. */
    Optional<String> state() {
        return standing.state().filter(_ -> !isElsewhere());
    }

    String resourceType() {
        return isElsewhere() ? "ManagedInstance" : "EC2Instance";
    }
}
