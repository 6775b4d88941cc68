package dev.serverbackup.local.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that says what it was told, counts its effects, and has a defect to show. */
final class Echo implements Service {

    final AtomicInteger effects = new AtomicInteger();

    @Override
    public String prefix() {
        return "Echo_20161101";
    }

    @Override
    public Set<String> operations() {
        return Set.of("Say", "Break");
    }

    @Override
    public ObjectNode perform(String operation, InputReader input) {
        return switch (operation) {
            case "Say" -> {
                effects.incrementAndGet();
                var said = input.optional("Text", Text.of(0, 100_000)).orElse("nothing");
                yield JsonNodeFactory.instance.objectNode().put("Said", said);
            }
            case "Break" -> throw new IllegalStateException("a secret inside");
            default -> throw Service.unknown(prefix() + "." + operation);
        };
    }
}
