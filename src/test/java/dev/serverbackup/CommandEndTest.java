package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.request.ServerName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void what_names_no_instance_is_of_no_server() {
        assertThat(CommandEnd.server(ended(Map.of()))).isEmpty();
        assertThat(CommandEnd.server(ended(null))).isEmpty();
        assertThat(CommandEnd.server(ended(Map.of("instance-id", 1)))).isEmpty();
        assertThat(CommandEnd.server(ended(Map.of("instance-id", "an instance"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Scheduled Event", "EC2 Command Status-change Notification"})
    void another_kind_of_event_is_of_no_server(String type) {
        assertThat(CommandEnd.server(event(CommandEnd.SOURCE, type, Map.of("instance-id", ID))))
                .isEmpty();
    }

    @Test
    void another_source_and_no_event_at_all_are_of_no_server() {
        assertThat(CommandEnd.server(event("aws.events", CommandEnd.DETAIL_TYPE, Map.of("instance-id", ID))))
                .isEmpty();
        assertThat(CommandEnd.server(new ScheduledEvent())).isEmpty();
        assertThat(CommandEnd.server(null)).isEmpty();
    }
}
