package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where the next page begins: after the last element of this one, so that what comes and goes meanwhile moves nothing.
 * A token belongs to one list of one resource; with a check sum, so that no other text passes for one.
 */
final class PageToken {

    private static final char BETWEEN = '\n';

    private PageToken() {}

    static String of(String list, String resource, String last) {
        var sum = Long.toHexString(sum(list, resource, last));
        var plain = sum + BETWEEN + last;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The element that the page before ended with; refused if the token is none of ours for this list. */
    static String read(String token, String list, String resource) {
        var plain = decoded(token);
        var end = plain.indexOf(BETWEEN);
        var last = plain.substring(end + 1);
        if (end < 0 || !plain.substring(0, end).equals(Long.toHexString(sum(list, resource, last)))) {
            throw foreign();
        }
        return last;
    }

    static AwsError foreign() {
        return new AwsError(AwsErrorType.INVALID_NEXT_TOKEN, "NextToken was not returned by an earlier request.");
    }

    private static long sum(String list, String resource, String last) {
        var sum = new CRC32();
        sum.update((list + BETWEEN + resource + BETWEEN + last).getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException foreign) {
            return "";
        }
    }
}
