package dev.serverbackup.local.opsworkscm.sequence;

import java.time.Duration;
import java.util.List;

/**
 * One step of a sequence: time passes, or somebody calls.
 *
 * @param server which of the names
 * @param pick which of the backups, nodes, tags, times or engines, by the kind of step
 */
record Step(Kind kind, int server, int pick) {

    /** What can be done. */
    enum Kind {
        PASS,
        FAIL,
        CREATE_SERVER,
        CREATE_SERVER_FROM_BACKUP,
        DELETE_SERVER,
        UPDATE_SERVER,
        START_MAINTENANCE,
        RESTORE_SERVER,
        UPDATE_ATTRIBUTE,
        CREATE_BACKUP,
        DELETE_BACKUP,
        ASSOCIATE,
        DISASSOCIATE,
        ASSOCIATION_STATUS,
        EXPORT,
        TAG,
        UNTAG,
        LIST_TAGS
    }

    private static final List<String> NAMES = List.of("alpha", "bravo", "charlie");
    private static final List<Duration> TIMES = List.of(
            Duration.ofMillis(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(11),
            Duration.ofSeconds(30),
            Duration.ofSeconds(40),
            Duration.ofHours(30));

    String name() {
        return NAMES.get(server);
    }

    Duration time() {
        return TIMES.get(pick % TIMES.size());
    }

    boolean isPuppet() {
        return pick % 2 == 1;
    }

    /** The node, which is one of two. */
    String node() {
        return "node" + pick % 2;
    }

    /** The key of a tag, which is one of three. */
    String key() {
        return "Key" + pick % 3;
    }

    int retention() {
        return 1 + pick % 2;
    }
}
