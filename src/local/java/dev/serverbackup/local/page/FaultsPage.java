package dev.serverbackup.local.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.http.ScriptedFaults;
import dev.serverbackup.local.http.WebPages;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The scripted faults, for the page: a POST to {@code /faults} adds a rule, one to {@code /faults/clear} removes all,
 * the fleet's too.
 */
public final class FaultsPage implements WebPages {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Longer than the application waits for an answer. */
    private static final Duration SLOW = Duration.ofSeconds(20);

    private static final int MOST_CALLS = 1_000;

    private final ScriptedFaults faults;
    private final Set<String> operations;

    /** @param operations that can go wrong */
    public FaultsPage(ScriptedFaults faults, Set<String> operations) {
        this.faults = faults;
        this.operations = new TreeSet<>(operations);
    }

    private enum Kind {
        LOST_ANSWER("lost answer"),
        THROTTLED("throttled"),
        REFUSED("refused"),
        SLOW("slow");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        Fault fault() {
            return switch (this) {
                case LOST_ANSWER -> new Fault.LoseAnswer();
                case THROTTLED -> Fault.throttled();
                case REFUSED -> Fault.accessDenied();
                case SLOW -> Fault.slow(FaultsPage.SLOW);
            };
        }
    }

    @Override
    public Optional<Shown> at(String path) {
        return path.equals("/faults.json") ? Optional.of(shown(200, state())) : Optional.empty();
    }

    @Override
    public Optional<Shown> posted(Post post) {
        return switch (post.path()) {
            case "/faults" -> Optional.of(added(post.body()));
            case "/faults/clear" -> {
                faults.clear();
                yield Optional.of(shown(200, state()));
            }
            default -> Optional.empty();
        };
    }

    private Shown added(String body) {
        JsonNode asked;
        try {
            asked = JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            return refused("This is no JSON.");
        }
        var operation = asked.path("operation").asText();
        var server = asked.path("server").asText();
        var calls = asked.path("calls").asInt();
        var kind = Arrays.stream(Kind.values())
                .filter(one -> one.words.equals(asked.path("kind").asText()))
                .findFirst();
        if (!operations.contains(operation)) {
            return refused("There is no such operation.");
        }
        if (kind.isEmpty()) {
            return refused("There is no such kind of fault.");
        }
        if (calls < 1 || calls > MOST_CALLS) {
            return refused("The number of calls must be from 1 to " + MOST_CALLS + ".");
        }
        var pattern = CallPattern.of(operation);
        faults.next(
                calls,
                server.isBlank() ? pattern : pattern.to(server.strip()),
                kind.get().fault());
        return shown(200, state());
    }

    private ObjectNode state() {
        var json = JsonNodeFactory.instance.objectNode();
        var names = json.putArray("operations");
        operations.forEach(names::add);
        var kinds = json.putArray("kinds");
        Arrays.stream(Kind.values()).forEach(kind -> kinds.add(kind.words));
        var rules = json.putArray("rules");
        for (var rule : faults.active()) {
            rules.addObject()
                    .put("operation", rule.pattern().operation().orElse("any"))
                    .put("server", rule.pattern().serverName().orElse("any"))
                    .put("kind", words(rule.fault()))
                    .put("when", rule.when())
                    .put("reached", rule.reached());
        }
        return json;
    }

    private static String words(Fault fault) {
        return switch (fault) {
            case Fault.Refuse refuse -> "refused: " + refuse.error().type().shape();
            case Fault.RefuseAfterEffect refuse ->
                "done, but answered by " + refuse.error().type().shape();
            case Fault.LoseRequest() -> "lost request";
            case Fault.LoseAnswer() -> "lost answer";
            case Fault.Unreadable() -> "unreadable answer";
            case Fault.HoldRequest _ -> "slow, and done late";
            case Fault.HoldAnswer _ -> "slow";
        };
    }

    private static Shown refused(String why) {
        return shown(400, JsonNodeFactory.instance.objectNode().put("error", why));
    }

    private static Shown shown(int status, ObjectNode json) {
        return new Shown(status, "application/json", Map.of(), json.toString());
    }
}
