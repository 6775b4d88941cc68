package dev.serverbackup.server;

import java.util.List;

/** What a selector would find, for a dry run. */
public record Preview(Targets targets, List<NearMiss> nearMisses) {
    public Preview {
        nearMisses = List.copyOf(nearMisses);
    }
}
