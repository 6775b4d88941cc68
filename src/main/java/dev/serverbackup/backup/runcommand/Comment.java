package dev.serverbackup.backup.runcommand;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The comment of a command, by which it is recognised. It has room for 100 characters (Systems Manager API). So it
 * holds a hash of the marker, and the description is a parameter that no step of a document uses.
 */
final class Comment {
    private static final String BACKUP = "Server Backup ";
    private static final String DELETION = "Server Backup deletes ";
    private static final String MARKER = " [run ";

    private Comment() {}

    static String ofBackup(String description) {
        return BACKUP + hash(description.substring(Math.max(0, description.lastIndexOf(MARKER))));
    }

    static String ofDeletion(BackupId backup) {
        return DELETION + backup;
    }

    static boolean isOfDeletion(String comment) {
        return comment.startsWith(DELETION);
    }

    /** Whether the comment is that of a backup with this description. */
    static boolean isOf(String comment, String description) {
        return comment.equals(ofBackup(description));
    }

    /** Encodes a description so that it can't end a quoted string, refer to a stored parameter or break a line. */
    static String packed(String description) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(description.getBytes(UTF_8));
    }

    /** Decodes a description; if that fails, the result is empty, and no comment matches it. */
    static String unpacked(String packed) {
        try {
            return new String(Base64.getUrlDecoder().decode(packed), UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
