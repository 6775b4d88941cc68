package dev.serverbackup.server;

import dev.serverbackup.request.SelectorReader;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.request.TagSelector;
import java.util.List;
import java.util.Map;

/** Servers as the tagging API lists them, and selectors that ask for some. */
final class SampleFleet {
    static final String UUID = "8epp7f6z-e91f-4z10-89z5-8c6219cdb09f";
    static final String ANOTHER_UUID = "9epp7f6z-e91f-4z10-89z5-8c6219cdb09f";
    static final ServerName ALPHA = new ServerName("alpha");
    static final ServerName BRAVO = new ServerName("bravo");
    static final ServerName CHARLIE = new ServerName("charlie");

    static final Map<String, String> NIGHTLY = Map.of("Backup", "nightly");
    static final Map<String, String> WEEKLY = Map.of("Backup", "weekly");
    static final Map<String, String> HELD = Map.of("Backup", "nightly", "BackupHold", "audit");

    static final TagSelector NIGHTLY_ONES = SelectorReader.fromJson("""
        {"tags": {"Backup": ["nightly"]}, "excludeTags": {"BackupHold": []}}\
        """);
    static final TagSelector NAMED = SelectorReader.fromJson("""
        {"serverNames": ["bravo", "alpha"]}\
        """);
    static final TagSelector NAMED_UNLESS_HELD = SelectorReader.fromJson("""
        {"serverNames": ["bravo", "alpha"], "excludeTags": {"BackupHold": []}}\
        """);
    static final TagSelector NAMED_AND_NIGHTLY = SelectorReader.fromJson("""
        {"serverNames": ["bravo", "alpha"], "tags": {"Backup": ["nightly"]}}\
        """);
    static final TagSelector ALL = SelectorReader.fromJson("{\"all\": true}");

    private SampleFleet() {}

    static Targets select(TagSelector selector, TaggedResource... listing) {
        return TargetSelection.of(ServerKind.OPSWORKS_CM, selector, List.of(listing));
    }

    static TaggedResource server(String name, Map<String, String> tags) {
        return new TaggedResource(arn(name, UUID), tags);
    }

    static String arn(String name, String uuid) {
        return "arn:aws:opsworks-cm:eu-central-1:123456789012:server/" + name + "/" + uuid;
    }

    static List<ServerName> names(Targets targets) {
        return targets.servers().stream().map(Server::name).toList();
    }

    static Targets only(Server... servers) {
        return new Targets(List.of(servers), List.of(), List.of());
    }

    static Targets nothing() {
        return only();
    }
}
