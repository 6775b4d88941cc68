package dev.serverbackup.local.fleet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A server at the start. Begin with {@link #named} and say what is different.
 *
 * @param engine ChefAutomate or Puppet
 * @param engineVersion absent: the newest
 * @param tags absent if it never had one, empty if it lost them all
 */
public record FleetServer(
        String name,
        String engine,
        Optional<String> engineVersion,
        Optional<Map<String, String>> tags,
        State state,
        Existing existing,
        Plan plan,
        Presence presence) {

    /**
     * What it is doing.
     *
     * @param status BACKING_UP means an automated backup is in progress
     * @param lasts after which it is HEALTHY, or gone if it was DELETING; absent: BACKING_UP and CREATING as long as
     *     such things take, any other for good
     * @param reason its {@code StatusReason}, if it has one
     */
    public record State(ServerStatus status, Optional<Duration> lasts, Optional<String> reason) {}

    /** The good backups it has already, one a day; manual ones count towards the account's limit. */
    public record Existing(int automatedBackups, int manualBackups) {}

    /**
     * What happens to its next backups.
     *
     * @param failure the {@code StatusDescription} with which they fail; absent if they succeed
     * @param duration absent: as long as the fleet's
     * @param answers the refusals of the next CreateBackup calls
     */
    public record Plan(Optional<String> failure, Optional<Duration> duration, List<AwsError> answers) {}

    /**
     * Who knows it.
     *
     * @param gone OpsWorks CM does not any more, though the tagging API does
     * @param listed how often the tagging API lists it
     */
    public record Presence(boolean gone, int listed) {}

    public FleetServer {
        if (!name.matches("[a-zA-Z][a-zA-Z0-9\\-]{0,39}")) {
            throw new IllegalArgumentException("A server's name is a letter, then at most 39 letters, digits or"
                    + " hyphens, but this is '" + name + "'.");
        }
        if (!engine.equals("ChefAutomate") && !engine.equals("Puppet")) {
            throw new IllegalArgumentException("An engine is ChefAutomate or Puppet, but this is '" + engine + "'.");
        }
        if (existing.automatedBackups() < 0 || existing.manualBackups() < 0 || presence.listed() < 0) {
            throw new IllegalArgumentException("A count is 0 or more, but not every one of " + name + " is.");
        }
        tags = tags.map(values -> Collections.unmodifiableMap(new TreeMap<>(values)));
    }

    /** As the fleet file writes it; only the name must be there. */
    record Written(
            @JsonProperty(required = true) String name,
            Optional<String> engine,
            Optional<String> engineVersion,
            Optional<Map<String, String>> tags,
            Optional<ServerStatus> status,
            Optional<Duration> statusLasts,
            Optional<String> statusReason,
            int automatedBackups,
            int manualBackups,
            Optional<String> backupFailure,
            Optional<Duration> backupDuration,
            List<Answer> answers,
            boolean gone,
            OptionalInt listed) {}

    /** A refusal of the next {@code CreateBackup} calls, as the fleet file writes it. */
    record Answer(
            @JsonProperty(required = true) AwsErrorType type,
            @JsonProperty(required = true) String message,
            OptionalInt times) {

        private List<AwsError> all() {
            return Collections.nCopies(times.orElse(1), new AwsError(type, message));
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FleetServer of(Written written) {
        return new FleetServer(
                written.name,
                written.engine.orElse("ChefAutomate"),
                written.engineVersion,
                written.tags,
                new State(written.status.orElse(ServerStatus.HEALTHY), written.statusLasts, written.statusReason),
                new Existing(written.automatedBackups, written.manualBackups),
                new Plan(
                        written.backupFailure,
                        written.backupDuration,
                        written.answers.stream()
                                .map(Answer::all)
                                .flatMap(List::stream)
                                .toList()),
                new Presence(written.gone, written.listed.orElse(1)));
    }

    /** A HEALTHY Chef server that never had a tag or a backup. */
    public static FleetServer named(String name) {
        return new FleetServer(
                name,
                "ChefAutomate",
                Optional.empty(),
                Optional.empty(),
                new State(ServerStatus.HEALTHY, Optional.empty(), Optional.empty()),
                new Existing(0, 0),
                new Plan(Optional.empty(), Optional.empty(), List.of()),
                new Presence(false, 1));
    }

    /** With one more tag. */
    public FleetServer tagged(String key, String value) {
        var all = new TreeMap<>(tags.orElse(Map.of()));
        all.put(key, value);
        return new FleetServer(name, engine, engineVersion, Optional.of(all), state, existing, plan, presence);
    }

    /** With another engine, at a version that may be one that CreateServer no longer accepts. */
    public FleetServer running(String newEngine, String version) {
        return new FleetServer(name, newEngine, Optional.of(version), tags, state, existing, plan, presence);
    }

    public FleetServer in(ServerStatus status) {
        return with(new State(status, Optional.empty(), state.reason));
    }

    /** In that state, and HEALTHY after {@code lasts}. */
    public FleetServer in(ServerStatus status, Duration lasts) {
        return with(new State(status, Optional.of(lasts), state.reason));
    }

    public FleetServer withBackups(int automated, int manual) {
        return new FleetServer(
                name, engine, engineVersion, tags, state, new Existing(automated, manual), plan, presence);
    }

    public FleetServer whoseBackupsFail(String statusDescription) {
        return with(new Plan(Optional.of(statusDescription), plan.duration, plan.answers));
    }

    public FleetServer whoseBackupsTake(Duration duration) {
        return with(new Plan(plan.failure, Optional.of(duration), plan.answers));
    }

    public FleetServer gone() {
        return with(new Presence(true, presence.listed));
    }

    public FleetServer listed(int times) {
        return with(new Presence(presence.gone, times));
    }

    private FleetServer with(State newState) {
        return new FleetServer(name, engine, engineVersion, tags, newState, existing, plan, presence);
    }

    private FleetServer with(Plan newPlan) {
        return new FleetServer(name, engine, engineVersion, tags, state, existing, newPlan, presence);
    }

    private FleetServer with(Presence newPresence) {
        return new FleetServer(name, engine, engineVersion, tags, state, existing, plan, newPresence);
    }
}
