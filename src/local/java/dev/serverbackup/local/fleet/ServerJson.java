package dev.serverbackup.local.fleet;

import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.ErrorType;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server as the fleet file writes it. */
final class ServerJson {

    private static final List<String> TYPES =
            Stream.of(ErrorType.values()).map(ErrorType::shape).sorted().toList();

    private ServerJson() {}

    static FleetServer read(JsonObject json) {
        json.only(
                "name",
                "engine",
                "engineVersion",
                "tags",
                "status",
                "statusLasts",
                "statusReason",
                "automatedBackups",
                "manualBackups",
                "backupFailure",
                "backupDuration",
                "answers",
                "gone",
                "listed");
        return FleetFile.valid(json.path(), () -> server(json));
    }

    private static FleetServer server(JsonObject json) {
        var status = json.constant("status", ServerStatus.class).orElse(ServerStatus.HEALTHY);
        var answers = json.list("answers", ServerJson::answers).stream()
                .flatMap(List::stream)
                .toList();
        return new FleetServer(
                json.required("name"),
                json.text("engine").orElse("ChefAutomate"),
                json.text("engineVersion"),
                json.map("tags"),
                new FleetServer.State(status, json.duration("statusLasts"), json.text("statusReason")),
                new FleetServer.Existing(
                        json.count("automatedBackups").orElse(0),
                        json.count("manualBackups").orElse(0)),
                new FleetServer.Plan(json.text("backupFailure"), json.duration("backupDuration"), answers),
                new FleetServer.Presence(
                        json.flag("gone").orElse(false), json.count("listed").orElse(1)));
    }

    private static List<AwsError> answers(JsonObject json) {
        json.only("type", "message", "times");
        return Collections.nCopies(json.count("times").orElse(1), new AwsError(type(json), json.required("message")));
    }

    /** The error that the property {@code type} names. */
    static ErrorType type(JsonObject json) {
        var shape = json.required("type");
        return Optional.of(shape)
                .flatMap(ErrorType::named)
                .orElseThrow(() -> new FleetException(
                        json.path() + ".type", "must be one of " + TYPES + ", but is '" + shape + "'"));
    }
}
