package dev.serverbackup.server;

import java.util.Map;

/** A resource and its tags, as the tagging API lists them; not each one is a server that can be backed up. */
public record TaggedResource(String arn, Map<String, String> tags) {
    public TaggedResource {
        tags = Map.copyOf(tags);
    }
}
