package dev.serverbackup.backup.systemsmanager;

import static java.util.function.Predicate.not;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.serverbackup.backup.ErrorType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a document's standard output says: one line of JSON alone, of at most 24,000 characters (Systems Manager). The
 * agent may run a command again, and then the same line may stand there more than once.
 */
sealed interface ResultLine {
    /** What was asked for is done and was verified; all that was said of it, by its own names. */
    record Verified(Map<String, Object> members) implements ResultLine {}

    /** The document refused, or failed, and says why. */
    record Refused(ErrorType type, String message) implements ResultLine {}

    record Unreadable(String why) implements ResultLine {}

    /**
     * Reads the line of a document that backs up.
     *
     * @param output null where there was none
     */
    static ResultLine read(String output, BackupId backup) {
        return read(output, members -> ofBackup(members, backup));
    }

    /**
     * Reads the line of the document that deletes: {@link Verified} is that the artefact is not there any more.
     *
     * @param output null where there was none
     */
    static ResultLine readDeletion(String output, BackupId backup) {
        return read(output, members -> ofDeletion(members, backup));
    }

    private static ResultLine read(String output, Function<Map<String, Object>, ResultLine> meaning) {
        String line = output == null
                ? ""
                : output.lines()
                        .map(String::strip)
                        .filter(not(String::isEmpty))
                        .distinct()
                        .collect(Collectors.joining("\n"));
        if (line.isEmpty() || line.contains("\n")) {
            return new Unreadable("its output is not one line of JSON alone");
        }
        try {
            Map<String, Object> members = Reading.object(line);
            return refusal(members).orElseGet(() -> meaning.apply(members));
        } catch (JsonProcessingException e) {
            // The parser's own words mean nothing to a reader of the audit.
            return new Unreadable("its output is not one line of JSON alone");
        } catch (IOException e) {
            return new Unreadable("its output is not one line of JSON alone: " + e.getMessage());
        }
    }

    private static Optional<ResultLine> refusal(Map<String, Object> members) {
        return members.get("error") instanceof String type
                        && Reading.TYPE.matcher(type).matches()
                ? Optional.of(new Refused(new ErrorType(type), String.valueOf(members.getOrDefault("message", ""))))
                : Optional.empty();
    }

    private static ResultLine ofDeletion(Map<String, Object> members, BackupId backup) {
        boolean place = members.get("deleted") instanceof String deleted && !deleted.isEmpty();
        return place && backup.toString().equals(members.get("backupId"))
                ? new Verified(members)
                : new Unreadable("its output does not say that this backup's artefact was deleted");
    }

    private static ResultLine ofBackup(Map<String, Object> members, BackupId backup) {
        boolean artefact = members.get("artefact") instanceof String place && !place.isEmpty();
        boolean size = members.get("size") instanceof BigDecimal bytes && bytes.signum() > 0;
        boolean sum = members.get("sha256") instanceof String hex
                && Reading.SHA_256.matcher(hex).matches();
        boolean ours = backup.toString().equals(members.get("backupId"));
        return artefact && size && sum && ours
                ? new Verified(members)
                : new Unreadable("its output does not name this backup's artefact, size and sha256");
    }

    /** One flat object of strings and numbers. */
    final class Reading {
        static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{0,63}");
        static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
        private static final JsonFactory JSON = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();

        private Reading() {}

        static Map<String, Object> object(String line) throws IOException {
            try (JsonParser json = JSON.createParser(line)) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    throw new IOException("no object");
                }
                Map<String, Object> members = new TreeMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    members.put(name, value(json));
                }
                if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                    throw new IOException("not one flat object");
                }
                return members;
            }
        }

        private static Object value(JsonParser json) throws IOException {
            JsonToken token = json.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                return json.getText();
            }
            if (token == JsonToken.VALUE_NUMBER_INT) {
                return json.getDecimalValue();
            }
            throw new IOException("not one flat object of strings and whole numbers");
        }
    }
}
