package dev.serverbackup.server;

import dev.serverbackup.request.SafeText;

/**
 * A resource that was selected and can't be a target.
 *
 * @param resource its ARN, safe to be shown: at most 200 characters, none of them a control character
 * @param reason one of few texts
 */
public record SkippedResource(String resource, String reason) {
    private static final int MAX_RESOURCE = 200;

    public SkippedResource {
        resource = SafeText.shown(resource, MAX_RESOURCE);
    }
}
