package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.request.ServerName;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandEndTest {
    private static final String ID = "i-0123456789abcdef0";

    private static ScheduledEvent event(String source, String type, Map<String, Object> detail) {
        ScheduledEvent event = new ScheduledEvent();
        event.setSource(source);
        event.setDetailType(type);
        event.setDetail(detail);
        return event;
    }

    private static ScheduledEvent ended(Map<String, Object> detail) {
        return event(CommandEnd.SOURCE, CommandEnd.DETAIL_TYPE, detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {ID, "mi-0123456789abcdef0"})
    void an_end_is_of_the_instance_that_the_event_names(String id) {
        assertThat(CommandEnd.server(ended(Map.of("instance-id", id, "status", "Success"))))
                .contains(new ServerName(id));
    }

    static Stream<ScheduledEvent> others() {
        Map<String, Object> instance = Map.of("instance-id", ID);
        return Stream.of(
                ended(Map.of()),
                ended(null),
                ended(Map.of("instance-id", 1)),
                ended(Map.of("instance-id", "an instance")),
                event(CommandEnd.SOURCE, "Scheduled Event", instance),
                event(CommandEnd.SOURCE, "EC2 Command Status-change Notification", instance),
                event("aws.events", CommandEnd.DETAIL_TYPE, instance),
                new ScheduledEvent(),
                null);
    }

    @ParameterizedTest
    @MethodSource("others")
    void what_names_no_instance_or_is_another_event_is_of_no_server(ScheduledEvent event) {
        assertThat(CommandEnd.server(event)).isEmpty();
    }
}
