package dev.serverbackup.server;

import java.util.List;

/** The result of a dry run: the targets, and tags that are probably mistyped. */
public record Preview(Targets targets, List<NearMiss> nearMisses) {
    public Preview {
        nearMisses = List.copyOf(nearMisses);
    }
}
