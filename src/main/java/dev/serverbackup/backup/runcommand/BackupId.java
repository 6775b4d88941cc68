package dev.serverbackup.backup.runcommand;

import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backup's id in OpsWorks CM's form, {@code <server>-yyyyMMddHHmmssSSS} in UTC, where the server is a managed node: an EC2
 * instance, or a machine elsewhere, whose id begins with {@code mi-}.
 */
record BackupId(ServerName server, Instant at) {
    private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-f]{8}|m?i-[0-9a-f]{17}");
    private static final Pattern FORM = Pattern.compile("(" + INSTANCE + ")-([0-9]{17})");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS");

    static boolean isInstance(ServerName server) {
        return INSTANCE.matcher(server.value()).matches();
    }

    /** The id; empty if the text does not have its form. */
    static Optional<BackupId> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            Instant at = LocalDateTime.parse(form.group(2), STAMP).toInstant(ZoneOffset.UTC);
            return Optional.of(new BackupId(new ServerName(form.group(1)), at));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return server + "-" + STAMP.format(at.atOffset(ZoneOffset.UTC));
    }
}
