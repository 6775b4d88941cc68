package dev.serverbackup.request;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * The {@code detail} of a request as its JSON says it: what was not said is null, and nothing is checked yet but the types.
 * The order is the one in which a refusal lists what is known.
 */
record RequestDetail(
        String requestId,
        Selector selector,
        String description,
        Boolean dryRun,
        Boolean ignoreHold,
        String plan,
        BigInteger maxTargets,
        String stack) {

    /** A selector, likewise. */
    record Selector(
            Map<String, List<String>> tags,
            Map<String, List<String>> excludeTags,
            List<String> serverNames,
            Boolean all) {}
}
