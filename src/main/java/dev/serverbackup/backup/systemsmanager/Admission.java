package dev.serverbackup.backup.systemsmanager;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.CommandTerms;
import dev.serverbackup.backup.Documents;
import dev.serverbackup.backup.Documents.Pin;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.request.ServerName;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The contract's own rules, which Run Command does not know: kept by us before a command is sent. Nothing is caught.
 */
record Admission(CommandTerms terms, ServerTags tags, Instances instances, Commands commands) {
    private static final int LONGEST_DESCRIPTION = 10_000;
    /** As narrow as the document's own pattern: it stands in a shell's text, and names a file in one directory. */
    private static final Pattern SCRIPT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Whether a backup may be asked for. */
    sealed interface Verdict {
        /** @param script of those that the document runs; empty for the document's own default */
        record Admitted(Pin document, Optional<String> script) implements Verdict {}

        record Refused(BackupError error) implements Verdict {}
    }

    Verdict of(ServerName server, String description, Budget budget) {
        if (description.length() > LONGEST_DESCRIPTION) {
            return refused(ErrorType.VALIDATION, "a description has at most 10,000 characters");
        }
        Optional<BackupError> unreachable = instances.unreachable(server, budget);
        if (unreachable.isPresent()) {
            return new Verdict.Refused(unreachable.get());
        }
        ServerTags.Choice choice = tags.of(server, budget);
        Optional<Pin> document = terms.documents().backing(choice.engine());
        if (document.isEmpty()) {
            return noDocument(choice.engine());
        }
        return choice.script()
                        .filter(script -> !SCRIPT.matcher(script).matches())
                        .isPresent()
                ? noScript(choice.script().get())
                : byHistory(server, new Verdict.Admitted(document.get(), choice.script()), budget);
    }

    private Verdict noDocument(Optional<String> engine) {
        String wrong = engine.map(name -> "the tag %s is \"%s\"".formatted(Documents.ENGINE_TAG, name))
                .orElse("the server has no tag %s, and there is no default".formatted(Documents.ENGINE_TAG));
        return refused(
                ErrorType.VALIDATION,
                wrong + "; allowed is one of " + terms.documents().engines().keySet());
    }

    private static Verdict noScript(String name) {
        return refused(
                ErrorType.VALIDATION,
                "the tag %s is \"%s\"; allowed is a file's name of up to 64 letters, digits, '.', '_' and '-' that begins with"
                                .formatted(Documents.SCRIPT_TAG, name)
                        + " a letter or a digit");
    }

    private Verdict byHistory(ServerName server, Verdict.Admitted admitted, Budget budget) {
        Commands.History history = commands.of(server, budget);
        Optional<OurCommand> open = history.open();
        if (open.isPresent()) {
            return refused(
                    ErrorType.INVALID_STATE,
                    "the server is BACKING_UP: command %s of %s has not ended"
                            .formatted(
                                    open.get().command().commandId(), open.get().backupId()));
        }
        long good = history.backups().stream()
                .filter(backup -> backup.status() == BackupStatus.OK)
                .count();
        return good < terms.mostBackups()
                ? admitted
                : refused(
                        ErrorType.LIMIT_EXCEEDED,
                        "the server has %d backups of at most %d; delete those that are not needed any more, or let"
                                        .formatted(good, terms.mostBackups())
                                + " Server Backup do it (KEEP_BACKUPS)");
    }

    private static Verdict refused(ErrorType type, String message) {
        return new Verdict.Refused(BackupError.known(type, message));
    }
}
