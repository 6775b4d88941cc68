package dev.serverbackup.local.tagging;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A resource that has tags, or once had some.
 *
 * @param arn at least {@code arn:partition:service:region:account:resource}, though nothing forces it to be well-formed
 */
public record ResourceTags(@JsonProperty(required = true) String arn, Map<String, String> tags) {

    public ResourceTags {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /**
     * Whether it is of a type given as {@code service[:resourceType]}, both as in the ARN: the type is what stands
     * before the first {@code /} or {@code :} of the resource part.
     */
    boolean isOfType(String filter) {
        var parts = arn.split(":", 6);
        if (parts.length < 6) {
            return false;
        }
        var resourceType = parts[5].split("[/:]", 2)[0];
        return filter.equals(parts[2]) || filter.equals(parts[2] + ":" + resourceType);
    }
}
