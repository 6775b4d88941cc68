package dev.serverbackup.backup.runcommand;

import static java.util.function.Predicate.not;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.ErrorType;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The standard output of a document: one line of JSON and nothing else, of at most 24,000 characters (Systems Manager).
 * If the agent runs a command again, the same line may be there more than once.
 */
sealed interface DocumentOutput {
    /** The document did what was asked; the members of its output. */
    record Verified(Map<String, Object> members) implements DocumentOutput {}

    /** The document refused or failed; its error. */
    record Failure(ErrorType type, String message) implements DocumentOutput {}

    record Unreadable(String why) implements DocumentOutput {}

    /**
     * Reads the output of a document that backs up.
     *
     * @param output null if there was none
     */
    static DocumentOutput read(String output, BackupId backup) {
        return read(output, members -> ofBackup(members, backup));
    }

    /**
     * Reads the output of the document that deletes: {@link Verified} means that the artefact does not exist any more.
     *
     * @param output null if there was none
     */
    static DocumentOutput readDeletion(String output, BackupId backup) {
        return read(output, members -> ofDeletion(members, backup));
    }

    /**
     * Reads the output of a document that verifies or restores: {@link Verified} means that it did so with this backup.
     *
     * @param output null if there was none
     */
    static DocumentOutput readOperation(String output, BackupOperation operation) {
        return read(output, members -> ofOperation(members, operation));
    }

    private static DocumentOutput read(String output, Function<Map<String, Object>, DocumentOutput> meaning) {
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
            JsonNode object = Reading.JSON.readTree(line);
            if (!Reading.isFlat(object)) {
                return new Unreadable("its output is not one flat JSON object of strings and whole numbers");
            }
            Map<String, Object> members = Reading.members(object);
            return refusal(members).orElseGet(() -> meaning.apply(members));
        } catch (JsonProcessingException e) {
            // The parser's message would not help a reader of the audit.
            return new Unreadable("its output is not one line of JSON alone");
        }
    }

    private static Optional<DocumentOutput> refusal(Map<String, Object> members) {
        return members.get("error") instanceof String type
                        && Reading.TYPE.matcher(type).matches()
                ? Optional.of(new Failure(new ErrorType(type), String.valueOf(members.getOrDefault("message", ""))))
                : Optional.empty();
    }

    private static DocumentOutput ofDeletion(Map<String, Object> members, BackupId backup) {
        boolean place = members.get("deleted") instanceof String deleted && !deleted.isEmpty();
        return place && backup.toString().equals(members.get("backupId"))
                ? new Verified(members)
                : new Unreadable("its output does not say that this backup's artefact was deleted");
    }

    private static DocumentOutput ofOperation(Map<String, Object> members, BackupOperation operation) {
        boolean done = switch (operation.kind()) {
            case VERIFY -> members.get("verified") instanceof String;
            case RESTORE ->
                members.get("restored") instanceof String && operation.id().equals(members.get("restoreId"));
        };
        return done && operation.backup().id().equals(members.get("backupId"))
                ? new Verified(members)
                : new Unreadable("its output does not say that this was done with this backup");
    }

    private static DocumentOutput ofBackup(Map<String, Object> members, BackupId backup) {
        boolean artefact = members.get("artefact") instanceof String place && !place.isEmpty();
        boolean size = members.get("size") instanceof BigDecimal bytes && bytes.signum() > 0;
        boolean sum = members.get("sha256") instanceof String hex
                && Reading.SHA_256.matcher(hex).matches();
        boolean ours = backup.toString().equals(members.get("backupId"));
        return artefact && size && sum && ours
                ? new Verified(members)
                : new Unreadable("its output does not name this backup's artefact, size and sha256");
    }

    /** Parses one flat object of strings and whole numbers. */
    final class Reading {
        static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{0,63}");
        static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
        static final JsonMapper JSON = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .build();

        private Reading() {}

        static boolean isFlat(JsonNode line) {
            return line.isObject()
                    && line.properties().stream()
                            .map(Map.Entry::getValue)
                            .allMatch(member -> member.isTextual() || member.isIntegralNumber());
        }

        static Map<String, Object> members(JsonNode line) {
            Map<String, Object> members = new TreeMap<>();
            line.properties()
                    .forEach(member -> members.put(
                            member.getKey(),
                            member.getValue().isTextual()
                                    ? member.getValue().textValue()
                                    : member.getValue().decimalValue()));
            return members;
        }
    }
}
