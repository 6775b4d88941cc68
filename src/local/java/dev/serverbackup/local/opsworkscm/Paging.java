package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.http.InputReader;

/** Where the API documents pagination as "not currently implemented": everything comes in one answer. */
final class Paging {

    private Paging() {}

    /** Reads the members that page, after which the input can be verified as a whole. */
    static void read(InputReader input) {
        input.integer("MaxResults", Shapes.MAX_RESULTS);
        input.optional("NextToken", Shapes.NEXT_TOKEN);
    }

    /** No answer ever had a token, so one that is sent is foreign. */
    static void refuseToken(InputReader input) {
        if (input.has("NextToken")) {
            throw PageToken.foreign();
        }
    }
}
