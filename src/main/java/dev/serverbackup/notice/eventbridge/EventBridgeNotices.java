package dev.serverbackup.notice.eventbridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.serverbackup.notice.Notice;
import dev.serverbackup.notice.Notices;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Notices as events on an EventBridge bus, ten to a call, which is the most that {@code PutEvents} takes. */
public final class EventBridgeNotices implements Notices {
    private static final Logger LOG = LoggerFactory.getLogger(EventBridgeNotices.class);
    private static final String SOURCE = "server-backup";
    private static final int BATCH = 10;
    private static final JsonFactory JSON = new JsonFactory();

    private final EventBridgeClient client;
    private final String bus;

    /** @param bus its name or ARN */
    public EventBridgeNotices(EventBridgeClient client, String bus) {
        this.client = client;
        this.bus = bus;
    }

    @Override
    public Set<String> send(List<Notice> notices) {
        Set<String> accepted = new HashSet<>();
        for (int from = 0; from < notices.size(); from += BATCH) {
            sendBatch(notices.subList(from, Math.min(from + BATCH, notices.size())), accepted);
        }
        return accepted;
    }

    /** Some of a batch may be refused while the others are accepted. */
    private void sendBatch(List<Notice> batch, Set<String> accepted) {
        try {
            List<PutEventsResultEntry> results = client.putEvents(request ->
                            request.entries(batch.stream().map(this::event).toList()))
                    .entries();
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i).errorCode() == null) {
                    accepted.add(batch.get(i).id());
                } else {
                    LOG.warn(
                            "notice {} was refused: {}",
                            batch.get(i).id(),
                            results.get(i).errorMessage());
                }
            }
        } catch (SdkException e) {
            LOG.warn("{} notices could not be sent, and are due again", batch.size(), e);
        }
    }

    private PutEventsRequestEntry event(Notice notice) {
        return PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(SOURCE)
                .detailType(notice.kind().detailType())
                .detail(json(notice.detail()))
                .build();
    }

    private static String json(Map<String, Object> detail) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, detail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    json.writeFieldName(member.getKey().toString());
                    write(json, member.getValue());
                }
                json.writeEndObject();
            }
            case Integer number -> json.writeNumber(number);
            case Boolean bool -> json.writeBoolean(bool);
            default -> json.writeString(value.toString());
        }
    }
}
