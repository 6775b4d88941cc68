package dev.serverbackup.local.tagging;

import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Where the next page begins: after the last resource of this one. Resources that come and go meanwhile move nothing.
 *
 * @param lastArn the ARN that the page ended with
 * @param times how many resources of that ARN were given: a resource may be listed twice
 * @param query the fingerprint of the query that it belongs to
 */
record PaginationToken(String lastArn, int times, int query, Instant issuedAt) {

    private static final Duration VALID_FOR = Duration.ofMinutes(15);
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}) (-?\\d{1,10}) (\\d{1,15}) (.+)", Pattern.DOTALL);

    /** What a client sees; it means nothing to it. */
    String text() {
        var plain = times + " " + query + " " + issuedAt.toEpochMilli() + " " + lastArn;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The token of that text, refused if it is none of ours, of another query or older than 15 minutes. */
    static PaginationToken read(String text, int query, Instant now) {
        var plain = FORM.matcher(decoded(text));
        if (!plain.matches()) {
            throw expired("it was not returned by an earlier request");
        }
        var token = new PaginationToken(
                plain.group(4),
                Integer.parseInt(plain.group(1)),
                (int) Long.parseLong(plain.group(2)),
                Instant.ofEpochMilli(Long.parseLong(plain.group(3))));
        if (token.query != query) {
            throw expired("it was returned for other filters");
        }
        if (now.isAfter(token.issuedAt.plus(VALID_FOR))) {
            throw expired("it is older than 15 minutes");
        }
        return token;
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException foreign) {
            return "";
        }
    }

    private static AwsError expired(String why) {
        return new AwsError(AwsErrorType.PAGINATION_TOKEN_EXPIRED, "PaginationToken is not valid: " + why + ".");
    }
}
