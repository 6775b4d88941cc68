package dev.serverbackup.local.fleet;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.serverbackup.local.http.ScriptedFaults;
import dev.serverbackup.local.opsworkscm.account.Arns;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.tagging.ResourceTags;
import dev.serverbackup.request.Closest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The initial state of a local cloud.
 *
 * @param rate absent: no throttling
 * @param keepsWindows whether automated backups and maintenance begin by themselves, in the servers' windows
 * @param resources what the tagging API lists besides the servers, their backups and the instances
 * @param instances EC2 instances and other managed nodes, for Run Command
 */
public record Fleet(
        Arns arns,
        Limits limits,
        Optional<Rate> rate,
        Durations durations,
        boolean keepsWindows,
        List<FleetServer> servers,
        List<ResourceTags> resources,
        List<FleetInstance> instances,
        List<FleetFault> faults) {

    public Fleet {
        servers = List.copyOf(servers);
        resources = List.copyOf(resources);
        instances = List.copyOf(instances);
        faults = List.copyOf(faults);
        refuseTwins(servers);
        refuseTooMany(servers, limits);
    }

    /** As the fleet file writes it; what is left out is as the API has it. */
    record Written(
            Optional<String> accountId,
            Optional<String> region,
            Optional<WrittenLimits> limits,
            Optional<Duration> creationDuration,
            Optional<Duration> backupDuration,
            Optional<Duration> deletionDuration,
            Optional<Duration> maintenanceDuration,
            Optional<Duration> restorationDuration,
            Optional<Duration> modificationDuration,
            Optional<Duration> associationDuration,
            Optional<Boolean> windows,
            List<FleetServer> servers,
            List<ResourceTags> resources,
            List<FleetInstance> instances,
            List<FleetFault> faults) {

        private Durations durations() {
            var usual = Durations.DEFAULT;
            return new Durations(
                    creationDuration.orElse(usual.creation()),
                    backupDuration.orElse(usual.backup()),
                    deletionDuration.orElse(usual.deletion()),
                    maintenanceDuration.orElse(usual.maintenance()),
                    restorationDuration.orElse(usual.restoration()),
                    modificationDuration.orElse(usual.modification()),
                    associationDuration.orElse(usual.association()));
        }
    }

    /** The limits and the throttle, as the fleet file writes them. */
    record WrittenLimits(Limits limits, Optional<Rate> rate) {
        private static final WrittenLimits NONE = of(null, null, null, null, null);

        @JsonCreator
        static WrittenLimits of(
                @JsonProperty("servers") Integer servers,
                @JsonProperty("manualBackups") Integer manualBackups,
                @JsonProperty("automatedBackups") Integer automatedBackups,
                @JsonProperty("requestsPerSecond") Integer requestsPerSecond,
                @JsonProperty("burst") Integer burst) {
            var usual = Limits.DEFAULT;
            var limits = new Limits(
                    requireNonNullElse(servers, usual.servers()),
                    requireNonNullElse(manualBackups, usual.manualBackups()),
                    requireNonNullElse(automatedBackups, usual.automatedBackups()));
            return new WrittenLimits(limits, rate(requestsPerSecond, burst));
        }

        /** 0 requests a second switch the throttle off. */
        private static Optional<Rate> rate(Integer requestsPerSecond, Integer burst) {
            int perSecond = requireNonNullElse(requestsPerSecond, Rate.DEFAULT.requestsPerSecond());
            return perSecond == 0
                    ? Optional.empty()
                    : Optional.of(new Rate(perSecond, requireNonNullElse(burst, Rate.DEFAULT.burst())));
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Fleet of(Written written) {
        var limits = written.limits.orElse(WrittenLimits.NONE);
        return new Fleet(
                new Arns(
                        written.accountId.orElse(Arns.DEFAULT.accountId()),
                        written.region.orElse(Arns.DEFAULT.region())),
                limits.limits,
                limits.rate,
                written.durations(),
                written.windows.orElse(true),
                written.servers,
                written.resources,
                written.instances,
                written.faults);
    }

    /** These servers, with the API's own limits and throttle; what happens, happens because it is asked for. */
    public static Fleet of(FleetServer... servers) {
        return new Fleet(
                Arns.DEFAULT,
                new Limits(Math.max(Limits.DEFAULT.servers(), servers.length), Limits.DEFAULT.manualBackups()),
                Optional.of(Rate.DEFAULT),
                Durations.DEFAULT,
                false,
                List.of(servers),
                List.of(),
                List.of(),
                List.of());
    }

    public Fleet unthrottled() {
        return new Fleet(
                arns, limits, Optional.empty(), durations, keepsWindows, servers, resources, instances, faults);
    }

    /** Whose windows pass, or do not, without an automated backup or maintenance. */
    public Fleet keepingWindows(boolean keeps) {
        return new Fleet(arns, limits, rate, durations, keeps, servers, resources, instances, faults);
    }

    public Fleet limited(Limits newLimits) {
        return new Fleet(arns, newLimits, rate, durations, keepsWindows, servers, resources, instances, faults);
    }

    public Fleet taking(Durations newDurations) {
        return new Fleet(arns, limits, rate, newDurations, keepsWindows, servers, resources, instances, faults);
    }

    /** With its instances alone: nothing of OpsWorks CM, and nothing that goes wrong by itself. */
    public Fleet onlyInstances() {
        return new Fleet(arns, limits, rate, durations, keepsWindows, List.of(), List.of(), instances, List.of());
    }

    /**
     * Has go wrong what is to go wrong.
     *
     * @param operations the names of those that can
     * @throws FleetException if a fault is for another one, and so would never happen
     */
    public void faultsInto(ScriptedFaults target, Set<String> operations) {
        for (var fault : faults) {
            fault.calls().operation().filter(name -> !operations.contains(name)).ifPresent(name -> {
                throw new FleetException("faults[" + faults.indexOf(fault) + "].operation", unknown(name, operations));
            });
            fault.into(target);
        }
    }

    private static String unknown(String name, Set<String> operations) {
        return "there is no operation '%s'%s"
                .formatted(
                        name,
                        Closest.to(name, List.copyOf(operations))
                                .map(meant -> "; did you mean " + meant + "?")
                                .orElse(" here"));
    }

    private static void refuseTwins(List<FleetServer> servers) {
        var names = new HashSet<String>();
        for (var server : servers) {
            if (!names.add(server.name())) {
                throw new IllegalArgumentException("There are two servers called '" + server.name() + "'.");
            }
        }
    }

    private static void refuseTooMany(List<FleetServer> servers, Limits limits) {
        var present =
                servers.stream().filter(server -> !server.presence().gone()).toList();
        if (present.size() > limits.servers()) {
            throw new IllegalArgumentException(
                    "There are %d servers, but the limit is %d.".formatted(present.size(), limits.servers()));
        }
        var manual = present.stream()
                .mapToInt(server -> server.existing().manualBackups())
                .sum();
        if (manual > limits.manualBackups()) {
            throw new IllegalArgumentException("The servers have %d manual backups, but the limit is %d."
                    .formatted(manual, limits.manualBackups()));
        }
    }
}
