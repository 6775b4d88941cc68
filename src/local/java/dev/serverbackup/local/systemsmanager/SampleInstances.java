package dev.serverbackup.local.systemsmanager;

import dev.serverbackup.local.systemsmanager.Instance.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One company's instances: what a backup of everything tagged "Backup" meets where people run their servers themselves. */
public final class SampleInstances {
    /** What backs servers up, each document by its file's name and first version, as {@code BACKUP_DOCUMENTS} says it. */
    public static final String DOCUMENTS = Stream.of("chef-automate", "puppet-enterprise", "generic", "delete")
            .map(name -> name + "=" + name + ":1")
            .reduce((some, more) -> some + "," + more)
            .orElseThrow();

    private static final Path FILES = Path.of("documents");
    private static final String CHEF = "i-0a1b2c3d4e5f60001";
    private static final String PUPPET = "i-0a1b2c3d4e5f60002";
    private static final String WIKI = "i-0a1b2c3d4e5f60003";
    private static final String BUSY = "i-0a1b2c3d4e5f60004";

    private static final List<Instance> ALL = List.of(
            of(CHEF, "chef-prod", "chef-automate"),
            of(PUPPET, "puppet-prod", "puppet-enterprise"),
            of(WIKI, "wiki", "generic"),
            // Chef Automate restores something there: the document refuses.
            of(BUSY, "chef-restoring", "chef-automate"),
            of("i-0a1b2c3d4e5f60005", "mistyped", "chef-automat"),
            of("i-0a1b2c3d4e5f60006", "lost", "generic").in(Standing.OFFLINE),
            of("i-0a1b2c3d4e5f60007", "stopped", "generic").in(Standing.STOPPED),
            of("i-0a1b2c3d4e5f60008", "gone", "generic").in(Standing.TERMINATED));

    private SampleInstances() {}

    /** All of them, those that are gone included. */
    public static List<Instance> all() {
        return ALL;
    }

    /** Puts instances and documents in place, with what lies on the servers. */
    public static void into(RunCommand commands) {
        for (var pin : DOCUMENTS.split(",", -1)) {
            var name = pin.substring(0, pin.indexOf('='));
            commands.put(ShellDocument.read(name, FILES.resolve(name + ".yaml")));
        }
        ALL.forEach(commands::put);
        lay(commands.root(BUSY).resolve("chef/busy"), "Restoring from backup 20180518010336");
        lay(commands.root(PUPPET).resolve("puppetlabs/console-services/conf.d/secrets/keys.json"), "{}");
        script(commands.root(WIKI).resolve("scripts/backup"), "#!/bin/sh\necho 'all pages' >\"$1/pages.sql\"\n");
    }

    private static Instance of(String id, String name, String engine) {
        return Instance.online(id, Map.of("Backup", "nightly", "Name", name, "BackupEngine", engine));
    }

    private static void lay(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void script(Path file, String content) {
        lay(file, content);
        try {
            var permissions = PosixFilePermissions.fromString("rwxr-xr-x");
            Files.setPosixFilePermissions(file, permissions);
            Files.setPosixFilePermissions(file.getParent(), permissions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
