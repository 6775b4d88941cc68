package dev.serverbackup.request;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** The {@code detail} of a request as in its JSON: absent properties are null, and only the types have been checked. */
record RequestDetail(
        String requestId,
        Selector selector,
        String description,
        Boolean dryRun,
        Boolean ignoreHold,
        String plan,
        BigInteger maxTargets,
        String stack) {

    /** The selector as in its JSON. */
    record Selector(
            Map<String, List<String>> tags,
            Map<String, List<String>> excludeTags,
            List<String> serverNames,
            Boolean all) {}
}
