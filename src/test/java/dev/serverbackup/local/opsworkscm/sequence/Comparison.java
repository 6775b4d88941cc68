package dev.serverbackup.local.opsworkscm.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.opsworkscm.SequenceService;
import dev.serverbackup.local.opsworkscm.sequence.Model.A;
import dev.serverbackup.local.opsworkscm.sequence.Model.B;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The service and the model, side by side. */
final class Comparison {

    private final SequenceService service = new SequenceService(Model.MOST_SERVERS, Model.MOST_MANUAL);
    private final Model model = new Model(service.now());
    private final WireCalls calls = new WireCalls(service);

    /** Takes a step on both sides, compares, and tells what it was answered with. */
    String take(Step step) {
        var backup = backup(step);
        var association = association(step);
        var predicted = new Prediction(model).of(step, backup, association.isPresent());
        JsonNode answer = NullNode.instance;
        var answered = "OK";
        try {
            answer = answer(step, backup, association);
        } catch (AwsError refusal) {
            answered = refusal.type().shape();
        }
        assertThat(answered)
                .as("answer to %s in %s", step, Effect.states(model))
                .isEqualTo(predicted);
        if (answered.equals("OK")) {
            new Effect(model).of(step, backup, answer);
        }
        compare(step, association, answer);
        return answered;
    }

    private JsonNode answer(Step step, Optional<B> backup, Optional<A> association) {
        switch (step.kind()) {
            case PASS -> service.pass(step.time());
            case FAIL -> service.fail(step.name(), !model.failing.contains(step.name()));
            default -> {
                var answer = calls.make(
                        step,
                        backup.map(found -> found.id).orElse("none"),
                        association.map(A::token).orElse("none"));
                return step.kind() == Step.Kind.START_MAINTENANCE ? new TextNode(newestBackupOf(step.name())) : answer;
            }
        }
        return NullNode.instance;
    }

    private String newestBackupOf(String serverName) {
        return service.account().backups().stream()
                .filter(backup -> backup.serverName().equals(serverName))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private void compare(Step step, Optional<A> association, JsonNode answer) {
        assertThat(states()).as("after %s", step).isEqualTo(Effect.states(model));
        model.servers.values().forEach(server -> {
            var real = service.account().server(server.name).orElseThrow();
            assertThat(real.nodes()).isEqualTo(server.nodes);
            assertThat(real.tags().values()).isEqualTo(server.tags);
        });
        model.backups.forEach(backup -> assertThat(
                        service.account().backup(backup.id).orElseThrow().tags().values())
                .isEqualTo(backup.tags));
        if (step.kind() == Step.Kind.ASSOCIATION_STATUS && association.isPresent()) {
            var ended = association.get().works() ? "SUCCESS" : "FAILED";
            assertThat(answer.get("NodeAssociationStatus").textValue())
                    .isEqualTo(model.now.isBefore(association.get().ends()) ? "IN_PROGRESS" : ended);
        }
    }

    private Map<String, String> states() {
        var states = new TreeMap<String, String>();
        var now = service.account().now();
        service.account()
                .servers()
                .forEach(server -> states.put(server.name(), server.status(now).name()));
        service.account()
                .backups()
                .forEach(backup -> states.put(backup.id(), backup.status(now) + " " + backup.type()));
        return states;
    }

    private Optional<B> backup(Step step) {
        var at = step.pick() % (model.backups.size() + 1);
        return at < model.backups.size() ? Optional.of(model.backups.get(at)) : Optional.empty();
    }

    /** One of the server's own that is not forgotten: a day after its end it is. */
    private Optional<A> association(Step step) {
        return model.associations.stream()
                .filter(each -> each.of() == model.servers.get(step.name()))
                .filter(each -> !model.now.isAfter(each.ends().plusSeconds(86_400)))
                .skip(step.pick() / 8)
                .findFirst();
    }
}
