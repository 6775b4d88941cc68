package dev.serverbackup.local.systemsmanager;

import dev.serverbackup.local.tagging.TaggedResource;
import java.util.Map;
import java.util.TreeMap;

/**
 * An EC2 instance as the tagging API and Systems Manager see it.
 *
 * @param id such as {@code i-0123456789abcdef0}
 */
public record Instance(String id, Map<String, String> tags, Standing standing) {

    /** What Systems Manager knows of it. */
    public enum Standing {
        /** Its agent is heard of. */
        ONLINE,
        /** Its agent was heard of, and is not any more. */
        OFFLINE,
        /** Stopped, or never managed: not shown at all. */
        STOPPED,
        /** Gone, though its tags are still listed. */
        TERMINATED
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
    public TaggedResource listed(String region, String account) {
        return new TaggedResource("arn:aws:ec2:%s:%s:instance/%s".formatted(region, account, id), tags);
    }
}
