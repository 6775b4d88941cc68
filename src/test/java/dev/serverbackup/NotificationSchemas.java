package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.serverbackup.local.eventbridge.BusEvent;
import dev.serverbackup.notification.Notification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The schemas in docs/notifications, which whole events are held against. */
public final class NotificationSchemas {
    private static final Path FOLDER = Path.of("docs", "notifications");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> FILES = Map.of(
            "Server Backup Finished", "server-backup-finished.schema.json",
            "Server Backup Run Finished", "server-backup-run-finished.schema.json",
            "Server Backup Verification Failed", "server-backup-verification-failed.schema.json",
            "Server Backup Digest", "server-backup-digest.schema.json");

    private NotificationSchemas() {}

    /** What the schema of its kind holds against an event, members that it does not describe included. */
    public static List<String> faultsOf(JsonNode event) {
        JsonNode schema = read(FOLDER.resolve(FILES.get(event.get("detail-type").textValue())));
        Stream<String> broken =
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema).validate(event).stream()
                        .map(ValidationMessage::getMessage);
        JsonNode described = schema.at("/$defs/detail/properties");
        Stream<String> undescribed = Stream.concat(
                undescribed(event, schema.get("properties")),
                Stream.concat(
                        undescribed(event.get("detail"), described),
                        undescribed(event.at("/detail/error"), described.at("/error/properties"))));
        return Stream.concat(broken, undescribed).toList();
    }

    private static Stream<String> undescribed(JsonNode object, JsonNode properties) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names.stream().filter(name -> !properties.has(name)).map(name -> name + " is not described");
    }

    /** That the event which a notification becomes keeps to its schema. */
    public static void assertValid(Notification notification) {
        assertThat(faultsOf(event(notification))).isEmpty();
    }

    /** That a notification says what a sample does, but for the stack: that is added by who sends it. */
    public static void assertIsSample(Notification notification, String file) {
        ObjectNode detail = (ObjectNode) read(FOLDER.resolve(file)).get("detail");
        detail.remove("stack");
        assertThat(JSON.<JsonNode>valueToTree(notification.detail())).isEqualTo(detail);
    }

    /** The event that a notification becomes. */
    public static JsonNode event(Notification notification) {
        return new BusEvent(
                        "7bf73129-1428-4cd3-a780-95db273d1602",
                        Instant.parse("2026-11-22T02:20:04Z"),
                        "default",
                        "server-backup",
                        notification.kind().detailType(),
                        List.of(),
                        "",
                        JSON.valueToTree(notification.detail()))
                .envelope("123456789012", "eu-central-1");
    }

    /** The samples, by their files' names. */
    public static Stream<Path> samples() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().matches(".*(?<!\\.schema)\\.json")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
