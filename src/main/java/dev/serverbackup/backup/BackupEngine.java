package dev.serverbackup.backup;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the backup document backs a server up: the values of its parameter {@code engine}. */
public enum BackupEngine {
    CHEF_AUTOMATE("chef-automate"),
    PUPPET_ENTERPRISE("puppet-enterprise"),
    GENERIC("generic");

    private final String id;

    BackupEngine(String id) {
        this.id = id;
    }

    /** As tags, settings and the document name it. */
    public String id() {
        return id;
    }

    /** The engine with that {@link #id}; empty if there is none. */
    public static Optional<BackupEngine> of(String id) {
        return Stream.of(values()).filter(engine -> engine.id.equals(id)).findFirst();
    }

    /** All ids, for messages. */
    public static List<String> ids() {
        return Stream.of(values()).map(BackupEngine::id).toList();
    }
}
