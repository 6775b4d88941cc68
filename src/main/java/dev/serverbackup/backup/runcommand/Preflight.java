package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.BackupCount;
import dev.serverbackup.backup.BackupEngine;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.Documents;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks the rules of the contract that Run Command does not check, before a command is sent, from what was read in
 * advance. Exceptions are not caught here.
 */
record Preflight(RunCommandSettings settings, ReadAhead read, Instances instances, BackupCount count) {
    private static final int LONGEST_DESCRIPTION = 10_000;
    /**
     * As strict as the document's own pattern: the value becomes part of a shell script, and names a file in one
     * directory.
     */
    private static final Pattern SCRIPT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Whether a command may be sent. */
    sealed interface Verdict {
        /** @param script the script that makes the backup; empty for the document's default */
        record Admitted(BackupEngine engine, Optional<String> script) implements Verdict {}

        record Refused(BackupError error) implements Verdict {}
    }

    /** @param budget for the calls that it makes: one, for a server that is not Online */
    Verdict of(Server server, String description, TimeBudget budget) {
        if (description.length() > LONGEST_DESCRIPTION) {
            return refused(ErrorType.VALIDATION, "a description has at most 10,000 characters");
        }
        return read.unread(server.name())
                .or(() -> instances.unreachable(server.name(), read.managed(), budget))
                .<Verdict>map(Verdict.Refused::new)
                .orElseGet(() -> byTags(server));
    }

    private Verdict byTags(Server server) {
        Map<String, String> tags = read.tagsOf(server);
        Optional<String> named = value(tags, Documents.ENGINE_TAG);
        Optional<String> script = value(tags, Documents.SCRIPT_TAG);
        Optional<BackupEngine> engine = settings.documents().engine(named);
        if (engine.isEmpty()) {
            return noEngine(named);
        }
        return script.filter(name -> !SCRIPT.matcher(name).matches()).isPresent()
                ? noScript(script.get())
                : byLoad(server.name(), new Verdict.Admitted(engine.get(), script));
    }

    /** An empty tag counts as absent. */
    private static Optional<String> value(Map<String, String> tags, String key) {
        return Optional.ofNullable(tags.get(key)).filter(value -> !value.isEmpty());
    }

    private static Verdict noEngine(Optional<String> named) {
        String wrong = named.map(name -> "the tag %s is \"%s\"".formatted(Documents.ENGINE_TAG, name))
                .orElse("the server has no tag %s, and there is no default".formatted(Documents.ENGINE_TAG));
        return refused(ErrorType.VALIDATION, wrong + "; allowed is one of " + BackupEngine.ids());
    }

    private static Verdict noScript(String name) {
        return refused(
                ErrorType.VALIDATION,
                "the tag %s is \"%s\"; allowed is a file's name of up to 64 letters, digits, '.', '_' and '-' that begins with"
                                .formatted(Documents.SCRIPT_TAG, name)
                        + " a letter or a digit");
    }

    private Verdict byLoad(ServerName server, Verdict.Admitted admitted) {
        Optional<BackupCommand> open = read.executing(server);
        if (open.isPresent()) {
            return refused(
                    ErrorType.INVALID_STATE,
                    "the server is BACKING_UP: command %s of %s has not ended"
                            .formatted(
                                    open.get().command().commandId(), open.get().backupId()));
        }
        int good = count.undeleted(server, settings.mostBackups());
        return good < settings.mostBackups()
                ? admitted
                : refused(
                        ErrorType.LIMIT_EXCEEDED,
                        "the server has %d backups, as many as allowed (MAX_BACKUPS_PER_SERVER); delete those that are not"
                                        .formatted(good)
                                + " needed any more, or let Server Backup do it (RETAINED_BACKUPS)");
    }

    private static Verdict refused(ErrorType type, String message) {
        return new Verdict.Refused(BackupError.known(type, message));
    }
}
