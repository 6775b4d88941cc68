package dev.serverbackup.local.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.Call;
import dev.serverbackup.local.http.CallLog;
import dev.serverbackup.local.http.WebPages;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A page that refreshes itself each second from a state document. Reading these is not a call, and does not count for
 * throttling.
 */
public final class StatePage implements WebPages {

    private static final int MOST_BACKUPS = 100;
    private static final int MOST_CALLS = 50;
    private static final String DOCUMENT = resource("/page.html");

    private final Account account;
    private final CallLog calls;

    public StatePage(Account account, CallLog calls) {
        this.account = account;
        this.calls = calls;
    }

    @Override
    public Optional<Shown> at(String path) {
        return switch (path) {
            case "/" -> Optional.of(new Shown("text/html; charset=utf-8", DOCUMENT));
            case "/state.json" -> Optional.of(new Shown("application/json", state().toString()));
            // For programs whose questions are about the last hours.
            case "/now" ->
                Optional.of(new Shown("text/plain; charset=utf-8", account.now().toString()));
            default -> Optional.empty();
        };
    }

    private ObjectNode state() {
        return account.atOneMoment(() -> {
            var now = account.now();
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("now", now.toString())
                    .put("account", account.arns().accountId())
                    .put("region", account.arns().region())
                    .put("serverLimit", account.limits().servers())
                    .put("manualBackups", account.manualBackups())
                    .put("manualBackupLimit", account.limits().manualBackups());
            var servers = json.putArray("servers");
            account.servers().forEach(server -> servers.add(of(server, now)));
            var backups = json.put("backupCount", account.backups().size()).putArray("backups");
            account.backups().stream().limit(MOST_BACKUPS).forEach(backup -> backups.add(of(backup, now)));
            var last = json.putArray("calls");
            calls.last(MOST_CALLS).forEach(call -> last.add(of(call)));
            return json;
        });
    }

    private ObjectNode of(StoredServer server, Instant now) {
        var attributes = server.attributes();
        var events = account.events(server.name());
        var json = JsonNodeFactory.instance.objectNode();
        var tags = json.putObject("tags");
        server.tags().values().forEach(tags::put);
        return json.put("name", server.name())
                .put("engine", attributes.engine() + " " + attributes.engineVersion())
                .put("status", server.status(now).name())
                .put("reason", server.health().reason().orElse(""))
                .put("backupWindow", server.automatedBackups().disabled() ? "off" : attributes.preferredBackupWindow())
                .put("retention", server.automatedBackups().retentionCount())
                .put("maintenanceWindow", attributes.preferredMaintenanceWindow())
                .put(
                        "maintenance",
                        server.health().maintenance().map(Enum::name).orElse(""))
                .put("lastEvent", events.isEmpty() ? "" : events.getFirst().message());
    }

    private static ObjectNode of(StoredBackup backup, Instant now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", backup.id())
                .put("server", backup.serverName())
                .put("type", backup.type().name())
                .put("status", backup.status(now).name())
                .put("createdAt", backup.createdAt().toString())
                .put("description", backup.description())
                .put("statusDescription", backup.statusDescription(now));
    }

    private static ObjectNode of(Call call) {
        var answer = call.outcome()
                .map(outcome ->
                        outcome.errorType().map(AwsErrorType::shape).orElse(outcome.answered() ? "OK" : "no answer"))
                .orElse("under way");
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", call.at().toString())
                .put("operation", call.operation())
                .put("server", call.serverName().orElse(""))
                .put("answer", answer)
                .put("requestId", call.requestId());
    }

    private static String resource(String name) {
        try (var in = StatePage.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
