package dev.serverbackup.local.opsworkscm.sequence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.local.opsworkscm.sequence.Model.A;
import dev.serverbackup.local.opsworkscm.sequence.Model.B;
import dev.serverbackup.local.opsworkscm.sequence.Model.S;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a step that is answered OK changes in the model. Ids and tokens are taken from the answer. */
final class Effect {

    private static final Duration BACKUP = Duration.ofSeconds(10);
    private static final Duration MAINTENANCE = Duration.ofSeconds(20);

    private final Model model;

    Effect(Model model) {
        this.model = model;
    }

    void of(Step step, Optional<B> backup, JsonNode answer) {
        var server = model.servers.get(step.name());
        switch (step.kind()) {
            case PASS -> model.pass(step.time());
            case FAIL -> toggle(step.name());
            case CREATE_SERVER, CREATE_SERVER_FROM_BACKUP -> create(step);
            case DELETE_SERVER -> model.begin(server, "DELETING", Duration.ofSeconds(5), "GONE");
            case UPDATE_SERVER -> server.retention = step.retention();
            case START_MAINTENANCE -> maintain(server, answer);
            case RESTORE_SERVER -> {
                server.nodes = new TreeSet<>(backup.orElseThrow().nodes);
                model.begin(server, "RESTORING", Duration.ofSeconds(40), "HEALTHY");
            }
            case UPDATE_ATTRIBUTE -> model.begin(server, "MODIFYING", Duration.ofSeconds(10), server.state);
            case CREATE_BACKUP -> backUp(server, step, answer);
            case DELETE_BACKUP -> model.delete(backup.orElseThrow());
            case ASSOCIATE -> {
                server.nodes.add(step.node());
                associate(server, true, answer);
            }
            case DISASSOCIATE -> associate(server, server.nodes.remove(step.node()), answer);
            case TAG -> tag(server, step);
            case UNTAG -> server.tags.remove(step.key());
            case ASSOCIATION_STATUS, EXPORT, LIST_TAGS -> {}
        }
    }

    private void toggle(String name) {
        if (!model.failing.add(name)) {
            model.failing.remove(name);
        }
    }

    private void create(Step step) {
        var server = new S(step.name(), step.isPuppet());
        model.begin(server, "CREATING", Duration.ofSeconds(30), "HEALTHY");
        model.servers.put(step.name(), server);
    }

    private void maintain(S server, JsonNode newestBackup) {
        var backup = begun(newestBackup.textValue(), server, false);
        if (backup.fails) {
            model.begin(server, "UNDER_MAINTENANCE", BACKUP, server.state);
        } else {
            model.begin(server, "UNDER_MAINTENANCE", BACKUP.plus(MAINTENANCE), "HEALTHY");
        }
    }

    private void backUp(S server, Step step, JsonNode answer) {
        var backup = begun(answer.at("/Backup/BackupId").textValue(), server, true);
        backup.tags.putAll(Map.of(step.key(), "own"));
        model.begin(server, "BACKING_UP", BACKUP, server.state);
    }

    private B begun(String id, S server, boolean manual) {
        var backup = new B(id, server, manual, model.failing.contains(server.name), model.now.plus(BACKUP));
        model.backups.add(backup);
        return backup;
    }

    private void associate(S server, boolean works, JsonNode answer) {
        var token = answer.get("NodeAssociationStatusToken").textValue();
        model.associations.add(new A(token, server, model.now.plusSeconds(10), works));
    }

    private void tag(S server, Step step) {
        server.tags.put(step.key(), "servers");
        model.backups.stream()
                .filter(backup -> backup.of.name.equals(server.name) && !backup.state.equals("DELETING"))
                .forEach(backup -> backup.tags.put(step.key(), "servers"));
    }

    /** A copy for messages. */
    static Map<String, String> states(Model model) {
        var states = new TreeMap<String, String>();
        model.servers.values().forEach(server -> states.put(server.name, server.state));
        model.backups.forEach(
                backup -> states.put(backup.id, backup.state + (backup.manual ? " MANUAL" : " AUTOMATED")));
        return states;
    }
}
