package dev.serverbackup.local;

import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.local.systemsmanager.SampleDocuments;
import dev.serverbackup.request.SafeText;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * The environment of a local run: a cloud with its servers, and the settings to use them.
 *
 * @param settings by the names of their environment variables
 */
record DemoEnvironment(LocalCloud cloud, Map<String, String> settings) implements AutoCloseable {

    /**
     * Creates the environment for a backend.
     *
     * @param fleet the file of its servers
     * @throws IllegalArgumentException if there is no such backend
     */
    static DemoEnvironment of(String backend, Path fleet, InstantSource clock) {
        return switch (backend) {
            // The output must not depend on the time of day.
            case "opsworks-cm" ->
                new DemoEnvironment(LocalCloud.start(FleetFile.read(fleet).keepingWindows(false), clock), Map.of());
            case "systems-manager" -> instances(fleet, clock);
            default ->
                throw new IllegalArgumentException("--backend is opsworks-cm or systems-manager, not \"%s\""
                        .formatted(SafeText.shown(backend, 60)));
        };
    }

    private static DemoEnvironment instances(Path fleet, InstantSource clock) {
        LocalCloud cloud = LocalCloud.start(FleetFile.read(fleet).onlyInstances(), clock);
        return new DemoEnvironment(cloud, SampleDocuments.settings(cloud.commands()));
    }

    /** Waits for the commands that really run, which the moved clock does not speed up. */
    void awaitCommands() {
        try {
            cloud.commands().awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while commands ran", e);
        }
    }

    @Override
    public void close() {
        cloud.close();
    }
}
