package dev.serverbackup;

import java.util.List;

/**
 * What a function may do, as it is deployed for a backend.
 *
 * @param function the logical name
 */
record Role(String function, String backend) {
    static final Role RUN = new Role("BackupFunction", Deployed.OPSWORKS_CM);
    static final Role FOLLOW_UP = new Role("FollowUpFunction", Deployed.OPSWORKS_CM);
    static final Role RUN_ON_INSTANCES = new Role("BackupFunction", Deployed.SYSTEMS_MANAGER);
    static final Role FOLLOW_UP_ON_INSTANCES = new Role("FollowUpFunction", Deployed.SYSTEMS_MANAGER);

    static List<Role> all() {
        return List.of(RUN, FOLLOW_UP, RUN_ON_INSTANCES, FOLLOW_UP_ON_INSTANCES);
    }

    @Override
    public String toString() {
        return function + " on " + backend;
    }
}
