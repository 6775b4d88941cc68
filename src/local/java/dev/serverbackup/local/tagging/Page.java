package dev.serverbackup.local.tagging;

import java.time.Instant;
import java.util.List;

/**
 * What one answer holds.
 *
 * @param nextToken empty on the last page
 */
record Page(List<ResourceTags> resources, String nextToken) {

    /** The page that {@code query} asks for, out of all that it found, sorted by ARN. */
    static Page of(List<ResourceTags> found, Query query, Instant now) {
        var start = query.token()
                .map(text -> start(found, PaginationToken.read(text, query.fingerprint(), now)))
                .orElse(0);
        var end = query.arns().isEmpty() ? Math.min(found.size(), start + query.resourcesPerPage()) : found.size();
        var page = found.subList(start, end);
        return new Page(
                page, end == found.size() ? "" : token(found, end, query, now).text());
    }

    private static int start(List<ResourceTags> found, PaginationToken token) {
        var before = found.stream()
                .filter(each -> each.arn().compareTo(token.lastArn()) < 0)
                .count();
        var same = found.stream()
                .filter(each -> each.arn().equals(token.lastArn()))
                .count();
        return (int) (before + Math.min(same, token.times()));
    }

    private static PaginationToken token(List<ResourceTags> found, int end, Query query, Instant now) {
        var last = found.get(end - 1).arn();
        var times = found.subList(0, end).stream()
                .filter(each -> each.arn().equals(last))
                .count();
        return new PaginationToken(last, (int) times, query.fingerprint(), now);
    }
}
