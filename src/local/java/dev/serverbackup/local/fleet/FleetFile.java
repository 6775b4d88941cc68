package dev.serverbackup.local.fleet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.local.opsworkscm.account.Arns;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.tagging.TaggedResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the fleet file: JSON, in which comments are allowed and every property may be left out but the names. */
public final class FleetFile {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.ALLOW_COMMENTS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private FleetFile() {}

    /**
     * The fleet that is written in a file.
     *
     * @throws FleetException if it is not there, or no fleet
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static Fleet read(Path file) {
        return parse(TextFile.read("fleet file", file));
    }

    /** The fleet that is written in {@code json}, refused with a {@link FleetException} if it is none. */
    public static Fleet parse(String json) {
        var root = new JsonObject(tree(json), "")
                .only(
                        "accountId",
                        "region",
                        "limits",
                        "creationDuration",
                        "backupDuration",
                        "deletionDuration",
                        "maintenanceDuration",
                        "restorationDuration",
                        "modificationDuration",
                        "associationDuration",
                        "showBackupsAfter",
                        "windows",
                        "servers",
                        "resources",
                        "instances",
                        "faults");
        return valid("", () -> fleet(root));
    }

    /** What {@code build} makes, with the place named if it refuses. */
    static <T> T valid(String where, Supplier<T> build) {
        try {
            return build.get();
        } catch (IllegalArgumentException mistake) {
            throw new FleetException(where, mistake.getMessage());
        }
    }

    private static Fleet fleet(JsonObject root) {
        var limits = root.object("limits")
                .only("servers", "manualBackups", "automatedBackups", "requestsPerSecond", "burst");
        return new Fleet(
                new Arns(
                        root.text("accountId").orElse(Arns.DEFAULT.accountId()),
                        root.text("region").orElse(Arns.DEFAULT.region())),
                new Limits(
                        limits.count("servers").orElse(Limits.DEFAULT.servers()),
                        limits.count("manualBackups").orElse(Limits.DEFAULT.manualBackups()),
                        limits.count("automatedBackups").orElse(Limits.DEFAULT.automatedBackups())),
                rate(limits),
                durations(root),
                root.duration("showBackupsAfter").orElse(Duration.ZERO),
                root.flag("windows").orElse(true),
                root.list("servers", ServerJson::read),
                root.list("resources", FleetFile::resource),
                root.list("instances", FleetInstance::read),
                root.list("faults", FaultJson::read));
    }

    private static Durations durations(JsonObject root) {
        var usual = Durations.DEFAULT;
        return new Durations(
                root.duration("creationDuration").orElse(usual.creation()),
                root.duration("backupDuration").orElse(usual.backup()),
                root.duration("deletionDuration").orElse(usual.deletion()),
                root.duration("maintenanceDuration").orElse(usual.maintenance()),
                root.duration("restorationDuration").orElse(usual.restoration()),
                root.duration("modificationDuration").orElse(usual.modification()),
                root.duration("associationDuration").orElse(usual.association()));
    }

    /** 0 requests a second switch the throttle off. */
    private static Optional<Rate> rate(JsonObject limits) {
        var perSecond = limits.count("requestsPerSecond").orElse(Rate.DEFAULT.requestsPerSecond());
        var burst = limits.count("burst").orElse(Rate.DEFAULT.burst());
        return perSecond == 0 ? Optional.empty() : Optional.of(valid("limits", () -> new Rate(perSecond, burst)));
    }

    private static TaggedResource resource(JsonObject json) {
        json.only("arn", "tags");
        return new TaggedResource(json.required("arn"), json.map("tags").orElse(Map.of()));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException mistake) {
            throw FleetException.noJson(mistake);
        }
    }
}
