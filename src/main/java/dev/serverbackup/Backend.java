package dev.serverbackup;

import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupEngine;
import dev.serverbackup.backup.Documents;
import dev.serverbackup.backup.Documents.DocumentReference;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.run.Timeouts;
import java.time.Duration;
import java.util.Optional;

/** The service that carries the backups out: {@code BACKUP_BACKEND}. */
sealed interface Backend {
    /** Its name in the rows of the audit table. */
    BackupBackend id();

    /** OpsWorks CM's own API. */
    record OpsWorksCm() implements Backend {
        @Override
        public BackupBackend id() {
            return BackupBackend.OPSWORKS_CM;
        }
    }

    /**
     * Systems Manager's Run Command, on EC2 instances and other managed nodes.
     *
     * @param settings {@code BACKUP_DOCUMENT} and {@code DELETION_DOCUMENT}, each pinned; {@code DEFAULT_BACKUP_ENGINE},
     *     {@code BACKUP_DESTINATION}, {@code COMMAND_DELIVERY_TIMEOUT_SECONDS}, {@code BACKUP_TIMEOUT_HOURS}, {@code
     *     MAX_BACKUPS_PER_SERVER}, {@code COMMAND_LOG_GROUP}
     * @param verification {@code VERIFICATION_DOCUMENT}, pinned; empty if no backup is ever verified
     */
    record RunCommand(RunCommandSettings settings, Optional<DocumentReference> verification) implements Backend {
        @Override
        public BackupBackend id() {
            return BackupBackend.SYSTEMS_MANAGER;
        }
    }

    /** Reads the backend's settings. Faults are collected in {@code read}; with a fault the result may be empty. */
    static Optional<Backend> read(EnvironmentReader read, Optional<Timeouts> timeouts, boolean verifies) {
        String name = read.text("BACKUP_BACKEND", "opsworks-cm");
        return switch (name) {
            case "opsworks-cm" -> Optional.of(new OpsWorksCm());
            case "systems-manager" -> systemsManager(read, timeouts, verifies);
            default -> {
                read.check(false, "BACKUP_BACKEND: opsworks-cm or systems-manager, not \"%s\"".formatted(name));
                yield Optional.empty();
            }
        };
    }

    private static Optional<Backend> systemsManager(
            EnvironmentReader read, Optional<Timeouts> timeouts, boolean verifies) {
        Optional<BackupEngine> engine = engine(read);
        Optional<DocumentReference> backup =
                read.parsed("BACKUP_DOCUMENT", DocumentReference::parse, "BACKUP_DOCUMENT: ");
        Optional<DocumentReference> deletion =
                read.parsed("DELETION_DOCUMENT", DocumentReference::parse, "DELETION_DOCUMENT: ");
        Optional<DocumentReference> verification = verifies
                ? read.parsed("VERIFICATION_DOCUMENT", DocumentReference::parse, "VERIFICATION_DOCUMENT: ")
                : Optional.empty();
        Optional<String> destination = read.parsed("BACKUP_DESTINATION", text -> text);
        Duration delivery = read.seconds("COMMAND_DELIVERY_TIMEOUT_SECONDS", 600, 30, 2_592_000);
        Duration execution = Duration.ofHours(read.number("BACKUP_TIMEOUT_HOURS", 6, 1, 48));
        int most = read.number("MAX_BACKUPS_PER_SERVER", 50, 1, 1000);
        Optional<String> logGroup = read.given("COMMAND_LOG_GROUP");
        timeouts.ifPresent(windows -> read.check(
                windows.completionWindow()
                                .compareTo(windows.startWindow().plus(delivery).plus(execution))
                        >= 0,
                "COMPLETION_WINDOW_HOURS: must be at least START_WINDOW_MINUTES, COMMAND_DELIVERY_TIMEOUT_SECONDS and"
                        + " BACKUP_TIMEOUT_HOURS together, since the command of a dead agent ends no earlier"));
        return backup.flatMap(one -> deletion.map(other -> new Documents(one, other, engine)))
                .flatMap(documents -> destination.flatMap(given -> read.fitting(
                        "BACKUP_DESTINATION: ",
                        () -> new RunCommand(
                                new RunCommandSettings(documents, given, delivery, execution, most, logGroup),
                                verification))));
    }

    private static Optional<BackupEngine> engine(EnvironmentReader read) {
        Optional<String> named = read.given("DEFAULT_BACKUP_ENGINE");
        Optional<BackupEngine> engine = named.flatMap(BackupEngine::of);
        read.check(
                named.isEmpty() || engine.isPresent(),
                "DEFAULT_BACKUP_ENGINE: one of %s, not \"%s\"".formatted(BackupEngine.ids(), named.orElse("")));
        return engine;
    }
}
